import fc from "fast-check";
import { unknownValue } from "../../provider/unknown.ts";
import { anyValue, deep, hostileTexts, secretOf, strayPieces } from "./hostile.ts";

/** A change at one place of a value; `place` counts through all its parts. */
export interface Mutation {
  readonly place: number;
  readonly change: Change;
}

/** What happens to the part of a value. */
export type Change =
  | { readonly kind: "replace"; readonly value: unknown }
  | { readonly kind: "remove" | "asList" | "asMap" | "unknown" | "secret" | "upperCase" }
  | { readonly kind: "append"; readonly text: string }
  | { readonly kind: "repeat"; readonly count: number }
  | { readonly kind: "deep"; readonly depth: number; readonly of: "list" | "map" }
  | { readonly kind: "add"; readonly name: string; readonly value: unknown };

const oneChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: anyValue.map((value): Change => ({ kind: "replace", value })) },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom("remove", "asList", "asMap", "unknown", "secret", "upperCase")
      .map((kind): Change => ({ kind }) as Change),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...strayPieces, "\ud800", "\u0000")
      .map((text): Change => ({ kind: "append", text })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ name: fc.constantFrom(...hostileTexts, "name", "value", "id"), value: anyValue })
      .map((each): Change => ({ kind: "add", ...each })),
  },
);

/** Changes that make a value huge. */
const hugeChange: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(2, 100, 10_000).map((count): Change => ({ kind: "repeat", count })),
  fc
    .record({ depth: fc.constantFrom(20, 1_000, 20_000), of: fc.constantFrom("list", "map") })
    .map((each): Change => ({ kind: "deep", ...each }) as Change),
);

/** A few changes; `huge` allows ones that make a value long or deep. */
export function mutations(
  most: number,
  { huge = true }: { readonly huge?: boolean } = {},
): fc.Arbitrary<readonly Mutation[]> {
  const change = huge
    ? fc.oneof({ weight: 8, arbitrary: oneChange }, { weight: 1, arbitrary: hugeChange })
    : oneChange;
  return fc.array(fc.record({ place: fc.nat(10_000), change }), { maxLength: most });
}

/** The value with the changes made, one after the other; the value itself stays as it is. */
export function mutated(value: unknown, changes: readonly Mutation[]): unknown {
  const result = changes.reduce(
    (each, { place, change }) =>
      changedAt(each, { left: place % Math.min(partCount(each, 0), mostParts) }, change),
    value,
  );
  return result === removed ? undefined : result;
}

const deepest = 60;
const mostParts = 4_000;

/** How many parts a value has, itself included; what lies very deep or far behind does not count. */
function partCount(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null || depth > deepest) return 1;
  let count = 1;
  for (const each of Object.values(value)) {
    count += partCount(each, depth + 1);
    if (count > mostParts) break;
  }
  return count;
}

/** Copies the way to the part and changes the part; `undefined` is what was removed. */
function changedAt(value: unknown, at: { left: number }, change: Change, depth = 0): unknown {
  if (at.left === 0) {
    at.left = -1;
    return changed(value, change);
  }
  at.left -= 1;
  if (typeof value !== "object" || value === null || depth > deepest) return value;
  const pairs = Object.entries(value).map(([key, each]): [string, unknown] =>
    at.left < 0 ? [key, each] : [key, changedAt(each, at, change, depth + 1)],
  );
  const kept = pairs.filter(([, each]) => each !== removed);
  return Array.isArray(value) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
}

const removed = Symbol("removed");

function changed(value: unknown, change: Change): unknown {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  switch (change.kind) {
    case "replace":
      return change.value;
    case "remove":
      return removed;
    case "asList":
      return [value];
    case "asMap":
      return { value };
    case "unknown":
      return unknownValue;
    case "secret":
      return secretOf(value);
    case "upperCase":
      return typeof value === "string" ? value.toUpperCase() : value;
    case "append":
      return typeof value === "string" ? `${value}${change.text}` : change.text;
    case "repeat":
      return Array.from({ length: change.count }, () => value);
    case "deep":
      return deep(change.depth, change.of);
    case "add":
      // Object.fromEntries makes an own property of any name, `__proto__` included.
      return isMap
        ? Object.fromEntries([...Object.entries(value), [change.name, change.value]])
        : [value, change.value];
  }
}
