import { appendFileSync } from "node:fs";
import type { Json } from "../state/json.ts";

/** One request the simulator has answered. */
export interface JournalEntry {
  /** Counts from 1 in order of arrival. */
  readonly sequence: number;
  /** Virtual time of the request, ISO 8601. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The request body, `null` if none was sent. */
  readonly body: Json;
  /** Status sent back; 0 when the connection was reset. */
  readonly status: number;
  readonly userAgent: string;
  /** The id of the fault rule that changed the answer, if one did. */
  readonly fault?: string;
}

/** Which journal entries are wanted; every field given must fit. */
export interface JournalFilter {
  readonly method?: string;
  /** A regular expression, tried on the path without regard to letter case. */
  readonly path?: string | RegExp;
  readonly status?: number;
  /** Only entries with a higher sequence number. */
  readonly after?: number;
  /** Only requests that change something: PUT, PATCH, POST, DELETE. */
  readonly writesOnly?: boolean;
}

/** The record of all requests. */
export interface Journal {
  add(entry: Omit<JournalEntry, "sequence">): void;
  entries(filter?: JournalFilter): readonly JournalEntry[];
  clear(): void;
}

/** Makes a journal; with a file, each entry is also appended to it as one line of JSON. */
export function createJournal(file?: string): Journal {
  let entries: JournalEntry[] = [];
  let sequence = 0;
  return {
    add(entry) {
      sequence += 1;
      const numbered = { sequence, ...entry };
      entries.push(numbered);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(numbered)}\n`);
    },
    entries: (filter = {}) => entries.filter((entry) => fits(entry, filter)),
    clear() {
      entries = [];
    },
  };
}

function fits(entry: JournalEntry, filter: JournalFilter): boolean {
  const { path } = filter;
  return (
    (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
    (filter.status === undefined || entry.status === filter.status) &&
    (filter.after === undefined || entry.sequence > filter.after) &&
    (!filter.writesOnly || !["GET", "HEAD"].includes(entry.method)) &&
    (path === undefined ||
      new RegExp(path instanceof RegExp ? path.source : path, "i").test(entry.path))
  );
}

const SECRET =
  /password|secret|certificatepfx|sastoken|client_assertion|integritykey|encryptionkey$/i;

/** Copies a request body with the values of secret fields blotted out. */
export function withoutSecrets(body: Json | undefined): Json {
  if (Array.isArray(body)) return body.map(withoutSecrets);
  if (typeof body !== "object" || body === null) return body ?? null;
  return Object.fromEntries(
    Object.entries(body).map(([field, value]) => [
      field,
      SECRET.test(field) && typeof value === "string" ? "***" : withoutSecrets(value),
    ]),
  );
}
