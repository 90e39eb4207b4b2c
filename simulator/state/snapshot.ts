import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { SimulatorState } from "./model.ts";

/**
 * Writes the state to a file: first beside it and through to the disk, then into its place, so that the
 * file is never half written and what is answered afterwards survives the computer's end too.
 */
export function writeSnapshot(file: string, state: SimulatorState): void {
  const beside = `${file}.tmp`;
  // Only its owner may read it: the key that signs tokens is in it.
  writeFileSync(beside, JSON.stringify(state), { flush: true, mode: 0o600 });
  renameSync(beside, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Reads the state back; `undefined` if there is no such file. */
export function readSnapshot(file: string): SimulatorState | undefined {
  if (!existsSync(file)) return undefined;
  let state: unknown;
  try {
    state = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(
      `${file}: the state file is not readable (${(error as Error).message}). Delete it to start from the world file.`,
    );
  }
  const version = (state as { version?: unknown } | null)?.version;
  if (version !== 2)
    throw new Error(
      `${file}: the state file is of version ${String(version)}, and this simulator reads version 2. Delete it to start from the world file.`,
    );
  return state as SimulatorState;
}
