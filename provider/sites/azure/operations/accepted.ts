import { nameOf } from "../../../recovery/identity.ts";
import type { StartedOperation } from "../site.ts";
import type { HttpAnswer } from "../transport/connection.ts";

/** Stands for an operation that was done at once and has no job to follow. */
export const doneAtOnce: StartedOperation = { operationId: "", statusUrl: "" };

/**
 * The operation that an answer to a write speaks of; undefined when the write is already done.
 * `Azure-AsyncOperation` is preferred, then `Location`; both are kept verbatim, signature included.
 */
export function acceptedOperation(answer: HttpAnswer): StartedOperation | undefined {
  const statusUrl = answer.header("azure-asyncoperation") ?? answer.header("location");
  if (statusUrl === undefined || statusUrl === "" || answer.status === 204) return undefined;
  const [path = ""] = statusUrl.split("?");
  return { operationId: decoded(nameOf(path)), statusUrl };
}

/** What was accepted must not be lost because its name is spelt in an odd way. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
