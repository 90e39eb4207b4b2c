import type { ItemFacts, RecoveryPointFacts, Verb } from "./model.ts";
import { goesToAzure, isFromHyperV, isFromVmwareSite, positionOf } from "./position.ts";
import { type ChosenPoint, choosePoint, chooseReturnPoint } from "./recovery-point.ts";
import { failsOver } from "./verbs.ts";

/**
 * Finds the point that the verbs of an action lead a machine to, by the ways of its scenario: a failback to a
 * VMware site knows two wishes (V-04), one to a Hyper-V site and everything between VMM sites only the latest.
 */
export function choosePointFor(
  wanted: string,
  item: ItemFacts,
  points: readonly RecoveryPointFacts[],
  verbs: readonly Verb[],
): ChosenPoint {
  const returns = failsOver(verbs) && positionOf(item).away;
  if (isFromVmwareSite(item) && returns) return chooseReturnPoint(wanted, item, points);
  if (!isFromHyperV(item)) return choosePoint(wanted, item, points);
  if (goesToAzure(item) && returns) {
    return onlyLatest(wanted, {
      problem: "a failback from Azure brings home what the machine has there, not an older point",
      meaning: "all that the machine has in Azure, nothing is lost",
    });
  }
  const planned = verbs.includes("plannedFailover");
  const meaning = planned
    ? "nothing is lost, the last changes are sent after the shutdown"
    : "what has arrived at the other site, later changes are lost";
  if (!goesToAzure(item)) {
    const problem = "between VMM sites the service takes no recovery point but the latest";
    return onlyLatest(wanted, { problem, meaning });
  }
  // A planned failover sends the rest itself: the age of the newest point says nothing.
  return planned && wanted === "latest"
    ? onlyLatest(wanted, { problem: "", meaning })
    : choosePoint(wanted, item, points);
}

function onlyLatest(
  wanted: string,
  { problem, meaning }: { readonly problem: string; readonly meaning: string },
): ChosenPoint {
  return wanted === "latest"
    ? { wanted, kind: "Latest", meaning }
    : { wanted, kind: "Custom", problem: `${problem}: ask for latest instead of ${wanted}` };
}
