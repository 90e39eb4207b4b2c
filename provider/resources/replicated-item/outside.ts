import type { Context } from "../../context.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import { byJob } from "../../recovery/job-words.ts";
import type { ItemFacts, Verb } from "../../recovery/model.ts";
import { activeSide, isBetweenRegions } from "../../recovery/position.ts";
import { hasSucceeded, isJobOf, verbJobsOf } from "../../recovery/verbs.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import type { ReplicatedItemState } from "../replicated-item.ts";
import { isAtHome } from "./describe.ts";
import { nextStepOf } from "./next-step.ts";
import { placeOf } from "./place.ts";

/** What a verb has done to a machine, for the verbs after which it stands somewhere else. */
const deeds: Partial<Readonly<Record<Verb, string>>> = {
  plannedFailover: "It was moved",
  unplannedFailover: "It was moved",
  commit: "Its failover was committed",
  reprotect: "Its replication was turned round",
  cancelFailover: "Its failback was cancelled",
  testFailover: "It was put into a drill",
  testFailoverCleanup: "Its drill was cleaned up",
};

/**
 * Tells what happened to an item since it was last recorded, each with its job and time: moves, disks that are not
 * replicated any more or not yet, another policy. What was told is recorded, and not told again. The vault's jobs
 * are read only when something happened.
 */
export async function tellChanges(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
  recorded: ReplicatedItemState,
): Promise<void> {
  if (recorded.endedBy !== undefined) {
    context.log.warn(
      `${item.friendlyName}: it is protected again, ${item.protectionStateDescription || item.protectionState}; recorded was that somebody had ended its protection.`,
    );
  }
  const moved =
    !sameId(recorded.primaryLocation, placeOf(item.primary)) ||
    !sameId(recorded.activeLocation, item.activeLocation);
  const step = nextStepOf(item);
  if (moved || step !== recorded.nextStep) await tellMove(context, vault, item, recorded, step);
  else tellPolicy(context, item, recorded);
  await tellDisks(context, vault, item, recorded);
  tellSilence(context, item);
}

async function tellMove(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
  recorded: ReplicatedItemState,
  step: string | undefined,
): Promise<void> {
  const jobs = verbJobsOf(item, await vault.jobs(context));
  const newest = jobs.find(({ verb, job }) => deeds[verb] !== undefined && hasSucceeded(job));
  const deed = newest === undefined ? "It was moved" : deeds[newest.verb];
  const was = recorded.activeLocation === "Recovery" ? "recoveryLocation" : "primaryLocation";
  const next =
    step === undefined
      ? ""
      : ` If no resource of this program did it: ${step.slice(step.indexOf(";") + 2)}.`;
  context.log.warn(
    `${item.friendlyName}: runs in ${placeOf(activeSide(item))} now, ${item.protectionStateDescription || item.protectionState}; recorded was ${recorded[was]}. ${deed}${byJob(newest?.job)}. Nothing is replaced because of that.${next}`,
  );
}

/** The policy of an item at home; a way back may have one of its own. */
function tellPolicy(context: Context, item: ItemFacts, recorded: ReplicatedItemState): void {
  if (recorded.currentPolicy === "" || sameId(recorded.currentPolicy, item.policyId)) return;
  context.log.warn(
    `${item.friendlyName}: is replicated by the policy ${nameOf(item.policyId)} now; recorded was ${nameOf(recorded.currentPolicy)}. Nothing is replaced because of that: write the policy that is meant into the program, or move the machine back to the other in the vault.`,
  );
}

/**
 * A machine that is deleted or moved at its site falls silent, and its copy grows old: what the service says of it is
 * told at every refresh while it lasts. Of an Azure VM, Azure itself tells (ITEM-MACHINE).
 */
function tellSilence(context: Context, item: ItemFacts): void {
  if (isBetweenRegions(item) || item.replicationHealth !== "Critical") return;
  const causes = item.healthErrors
    .filter(({ level }) => level !== "Warning")
    .map(({ code, message, recommendedAction }) =>
      `${code}: ${message} ${recommendedAction}`.trim(),
    );
  context.log.warn(
    `${item.friendlyName}: its replication is critical. ${causes.join(" ")} If the machine was deleted or moved at its site, declare a Failover while its recovery points are kept, or remove the ReplicatedItem from the program.`,
  );
}

async function tellDisks(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
  recorded: ReplicatedItemState,
): Promise<void> {
  if (!isBetweenRegions(item) || !isAtHome(item)) return;
  const known = recorded.unprotectedDisks ?? [];
  const left = item.unprotectedDiskIds.filter((id) => !known.some((each) => sameId(each, id)));
  if (left.length === 0) return;
  const jobs = await vault.jobs(context);
  const removal = jobs.find(
    (job) => job.scenarioName === "RemoveDisks" && hasSucceeded(job) && isJobOf(job, item),
  );
  const cause =
    removal === undefined
      ? "attached to the machine since; the vault has no job that took disks out"
      : `the newest change of its disks was made${byJob(removal)}`;
  context.log.warn(
    `${item.friendlyName}: not replicated now: ${left.map(nameOf).join(", ")} (${cause}). A failover would come up without. The next \`pulumi up\` replicates what the program lists, or all disks when it lists none; list the others in \`disks\` to leave it so.`,
  );
}
