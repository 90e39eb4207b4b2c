import { randomUUID } from "node:crypto";
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
import { isObject } from "./json.ts";
import type { SimulatorState } from "./model.ts";

/** A snapshot as it lies in its file: the state, and a name that the log of later changes refers to. */
export interface Snapshot {
  readonly state: SimulatorState;
  /** Absent from files that have never had a log. */
  readonly name: string | undefined;
}

/**
 * Writes the state to a file: first beside it and through to the disk, then into its place, so that the
 * file is never half written and what is answered afterwards survives the computer's end too. Returns the
 * snapshot's name and its length.
 */
export function writeSnapshot(
  file: string,
  state: SimulatorState,
): { readonly name: string; readonly size: number } {
  const beside = `${file}.tmp`;
  const name = randomUUID();
  // Only its owner may read it: the hashes of secrets are in it.
  const out = openSync(beside, "w", 0o600);
  let size = 0;
  let text = "";
  const flush = () => {
    const bytes = Buffer.from(text);
    writeFileSync(out, bytes);
    size += bytes.length;
    text = "";
  };
  try {
    for (const piece of piecesOf({ ...state, snapshot: name }, DEPTHS)) {
      text += piece;
      if (text.length > CHUNK) flush();
    }
    flush();
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
  renameSync(beside, file);
  syncFolderOf(file);
  return { name, size };
}

/** Characters that are written at once: the text of thousands of items is never in memory as a whole. */
const CHUNK = 1_000_000;

/** Fields of the state with very many entries, and how deep these lie; of others it is of no use to know. */
const DEPTHS: Readonly<Record<string, number>> = { resources: 1, machines: 1, vaults: 3 };

/** The JSON text of a value in pieces, one for each field down to a depth. */
function* piecesOf(
  value: unknown,
  depth: number | Readonly<Record<string, number>>,
): Generator<string> {
  if (depth === 0 || !isObject(value)) {
    yield JSON.stringify(value);
    return;
  }
  let mark = "{";
  for (const key in value) {
    if (value[key] === undefined) continue;
    yield `${mark}${JSON.stringify(key)}:`;
    yield* piecesOf(value[key], typeof depth === "number" ? depth - 1 : (depth[key] ?? 0));
    mark = ",";
  }
  yield mark === "{" ? "{}" : "}";
}

/** Writes the names in a file's folder through to the disk. */
export function syncFolderOf(file: string): void {
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Reads a snapshot back; `undefined` if there is no such file. */
export function readSnapshot(file: string): Snapshot | undefined {
  if (!existsSync(file)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(
      `${file}: the state file is not readable (${(error as Error).message}). Delete it to start from the world file.`,
    );
  }
  const version = (content as { version?: unknown } | null)?.version;
  if (version !== 3)
    throw new Error(
      `${file}: the state file is of version ${String(version)}, and this simulator reads version 3. Delete it to start from the world file.`,
    );
  const { snapshot: name, ...state } = content as SimulatorState & { snapshot?: string };
  return { state, name };
}
