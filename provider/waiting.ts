import type { Context } from "./context.ts";
import { CancelledError, DeadlineError } from "./errors.ts";

/** Rejects when the run was cancelled, before anything new is begun. */
export function throwIfCancelled(context: Context): void {
  if (context.signal.aborted) {
    throw new CancelledError("The run was cancelled; what was begun goes on.", {
      cause: context.signal.reason,
      hint: "Run `pulumi up` again to follow it.",
    });
  }
}

/** Waits one polling interval; rejects at the deadline, telling what was waited for. */
export async function pause(context: Context, waitsFor: string): Promise<void> {
  throwIfCancelled(context);
  const now = context.clock.now();
  if (context.deadline !== undefined && now >= context.deadline) {
    throw new DeadlineError(`Waited until ${context.deadline.toISOString()} for ${waitsFor}.`, {
      hint: "It goes on in Azure; run `pulumi up` again to follow it, or set a longer timeout.",
    });
  }
  context.log.progress(waitsFor);
  try {
    await context.clock.sleep(context.configuration.pollingIntervalMilliseconds, context.signal);
  } catch {
    throwIfCancelled(context);
    throw new CancelledError("The run was cancelled while it waited.");
  }
}
