/** Stands for a value that is not known yet, at preview only; the engine's own marker. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True for the marker itself. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** True when the marker stands anywhere inside the value. */
export function hasUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (typeof value === "object" && value !== null) return Object.values(value).some(hasUnknown);
  return isUnknown(value);
}

/** Property paths at which the marker stands, such as `items[1]`. */
export function unknownPaths(value: unknown, path = ""): readonly string[] {
  if (isUnknown(value)) return [path];
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => unknownPaths(each, `${path}[${index}]`));
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, each]) =>
      unknownPaths(each, path === "" ? key : `${path}.${key}`),
    );
  }
  return [];
}
