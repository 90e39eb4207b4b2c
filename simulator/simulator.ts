import { answerAdmin, isOwnPath } from "./admin/admin-routes.ts";
import { type ClockSetting, createClock } from "./clock/virtual-clock.ts";
import { type DisturbedOutcome, disturb } from "./faults/disturb.ts";
import type { FaultRule } from "./faults/fault-rule.ts";
import type { OtherDeed } from "./faults/someone-else.ts";
import { addFault, clearFaults } from "./faults/strike.ts";
import { type Answer, ArmError } from "./http/answer.ts";
import type { Request } from "./http/dispatch.ts";
import {
  createJournal,
  type JournalEntry,
  type JournalFilter,
  queryWithoutSecrets,
  withoutSecrets,
} from "./http/journal.ts";
import type { Arrival } from "./http/read-request.ts";
import { listen, type Outcome, type Place } from "./http/server.ts";
import { settle } from "./settle.ts";
import { keepSigningKey } from "./sign-in/signing-key.ts";
import { createSimulation, type Simulation } from "./simulation.ts";
import { keepState, type StateKeeper } from "./state/keep.ts";
import { addressOf, choosePlace } from "./tls/place.ts";
import { clockStartOf, populate } from "./world/populate.ts";
import { checkWorld, type ReadWorld, readWorldFile } from "./world/read-world.ts";
import type { WorldDocument } from "./world/world-document.ts";

/** How a simulator is started. */
export interface SimulatorOptions {
  /** Path of a world file, or the world itself. */
  readonly world: string | WorldDocument;
  /** @defaultValue 0, any free port */
  readonly port?: number;
  /** Address to listen on; others than those of the loopback interface need `tls`. @defaultValue 127.0.0.1 */
  readonly host?: string;
  /** Speaks https, with a certificate made at the start. @defaultValue false */
  readonly tls?: boolean;
  /** File that gets the certificate's authority (PEM), for clients to trust; its key is kept beside the state file, or else beside this one. */
  readonly caFile?: string;
  /** Whether requests without a token of the simulator are refused. @defaultValue true with `tls` */
  readonly requireSignIn?: boolean;
  /** Goes before the world's own setting. */
  readonly clock?: ClockSetting;
  /** Snapshot file: read at the start if it is there, written after every change. Keys are kept beside it, in files of their own. */
  readonly stateFile?: string;
  /** File to which each journal entry is appended as a line of JSON. */
  readonly journalFile?: string;
  /** Goes before the world's own seed. */
  readonly seed?: string;
}

/** A running simulator. */
export interface Simulator {
  /** `http://127.0.0.1:PORT`, `https` with TLS, to be used as the endpoint of ARM clients. */
  readonly url: string;
  /** The authority of the certificate (PEM); only with TLS. */
  readonly certificateAuthority?: string;
  readonly clock: {
    /** Virtual time, ISO 8601. */
    now(): string;
    /** Moves virtual time forward by milliseconds or to an ISO 8601 time, and lets everything due happen. */
    advance(by: number | string): void;
  };
  /** The requests answered so far, oldest first. */
  journal(filter?: JournalFilter): readonly JournalEntry[];
  clearJournal(): void;
  /** Puts a fault rule in force; returns its id. */
  addFault(rule: FaultRule): string;
  clearFaults(): void;
  close(): Promise<void>;
}

/** Starts a simulator on the loopback interface. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const world =
    typeof options.world === "string" ? readWorldFile(options.world) : checkWorld(options.world);
  const place = choosePlace(options);
  const keeper = keepState(options.stateFile);
  try {
    return await run(options, world, place, keeper);
  } catch (error) {
    keeper.release();
    throw error;
  }
}

async function run(
  options: SimulatorOptions,
  world: ReadWorld,
  place: Place,
  keeper: StateKeeper,
): Promise<Simulator> {
  const simulation = wake(world, options, keeper);
  if (options.stateFile !== undefined)
    simulation.signingKey = keepSigningKey(`${options.stateFile}.sign-in.key`);
  simulation.requireSignIn = options.requireSignIn ?? place.identity !== undefined;
  const journal = createJournal(options.journalFile);
  const save = () => keeper.save(simulation);
  const note = (request: Request, status: number, userAgent: string, fault?: string) =>
    journal.add({
      time: new Date(simulation.now).toISOString(),
      method: request.method,
      path: request.path,
      query: queryWithoutSecrets(request.query),
      body: withoutSecrets("rawBody" in request ? (request as Arrival).rawBody : request.body),
      status,
      userAgent,
      ...(fault !== undefined && { fault }),
    });
  const noteDeed = ({ request, answer, by }: OtherDeed) => note(request, answer.status, by);
  const handle = async (arrival: Arrival): Promise<Outcome> => {
    settle(simulation);
    const isAdmin = isOwnPath(arrival.path);
    const outcome = isAdmin
      ? { answer: admin(arrival), delayMs: 0 }
      : disturb(simulation, arrival, noteDeed);
    if (!isAdmin) {
      const { answer, fault } = outcome as DisturbedOutcome;
      note(arrival, answer === "reset" ? 0 : answer.status, arrival.userAgent, fault);
    }
    const dated = withDate(outcome, simulation.now);
    await keeper.saved(simulation);
    return dated;
  };
  const admin = (arrival: Arrival): Answer => {
    try {
      return answerAdmin({ simulation, journal, noteDeed }, arrival);
    } catch (error) {
      if (error instanceof ArmError) return { status: error.status, body: error.body("") };
      throw error;
    }
  };
  settle(simulation);
  save();
  const { server, port } = await listen(place, handle);
  return {
    url: addressOf(place, port),
    ...(place.identity && { certificateAuthority: place.identity.authority }),
    clock: {
      now: () => new Date(simulation.clock.now()).toISOString(),
      advance(by) {
        simulation.clock.advance(by);
        simulation.changed = true;
        settle(simulation);
        save();
      },
    },
    journal: (filter) => journal.entries(filter),
    clearJournal: () => journal.clear(),
    addFault(rule) {
      const id = addFault(simulation, rule);
      save();
      return id;
    },
    clearFaults() {
      clearFaults(simulation);
      save();
    },
    close: () =>
      new Promise((resolve, reject) => {
        settle(simulation);
        keeper.finish(simulation);
        server.close((error) => {
          keeper.release();
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** From the snapshot if there is one (CH-RESTARTED-CLOCK), else from the world. */
function wake(world: ReadWorld, options: SimulatorOptions, keeper: StateKeeper): Simulation {
  const start = clockStartOf(world.document, options.clock);
  const saved = keeper.read();
  // Older snapshots hold the key that signs tokens.
  if (saved) saved.signIn = { identities: saved.signIn.identities };
  if (!saved) return populate(world, createClock(start), options.seed);
  const startMs = start.setting === "real" ? Math.max(saved.clockMs, Date.now()) : saved.clockMs;
  const clock = createClock({ setting: start.setting, startMs });
  return createSimulation(clock, saved, saved.clockMs);
}

/** The service tells its own time with every answer: here the virtual one. */
function withDate(outcome: Outcome, nowMs: number): Outcome {
  const { answer } = outcome;
  if (answer === "reset") return outcome;
  const headers = { Date: new Date(nowMs).toUTCString(), ...answer.headers };
  return { ...outcome, answer: { ...answer, headers } };
}
