import type { Context } from "../../context.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { activeSide } from "../../recovery/position.ts";
import { verbJobsOf } from "../../recovery/verbs.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import type { ReplicatedItemState } from "../replicated-item.ts";
import { placeOf } from "./describe.ts";

/** Verbs that move a machine or turn its replication round. */
const movingVerbs: readonly string[] = [
  "plannedFailover",
  "unplannedFailover",
  "commit",
  "reprotect",
  "cancelFailover",
];

/**
 * Tells of a failover or reprotect that happened since the item was last recorded, with its job and time.
 * The vault's jobs are read only when something moved.
 */
export async function tellMove(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
  recorded: ReplicatedItemState,
): Promise<void> {
  const moved =
    !sameId(recorded.primaryLocation, placeOf(item.primary)) ||
    !sameId(recorded.activeLocation, item.activeLocation);
  if (!moved) return;
  const jobs = verbJobsOf(item, await vault.jobs(context));
  const mover = jobs.find(({ verb }) => movingVerbs.includes(verb))?.job;
  const was = recorded.activeLocation === "Recovery" ? "recoveryLocation" : "primaryLocation";
  const by =
    mover === undefined
      ? "; the vault has no job of it any more"
      : ` by the job ${mover.name} (${mover.friendlyName || mover.scenarioName}${mover.endTime === undefined ? "" : `, ${mover.endTime}`})`;
  context.log.warn(
    `${item.friendlyName}: runs in ${placeOf(activeSide(item))} now, ${item.protectionStateDescription || item.protectionState}; recorded was ${recorded[was]}. It was moved${by}. ` +
      "Nothing is replaced because of that. If no resource of this program did it, declare the Failover, Reprotect or Failback that should come next.",
  );
}
