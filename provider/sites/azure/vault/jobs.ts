import type { OperationContext } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import type { JobFacts } from "../../../recovery/model.ts";
import { jobFacts, newestFirst } from "../facts/job.ts";
import type { Wire } from "../facts/wire.ts";
import { readPages } from "../transport/pages.ts";
import { readObject, siteRecoveryUrl, type VaultScope, vaultMissing } from "./scope.ts";

/** How far back jobs are listed, in milliseconds: 14 days, enough for durations of past failovers. */
const historyMilliseconds = 14 * 24 * 3_600_000;

/** Reads one job by its name or by the id of its operation; undefined when the service does not know it. */
export async function readJob(
  context: OperationContext,
  scope: VaultScope,
  name: string,
): Promise<JobFacts | undefined> {
  if (name === "" || name === "None") return undefined;
  const path = `${scope.id}/replicationJobs/${name}`;
  const wire = await readObject(context, scope, path, "replicationJobs.get", `show job ${name}`);
  return wire === undefined ? undefined : jobFacts(wire);
}

/**
 * Lists running and recent jobs, newest first. The service's time filter was never recorded, so pages
 * are read until one holds nothing recent any more.
 */
export async function readJobs(
  context: OperationContext,
  scope: VaultScope,
): Promise<readonly JobFacts[]> {
  const since = context.clock.now().getTime() - historyMilliseconds;
  const isRecent = (job: JobFacts): boolean =>
    job.endTime === undefined || Date.parse(job.endTime) >= since;
  const operation = "replicationJobs.list";
  try {
    const wires = await readPages(
      context,
      scope.connection,
      {
        method: "GET",
        url: siteRecoveryUrl(scope, `${scope.id}/replicationJobs`),
        operation,
        purpose: `list the jobs of vault ${scope.vault.vaultName}`,
      },
      (page: readonly Wire[]) => page.length > 0 && !page.map(jobFacts).some(isRecent),
    );
    return newestFirst(wires.map(jobFacts).filter(isRecent));
  } catch (error) {
    if (error instanceof SiteError && error.status === 404) throw vaultMissing(scope, operation);
    throw error;
  }
}
