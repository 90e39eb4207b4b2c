import type { OperationContext } from "../../../context.ts";
import { CancelledError, DeadlineError } from "../../../errors.ts";

/** How long one request is waited for when the context sets no deadline: 10 minutes. */
export const defaultRequestMilliseconds = 600_000;

/** How long an operation of the service is followed when the context sets no deadline: 2 hours. */
export const defaultOperationMilliseconds = 7_200_000;

/** The same context with a deadline: its own, or the default counted from now. */
export function withDeadline(
  context: OperationContext,
  defaultMilliseconds: number,
): OperationContext & { readonly deadline: Date } {
  const deadline =
    context.deadline ?? new Date(context.clock.now().getTime() + defaultMilliseconds);
  return { ...context, deadline };
}

/** Throws CancelledError when the run was cancelled; `waitingFor` completes "Cancelled while …". */
export function refuseCancelled(context: OperationContext, waitingFor: string): void {
  if (context.signal.aborted) throw cancelled(context, waitingFor);
}

/**
 * Waits, as long as the run is not cancelled and the wait ends before the deadline.
 * Throws CancelledError at once when the signal aborts, and DeadlineError without waiting
 * when the wait would end after the deadline; both say what was waited for.
 */
export async function pause(
  context: OperationContext & { readonly deadline: Date },
  milliseconds: number,
  waitingFor: string,
): Promise<void> {
  refuseCancelled(context, waitingFor);
  if (context.clock.now().getTime() + milliseconds > context.deadline.getTime()) {
    throw new DeadlineError(
      `The deadline ${context.deadline.toISOString()} leaves no time: gave up ${waitingFor}.`,
    );
  }
  try {
    await context.clock.sleep(milliseconds, context.signal);
  } catch (error) {
    if (context.signal.aborted) throw cancelled(context, waitingFor);
    throw error;
  }
}

function cancelled(context: OperationContext, waitingFor: string): CancelledError {
  return new CancelledError(`Cancelled while ${waitingFor}.`, { cause: context.signal.reason });
}
