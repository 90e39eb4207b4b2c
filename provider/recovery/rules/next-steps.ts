import type { ItemFacts } from "../model.ts";
import { positionOf, type Standing, standingOf } from "../position.ts";
import { offeredVerbs, verbWords } from "../verbs.ts";
import { hyperVToAzure } from "./scenario-sets.ts";

/** The remedy that leads from where an item stands to where an action can begin. */
const remedies: Readonly<Record<Standing, string>> = {
  replicating: "Wait until the initial replication has ended.",
  testing: "Clean the test failover up first: destroy its TestFailover resource.",
  failedOver: "Commit the failover and reprotect the machine first.",
  committed: "Reprotect the machine first: declare a Reprotect.",
  failed: "Repair the replication or run the failover again.",
  protected: "Look at the item in the vault.",
  migrated: "Protect the machine anew.",
  unknown: "Look at the item in the vault: this state is not known to the provider.",
};

/** How Hyper-V machines in Azure go on: home by a failback, without a reprotect before it. */
const remediesInAzure: Partial<typeof remedies> = {
  failedOver: 'Commit the failover (commit: "automatic" on the Failover), then fail it back.',
  committed: "Fail the machine back first: declare a Failback.",
};

/** How Hyper-V machines that came home from Azure go on. */
const remediesAtHome: Partial<typeof remedies> = {
  failedOver: 'Commit the failback (commit: "automatic" on the Failback), then reprotect it.',
};

/** How machines between VMM sites go on: the reverse replication commits by itself. */
const remediesBetweenSites: Partial<typeof remedies> = {
  failedOver: "Reprotect the machine first: declare a Reprotect, which commits the failover too.",
};

/** What leads on from where an item stands, in the words of its scenario. */
export function remedyFor(item: ItemFacts): string {
  const standing = standingOf(item);
  return special(item)[standing] ?? remedies[standing];
}

function special(item: ItemFacts): Partial<typeof remedies> {
  if (item.scenario === "VmmToVmm") return remediesBetweenSites;
  if (!hyperVToAzure.includes(item.scenario)) return {};
  return positionOf(item).away ? remediesInAzure : remediesAtHome;
}

/** What findings say of an item's state. */
export function stateWords({ item }: { readonly item: ItemFacts }): string {
  const state = item.protectionStateDescription || item.protectionState;
  const percent = item.initialReplicationPercent;
  const progress =
    standingOf(item) === "replicating" && percent !== undefined ? `, ${percent} %` : "";
  return `its state is "${state}"${progress}`;
}

/** What findings say of what the service offers for an item. */
export function offersWords({ item }: { readonly item: ItemFacts }): string {
  const offered = offeredVerbs(item).map((verb) => verbWords[verb].noun);
  return offered.length === 0
    ? "the service offers nothing now"
    : `possible now: ${offered.join(", ")}`;
}
