import { CancelledError, DeadlineError, SiteError } from "../errors.ts";

/** The answer, or undefined when the service says that there is no such thing, or no such vault. */
export async function unlessMissing<Answer>(
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SiteError && error.status === 404) return undefined;
    throw error;
  }
}

/** True when the request may have taken effect although no success was seen. */
export function mayHaveBegun(error: unknown): error is Error {
  if (error instanceof SiteError) return error.effectUnknown;
  return error instanceof DeadlineError || error instanceof CancelledError;
}
