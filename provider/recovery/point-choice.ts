import type { ItemFacts, RecoveryPointFacts, Verb } from "./model.ts";
import { goesToAzure, isFromHyperV, isFromVmwareSite, positionOf } from "./position.ts";
import { type ChosenPoint, choosePoint, chooseReturnPoint } from "./recovery-point.ts";
import { failsOver } from "./verbs.ts";

/**
 * The point of verbs that leave no choice, so that none has to be read: a planned failover of a Hyper-V machine
 * sends its last changes after the shutdown, and between VMM sites the service takes no point at all. Undefined
 * where there is a choice. A wish for another point is kept in `wanted`; HV-POINT refuses it.
 */
export function fixedPointFor(
  wanted: string,
  item: ItemFacts,
  verbs: readonly Verb[],
  now: Date,
): ChosenPoint | undefined {
  const betweenSites = isFromHyperV(item) && !goesToAzure(item);
  const returns = isFromHyperV(item) && failsOver(verbs) && positionOf(item).away;
  const complete = {
    wanted,
    kind: "Latest",
    time: now.toISOString(),
  } as const;
  if (returns && !betweenSites) {
    return { ...complete, meaning: "all that the machine has in Azure: nothing is lost" };
  }
  if (isFromHyperV(item) && verbs.includes("plannedFailover")) {
    const meaning = "the last changes are sent after the shutdown: nothing is lost";
    // Towards Azure an older point can be asked for all the same.
    return betweenSites || wanted === "latest" ? { ...complete, meaning } : undefined;
  }
  if (!betweenSites) return undefined;
  const loss = failsOver(verbs) ? ": later changes are lost" : "";
  const meaning = `what has arrived at the other site${loss}`;
  return { ...choosePoint("latest", item, []), wanted, meaning };
}

/**
 * Finds the point that the verbs of an action lead a machine to, by the ways of its scenario: a failback to a
 * VMware site knows two wishes (V-04), what has a fixed point goes there, all else to any that exists.
 */
export function choosePointFor(
  wanted: string,
  item: ItemFacts,
  points: readonly RecoveryPointFacts[],
  verbs: readonly Verb[],
  now: Date,
): ChosenPoint {
  const fixed = fixedPointFor(wanted, item, verbs, now);
  if (fixed !== undefined) return fixed;
  const returns = isFromVmwareSite(item) && failsOver(verbs) && positionOf(item).away;
  return returns ? chooseReturnPoint(wanted, item, points) : choosePoint(wanted, item, points);
}
