import { InvalidInputError } from "../errors.ts";
import type { CheckFailure } from "../handler.ts";

/** A check failure from an error about an input; any other error is thrown on. */
export function failureOf(error: unknown): CheckFailure {
  if (!(error instanceof InvalidInputError)) throw error;
  const prefix = `${error.path}: `;
  const { path, message } = error;
  return { path, reason: message.startsWith(prefix) ? message.slice(prefix.length) : message };
}

/** Runs what reads an input: its result, or the failure that its InvalidInputError amounts to. */
export function attempt<Result>(
  read: () => Result,
): { readonly value: Result } | { readonly failure: CheckFailure } {
  try {
    return { value: read() };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
