import fc from "fast-check";
import { unknownValue } from "../../provider/unknown.ts";

/** A word that stands behind whatever could break out of an identifier: a request that reaches it went astray. */
export const elsewhere = "elsewhere";

/** Something in an ARM id to which an attack can be appended. */
const anId =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/orders";

/** Pieces that could lead a path or a query astray, to be put behind or into other texts. */
export const strayPieces: readonly string[] = [
  `/../../../../${elsewhere}`,
  `/..%2f..%2f${elsewhere}`,
  `%2f..%2f${elsewhere}`,
  `/./../${elsewhere}`,
  `\\..\\${elsewhere}`,
  `?${elsewhere}=1`,
  `?api-version=1&${elsewhere}=1`,
  `#${elsewhere}`,
  `;${elsewhere}=1`,
  `\r\nX-${elsewhere}: 1`,
  `\n/${elsewhere}`,
  "/",
  "//",
  "%",
  "%zz",
];

/** Short texts that somebody with bad intentions, or a broken program, would give. */
export const hostileTexts: readonly string[] = [
  ...["", " ", "\t", "\n", "\r\n", "\u0000", "\u001b[31m", "\u007f", "\u0085", "\ufeff"],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "length"],
  ...[".", "..", "/", "//", "\\", "*", "%", "%00", "%2e%2e", "~", "-", "--", "'", '"', "`"],
  ...["\ud800", "\udc00x", "a\ud83d", "\u202egnp.exe", "e\u0301", "\u0130", "ß", "\u{1f600}"],
  ...[
    "$" + "{process.env}",
    "{{7*7}}",
    "$(id)",
    "<x/>",
    "]]>",
    "&amp;",
    "%s%n",
    "';--",
    "[object Object]",
  ],
  ...["null", "undefined", "true", "NaN", "0", "-1", "1e308", "0x10", "٣"],
  ...["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "+275760-09-13T00:00:00.000Z"],
  ...[
    "-271821-04-20T00:00:00Z",
    "2026-02-30T25:61:00Z",
    "2026-01-01",
    "+275760-09-13T00:00:00.001Z",
  ],
  ...["P9999999Y", "P99999999999W", "PT0S", "P", "PT", "-PT5M", "PT1E9S", `P${"9".repeat(400)}D`],
  ...["PT0.000000001S", "P1Y2M", "p1d", "PT9007199254740991S", "P11574074D"],
  ...[unknownValue, `${unknownValue}x`, `/subscriptions/${unknownValue}`],
  ...["/subscriptions", "/subscriptions/", "/subscriptions//resourceGroups/", anId, `${anId}/`],
  ...[`${anId}/items/`, `${anId}/items/..`, `${anId}/items/__proto__`, anId.toUpperCase()],
  ...strayPieces.map((piece) => `${anId}/items/web${piece}`),
  ...strayPieces.map((piece) => `${anId}${piece}`),
  ...strayPieces,
];

/** Long texts by what they consist of, told by a short description so that looking for a smaller one is cheap. */
const longTexts: readonly (readonly [part: string, count: number, end: string])[] = [
  ["a", 1_048_576, ""],
  ["a", 50_000, "!"],
  [" ", 100_000, "x"],
  ["0", 100_000, "x"],
  ["/", 100_000, ""],
  ["/..", 30_000, ""],
  ["/subscriptions/a", 10_000, ""],
  ["a.", 50_000, ""],
  ["1.", 50_000, "."],
  ["-", 100_000, "\n"],
  ["%2f", 30_000, ""],
  ["\u{1f600}", 50_000, ""],
  ["=", 50_000, "@"],
];

/** Texts of up to a million characters. */
export const longText: fc.Arbitrary<string> = fc
  .constantFrom(...longTexts)
  .map(([part, count, end]) => `${part.repeat(count)}${end}`);

/** Any text: ordinary, hostile, now and then a huge one. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 30 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 8, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: longText },
);

/** Numbers at the edges of what a number can be. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0, 1, -1, 0.1, 1e308, 5e-324, 2 ** 31),
  fc.constantFrom(2 ** 53, 2 ** 53 + 2, -(2 ** 63), 1e21, 65_536),
  fc.integer(),
  fc.double(),
);

/** The engine's wrapper of a secret. */
export function secretOf(value: unknown): object {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** A value so many lists or maps deep. */
export function deep(depth: number, kind: "list" | "map"): unknown {
  let value: unknown = "bottom";
  for (let level = 0; level < depth; level += 1) value = kind === "list" ? [value] : { a: value };
  return value;
}

/** Any value that is no ordinary one, without the depths and lengths that only some targets are given. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 2, arbitrary: anyNumber },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("[]", "{}", "[[]]", "[null]", "[{}]", '{"a":1}').map(parsed),
  },
  { weight: 1, arbitrary: fc.constantFrom(...hostileMaps()).map(parsed) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Own properties of names that every object has otherwise. */
function hostileMaps(): readonly string[] {
  return [
    '{"__proto__": {"polluted": true}}',
    '{"constructor": {"prototype": {"polluted": true}}}',
    '{"toString": 1, "valueOf": null, "hasOwnProperty": false}',
    '{"length": -1}',
    '{"then": 1}',
  ];
}

/** Made anew for each input, because an input may be changed by what is tried. */
function parsed(text: string): unknown {
  return JSON.parse(text);
}
