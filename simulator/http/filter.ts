import { badRequest } from "./answer.ts";

/** How a `$filter` field is read from an object: text, or a time that bounds the list. */
export type FilterFields<T> = Readonly<
  Record<string, (object: T) => string | readonly string[] | { from: string } | { until: string }>
>;

/** One comparison of a `$filter`. */
export interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

const CONDITION = /^\s*\(?\s*([\w./]+)\s+(eq|ne|ge|gt|le|lt)\s+'?([^']*?)'?\s*\)?\s*$/i;

/**
 * Applies an OData `$filter` of conditions joined by `and`, each possibly alternatives joined by `or`.
 * Field names and text compare without regard to letter case; an unknown field is refused.
 */
export function applyFilter<T>(
  objects: readonly T[],
  filter: string | null,
  fields: FilterFields<T>,
): readonly T[] {
  if (!filter) return objects;
  const clauses = conditionsOf(filter, Object.keys(fields)).map((alternatives) =>
    alternatives.map((condition) => ({ condition, read: fields[condition.field] })),
  );
  return objects.filter((object) =>
    clauses.every((alternatives) =>
      alternatives.some(({ condition, read }) => read && holds(condition, read(object))),
    ),
  );
}

/**
 * Reads a `$filter` into clauses that must all hold, each a list of alternatives; fields are named as in
 * `known`. An unknown field is refused.
 */
export function conditionsOf(
  filter: string,
  known: readonly string[],
): readonly (readonly Condition[])[] {
  const named = (condition: Condition): Condition => {
    const field = known.find((each) => each.toLowerCase() === condition.field.toLowerCase());
    // CH-FILTER
    if (field === undefined)
      throw refused(`The filter field '${condition.field}' is not supported.`);
    return { ...condition, field };
  };
  return filter
    .split(/\s+and\s+/i)
    .map((clause) => clause.split(/\s+or\s+/i).map((text) => named(parse(text, filter))));
}

function parse(text: string, whole: string): Condition {
  const [, field, operator, value] = CONDITION.exec(text) ?? [];
  if (field === undefined || operator === undefined || value === undefined) {
    throw refused(`The filter '${whole}' is not valid.`);
  }
  return { field, operator: operator.toLowerCase(), value };
}

type Found = string | readonly string[] | { from: string } | { until: string };

function holds({ operator, value }: Condition, found: Found): boolean {
  if (typeof found === "object" && "from" in found)
    return Date.parse(found.from) >= Date.parse(value);
  if (typeof found === "object" && "until" in found)
    return Date.parse(found.until) <= Date.parse(value);
  const texts = (typeof found === "string" ? [found] : (found as readonly string[])).map((text) =>
    text.toLowerCase(),
  );
  const equal = texts.includes(value.toLowerCase());
  return operator === "ne" ? !equal : equal;
}

function refused(message: string): Error {
  return badRequest({
    code: "InvalidFilter",
    message,
    recommendedAction: "Correct the filter and retry.",
  });
}
