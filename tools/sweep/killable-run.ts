import type { Clock } from "../../provider/context.ts";
import { clockOf, directRunner, runInside } from "./direct-run.ts";
import { writeKept } from "./provider-run.ts";
import type { Runner, Work } from "./runner.ts";
import { openTap } from "./tap.ts";

/**
 * Runs steps by the provider inside this process, as the direct runner does, and kills it as far as a part of a
 * process can be killed: its way to the service is shut, its clock stands still, nobody gets what it ends with.
 */
export const killableRunner: Runner = {
  ...directRunner,
  async start(work) {
    const way = await openTap(work.url);
    const death = Promise.withResolvers<void>();
    let killed = false;
    const clock = mortalClock(work, () => killed);
    const run = async (): Promise<string> => {
      const { signal } = new AbortController();
      const { state, failure } = await runInside({ ...work, url: way.url }, clock, signal);
      if (killed) return await new Promise(() => undefined);
      writeKept(work, state);
      await way.close();
      return failure;
    };
    return {
      ended: Promise.race([run(), death.promise.then(() => "killed")]),
      async interrupt() {
        killed = true;
        await way.close();
        death.resolve();
      },
      survivors: () => [],
    };
  },
};

/** The clock of a provider that never wakes again once it was killed. */
function mortalClock(work: Work, isDead: () => boolean): Clock {
  const clock = clockOf(work);
  const forever = new Promise<never>(() => undefined);
  return {
    now: () => clock.now(),
    async sleep(milliseconds, signal) {
      if (isDead()) return await forever;
      await clock.sleep(milliseconds, signal);
      if (isDead()) await forever;
    },
  };
}
