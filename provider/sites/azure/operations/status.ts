import type { OperationContext } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import { asWire, textOf, wireOf } from "../facts/wire.ts";
import type { Connection } from "../transport/connection.ts";
import { exchange } from "../transport/exchange.ts";
import { retryAfterMilliseconds } from "../transport/retry-after.ts";
import { errorText } from "../transport/service-error.ts";
import { trustedUrl } from "../transport/trusted-url.ts";

/** What a poll of an operation said. */
export interface OperationStatus {
  readonly state: "running" | "succeeded" | "failed" | "lost";
  /** The operation's error, or its warning while it goes on or when it succeeded; empty without one. */
  readonly text: string;
  readonly serviceCode: string;
  readonly askedMilliseconds?: number;
}

const lost: OperationStatus = { state: "lost", text: "", serviceCode: "" };

/**
 * Polls the status URL of an operation once: the status document of `Azure-AsyncOperation`, or the
 * bare 202, 200 and 204 of `Location` (reference, section 5). A URL that leads elsewhere, or to
 * nothing any more, counts as lost.
 */
export async function pollStatus(
  context: OperationContext,
  connection: Connection,
  statusUrl: string,
  purpose: string,
): Promise<OperationStatus> {
  const url = trustedUrl(connection.endpoint, statusUrl);
  if (url === undefined) return lost;
  try {
    const answer = await exchange(context, connection, {
      method: "GET",
      url,
      operation: "operationStatus.get",
      purpose,
      absentAllowed: true,
    });
    if (answer.status === 404) return lost;
    const body = asWire(answer.body);
    const error = wireOf(body, "error");
    const asked = retryAfterMilliseconds(answer.header, context.clock.now());
    return {
      state: stateOf(answer.status, textOf(body, "status")),
      text: errorText(error),
      serviceCode: textOf(error, "code"),
      ...(asked === undefined ? {} : { askedMilliseconds: asked }),
    };
  } catch (error) {
    // Some services answer for a failed operation with the failure itself.
    if (error instanceof SiteError && error.status === 400) {
      return { state: "failed", text: error.message, serviceCode: error.serviceCode ?? "" };
    }
    throw error;
  }
}

function stateOf(httpStatus: number, status: string): OperationStatus["state"] {
  if (status === "") return httpStatus === 202 ? "running" : "succeeded";
  if (/^succeeded$/i.test(status)) return "succeeded";
  return /^(failed|cancell?ed)$/i.test(status) ? "failed" : "running";
}
