import type { Context } from "../../context.ts";
import { durationMilliseconds } from "../../inputs/duration.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ItemFacts, PolicyFacts } from "../../recovery/model.ts";
import { standingOf } from "../../recovery/position.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import type { ReplicatedItemState } from "../replicated-item.ts";

/** Outputs that show the life cycle of a Hyper-V item. */
export type LifeCycle = Pick<
  ReplicatedItemState,
  | "replicationHealth"
  | "failoverHealth"
  | "machineProtectionState"
  | "initialReplicationPercent"
  | "replicationLag"
>;

/** What the lag is told as; a lag beyond the last is `more`. */
const lagClasses = ["PT30S", "PT5M", "PT15M", "PT1H", "PT6H", "P1D"] as const;

/** The policies that the life cycle of an item is measured by; none are read for items that show none. */
export async function policiesFor(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
): Promise<readonly PolicyFacts[]> {
  return item.hyperV === undefined ? [] : await vault.policies(context);
}

/** State, progress, health and lag of a Hyper-V item; nothing for every other item. */
export function lifeCycleOf(item: ItemFacts, policies: readonly PolicyFacts[]): LifeCycle {
  const { hyperV, initialReplicationPercent: percent } = item;
  if (hyperV === undefined) return {};
  const policy = policies.find((each) => sameId(each.id, item.policyId));
  const lag = lagClass(item.replicationLagSeconds, policy?.hyperV?.replicationIntervalSeconds);
  return {
    replicationHealth: item.replicationHealth,
    failoverHealth: item.failoverHealth,
    machineProtectionState: hyperV.machineProtectionState,
    ...(percent === undefined || standingOf(item) !== "replicating"
      ? {}
      : { initialReplicationPercent: percent }),
    ...(lag === undefined ? {} : { replicationLag: lag }),
  };
}

/** The class of a lag: up to twice the interval nothing is late, and the interval stands for it. */
export function lagClass(
  seconds: number | undefined,
  intervalSeconds: number | undefined,
): string | undefined {
  if (seconds === undefined) return undefined;
  const punctual = intervalSeconds !== undefined && seconds <= 2 * intervalSeconds;
  const counted = punctual ? intervalSeconds : seconds;
  return lagClasses.find((each) => counted * 1000 <= (durationMilliseconds(each) ?? 0)) ?? "more";
}
