import type { Context } from "../../context.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { JobFacts } from "../../recovery/model.ts";
import { hasSucceeded } from "../../recovery/verbs.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import { unlessMissing } from "../failures.ts";

/** Names that the service gives the jobs of one kind of set-up object (site-recovery reference, section 9). */
interface JobsOfKind {
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** By the noun of the set-up resource. What is missing here has no job of its own. */
const jobsOf: Readonly<Record<string, JobsOfKind>> = {
  fabric: { changed: ["CreateSite"], removed: ["UnregisterFabric", "PurgeVMM"] },
  "protection container": {
    changed: ["CreateProtectionContainer"],
    removed: ["RemoveProtectionContainer"],
  },
  "replication policy": {
    changed: ["ModifyProtectionProfile", "AddProtectionProfile"],
    removed: ["RemoveProtectionProfile"],
  },
  "container mapping": {
    changed: ["UpdateProtectionContainerMapping", "AssociateProtectionProfile"],
    removed: ["DissociateProtectionProfile", "PurgeProtectionProfileAssociation"],
  },
  "network mapping": { changed: ["NetworkPairing"], removed: ["NetworkUnPairing"] },
  "storage classification mapping": {
    changed: ["PairStorageClassifications"],
    removed: ["UnpairStorageClassifications"],
  },
  "recovery plan": {
    changed: ["UpdateRecoveryPlan", "SaveRecoveryPlan"],
    removed: ["DeleteRecoveryPlan"],
  },
  vCenter: { changed: ["UpdateVCenter", "DiscoverVCenter"], removed: ["RemoveVCenter"] },
  "process server": { changed: [], removed: ["RemoveInfra", "PurgeDra", "UnregisterDra"] },
  "configuration server": { changed: [], removed: ["UnregisterFabric", "PurgeVMM"] },
  "master target": { changed: [], removed: ["RemoveInfra", "PurgeDra", "UnregisterDra"] },
  "replication appliance": { changed: [], removed: ["RemoveInfra", "PurgeDra", "UnregisterDra"] },
  "Hyper-V host": { changed: ["RegisterDra"], removed: ["UnregisterDra", "PurgeDra"] },
  "VMM server": { changed: ["RegisterDra"], removed: ["UnregisterFabric", "PurgeVMM"] },
};

/**
 * The newest job that changed or removed the set-up object of this id; undefined when the vault lists none.
 * Jobs name their object by its name alone, so that the kind of the job has to fit; those of servers name the agent,
 * whose id may be given beside.
 */
export async function setUpJob(
  context: Context,
  vault: VaultSite,
  noun: string,
  id: string,
  deed: keyof JobsOfKind,
  agentId = "",
): Promise<JobFacts | undefined> {
  const names = jobsOf[noun]?.[deed] ?? [];
  if (names.length === 0) return undefined;
  const jobs = (await unlessMissing(() => vault.jobs(context))) ?? [];
  return jobs.find(
    (job) =>
      names.includes(job.scenarioName) &&
      hasSucceeded(job) &&
      [id, agentId].some((each) => each !== "" && sameId(job.targetObjectName, nameOf(each))),
  );
}
