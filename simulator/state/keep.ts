import { rmSync } from "node:fs";
import type { Simulation } from "../simulation.ts";
import { type Change, catchUp, copyOfState } from "./difference.ts";
import { lockState } from "./lock.ts";
import { beginLog, type ChangeLog, logOf, replayLog } from "./log.ts";
import type { SimulatorState } from "./model.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

/** What a simulator keeps its state in. */
export interface StateKeeper {
  /** The state as it was kept; `undefined` if there is none yet. */
  read(): SimulatorState | undefined;
  /** Writes what has changed; without a change the time once a second, so that virtual time never goes back. */
  save(simulation: Simulation): void;
  /** The same, shared with all requests that are handled meanwhile; answers wait for it. */
  saved(simulation: Simulation): Promise<void>;
  /** Writes everything into the one state file and takes no more. */
  finish(simulation: Simulation): void;
  /** Lets others have the state. */
  release(): void;
}

const IDLE_MS = 1000;

/** Bytes up to which a log grows although the snapshot is smaller. */
const LOG_BYTES = 4_000_000;

/** A snapshot on the disk, the log of changes since, and the state as both together hold it. */
interface Kept {
  readonly snapshotSize: number;
  readonly log: ChangeLog;
  readonly copy: SimulatorState;
}

/** Takes a state file, or keeps nothing if there is none. Throws if another simulator has the file. */
export function keepState(file: string | undefined): StateKeeper {
  if (file === undefined) {
    return {
      read: () => undefined,
      save: () => undefined,
      saved: () => Promise.resolve(),
      finish: () => undefined,
      release: () => undefined,
    };
  }
  const unlock = lockState(file);
  let savedAtReal = 0;
  let kept: Kept | undefined;
  let pending: Promise<void> | undefined;
  let isOpen = true;
  const drop = () => {
    const log = kept?.log;
    kept = undefined;
    log?.close();
  };
  const isDue = ({ changed }: Simulation) =>
    isOpen && (changed || Date.now() - savedAtReal >= IDLE_MS);
  const save = (simulation: Simulation) => {
    if (!isDue(simulation)) return;
    savedAtReal = Date.now();
    const { state } = simulation;
    state.clockMs = simulation.now;
    if (kept && kept.log.size > Math.max(LOG_BYTES, kept.snapshotSize)) drop();
    try {
      if (kept) append(kept, simulation);
      else {
        const { name, size } = writeSnapshot(file, state);
        kept = { snapshotSize: size, log: beginLog(file, name), copy: copyOfState(state) };
      }
    } catch (error) {
      // What lies in the log now is uncertain: the next save makes a new snapshot.
      drop();
      throw error;
    }
    simulation.changed = false;
  };
  return {
    read() {
      const snapshot = readSnapshot(file);
      if (snapshot) replayLog(file, snapshot.name, snapshot.state);
      return snapshot?.state;
    },
    save,
    saved(simulation) {
      if (!isDue(simulation)) return pending ?? Promise.resolve();
      pending ??= new Promise((resolve, reject) => {
        setImmediate(() => {
          pending = undefined;
          try {
            save(simulation);
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      });
      return pending;
    },
    finish(simulation) {
      drop();
      simulation.changed = true;
      save(simulation);
      drop();
      isOpen = false;
      rmSync(logOf(file), { force: true });
    },
    release() {
      isOpen = false;
      drop();
      unlock();
    },
  };
}

function append({ log, copy }: Kept, { changed, state }: Simulation): void {
  if (changed) {
    log.append(catchUp(copy, state));
    return;
  }
  const time: Change = { at: ["clockMs"], set: state.clockMs };
  copy.clockMs = state.clockMs;
  log.append([time]);
}
