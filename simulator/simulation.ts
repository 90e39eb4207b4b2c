import type { VirtualClock } from "./clock/virtual-clock.ts";
import { keepSigningKey, type SigningKey } from "./sign-in/signing-key.ts";
import { guidFrom, idKey, vaultId } from "./state/identifiers.ts";
import type { JsonObject } from "./state/json.ts";
import type { SimulatorState, TransitionKind, Vault } from "./state/model.ts";

/** The running world: its state, its clock, and the moment that is being worked on. */
export interface Simulation {
  readonly clock: VirtualClock;
  state: SimulatorState;
  /** Virtual time of the request or transition being handled, in milliseconds since 1970. */
  now: number;
  /** Set by everything that changes the state, so that the snapshot is written. */
  changed: boolean;
  /** Counts how often `changed` was set: as long as it stays, the state is the same. */
  readonly revision: number;
  /** Whether requests need a token (CH-SIGN-IN). */
  requireSignIn?: boolean;
  /** What tokens are signed with; by default one that ends with the process. */
  signingKey: SigningKey;
}

/** Makes a simulation of a state that has yet to be kept. */
export function createSimulation(
  clock: VirtualClock,
  state: SimulatorState,
  now: number,
): Simulation {
  let isChanged = true;
  let revision = 0;
  return {
    clock,
    state,
    now,
    signingKey: keepSigningKey(),
    get changed() {
      return isChanged;
    },
    set changed(value) {
      if (value) revision += 1;
      isChanged = value;
    },
    get revision() {
      return revision;
    },
  };
}

/** What does not depend on the moment. */
export type World = Pick<Simulation, "state">;

/** A GUID nobody has had before in this world. */
export function newGuid(simulation: Simulation): string {
  simulation.state.counter += 1;
  simulation.changed = true;
  return guidFrom(simulation.state.seed, "n", simulation.state.counter);
}

/** A GUID that always belongs to the same thing in this world. */
export function guidOf(world: World, ...words: readonly (string | number)[]): string {
  return guidFrom(world.state.seed, ...words.map((word) => String(word).toLowerCase()));
}

/** Notes that something will happen by itself after so many milliseconds of virtual time. */
export function schedule(
  simulation: Simulation,
  vault: Vault,
  kind: TransitionKind,
  subject: string,
  afterMs: number,
  data: JsonObject = {},
): void {
  const { state } = simulation;
  state.counter += 1;
  simulation.changed = true;
  const transition = {
    at: simulation.now + afterMs,
    order: state.counter,
    kind,
    vault: idKey(vaultId(vault)),
    subject,
    data,
  };
  const place = state.schedule.findLastIndex((other) => other.at <= transition.at);
  state.schedule.splice(place + 1, 0, transition);
}
