import type { OperationContext } from "../../../context.ts";
import { isDisasterRecoveryError } from "../../../errors.ts";
import type { Connection, HttpAnswer } from "./connection.ts";
import { effectUnknown, refusal, signInHint, siteError, unreachable } from "./failure.ts";
import { lostRequest } from "./lost-request.ts";
import type { Order } from "./order.ts";
import { retryAfterMilliseconds } from "./retry-after.ts";
import { serviceWords } from "./service-error.ts";
import { defaultRequestMilliseconds, pause, refuseCancelled, withDeadline } from "./waiting.ts";

/** Waits from this length on are told to the user. */
const toldMilliseconds = 2_000;

/** What to do after an attempt: hand out the answer, or try again because of `why`. */
type Attempt =
  | { readonly answer: HttpAnswer }
  | { readonly why: string; readonly askedMilliseconds?: number };

/**
 * Sends an order and waits out what can be waited out until the context's deadline.
 * A read is repeated after throttling, server errors and lost connections. A write is repeated only
 * when it is certain that it did not take effect: 429, 503 with Retry-After, no connection at all.
 *
 * Throws SiteError: a refusal, or with `effectUnknown` when a write may have taken effect;
 * DeadlineError and CancelledError. A write under way is not torn off by a cancellation.
 */
export async function exchange(
  context: OperationContext,
  connection: Connection,
  order: Order,
): Promise<HttpAnswer> {
  const timed = withDeadline(context, defaultRequestMilliseconds);
  for (let attempt = 1; ; attempt += 1) {
    if (order.method !== "GET") await context.confirmSignal?.();
    refuseCancelled(context, `Azure was asked to ${order.purpose}`);
    const result = await attemptOnce(timed, connection, order, attempt);
    if ("answer" in result) return result.answer;
    const milliseconds = result.askedMilliseconds ?? backoffMilliseconds(attempt);
    const waiting = `waiting to ask Azure again to ${order.purpose} (${result.why})`;
    if (milliseconds >= toldMilliseconds) {
      context.log.progress(connection.sanitize(`${Math.ceil(milliseconds / 1000)} s: ${waiting}`));
    }
    await pause(timed, milliseconds, connection.sanitize(waiting));
  }
}

/** 1 s, 2 s, 4 s … 30 s. */
function backoffMilliseconds(attempt: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(attempt - 1, 5));
}

async function attemptOnce(
  context: OperationContext,
  connection: Connection,
  order: Order,
  attempt: number,
): Promise<Attempt> {
  const reads = order.method === "GET";
  try {
    const { method, url, body } = order;
    const answer = await connection.send({
      method,
      url,
      ...(body === undefined ? {} : { body }),
      ...(reads ? { signal: context.signal } : {}),
    });
    connection.clock.note(answer.header("date"), context.clock.now());
    return judge(context, connection, order, answer);
  } catch (error) {
    if (isDisasterRecoveryError(error)) throw error;
    refuseCancelled(context, `Azure was asked to ${order.purpose}`);
    return judgeLoss(connection, order, error, attempt);
  }
}

function judge(
  context: OperationContext,
  connection: Connection,
  order: Order,
  answer: HttpAnswer,
): Attempt {
  const { status } = answer;
  if (status >= 200 && status < 300) return { answer };
  if (status === 404 && order.absentAllowed === true) return { answer };
  const busy = status === 429 || status === 408 || status >= 500;
  if (!busy) throw refusal(connection, order, answer);
  const asked = retryAfterMilliseconds(answer.header, context.clock.now());
  const harmless = status === 429 || (status === 503 && asked !== undefined);
  if (order.method !== "GET" && !harmless) {
    const { text } = serviceWords(answer.body);
    const what = `it answered ${status}${text === "" ? "" : ` (${text})`}`;
    throw effectUnknown(connection, order, what, status);
  }
  const why = status === 429 ? "it limits the number of requests: 429" : `it answered ${status}`;
  return asked === undefined ? { why } : { why, askedMilliseconds: asked };
}

function judgeLoss(connection: Connection, order: Order, error: unknown, attempt: number): Attempt {
  const lost = lostRequest(error);
  const attempts = order.connectionAttempts ?? Number.POSITIVE_INFINITY;
  if (lost.kind === "signIn") {
    throw siteError(connection, `Sign-in to Azure failed: ${lost.text}`, {
      operation: "signIn",
      hint: signInHint(),
    });
  }
  if (lost.kind === "untrusted") throw unreachable(connection, order, lost.text);
  if (lost.kind === "notSent" && attempt >= attempts) {
    throw unreachable(connection, order, lost.text);
  }
  if (lost.kind === "unknown" && order.method !== "GET") {
    throw effectUnknown(connection, order, `no answer came (${lost.text})`);
  }
  return { why: lost.text };
}
