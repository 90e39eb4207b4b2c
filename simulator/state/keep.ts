import type { Simulation } from "../simulation.ts";
import { lockState } from "./lock.ts";
import type { SimulatorState } from "./model.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

/** What a simulator keeps its state in. */
export interface StateKeeper {
  /** The state as it was kept; `undefined` if there is none yet. */
  read(): SimulatorState | undefined;
  /** Writes the state if it has changed; without a change once a second, so that virtual time never goes back. */
  save(simulation: Simulation): void;
  /** Lets others have the state. */
  release(): void;
}

const IDLE_MS = 1000;

/** Takes a state file, or keeps nothing if there is none. Throws if another simulator has the file. */
export function keepState(file: string | undefined): StateKeeper {
  if (file === undefined) {
    return { read: () => undefined, save: () => undefined, release: () => undefined };
  }
  const release = lockState(file);
  let savedAtReal = 0;
  return {
    read: () => readSnapshot(file),
    save(simulation) {
      if (!simulation.changed && Date.now() - savedAtReal < IDLE_MS) return;
      savedAtReal = Date.now();
      simulation.state.clockMs = simulation.now;
      writeSnapshot(file, simulation.state);
      simulation.changed = false;
    },
    release,
  };
}
