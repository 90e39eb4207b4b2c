import type { Context } from "../../context.ts";
import type { Decision } from "../../recovery/decision.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import {
  goesToAzure,
  isFromHyperV,
  isFromVmwareSite,
  positionOf,
} from "../../recovery/position.ts";
import {
  type ChosenPoint,
  choosePoint,
  chooseReturnPoint,
  isRecoveryPointWord,
} from "../../recovery/recovery-point.ts";
import { failsOver } from "../../recovery/verbs.ts";
import type { AnyActionInputs } from "../settings.ts";
import type { ActionTargets } from "./targets.ts";

/** What a recovery point is chosen for. */
export interface PointWish {
  readonly item: ItemFacts;
  readonly decision: Decision;
  /** True when a machine that has failed over already is to go to another point. */
  readonly changes: boolean;
  /** True when the item is as an action before this one will leave it, so that its points say nothing. */
  readonly projected: boolean;
}

/** True when the decision starts a failover or a drill. */
export function takesPoint(decision: Decision): boolean {
  if (decision.kind !== "start") return false;
  return failsOver(decision.verbs) || decision.verbs.includes("testFailover");
}

/** The recovery point that a machine will go to; the points are read only where the wish does not say it all. */
export async function wantedPoint(
  context: Context,
  { site, vault }: Pick<ActionTargets, "site" | "vault">,
  inputs: AnyActionInputs,
  { item, decision, changes, projected }: PointWish,
): Promise<ChosenPoint | undefined> {
  const moves = takesPoint(decision);
  const asked = inputs.recoveryPoint ?? "latest";
  if (moves && sendsEverything(item, decision, asked)) {
    return {
      wanted: asked,
      kind: "Latest",
      time: site.now(context).toISOString(),
      meaning: "the source is shut down first and its last changes are sent: nothing is lost",
    };
  }
  const chooses = !projected && (changes || moves);
  // A machine that has failed over can only go to a point that exists: the latest is the newest one.
  const wanted = changes && asked === "latest" ? "latestProcessed" : asked;
  if (!chooses && isRecoveryPointWord(wanted)) return undefined;
  // The latest point is made when the failover begins; the item itself tells up to when its data reach.
  const latest = wanted === "latest" && item.replicationLagMeasuredAt !== undefined;
  const points = chooses && !latest ? await vault.recoveryPoints(context, item) : [];
  const returns = moves && isFromVmwareSite(item) && positionOf(item).away;
  return returns ? chooseReturnPoint(wanted, item, points) : choosePoint(wanted, item, points);
}

/** A planned failover of a Hyper-V machine sends its last changes first; only towards Azure it can go to another point. */
function sendsEverything(item: ItemFacts, decision: Decision, asked: string): boolean {
  if (!isFromHyperV(item) || decision.kind !== "start") return false;
  const chooses = goesToAzure(item) && !positionOf(item).away;
  return decision.verbs.includes("plannedFailover") && (asked === "latest" || !chooses);
}
