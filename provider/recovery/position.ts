import { sameId } from "./identity.ts";
import type { ItemFacts, Scenario } from "./model.ts";

/** Where an item stands in the cycle of recovery, whatever its scenario calls it. */
export type Standing =
  | "replicating"
  | "protected"
  | "testing"
  | "failedOver"
  | "committed"
  | "failed"
  /** The migration is complete: the service forgets the item, nothing leads on from here. */
  | "migrated"
  | "unknown";

/** An item's place in the graph of moves. */
export interface Position {
  readonly standing: Standing;
  /** True when the machine runs at another site than the one in which its protection began. */
  readonly away: boolean;
}

/** What a preview calls an item whose migration an action before completes; the service forgets such an item. */
export const migratedState = "MigrationCompleted";

/**
 * The service's protection states and what they mean for recovery.
 * Source: site-recovery reference, sections 6.1 to 6.6; names it says to survive but not to expect stay `unknown`.
 */
const standings: Readonly<Record<string, Standing>> = {
  [migratedState]: "migrated",
  UnprotectedStatesBegin: "replicating",
  InitialReplicationInProgress: "replicating",
  InitialReplicationRecoveryCompletionPending: "replicating",
  Protected: "protected",
  UnplannedFailoverCommitPendingStatesBegin: "failedOver",
  UnplannedFailoverCommitRequired: "failedOver",
  PlannedFailoverCommitRequired: "failedOver",
  CommitPendingStatesBegin: "failedOver",
  UnplannedFailoverCommitted: "committed",
  UnplannedFailoverStatesBegin: "committed",
  PlannedFailoverStatesBegin: "committed",
  RestoreFinalized: "committed",
  UnplannedFailoverCompletionFailed: "failed",
};

/** The state in which a drill rests until it is cleaned up. */
const waitingTestFailover = "WaitingForCompletion";

/** The state of a Hyper-V machine whose network and settings are applied after its initial replication (H-03). */
const finalizing = "ReplicaConfigurationInProgress";

/** What an item's states mean for recovery. */
export function standingOf(item: ItemFacts): Standing {
  if (sameId(item.testFailoverState, waitingTestFailover)) return "testing";
  const standing = standings[item.protectionState] ?? "unknown";
  // The service calls it protected before it is: until that is through it offers nothing (HV-FINALIZED).
  return standing === "protected" && isBeingFinalized(item) ? "replicating" : standing;
}

/** True for a Hyper-V machine whose initial replication is through and whose settings are still applied (H-03). */
export function isBeingFinalized({ hyperV }: Pick<ItemFacts, "hyperV">): boolean {
  return hyperV?.machineProtectionState === finalizing;
}

/** The side at which the machine runs now. */
export function activeSide(item: ItemFacts): ItemFacts["primary"] {
  return item.activeLocation === "Recovery" ? item.recovery : item.primary;
}

/** The other side: where a failover, or the reprotected copy, goes. */
export function passiveSide(item: ItemFacts): ItemFacts["primary"] {
  return item.activeLocation === "Recovery" ? item.primary : item.recovery;
}

/** Wire names of items that replicate from Azure back to the site in which their protection began. */
const reversedTypes: readonly string[] = ["InMage", "InMageRcmFailback"];

/** True when replication runs against the direction in which protection began: the item was reprotected while away. */
export function isReversed(item: ItemFacts): boolean {
  // A Hyper-V item keeps its sides for life; only the place where it runs changes.
  if (isFromHyperV(item)) return false;
  return isFromVmwareSite(item)
    ? reversedTypes.includes(item.instanceType)
    : item.initialPrimaryLocation !== "" &&
        !sameId(item.initialPrimaryLocation, item.primary.location);
}

const fromVmwareSite: readonly Scenario[] = ["VmwareToAzure", "VmwareToAzureClassic"];
const fromHyperV: readonly Scenario[] = ["HyperVToAzure", "VmmToAzure", "VmmToVmm"];

/** True for a machine whose home is a VMware site, wherever it runs now. */
export function isFromVmwareSite(item: Pick<ItemFacts, "scenario">): boolean {
  return fromVmwareSite.includes(item.scenario);
}

/** True for a machine whose home is a Hyper-V site or a VMM cloud, wherever it runs now. */
export function isFromHyperV(item: Pick<ItemFacts, "scenario">): boolean {
  return fromHyperV.includes(item.scenario);
}

/** True for a machine that replicates between regions of Azure. */
export function isBetweenRegions(item: Pick<ItemFacts, "scenario">): boolean {
  return item.scenario === "AzureToAzure";
}

/** True for a machine that Azure takes over from a site of one's own. */
export function goesToAzure(item: Pick<ItemFacts, "scenario">): boolean {
  return isFromVmwareSite(item) || (isFromHyperV(item) && item.scenario !== "VmmToVmm");
}

/** The item's place in the graph of moves. */
export function positionOf(item: ItemFacts): Position {
  const atRecovery = item.activeLocation === "Recovery";
  return { standing: standingOf(item), away: atRecovery !== isReversed(item) };
}

/** The side of a machine of a site that is its own site. */
export function siteSide(item: ItemFacts): ItemFacts["primary"] {
  return positionOf(item).away ? passiveSide(item) : activeSide(item);
}
