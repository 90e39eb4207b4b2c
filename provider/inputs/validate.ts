import type { CheckFailure } from "../handler.ts";
import {
  type ComplexTypeSchema,
  type PropertySchema,
  packageSchema,
  type ResourceSchema,
  type TypeSchema,
} from "../schema/schema.ts";
import { isUnknown } from "../unknown.ts";
import { nearestName } from "./nearest-name.ts";
import { propertyPath } from "./property-path.ts";

type Types = Readonly<Record<string, ComplexTypeSchema>>;
type Properties = Readonly<Record<string, PropertySchema>>;

/**
 * Everything that is malformed in the inputs, by the resource's schema: missing and unknown properties,
 * wrong types, values outside an enumeration. What is not known yet is well-formed.
 * Never throws, whatever the inputs are, and never shows the value of a secret.
 */
export function validateInputs(
  schema: ResourceSchema,
  news: Readonly<Record<string, unknown>>,
  types: Types = packageSchema().types,
): readonly CheckFailure[] {
  try {
    return objectFailures(news, schema.inputProperties, schema.requiredInputs ?? [], "", types);
  } catch {
    return [{ path: "", reason: "the inputs cannot be read. Give plain values, lists and maps." }];
  }
}

function objectFailures(
  value: object,
  properties: Properties,
  required: readonly string[],
  path: string,
  types: Types,
): readonly CheckFailure[] {
  const given = new Map(Object.entries(value).filter(([, each]) => isGiven(each)));
  const missing = required
    .filter((name) => !given.has(name))
    .map((name) => failure(propertyPath(path, name), "is missing."));
  const wrong = [...given].flatMap(([name, each]) => {
    // Hosts pass facts of their own in such inputs.
    if (name.startsWith("__")) return [];
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) return [unknownProperty(name, Object.keys(properties), path)];
    return failuresOf(each, property, propertyPath(path, name), property.secret === true, types);
  });
  return [...missing, ...wrong];
}

function unknownProperty(name: string, known: readonly string[], path: string): CheckFailure {
  const nearest = nearestName(name, known);
  const remedy =
    nearest === undefined ? `Known are: ${known.join(", ")}.` : `Did you mean "${nearest}"?`;
  return failure(propertyPath(path, name.slice(0, 60)), `is no property here. ${remedy}`);
}

function failuresOf(
  value: unknown,
  type: TypeSchema,
  path: string,
  secret: boolean,
  types: Types,
): readonly CheckFailure[] {
  if (isUnknown(value)) return [];
  if (type.oneOf !== undefined) return oneOfFailures(value, type.oneOf, path, secret, types);
  if (type.$ref !== undefined) return referenceFailures(value, type.$ref, path, secret, types);
  if (type.type === "array") {
    if (!Array.isArray(value)) return [wrongType(path, "a list", value)];
    const { items } = type;
    if (items === undefined) return [];
    return value.flatMap((each, index) =>
      failuresOf(each, items, `${path}[${index}]`, secret, types),
    );
  }
  if (type.type === "object") {
    if (!isMap(value)) return [wrongType(path, "a map", value)];
    const { additionalProperties } = type;
    if (additionalProperties === undefined) return [];
    return Object.entries(value).flatMap(([key, each]) =>
      failuresOf(each, additionalProperties, propertyPath(path, key), secret, types),
    );
  }
  return scalarFailures(value, type.type, path, secret);
}

function scalarFailures(
  value: unknown,
  type: TypeSchema["type"],
  path: string,
  secret: boolean,
): readonly CheckFailure[] {
  if (type === undefined) return [];
  if (type === "integer")
    return Number.isInteger(value) ? [] : [wrongType(path, "a whole number", value)];
  if (type === "number") return Number.isFinite(value) ? [] : [wrongType(path, "a number", value)];
  const article = type === "string" ? "text" : "true or false";
  if (typeof value !== type) return [wrongType(path, article, value)];
  return typeof value === "string" ? textFailures(value, path, secret) : [];
}

/** Texts that no request can carry, and ids that would lead it to another object than they seem to name. */
function textFailures(text: string, path: string, secret: boolean): readonly CheckFailure[] {
  if (!text.isWellFormed()) {
    return [failure(path, "holds half a character, which cannot be sent. Write the text anew.")];
  }
  if (!/^\/subscriptions\//i.test(text)) return [];
  const strays = /\/\.{1,2}(\/|$)/.test(text) || /[?#\\\p{Cc}]|%(2f|5c|2e)/iu.test(text);
  const shown = secret ? "the value" : `"${text.slice(0, 300)}"`;
  return strays ? [failure(path, `${shown} is no ARM id. Give it as the portal shows it.`)] : [];
}

function referenceFailures(
  value: unknown,
  reference: string,
  path: string,
  secret: boolean,
  types: Types,
): readonly CheckFailure[] {
  const complex = types[reference.replace("#/types/", "")];
  // A type of another package, or of Pulumi itself: its owner checks it.
  if (complex === undefined) return [];
  if (complex.enum !== undefined) return enumFailures(value, complex.enum, path, secret);
  if (!isMap(value)) return [wrongType(path, "a map", value)];
  return objectFailures(value, complex.properties ?? {}, complex.required ?? [], path, types);
}

function enumFailures(
  value: unknown,
  allowed: readonly { readonly value: string }[],
  path: string,
  secret: boolean,
): readonly CheckFailure[] {
  const values = allowed.map((each) => each.value);
  if (typeof value !== "string") return [wrongType(path, `one of ${values.join(", ")}`, value)];
  if (values.includes(value)) return [];
  const shown = secret ? "the value" : `"${value.slice(0, 60)}"`;
  const nearest = secret ? undefined : nearestName(value, values);
  const guess = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  return [failure(path, `${shown} is none of ${values.join(", ")}.${guess}`)];
}

function oneOfFailures(
  value: unknown,
  alternatives: readonly TypeSchema[],
  path: string,
  secret: boolean,
  types: Types,
): readonly CheckFailure[] {
  const answers = alternatives.map((each) => failuresOf(value, each, path, secret, types));
  if (answers.some((each) => each.length === 0)) return [];
  // The alternative that got farthest tells most: its failures lie deepest.
  return answers.reduce(
    (best, each) => (depth(each) > depth(best) ? each : best),
    answers[0] ?? [],
  );
}

function depth(failures: readonly CheckFailure[]): number {
  return Math.max(0, ...failures.map((each) => each.path.length));
}

function wrongType(path: string, wanted: string, value: unknown): CheckFailure {
  return failure(path, `must be ${wanted}, not ${kindOf(value)}.`);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isInteger(value)) {
    return Number.isFinite(value) ? "a fraction" : "an impossible number";
  }
  const names: Readonly<Record<string, string>> = {
    string: "text",
    number: "a number",
    boolean: "true or false",
    object: "a map",
  };
  return names[typeof value] ?? `a ${typeof value}`;
}

function failure(path: string, reason: string): CheckFailure {
  return { path, reason };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
