import { SiteError } from "../../../errors.ts";

/** Times that a write which may be repeated is sent. */
const maximumSends = 5;

/**
 * Does a write that sets something, and so may be sent twice, until it is known to have taken effect.
 * `tookEffect` observes after each answer that never came; undefined then says that it had.
 */
export async function repeatUntilKnown<Result>(
  attempt: () => Promise<Result>,
  tookEffect: () => Promise<boolean>,
): Promise<Result | undefined> {
  for (let sends = 1; ; sends += 1) {
    try {
      return await attempt();
    } catch (error) {
      const lost = error instanceof SiteError && error.effectUnknown;
      if (!lost || sends >= maximumSends) throw error;
      if (await tookEffect()) return undefined;
    }
  }
}
