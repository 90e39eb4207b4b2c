import {
  closeSync,
  existsSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { applyChange, type Change } from "./difference.ts";
import { syncFolderOf } from "./snapshot.ts";

/** The changes since a snapshot was written, in a file beside it. */
export interface ChangeLog {
  /** Length of the file in bytes. */
  readonly size: number;
  /** Adds changes, through to the disk. After an error the log must not be used any more. */
  append(changes: readonly Change[]): void;
  close(): void;
}

/** The file with the changes since the snapshot in `stateFile`. */
export function logOf(stateFile: string): string {
  return `${stateFile}.log`;
}

/** Begins the log that follows a snapshot; its first line says which one. */
export function beginLog(stateFile: string, snapshot: string): ChangeLog {
  const file = openSync(logOf(stateFile), "w", 0o600);
  let size = 0;
  const write = (line: unknown) => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    writeFileSync(file, bytes);
    fdatasyncSync(file);
    size += bytes.length;
  };
  write({ snapshot });
  syncFolderOf(stateFile);
  return {
    get size() {
      return size;
    },
    append: write,
    close: () => closeSync(file),
  };
}

/**
 * Brings a state up to date with the log that follows its snapshot; a log of another snapshot counts for
 * nothing. The last line may be cut off: what it says was not answered yet. Throws if another one is broken.
 */
export function replayLog(stateFile: string, snapshot: string | undefined, state: object): void {
  const file = logOf(stateFile);
  if (snapshot === undefined || !existsSync(file)) return;
  const lines = readFileSync(file, "utf8").split("\n");
  const [head, ...rest] = lines;
  if (!isHeadOf(snapshot, head)) return;
  for (const [index, line] of rest.entries()) {
    let changes: readonly Change[];
    try {
      changes = JSON.parse(line) as readonly Change[];
    } catch (error) {
      if (rest.slice(index + 1).every((later) => later === "")) return;
      throw new Error(
        `${file}:${index + 2}: the log of the state file is not readable (${(error as Error).message}). Delete it to go back to the last snapshot.`,
      );
    }
    for (const change of changes) applyChange(state, change);
  }
}

function isHeadOf(snapshot: string, line: string | undefined): boolean {
  try {
    return (JSON.parse(line ?? "") as { snapshot?: unknown }).snapshot === snapshot;
  } catch {
    return false;
  }
}
