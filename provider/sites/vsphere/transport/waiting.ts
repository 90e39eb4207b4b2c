import type { OperationContext } from "../../../context.ts";
import { CancelledError, DeadlineError } from "../../../errors.ts";

/** How long a task of a vCenter is followed when the context sets no deadline: 2 hours. */
export const defaultTaskMilliseconds = 7_200_000;

/** Throws CancelledError when the run was cancelled; `waitingFor` completes "Cancelled while …". */
export function refuseCancelled(context: OperationContext, waitingFor: string): void {
  if (!context.signal.aborted) return;
  throw new CancelledError(`Cancelled while ${waitingFor}.`, { cause: context.signal.reason });
}

/**
 * Waits, as long as the run is not cancelled and the wait ends before the deadline.
 * Throws CancelledError or DeadlineError; both say what was waited for.
 */
export async function pause(
  context: OperationContext,
  milliseconds: number,
  waitingFor: string,
): Promise<void> {
  refuseCancelled(context, waitingFor);
  const { deadline } = context;
  if (deadline !== undefined && context.clock.now().getTime() + milliseconds > deadline.getTime()) {
    throw new DeadlineError(
      `The deadline ${deadline.toISOString()} leaves no time: gave up ${waitingFor}.`,
      { hint: "What the vCenter has begun goes on there; run again to find it done." },
    );
  }
  try {
    await context.clock.sleep(milliseconds, context.signal);
  } catch (error) {
    refuseCancelled(context, waitingFor);
    throw error;
  }
}

/** Waits for a promise that others wait for too; a cancelled caller leaves, and the promise goes on. */
export async function untilCancelled<Result>(
  context: OperationContext,
  promise: Promise<Result>,
  waitingFor: string,
): Promise<Result> {
  refuseCancelled(context, waitingFor);
  const left = Promise.withResolvers<never>();
  left.promise.catch(() => undefined);
  const leave = (): void => left.reject(context.signal.reason);
  context.signal.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([promise, left.promise]);
  } catch (error) {
    refuseCancelled(context, waitingFor);
    throw error;
  } finally {
    context.signal.removeEventListener("abort", leave);
  }
}

/** Signals of shared work, with those of the callers who began it. */
const origins = new WeakMap<AbortSignal, AbortSignal>();

/** The context for what others wait for too: one caller's cancellation or deadline does not end it. */
export function lasting(context: OperationContext): OperationContext {
  const { signal } = new AbortController();
  origins.set(signal, runSignal(context));
  return { clock: context.clock, log: context.log, signal };
}

/** The signal that ends the run of a context, also of one for shared work. */
export function runSignal(context: OperationContext): AbortSignal {
  return origins.get(context.signal) ?? context.signal;
}
