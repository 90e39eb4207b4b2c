import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { SimulatorState } from "./model.ts";

/** Writes the state to a file: first beside it, then into its place, so that the file is never half written. */
export function writeSnapshot(file: string, state: SimulatorState): void {
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, JSON.stringify(state));
  renameSync(beside, file);
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
  const { version } = state as { version?: unknown };
  if (version !== 2)
    throw new Error(
      `${file}: the state file is of version ${String(version)}, and this simulator reads version 2.`,
    );
  return state as SimulatorState;
}
