import { ArmError } from "../http/answer.ts";
import { type JsonObject, valueAt } from "../state/json.ts";

/** The value of a field that has one of a few; undefined if it is absent, a refusal if it is another. */
export function oneOf<T extends string>(
  body: JsonObject,
  field: string,
  values: readonly T[],
): T | undefined {
  const given = valueAt(body, field);
  if (given === undefined) return undefined;
  const known = values.find((value) => value === given);
  if (known === undefined) throw refused(`${field} must be one of ${values.join(", ")}.`);
  return known;
}

/** The value of a field that is true or false; undefined if it is absent. */
export function flagAt(body: JsonObject, field: string): boolean | undefined {
  const given = valueAt(body, field);
  if (given === undefined || typeof given === "boolean") return given;
  throw refused(`${field} must be true or false.`);
}

/** Something an admin request names is not there: 404. */
export function missing(message: string): ArmError {
  return new ArmError(404, "NotFound", message);
}

/** An admin request that cannot be taken: 400. */
export function refused(message: string): ArmError {
  return new ArmError(400, "BadRequest", message);
}
