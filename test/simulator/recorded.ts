import { readFileSync } from "node:fs";
import type { Body } from "./shop.ts";

/** The response body of a recording of the real service. */
export function recorded(name: string): Body {
  const file = new URL(`./fixtures/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).response.body;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

/** Lists where a body differs in form from a recorded one: fields, and kinds of values. */
export function differences(
  ours: Body,
  theirs: Body,
  path = "",
  free: readonly string[] = [],
): string[] {
  if (free.includes(path)) return [];
  if (kindOf(ours) !== kindOf(theirs))
    return [`${path}: ${kindOf(ours)}, recorded ${kindOf(theirs)}`];
  if (Array.isArray(theirs)) {
    return theirs.length === 0 || ours.length === 0
      ? []
      : differences(ours[0], theirs[0], `${path}[]`, free);
  }
  if (kindOf(theirs) !== "object") return [];
  const fields = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...fields].flatMap((field) => {
    const here = `${path}.${field}`;
    if (!(field in theirs)) return [`${here}: not recorded`];
    if (!(field in ours)) return [`${here}: missing`];
    return differences(ours[field], theirs[field], here, free);
  });
}

/** Fields in the order they are written, which clients do not need but recordings show. */
export function fieldOrder(body: Body): string[] {
  return Object.keys(body.properties).concat(
    Object.keys(body.properties.providerSpecificDetails ?? {}),
  );
}
