import fc from "fast-check";
import { AZURE_ROUTES } from "../../simulator/azure/azure-routes.ts";
import { RECOVERY_ROUTES } from "../../simulator/recovery/recovery-routes.ts";
import { SIGN_IN_ROUTES } from "../../simulator/sign-in/sign-in-routes.ts";
import { anyText, hostileTexts, strayPieces } from "./hostile.ts";
import { mutated, mutations } from "./mutate.ts";
import type { RawRequest } from "./raw-request.ts";
import { ruleBodies } from "./rule-bodies.ts";

/** What stands in a world: ids of its objects. */
export type KnownIds = readonly string[];

/** The simulator's own endpoints, with bodies that they take. */
const own: readonly (readonly [method: string, path: string, body: object])[] = [
  ...(["status", "world-schema", "health", "journal", "clock", "faults", "state"] as const).map(
    (name) => ["GET", `/_simulator/${name}`, {}] as const,
  ),
  ...(["choices", "estate", "hyper-v"] as const).map(
    (name) => ["GET", `/_simulator/${name}`, {}] as const,
  ),
  ["GET", "/", {}],
  ["DELETE", "/_simulator/journal", {}],
  ["DELETE", "/_simulator/faults", {}],
  ["POST", "/_simulator/clock/advance", { seconds: 3_600, ms: 1, to: "2026-03-01T00:00:00Z" }],
  [
    "POST",
    "/_simulator/faults",
    { match: { method: "GET", path: "jobs" }, respond: { status: 429 } },
  ],
  ["POST", "/_simulator/faults", { nth: 2, times: 3, stale: { reads: 2, of: "items" } }],
  [
    "POST",
    "/_simulator/faults",
    { failTask: { scenario: "x", serviceError: { code: "1", message: "m" } } },
  ],
  ["POST", "/_simulator/faults", { someoneElse: { item: "web", verb: "unplannedFailover" } }],
  ["POST", "/_simulator/regions", { name: "northeurope", unavailable: true }],
  ["POST", "/_simulator/machines", { name: "web", power: "running", sourceShutdown: "fails" }],
  ["POST", "/_simulator/items", { name: "web", replicationHealth: "Critical", rpoInSeconds: 60 }],
  ["POST", "/_simulator/estate/machines", { name: "web", power: "off", deleted: true }],
  ["POST", "/_simulator/estate/vcenters", { name: "vcenter-one", account: "readOnly" }],
  ["POST", "/_simulator/estate/servers", { name: "cs-1", heartbeat: "silent" }],
  ["POST", "/_simulator/someone-else", { item: "web", verb: "unplannedFailover" }],
  ["PATCH", "/_simulator/hyper-v/machines/web", { power: "off", churnMiBPerSecond: 1 }],
  ["PATCH", "/_simulator/hyper-v/servers/hv-1.example", { heartbeat: "silent" }],
];

const service: readonly (readonly [method: string, path: string])[] = [
  ...RECOVERY_ROUTES.map(([method, path]) => [method, path] as const),
  ...AZURE_ROUTES.map(([method, path]) => [method, path] as const),
  ...SIGN_IN_ROUTES.map(([method, path]) => [method, path] as const),
];

const json = "application/json";
const someHeaders: readonly Readonly<Record<string, string>>[] = [
  ...[
    {},
    {},
    { authorization: "Bearer x.y.z" },
    { authorization: "Basic \u00ff" },
    { "if-match": "*" },
  ],
  ...[{ host: "a b" }, { host: "" }, { host: "evil.example:99999" }, { accept: "text/html" }],
  ...[
    { "content-type": "text/plain" },
    { "content-type": `${json}; charset=utf-16` },
    { expect: "x" },
  ],
  ...[{ "x-long": "a".repeat(20_000) }, { "user-agent": "__proto__" }, { metadata: "true" }],
];

const brokenBodies: readonly string[] = [
  ...[
    "{",
    "[]",
    "1",
    "null",
    '"x"',
    "{}{}",
    "\u0000",
    "a=b&c",
    '{"a":1,}',
    '{"__proto__":{"polluted":1}}',
  ],
  ...[
    '{"a":'.repeat(100_000),
    "[".repeat(100_000),
    `{"a":"${"x".repeat(1_000_000)}"}`,
    "x".repeat(5_000_000),
  ],
  ...[
    '{"properties":null}',
    '{"properties":[]}',
    '{"properties":{"providerSpecificDetails":null}}',
  ],
];

/** Requests to a simulator: real operations on what stands in its world, most of them with something wrong. */
export function requestCases(known: KnownIds): fc.Arbitrary<readonly RawRequest[]> {
  const words = (field: string): readonly string[] => wordsFor(field, known);
  const bodyOf = ruleBodies(words);
  const serviceRequest = fc.oneof(
    ...service.map(([asked, template]) => ({
      // There are more things to read than to do.
      weight: asked === "GET" ? 1 : 3,
      arbitrary: requestFor(asked, template, known, bodyOf(asked, template)),
    })),
  );
  const ownRequest = fc
    .record({
      which: fc.constantFrom(...own),
      changes: mutations(2),
      stray: fc.nat(9),
      query: rarely(3, queries),
    })
    .map(
      ({ which: [method, path, body], changes, stray, query }): RawRequest => ({
        ...{ method, path: `${path}${stray === 0 ? "/.." : ""}?${query ?? ""}` },
        headers: { "content-type": json },
        body: method === "GET" ? "" : jsonOf(withoutDelays(mutated(body, changes))),
      }),
    );
  const signIn = fc
    .record({ path: fc.constantFrom("/t/oauth2/v2.0/token", "/t/oauth2/token"), form: forms })
    .map(
      ({ path, form }): RawRequest => ({
        ...{ method: "POST", path, body: new URLSearchParams(form).toString() },
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
    );
  return fc.array(
    fc.oneof(
      { weight: 10, arbitrary: serviceRequest },
      { weight: 4, arbitrary: ownRequest },
      { weight: 1, arbitrary: signIn },
    ),
    { minLength: 1, maxLength: 6 },
  );
}

/** Requests of one operation. */
function requestFor(
  asked: string,
  template: string,
  known: KnownIds,
  bodies: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<RawRequest> {
  const hasBody = !/^(GET|HEAD|DELETE)$/.test(asked);
  return fc
    .record({
      pick: fc.nat(10_000),
      stray: rarely(8, fc.constantFrom(...strayPieces, ...hostileTexts)),
      method: rarely(12, fc.constantFrom("GET", "PUT", "TRACE", "OPTIONS", "post")),
      body: bodies,
      changes: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 4, arbitrary: mutations(3) },
      ),
      headers: rarely(5, fc.constantFrom(...someHeaders)),
      raw: rarely(12, fc.constantFrom(...brokenBodies)),
      query: rarely(4, queries),
    })
    .map(({ pick, stray, method, body, changes, headers, raw, query }): RawRequest => {
      const path = `${filled(template, known, pick)}${stray ?? ""}`;
      return {
        ...{ method: method ?? asked, path: `${path}?${query ?? "api-version=2024-04-01"}` },
        headers: { "content-type": json, ...headers },
        body: raw ?? (hasBody ? jsonOf(mutated(body, changes)) : ""),
      };
    });
}

/** The value once in so many times, else nothing. */
function rarely<Value>(times: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof(
    { weight: times - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );
}

const queries: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    "api-version=",
    "api-version=1999-01-01",
    "$skipToken=x&api-version=2024-04-01",
  ),
  fc.constantFrom(
    "$filter=",
    "$top=-1",
    "$skipToken=%00",
    "$filter=a eq 'b' and",
    "%",
    "&&&=",
    "a".repeat(9_000),
  ),
  fc
    .tuple(fc.constantFrom("$filter", "$expand", "path", "status", "after", "skipToken"), anyText)
    .map((pair) => new URLSearchParams([[pair[0], pair[1].slice(0, 2_000)]]).toString()),
  fc.constantFrom("path=(a%2B)%2B%24", "path=(", "path=%5B", "status=NaN&after=-1"),
);

const forms: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(
    "grant_type",
    "client_id",
    "client_secret",
    "scope",
    "client_assertion",
    "resource",
  ),
  fc.oneof(
    fc.constantFrom("client_credentials", "deployer", "a.b.c", "https://x/.default"),
    anyText,
  ),
  { noNullPrototype: true },
);

/** Fills a route's places from an id of the world that begins like it, and with plain words behind it. */
function filled(template: string, known: KnownIds, pick: number): string {
  const segments = template.split("/");
  const lengths = known.map((id) => commonLength(segments, id.split("/")));
  const longest = Math.max(0, ...lengths);
  const fitting = known.filter((_, index) => lengths[index] === longest);
  const chosen = (fitting[pick % Math.max(1, fitting.length)] ?? "").split("/");
  const names = ["thing", "web", "Microsoft.Compute", "westeurope"];
  return segments
    .map((segment, index) => {
      if (!segment.startsWith("{")) return segment;
      return index < longest ? chosen[index] : names[pick % names.length];
    })
    .join("/");
}

function commonLength(segments: readonly string[], id: readonly string[]): number {
  const differing = segments.findIndex((segment, index) => {
    const own = id[index];
    if (own === undefined) return true;
    return !segment.startsWith("{") && segment.toLowerCase() !== own.toLowerCase();
  });
  return differing < 0 ? segments.length : differing;
}

const plainWords = ["web", "NotApplicable", "PrimaryToRecovery", "Required", "westeurope"];

function wordsFor(field: string, known: KnownIds): readonly string[] {
  const stem = field
    .replace(/(Ids?|ArmId|Name)$/, "")
    .slice(-8)
    .toLowerCase();
  const fitting = known.filter((id) => (id.split("/").at(-2) ?? "").toLowerCase().includes(stem));
  return [...(/Id$/.test(field) ? known.slice(0, 40) : plainWords), ...fitting, ...fitting];
}

/** Delays are real: nobody waits for those that are made up. */
function withoutDelays(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => !/^(delayMs|trickleMs)$/.test(name)),
  );
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "[".repeat(20_000);
  }
}
