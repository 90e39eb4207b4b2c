import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Gives the state file back to others. */
export type Unlock = () => void;

/** Locks of this very process, which may run several simulators. */
const held = new Set<string>();

/**
 * Takes a state file for one simulator alone, by a file beside it that holds the process id. Throws if
 * a running simulator has it; the lock of one that was killed is taken over.
 */
export function lockState(stateFile: string): Unlock {
  const lock = `${stateFile}.lock`;
  const mine = `${lock}.${randomUUID()}`;
  try {
    writeFileSync(mine, JSON.stringify({ pid: process.pid }));
  } catch (error) {
    throw new Error(
      `${stateFile}: the state file cannot be written (${(error as Error).message}).`,
    );
  }
  try {
    if (!place(mine, lock)) {
      refuseIfRunning(stateFile, lock);
      removeStale(stateFile, lock, `${mine}.stale`);
      if (!place(mine, lock)) refuseIfRunning(stateFile, lock);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) rmSync(lock, { force: true });
  };
}

/** A link is made whole or not at all, and only where there is nothing yet. */
function place(mine: string, lock: string): boolean {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a lock away that nobody holds; if another simulator placed its own meanwhile, that one goes back. */
function removeStale(stateFile: string, lock: string, aside: string): void {
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  try {
    refuseIfRunning(stateFile, aside, lock);
  } catch (error) {
    place(aside, lock);
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function refuseIfRunning(stateFile: string, file: string, lock: string = file): void {
  const holder = holderOf(file, lock);
  if (holder === undefined || !isRunning(holder)) return;
  throw new Error(
    `${stateFile}: another simulator (process ${holder}) uses this state file. Stop it, or give each its own state file. If process ${holder} is no simulator, delete ${lock}.`,
  );
}

function holderOf(file: string, lock: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(file, "utf8")) as { pid?: unknown };
    if (typeof pid !== "number") return undefined;
    return pid === process.pid && !held.has(lock) ? undefined : pid;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
