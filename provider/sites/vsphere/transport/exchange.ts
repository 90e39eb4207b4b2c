import type { OperationContext } from "../../../context.ts";
import { isDisasterRecoveryError } from "../../../errors.ts";
import { parseAnswer, type WireNode } from "../wire/parse.ts";
import { type Call, envelope } from "../wire/serialize.ts";
import { type Agents, CertificateError, NotConnectedError, wordsOf } from "./agents.ts";
import {
  effectUnknown,
  type Party,
  type Purpose,
  refusal,
  unreachable,
  untrusted,
} from "./failure.ts";
import { faultOfAnswer } from "./fault.ts";
import { type PostAnswer, post } from "./post.ts";
import { pause, refuseCancelled } from "./waiting.ts";

/** The session has ended on the vCenter's side; the call had no effect. */
export class ExpiredSessionError extends Error {
  static {
    ExpiredSessionError.prototype.name = "ExpiredSessionError";
  }
}

/** One vCenter as requests see it. */
export interface Door {
  readonly party: Party;
  readonly url: string;
  readonly agents: Agents;
}

/** A call with the words for what it is about. */
export interface Order extends Pick<Purpose, "purpose"> {
  readonly call: Call;
  /** True for a call that changes something. */
  readonly writes?: boolean;
  /** Absent for calls before the sign-in. */
  readonly cookie?: string;
  readonly apiVersion: string;
}

/** Connections that fail before the vCenter counts as unreachable. */
const maximumAttempts = 3;

/**
 * Sends a call, and again when the connection fails: a read three times, a change only while it is
 * certain that it was not sent.
 *
 * Throws ExpiredSessionError, and SiteError with the fault as `serviceCode`.
 */
export async function exchange(
  context: OperationContext,
  door: Door,
  order: Order,
): Promise<{ readonly node: WireNode; readonly cookie?: string }> {
  const about = { operation: order.call.method, purpose: order.purpose };
  for (let attempt = 1; ; attempt += 1) {
    if (order.writes === true) await context.confirmSignal?.();
    refuseCancelled(context, `vCenter ${door.party.name} was asked to ${order.purpose}`);
    try {
      const answer = await post(door.agents, {
        url: door.url,
        body: envelope(order.call),
        apiVersion: order.apiVersion,
        writes: order.writes === true,
        ...(order.cookie === undefined ? {} : { cookie: order.cookie }),
        // A change under way is not torn off: nobody would know what became of it.
        ...(order.writes === true ? {} : { signal: context.signal }),
      });
      return judge(door, order, answer, attempt);
    } catch (error) {
      if (isDisasterRecoveryError(error) || error instanceof ExpiredSessionError) throw error;
      refuseCancelled(context, `vCenter ${door.party.name} was asked to ${order.purpose}`);
      if (error instanceof CertificateError) throw untrusted(door.party, about, error);
      const late = error instanceof Error && /Abort|Timeout/.test(error.name);
      const what = late ? "no answer came in time" : wordsOf(error);
      const unsent = error instanceof Unavailable || isRefused(error);
      if (order.writes === true && !unsent) {
        throw effectUnknown(door.party, about, `no answer came (${what})`);
      }
      if (late || attempt >= maximumAttempts) throw unreachable(door.party, about, what);
      const waiting = `waiting to ask vCenter ${door.party.name} again to ${order.purpose} (${what})`;
      await pause(context, 1_000 * attempt, waiting);
    }
  }
}

/** The vCenter's front door answers and its service does not yet. */
class Unavailable extends Error {}

function judge(
  door: Door,
  order: Order,
  answer: PostAnswer,
  attempt: number,
): { readonly node: WireNode; readonly cookie?: string } {
  const about = { operation: order.call.method, purpose: order.purpose };
  const { status, text, cookie } = answer;
  const content = parseAnswer(text);
  if (content?.name === "Fault") {
    const fault = faultOfAnswer(content.node);
    if (fault.type === "NotAuthenticated") throw new ExpiredSessionError(fault.message);
    throw refusal(door.party, about, fault, status);
  }
  if (status === 200 && content?.name === `${order.call.method}Response`) {
    return { node: content.node, ...(cookie === undefined ? {} : { cookie }) };
  }
  const what = status === 200 ? "its answer is not that of a vCenter" : `it answered ${status}`;
  if (status === 503) throw new Unavailable(what);
  if (order.writes === true && status >= 500) throw effectUnknown(door.party, about, what, status);
  if (status >= 500 && attempt < maximumAttempts) throw new Unavailable(what);
  throw unreachable(door.party, about, what, status);
}

/** True when no connection was made. */
function isRefused(error: unknown): boolean {
  if (error instanceof NotConnectedError) return true;
  return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
}
