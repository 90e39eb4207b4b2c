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

/** What stands where a secret stood. */
const BLOT = "***";

/** Fields whose values are secrets, whatever these are. */
const SECRET_FIELD =
  /passw(or)?d|passphrase|secret|certificatepfx|sastoken|assertion|(integrity|encryption|account|registration|private|storage|api)key$|(access|refresh|id)_?token|connectionstring|webhook/i;

/** Parameters of an address whose values are secrets: a paging token is none. */
const SECRET_PARAMETER = /^(sig|signature|code|token)$/i;

/** What is a secret in whichever field it stands: keys, tokens, signatures of addresses. */
const SECRET_TEXTS: readonly (readonly [pattern: RegExp, blotted: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, BLOT],
  [/\b(Bearer|Basic|SharedAccessSignature)\s+[\w.~+/=%&-]{8,}/gi, `$1 ${BLOT}`],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, BLOT],
  [/([?&](?:sig|signature|code|token)=)[^&\s"'<>]+/gi, `$1${BLOT}`],
  [/\b((?:Account|SharedAccess)Key=)[^;\s"']+/gi, `$1${BLOT}`],
];

/** Copies a request body with its secrets blotted out: what stands in secret fields, and what is one by its form. */
export function withoutSecrets(body: Json | undefined): Json {
  if (typeof body === "string") return textWithoutSecrets(body);
  if (Array.isArray(body)) return body.map(withoutSecrets);
  if (typeof body !== "object" || body === null) return body ?? null;
  return Object.fromEntries(
    Object.entries(body).map(([field, value]) => [
      field,
      SECRET_FIELD.test(field) ? blotted(value) : withoutSecrets(value),
    ]),
  );
}

/** The parameters of an address, those that are secret blotted out. */
export function queryWithoutSecrets(query: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...query].map(([name, value]) => [
      name,
      SECRET_FIELD.test(name) || SECRET_PARAMETER.test(name) ? BLOT : textWithoutSecrets(value),
    ]),
  );
}

function textWithoutSecrets(text: string): string {
  return SECRET_TEXTS.reduce((clean, [pattern, blot]) => clean.replace(pattern, blot), text);
}

/** The value with everything blotted out that tells something; its form stays to be seen. */
function blotted(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(blotted);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, blotted(each)]));
  return typeof value === "string" || typeof value === "number" ? BLOT : (value ?? null);
}
