import type { Context } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import type { JobFacts, JobTask } from "../../../recovery/model.ts";
import { isRunning } from "../../../recovery/verbs.ts";
import type { VaultSite } from "../../../sites/azure/site.ts";
import { throwIfCancelled } from "../../../waiting.ts";

/** Task at which the failback of a Hyper-V machine rests once its data are synchronized (reference, section 8). */
const waitingTask = "WaitForUserInputForFailback";

/** States of a task that is not at work. */
const restingStates: readonly string[] = [
  "NotStarted",
  "Succeeded",
  "Failed",
  "Cancelled",
  "Skipped",
  "Other",
];

const waits = ({ name, state }: JobTask): boolean =>
  name === waitingTask && !restingStates.includes(state);

/**
 * Lets a failback of Hyper-V machines go on when its data are synchronized: its job is suspended then and waits
 * for a word that the machines in Azure may be shut down (HV-SYNC). Each job is taken up once, however often it
 * is looked at; one that somebody else took up before is left alone. Jobs that wait for anything else, such as
 * a manual action of a recovery plan, stay as they are. `name` is what messages call the machines.
 */
export function beginDowntime(
  context: Context,
  vault: VaultSite,
  name: string,
): (job: JobFacts) => Promise<void> {
  const taken = new Set<string>();
  return async (job) => {
    if (taken.has(job.name) || !job.tasks.some(waits)) return;
    throwIfCancelled(context);
    taken.add(job.name);
    context.log.info(
      `${name}: the data are synchronized. The downtime begins now: what runs in Azure is shut down and the rest is sent (job ${job.name} is taken up again).`,
    );
    try {
      const remark = "The data are synchronized; the downtime may begin.";
      await vault.hyperV.resumeJob(context, job.name, remark);
    } catch (error) {
      if (!(error instanceof SiteError)) throw error;
      const now = await vault.job(context, job.name);
      const restsStill = now?.state === "Suspended" && now.tasks.some(waits);
      // It was taken up all the same, by the order whose answer was lost or by somebody else.
      if (!restsStill && (now === undefined || isRunning(now))) return;
      if (!error.effectUnknown) throw error;
      taken.delete(job.name);
    }
  };
}
