import {
  type ComplexTypeSchema,
  packageSchema,
  type ResourceSchema,
  type TypeSchema,
} from "../schema/schema.ts";
import { isUnknown } from "../unknown.ts";

type Values = Readonly<Record<string, unknown>>;
type Types = Readonly<Record<string, ComplexTypeSchema>>;

/** Parts of recorded values that are relied on; a field that a later version adds never belongs here. */
const indispensable: Readonly<Record<string, readonly string[]>> = {
  "#/types/asr:index:ActionPlan": ["machines"],
  "#/types/asr:index:AddedServerDisk": ["key", "fileName"],
  "#/types/asr:index:Finding": ["rule", "text"],
  "#/types/asr:index:MachinePlan": ["item", "machine", "steps"],
  "#/types/asr:index:MachineRecord": ["item", "machine", "status", "jobs", "error"],
  "#/types/asr:index:RecoveryPlanGroup": ["items"],
  "#/types/asr:index:ReplicatedDisk": ["disk"],
  "#/types/asr:index:ServerPlacement": ["vcenter", "machine", "datastores", "diskFiles"],
};

/**
 * Names of recorded inputs and outputs whose values are not of the kind that the schema says, as when somebody
 * edited a stack's state: nothing may rely on them. What is absent, not known yet or of no known name is in order, at
 * every depth, and so is a text that an enumeration does not have: another version of this package may have written
 * it. Only the few parts that every version writes and nothing goes on without have to be there.
 */
export function unreadableNames(
  schema: ResourceSchema,
  recorded: Values,
  types: Types = packageSchema().types,
): readonly string[] {
  const described = { ...schema.properties, ...schema.inputProperties };
  return Object.entries(recorded)
    .filter(([name, value]) => {
      const type = Object.hasOwn(described, name) ? described[name] : undefined;
      return type !== undefined && isGiven(value) && !isOfKind(value, type, types);
    })
    .map(([name]) => name);
}

/** The recorded values without those that cannot be read; the same object when all can. */
export function readableValues<Recorded extends Values>(
  schema: ResourceSchema,
  recorded: Recorded,
): Recorded {
  const unreadable = unreadableNames(schema, recorded);
  if (unreadable.length === 0) return recorded;
  return Object.fromEntries(
    Object.entries(recorded).filter(([name]) => !unreadable.includes(name)),
  ) as Recorded;
}

function isOfKind(value: unknown, type: TypeSchema, types: Types): boolean {
  if (isUnknown(value)) return true;
  if (type.oneOf !== undefined) return type.oneOf.some((each) => isOfKind(value, each, types));
  if (type.$ref !== undefined) return isOfReference(value, type.$ref, types);
  const { items, additionalProperties } = type;
  switch (type.type) {
    case undefined:
      return true;
    case "array":
      if (!Array.isArray(value)) return false;
      return items === undefined || value.every((each) => isOfKind(each, items, types));
    case "object":
      if (!isMap(value)) return false;
      return (
        additionalProperties === undefined ||
        Object.values(value).every((each) => isOfKind(each, additionalProperties, types))
      );
    default:
      return typeof value === (type.type === "integer" ? "number" : type.type);
  }
}

function isOfReference(value: unknown, reference: string, types: Types): boolean {
  const complex = types[reference.replace("#/types/", "")];
  // A type of another package, or of Pulumi itself.
  if (complex === undefined) return true;
  if (complex.enum !== undefined) return typeof value === "string";
  if (!isMap(value)) return false;
  const { properties = {} } = complex;
  return (
    (indispensable[reference] ?? []).every((name) => isGiven(value[name])) &&
    Object.entries(properties).every(
      ([name, property]) =>
        !Object.hasOwn(value, name) ||
        !isGiven(value[name]) ||
        isOfKind(value[name], property, types),
    )
  );
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
