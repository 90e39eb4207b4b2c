import type { Json, JsonObject } from "../state/json.ts";

/** What is sent back for a request. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  /** Sent instead of a body as it is, in one piece or several; JSON unless the headers name another type. */
  readonly text?: string | readonly Buffer[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers 200 with a body. */
export function ok(body: Json): Answer {
  return { status: 200, body };
}

/** Cause and remedy that a Site Recovery error carries besides its message. */
export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly possibleCauses?: string;
  readonly recommendedAction?: string;
}

/** A refusal that is sent as an ARM error body. */
export class ArmError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly ErrorDetail[];

  constructor(status: number, code: string, message: string, details: readonly ErrorDetail[] = []) {
    super(message);
    this.name = "ArmError";
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** The body `{error: {code, message, details}}`. */
  body(activityId: string): JsonObject {
    const details = this.details.map((detail) => ({
      code: detail.code,
      message: detail.message,
      possibleCauses: detail.possibleCauses ?? null,
      recommendedAction: detail.recommendedAction ?? null,
      clientRequestId: null,
      activityId,
    }));
    const error = { code: this.code, message: this.message };
    return { error: details.length > 0 ? { ...error, details } : error };
  }
}

/** A Site Recovery object that does not exist: 404 with `ArmResourceDoesNotExist` inside. */
export function missingObject(name: string): ArmError {
  const message = `Specified resource with name '${name}' does not exist.`;
  return new ArmError(404, "NotFound", message, [
    {
      code: "ArmResourceDoesNotExist",
      message,
      possibleCauses: "The resource might have been deleted.",
      recommendedAction: "Verify the resource name and retry the operation.",
    },
  ]);
}

/** A Site Recovery request that cannot be taken: 400 with the reason inside. */
export function badRequest(detail: ErrorDetail): ArmError {
  return new ArmError(400, "BadRequest", detail.message, [detail]);
}

/** An ordinary ARM resource that does not exist: 404 `ResourceNotFound`. */
export function missingResource(type: string, name: string, resourceGroup: string): ArmError {
  return new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${type}/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}
