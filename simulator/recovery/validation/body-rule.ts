import { badRequest } from "../../http/answer.ts";
import { isObject, type JsonObject } from "../../state/json.ts";

/** What a field of a request body must be; `null` counts as absent. */
export type BodyRule =
  | { readonly is: "text"; readonly needed?: boolean; readonly oneOf?: readonly string[] }
  | {
      readonly is: "number";
      readonly needed?: boolean;
      readonly from?: number;
      readonly to?: number;
    }
  | { readonly is: "flag"; readonly needed?: boolean }
  | {
      readonly is: "list";
      readonly needed?: boolean;
      readonly of: BodyRule;
      readonly most?: number;
    }
  | { readonly is: "object"; readonly needed?: boolean; readonly fields: Fields }
  | {
      readonly is: "union";
      readonly needed?: boolean;
      /** The field that tells which of them it is. @defaultValue instanceType */
      readonly by?: string;
      readonly of: Readonly<Record<string, Fields>>;
    };

/** Rules of an object's fields; fields without a rule are ignored. */
export type Fields = Readonly<Record<string, BodyRule>>;

/** A string. */
export const text: BodyRule = { is: "text" };
/** A string that must be there. */
export const neededText: BodyRule = { is: "text", needed: true };
/** A boolean. */
export const flag: BodyRule = { is: "flag" };
/** A number. */
export const number: BodyRule = { is: "number" };

/** A string out of a fixed set; letter case does not matter. */
export function oneOf(...values: readonly string[]): BodyRule {
  return { is: "text", oneOf: values };
}

/** The same rule, and the field must be there. */
export function needed(rule: BodyRule): BodyRule {
  return { ...rule, needed: true };
}

/** A list of things. */
export function listOf(rule: BodyRule): BodyRule {
  return { is: "list", of: rule };
}

/** An object with these fields. */
export function objectOf(fields: Fields): BodyRule {
  return { is: "object", fields };
}

/** An object one field of which, `instanceType` if nothing else is said, tells which fields it has. */
export function unionOf(of: Readonly<Record<string, Fields>>, by?: string): BodyRule {
  return { is: "union", of, ...(by !== undefined && { by }) };
}

/** Directions of a failover. */
export const DIRECTION: BodyRule = oneOf("PrimaryToRecovery", "RecoveryToPrimary");
/** Whether the source is to be shut down. */
export const SITE_OPERATIONS: BodyRule = oneOf("Required", "NotRequired");

/** An edge zone. */
export const EXTENDED_LOCATION: BodyRule = objectOf({
  name: needed(text),
  type: needed(oneOf("EdgeZone")),
});

/** A body whose fields are wrapped in `properties`, as all of Site Recovery are. */
export function properties(fields: Fields): Fields {
  return { properties: needed(objectOf(fields)) };
}

/** Refuses a body that breaks a rule: 400, with the path of the first field that does (CH-INPUT). */
export function checkBody(body: JsonObject, fields: Fields): void {
  checkFields(body, fields, "");
}

function checkFields(object: JsonObject, fields: Fields, path: string): void {
  const given = new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, rule] of Object.entries(fields)) {
    const here = path === "" ? name : `${path}.${name}`;
    const value = given.get(name.toLowerCase());
    if (value !== undefined && value !== null) check(value, rule, here);
    else if (rule.needed) refuse(here, "is required");
  }
}

function check(value: unknown, rule: BodyRule, path: string): void {
  switch (rule.is) {
    case "text":
      if (typeof value !== "string") refuse(path, "must be a string");
      if (rule.needed && value === "") refuse(path, "must not be empty");
      if (rule.oneOf && !among(rule.oneOf, value)) {
        refuse(path, `must be one of ${rule.oneOf.join(", ")}, and is '${value}'`);
      }
      return;
    case "number":
      if (typeof value !== "number") refuse(path, "must be a number");
      if (value < (rule.from ?? value) || value > (rule.to ?? value)) {
        refuse(path, `must be between ${rule.from ?? "-∞"} and ${rule.to ?? "∞"}, and is ${value}`);
      }
      return;
    case "flag":
      if (typeof value !== "boolean") refuse(path, "must be true or false");
      return;
    case "list":
      if (!Array.isArray(value)) refuse(path, "must be a list");
      if (rule.most !== undefined && value.length > rule.most) {
        refuse(path, `must have at most ${rule.most} entries, and has ${value.length}`);
      }
      for (const [index, entry] of value.entries()) check(entry, rule.of, `${path}[${index}]`);
      return;
    case "object":
      if (!isObject(value)) refuse(path, "must be an object");
      checkFields(value, rule.fields, path);
      return;
    case "union":
      if (!isObject(value)) refuse(path, "must be an object");
      checkUnion(value, rule.of, rule.by ?? "instanceType", path);
  }
}

function checkUnion(
  value: JsonObject,
  of: Readonly<Record<string, Fields>>,
  by: string,
  path: string,
): void {
  const kind = value[by];
  if (typeof kind !== "string") refuse(`${path}.${by}`, "is required");
  const known = Object.keys(of).find((name) => name.toLowerCase() === kind.toLowerCase());
  const fields = known === undefined ? undefined : of[known];
  if (!fields) {
    refuse(`${path}.${by}`, `must be one of ${Object.keys(of).join(", ")}, and is '${kind}'`);
  }
  checkFields(value, fields, path);
}

function among(values: readonly string[], value: unknown): boolean {
  return values.some((each) => each.toLowerCase() === String(value).toLowerCase());
}

function refuse(path: string, problem: string): never {
  throw badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The field '${path}' ${problem}.`,
    possibleCauses: "The request body is not what the operation takes.",
    recommendedAction: "Correct the field and retry the operation.",
  });
}
