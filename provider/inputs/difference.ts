import type { ChangeKind, PropertyChange } from "../handler.ts";
import type { ComplexTypeSchema, ResourceSchema, TypeSchema } from "../schema/schema.ts";
import { packageSchema } from "../schema/schema.ts";
import { isUnknown } from "../unknown.ts";
import { propertyPath } from "./property-path.ts";

/** How some inputs of a resource are compared. */
export interface DifferenceOptions {
  /** Top-level inputs whose change alone asks for nothing, such as `timeout`. */
  readonly ignored?: readonly string[];
  /** Top-level lists whose order means nothing. */
  readonly sets?: readonly string[];
  /** Own tests for equality of top-level inputs, such as durations spelt in two ways. */
  readonly same?: Readonly<Record<string, (old: unknown, wanted: unknown) => boolean>>;
  /** The package's types; default: those of schema.json. */
  readonly types?: Readonly<Record<string, ComplexTypeSchema>>;
}

/**
 * The inputs that differ between recorded state and wanted inputs, by leaf path such as `nics[1].staticAddress`.
 * Outputs are not looked at. Ids compare without regard to letter case; what is missing, empty or
 * at its default is equal; what is not known yet differs from everything.
 * A change is marked as replacing when a property on its path has `replaceOnChanges`.
 */
export function differences(
  schema: ResourceSchema,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
  options: DifferenceOptions = {},
): Readonly<Record<string, PropertyChange>> {
  const comparison: Comparison = { options, types: options.types ?? packageSchema().types };
  const changes: Record<string, PropertyChange> = {};
  for (const [name, property] of Object.entries(schema.inputProperties)) {
    if (options.ignored?.includes(name)) continue;
    const old = olds[name] ?? property.default;
    const wanted = news[name] ?? property.default;
    if (isSame(name, old, wanted, options)) continue;
    for (const { path, kind, replace } of leafChanges(old, wanted, name, property, comparison)) {
      changes[path] =
        replace === true || property.replaceOnChanges ? { kind, replace: true } : { kind };
    }
  }
  return changes;
}

/** Equality of an input that the service or the provider chooses when nobody wants anything: not wanted is no difference. */
export function sameIfWanted(old: unknown, wanted: unknown): boolean {
  return isEmpty(wanted) || sameLeaf(old, wanted);
}

interface Comparison {
  readonly options: DifferenceOptions;
  readonly types: Readonly<Record<string, ComplexTypeSchema>>;
}

interface LeafChange {
  readonly path: string;
  readonly kind: ChangeKind;
  /** True when a property on the way to the leaf says so itself. */
  readonly replace?: boolean;
}

function isSame(name: string, old: unknown, wanted: unknown, options: DifferenceOptions): boolean {
  if (isUnknown(wanted)) return false;
  if (options.same?.[name]?.(old, wanted)) return true;
  if (!options.sets?.includes(name)) return false;
  return sameLeaf(sorted(old), sorted(wanted));
}

/** Lists as sets: in one order, as one text. */
function sorted(value: unknown): string {
  const list = Array.isArray(value) ? value : [];
  return JSON.stringify(
    list.map((each) => (isId(each) ? each.toLowerCase() : (JSON.stringify(each) ?? ""))).toSorted(),
  );
}

function leafChanges(
  old: unknown,
  wanted: unknown,
  path: string,
  type: TypeSchema,
  comparison: Comparison,
): readonly LeafChange[] {
  if (isUnknown(wanted)) return [{ path, kind: isEmpty(old) ? "add" : "update" }];
  if (isEmpty(old) && isEmpty(wanted)) return [];
  if (isEmpty(old)) return [{ path, kind: "add" }];
  if (isEmpty(wanted)) return [{ path, kind: "delete" }];
  if (Array.isArray(old) && Array.isArray(wanted)) {
    return listChanges(old, wanted, path, type, comparison);
  }
  if (isMap(old) && isMap(wanted)) return mapChanges(old, wanted, path, type, comparison);
  return sameLeaf(old, wanted) ? [] : [{ path, kind: "update" }];
}

function listChanges(
  old: readonly unknown[],
  wanted: readonly unknown[],
  path: string,
  type: TypeSchema,
  comparison: Comparison,
): readonly LeafChange[] {
  return Array.from({ length: Math.max(old.length, wanted.length) }, (_, index) => index).flatMap(
    (index): readonly LeafChange[] => {
      const place = `${path}[${index}]`;
      if (index >= old.length) return [{ path: place, kind: "add" }];
      if (index >= wanted.length) return [{ path: place, kind: "delete" }];
      return leafChanges(old[index], wanted[index], place, type.items ?? {}, comparison);
    },
  );
}

function mapChanges(
  old: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
  path: string,
  type: TypeSchema,
  comparison: Comparison,
): readonly LeafChange[] {
  const properties = comparison.types[type.$ref?.replace("#/types/", "") ?? ""]?.properties ?? {};
  const names = new Set([...Object.keys(old), ...Object.keys(wanted)]);
  return [...names].flatMap((name) => {
    const property = properties[name] ?? type.additionalProperties ?? {};
    const standard = properties[name]?.default;
    const changes = leafChanges(
      old[name] ?? standard,
      wanted[name] ?? standard,
      propertyPath(path, name),
      property,
      comparison,
    );
    return properties[name]?.replaceOnChanges
      ? changes.map((each) => ({ ...each, replace: true }))
      : changes;
  });
}

function sameLeaf(old: unknown, wanted: unknown): boolean {
  if (isId(old) && isId(wanted)) return old.toLowerCase() === wanted.toLowerCase();
  return old === wanted;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^\/subscriptions\//i.test(value);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
