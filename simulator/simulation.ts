import type { VirtualClock } from "./clock/virtual-clock.ts";
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
  /** Whether requests need a token (CH-SIGN-IN). */
  requireSignIn?: boolean;
}

/** A GUID nobody has had before in this world. */
export function newGuid(simulation: Simulation): string {
  simulation.state.counter += 1;
  simulation.changed = true;
  return guidFrom(simulation.state.seed, "n", simulation.state.counter);
}

/** A GUID that always belongs to the same thing in this world. */
export function guidOf(simulation: Simulation, ...words: readonly (string | number)[]): string {
  return guidFrom(simulation.state.seed, ...words.map((word) => String(word).toLowerCase()));
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
