import type { ServiceError } from "../../faults/fault-rule.ts";
import type { Answer } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import { guidOf } from "../../simulation.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { accepted } from "../jobs/operation.ts";
import { startJob } from "../jobs/run.ts";
import type { ScenarioName } from "../jobs/scenarios.ts";

/** Starts the job of a set-up object and answers with the operation to poll. */
export function setupJob(
  call: Call,
  vault: Vault,
  request: {
    readonly scenario: ScenarioName;
    /** ARM id of the object; its last segment is its name. */
    readonly id: string;
    /** Where the operation's result lies, if not at the object. */
    readonly resource?: string;
    readonly input?: JsonObject;
    readonly affectedObjects?: Readonly<Record<string, string>>;
    readonly refusal?: ServiceError | undefined;
  },
): Answer {
  const name = request.id.split("/").at(-1) ?? "";
  const job = startJob(call.simulation, vault, {
    scenario: request.scenario,
    subject: { kind: "object", path: request.id.split("/") },
    targetObjectId: guidOf(call.simulation, "target", request.id),
    targetObjectName: name,
    affectedObjects: request.affectedObjects ?? {},
    input: request.input ?? {},
    refusal: request.refusal,
  });
  return accepted(call, vault, job, request.resource ?? request.id);
}

/** A PUT of an object that exists with other contents (CH-CONFLICT). */
export function existsOtherwise(kind: string, name: string, difference: string): ServiceError {
  return {
    code: "SIM-EXISTS",
    message: `The ${kind} '${name}' already exists with other settings: ${difference}.`,
    possibleCauses: `A ${kind} of this name was created before.`,
    recommendedAction: "Use another name, or delete the existing object first.",
  };
}

/** A removal of an object that others need (CH-IN-USE). */
export function stillInUse(kind: string, name: string, users: readonly string[]): ServiceError {
  return {
    code: "SIM-IN-USE",
    message: `The ${kind} '${name}' cannot be removed because it is in use by ${users.slice(0, 5).join(", ")}${users.length > 5 ? ` and ${users.length - 5} more` : ""}.`,
    possibleCauses: `Other objects of the vault refer to the ${kind}.`,
    recommendedAction: "Remove those objects first and retry the operation.",
  };
}
