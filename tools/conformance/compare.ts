import type { Definition, Swagger } from "./swagger.ts";

/** Kind of a JSON value, as differences name it. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Lists where a body differs in form from a published or recorded one: missing fields and kinds of values.
 * Parts of another scenario, told by their `instanceType`, are not compared; nor is anything with null.
 */
export function differencesOfForm(ours: unknown, theirs: unknown, path: string): string[] {
  const [kind, wanted] = [kindOf(ours), kindOf(theirs)];
  if (kind === "null" || wanted === "null") return [];
  if (kind !== wanted) return [`${path}: ${kind}, there ${wanted}`];
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length === 0 || theirs.length === 0) return [];
    return differencesOfForm(ours[0], theirs[0], `${path}[]`);
  }
  if (kind !== "object") return [];
  const [mine, other] = [ours as Fields, theirs as Fields];
  if (mine.instanceType !== other.instanceType) return [];
  return Object.keys(other).flatMap((field) =>
    field in mine
      ? differencesOfForm(mine[field], other[field], `${path}.${field}`)
      : [`${path}.${field}: missing`],
  );
}

/** Lists where a body breaks its model: kinds of values, enum values, names the model does not have. */
export function differencesOfModel(
  body: unknown,
  schema: Definition,
  swagger: Swagger,
  path: string,
): string[] {
  if (body === null || body === undefined) return [];
  const model = resolve(schema, swagger);
  if (model.enum && typeof body === "string") {
    return model.enum.some((value) => value.toLowerCase() === body.toLowerCase())
      ? []
      : [`${path}: '${body}' is not one of ${model.enum.join(", ")}`];
  }
  const kind = kindOf(body);
  const wanted = KINDS[model.type ?? ""];
  if (wanted !== undefined && kind !== wanted) return [`${path}: ${kind}, in the model ${wanted}`];
  if (Array.isArray(body)) {
    const { items } = model;
    return items === undefined
      ? []
      : body.flatMap((entry) => differencesOfModel(entry, items, swagger, `${path}[]`));
  }
  if (kind !== "object") return [];
  return differencesOfFields(body as Fields, model, swagger, path);
}

function differencesOfFields(
  body: Fields,
  model: Definition,
  swagger: Swagger,
  path: string,
): string[] {
  const concrete = variantOf(body, model, swagger);
  const properties = propertiesOf(concrete, swagger);
  if (Object.keys(properties).length === 0) return [];
  return Object.entries(body).flatMap(([field, value]) => {
    const rule = properties[field];
    const here = `${path}.${field}`;
    if (rule) return differencesOfModel(value, rule, swagger, here);
    const free = typeof concrete.additionalProperties === "object";
    return free ? [] : [`${here}: not in the model`];
  });
}

const KINDS: Readonly<Record<string, string>> = {
  array: "list",
  boolean: "boolean",
  integer: "number",
  number: "number",
  object: "object",
  string: "string",
};

function resolve(definition: Definition, swagger: Swagger): Definition {
  const name = definition.$ref?.split("/").at(-1);
  return name === undefined ? definition : (swagger.definitions[name] ?? {});
}

/** The heir of the model whose discriminator value the body names. */
function variantOf(body: Fields, model: Definition, swagger: Swagger): Definition {
  if (model.discriminator === undefined) return model;
  const value = body[model.discriminator];
  const heir = Object.entries(swagger.definitions).find(
    ([name, each]) =>
      (each["x-ms-discriminator-value"] ?? name) === value && descends(each, model, swagger),
  );
  return heir?.[1] ?? model;
}

function descends(heir: Definition, model: Definition, swagger: Swagger): boolean {
  return (heir.allOf ?? []).some((base) => {
    const resolved = resolve(base, swagger);
    return resolved === model || descends(resolved, model, swagger);
  });
}

function propertiesOf(model: Definition, swagger: Swagger): Record<string, Definition> {
  const inherited = (model.allOf ?? []).map((base) =>
    propertiesOf(resolve(base, swagger), swagger),
  );
  return Object.assign({}, ...inherited, model.properties ?? {});
}
