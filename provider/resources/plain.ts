import type { ResourceSchema } from "../schema/schema.ts";

/** An object of a known shape as a plain map. */
export function plain(value: object): Readonly<Record<string, unknown>> {
  return { ...value };
}

/** The inputs among the properties of a state, without those that are empty. */
export function inputsOf<Inputs extends object>(schema: ResourceSchema, state: object): Inputs {
  const given = Object.entries(state).filter(
    ([name, value]) => Object.hasOwn(schema.inputProperties, name) && !isEmpty(value),
  );
  return Object.fromEntries(given) as Inputs;
}

/** The inputs with the schema's defaults for those that are absent. */
export function withDefaults<Inputs extends object>(
  schema: ResourceSchema,
  inputs: Inputs,
): Inputs {
  const defaults = Object.entries(schema.inputProperties)
    .filter(([, property]) => property.default !== undefined)
    .map(([name, property]) => [name, property.default]);
  return { ...Object.fromEntries(defaults), ...inputs };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
