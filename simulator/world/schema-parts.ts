import type { JsonObject } from "../state/json.ts";

/** A string that is not empty. */
export const text: JsonObject = { type: "string", minLength: 1 };
/** A whole number from 1 on. */
export const positive: JsonObject = { type: "integer", minimum: 1 };
/** How many alike a world has at most: each costs memory. */
export const count: JsonObject = { type: "integer", minimum: 1, maximum: 20_000 };
/** A number from 0 on. */
export const notNegative: JsonObject = { type: "number", minimum: 0 };
/** A boolean. */
export const yesNo: JsonObject = { type: "boolean" };
/** An IPv4 address. */
export const address: JsonObject = { type: "string", pattern: "^\\d{1,3}(\\.\\d{1,3}){3}$" };

/** An object with these fields and no others. */
export function object(properties: JsonObject, ...required: readonly string[]): JsonObject {
  return { type: "object", additionalProperties: false, properties, required };
}

/** A list of such entries. */
export function list(items: JsonObject): JsonObject {
  return { type: "array", items };
}
