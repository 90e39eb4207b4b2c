import type { JobFacts } from "./model.ts";

/** Said where the vault cannot tell who did something: it lists its jobs for a while only. */
const noJob = "; the vault has no job of it any more";

/** By which job and when something was done, to be put behind what was done; says so when the vault has no job of it. */
export function byJob(job: JobFacts | undefined): string {
  if (job === undefined) return noJob;
  const time = job.endTime ?? job.startTime;
  const title = job.friendlyName || job.scenarioName;
  return ` by the job ${job.name} (${title}${time === undefined ? "" : `, ${time}`})`;
}
