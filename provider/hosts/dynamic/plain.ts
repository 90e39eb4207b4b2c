/** Properties as the engine sends and keeps them: plain JSON under text keys. */
export type Properties = Record<string, unknown>;

/** Key under which Pulumi keeps the serialized proxy of a dynamic resource. */
export const providerKey = "__provider";

/** Key of the input by which the resource class tells check who it is; check drops it. */
export const contextKey = "__ctx";

/**
 * Makes plain JSON of a result. An `undefined` or a bigint in a result makes the engine drop it
 * whole, after the site has acted, so nothing but plain JSON may leave the host. Absent members
 * are left out, dates become ISO 8601 text, maps become objects, bigints become text.
 */
export function toPlain(value: object): Properties {
  const text = JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === "bigint") return each.toString();
    if (each instanceof Map) return Object.fromEntries(each);
    if (each instanceof Set) return [...each];
    return each;
  });
  return JSON.parse(text) as Properties;
}

/** The properties without those whose names begin with `__`: they belong to hosts, not to handlers. */
export function withoutInternals(properties: Properties | undefined): Properties {
  return Object.fromEntries(
    Object.entries(properties ?? {}).filter(([key]) => !key.startsWith("__")),
  );
}

/** One text for equal properties, whatever the order of their keys. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );
}
