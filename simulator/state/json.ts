/** Any value that survives a trip through JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object; a field that is `undefined` is left out when it is written. */
export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

/** Tells whether a value is an object with fields, neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads the value at a path of fields, matched as they are or without regard to letter case. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let here: unknown = value;
  for (const field of path) {
    if (!isObject(here)) return undefined;
    here = here[field] ?? here[spelling(here, field)];
  }
  return here;
}

function spelling(object: JsonObject, field: string): string {
  const wanted = field.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === wanted) ?? field;
}

/** Reads a string at a path; anything else, the empty string too, is `undefined`. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** Reads a number at a path; anything else is `undefined`. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** Reads a list at a path; anything else is an empty list. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Reads an object at a path; anything else is `undefined`. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject | undefined {
  const found = valueAt(value, ...path);
  return isObject(found) ? found : undefined;
}

/** Copies a value as JSON would carry it, so that neither copy sees later changes of the other. */
export function copy<T>(value: T): T {
  return structuredClone(value);
}
