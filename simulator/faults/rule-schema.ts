import { Ajv } from "ajv";
import type { JsonObject } from "../state/json.ts";
import { problemOf, type SchemaProblem } from "../world/schema-problem.ts";
import type { FaultRule, OtherRequest } from "./fault-rule.ts";

const text = { type: "string", minLength: 1 };
const count = { type: "integer", minimum: 0 };
const positive = { type: "integer", minimum: 1 };
const time = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T" };
const expression = { type: "string", format: "regex" };

function object(properties: JsonObject, ...required: readonly string[]): JsonObject {
  return { type: "object", additionalProperties: false, properties, required };
}

const task = { scenario: text, task: text, machine: text };
const cause = { possibleCauses: { type: "string" }, recommendedAction: { type: "string" } };

/** The effects a rule can have, each with the form of its value. */
const EFFECTS: Readonly<Record<string, JsonObject>> = {
  respond: object(
    {
      status: { type: "integer", minimum: 200, maximum: 599 },
      retryAfter: count,
      body: { type: "object" },
    },
    "status",
  ),
  reset: { enum: ["before", "after"] },
  delayMs: positive,
  trickleMs: positive,
  truncateAt: count,
  throttle: object(
    { requests: count, seconds: { type: "number", exclusiveMinimum: 0 } },
    "requests",
    "seconds",
  ),
  stale: {
    ...object({
      reads: positive,
      seconds: { type: "number", exclusiveMinimum: 0 },
      of: expression,
    }),
    anyOf: [{ required: ["reads"] }, { required: ["seconds"] }],
  },
  someoneElse: {
    ...object({
      by: text,
      item: text,
      verb: text,
      method: text,
      path: text,
      body: { type: "object" },
    }),
    oneOf: [{ required: ["item", "verb"] }, { required: ["method", "path"] }],
  },
  failTask: object(
    {
      ...task,
      serviceError: object({ code: text, message: text, ...cause }, "code", "message"),
      providerError: object(
        { errorCode: { type: "integer" }, errorMessage: text, errorId: text, ...cause },
        "errorCode",
        "errorMessage",
      ),
    },
    "serviceError",
  ),
  hangJob: object(task),
  cancelJob: object(task),
  loseJob: object(task),
  shutdownFails: object({ machine: text }),
};

/** JSON Schema of a fault rule; that it has exactly one effect is checked apart, for a better message. */
export const FAULT_RULE_SCHEMA: JsonObject = object({
  id: text,
  match: object({ method: text, path: expression }),
  nth: positive,
  times: count,
  probability: { type: "number", minimum: 0, maximum: 1 },
  from: time,
  until: time,
  ...EFFECTS,
});

const ajv = new Ajv({ allowUnionTypes: true, strictRequired: false });
ajv.addFormat("regex", isExpression);
const validate = ajv.compile(FAULT_RULE_SCHEMA);
const validateOther = ajv.compile(EFFECTS.someoneElse ?? {});

/** Tells whether a text is a regular expression. */
export function isExpression(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}

/** Checks what somebody else is to do; throws with what is wrong. */
export function checkOther(other: unknown): OtherRequest {
  if (validateOther(other)) return other as OtherRequest;
  throw new TypeError(
    `Give the item and the verb, or the method and the path of what somebody else does (${ajv.errorsText(validateOther.errors)}).`,
  );
}

/** A fault rule that cannot be used; `path` leads to the field that is wrong. */
export class RuleError extends TypeError {
  readonly path: readonly (string | number)[];
  readonly problem: string;

  constructor({ path, problem }: SchemaProblem) {
    super(`${path.join(".") || "the fault rule"} ${problem}`);
    this.name = "RuleError";
    this.path = path;
    this.problem = problem;
  }
}

/** Checks a rule and returns it; throws a {@link RuleError} with what is wrong and what is allowed. */
export function checkRule(rule: unknown): FaultRule {
  if (!validate(rule)) {
    const [error] = validate.errors ?? [];
    throw new RuleError(error ? problemOf(error) : { path: [], problem: "is not valid." });
  }
  const effects = Object.keys(EFFECTS).filter((effect) => effect in (rule as object));
  if (effects.length !== 1) {
    const problem = `must have exactly one of ${Object.keys(EFFECTS).join(", ")}; it has ${effects.join(", ") || "none"}.`;
    throw new RuleError({ path: [], problem });
  }
  return rule as FaultRule;
}
