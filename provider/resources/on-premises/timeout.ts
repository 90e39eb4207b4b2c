import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { durationMilliseconds } from "../../inputs/duration.ts";
import { hasUnknown } from "../../unknown.ts";

/** What is wrong with the input `timeout`, or with another duration of that path. */
export function timeoutProblems(
  text: string | undefined,
  path = "timeout",
): readonly CheckFailure[] {
  if (text === undefined || hasUnknown(text) || durationMilliseconds(text) !== undefined) return [];
  const reason = `"${text.slice(0, 40)}" is no duration. Write one such as PT20M.`;
  return [{ path, reason }];
}

/** The context of an operation that waits this long at most. */
export function withDeadline(context: Context, timeout: string): Context {
  const milliseconds = durationMilliseconds(timeout) ?? 0;
  return { ...context, deadline: new Date(context.clock.now().getTime() + milliseconds) };
}
