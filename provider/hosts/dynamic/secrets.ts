import { shortestSecret } from "../../configuration.ts";
import type { ResourceSchema } from "../../schema/schema.ts";
import { isUnknown } from "../../unknown.ts";
import type { Properties } from "./plain.ts";

/**
 * The texts inside the properties that the schema calls secret, or the program: `named` are those that
 * it made secret, which the engine hands to dynamic providers like any other.
 */
export function secretValues(
  schema: ResourceSchema | undefined,
  properties: Properties,
  named: readonly string[] = [],
): readonly string[] {
  const described = { ...schema?.inputProperties, ...schema?.properties };
  return Object.entries(properties)
    .filter(([name]) => described[name]?.secret === true || named.includes(name))
    .flatMap(([, value]) => textsIn(value))
    .filter((text) => text.length >= shortestSecret && !isUnknown(text));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}
