import type { ErrorObject } from "ajv";

/** What is wrong in a document, and where. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  /** Goes on after the field's name: "must be …", "lacks …". */
  readonly problem: string;
}

/** Puts what a schema check has found into words. */
export function problemOf(error: ErrorObject): SchemaProblem {
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const { params } = error;
  if (error.keyword === "additionalProperties")
    return { path: [...path, params.additionalProperty], problem: "is not a known field." };
  if (error.keyword === "required")
    return { path, problem: `lacks the field '${params.missingProperty}'.` };
  if (error.keyword === "enum") {
    const allowed: readonly string[] = params.allowedValues;
    const shown =
      allowed.length > 12
        ? `one of the ${allowed.length} known values, such as ${allowed.slice(0, 3).join(", ")}`
        : allowed.join(", ");
    return { path, problem: `must be ${shown}.` };
  }
  return { path, problem: `${error.message}.` };
}
