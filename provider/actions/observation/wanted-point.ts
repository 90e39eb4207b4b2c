import type { Context } from "../../context.ts";
import { verbsOf } from "../../recovery/action-plan.ts";
import type { Decision } from "../../recovery/decision.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { choosePointFor, fixedPointFor } from "../../recovery/point-choice.ts";
import { type ChosenPoint, isRecoveryPointWord } from "../../recovery/recovery-point.ts";
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
  const verbs = verbsOf(decision);
  const now = site.now(context);
  const asked = inputs.recoveryPoint ?? "latest";
  const fixed = moves ? fixedPointFor(asked, item, verbs, now) : undefined;
  if (fixed !== undefined) return fixed;
  const chooses = !projected && (changes || moves);
  // A machine that has failed over can only go to a point that exists: the latest is the newest one.
  const wanted = changes && asked === "latest" ? "latestProcessed" : asked;
  if (!chooses && isRecoveryPointWord(wanted)) return undefined;
  // The latest point is made when the failover begins; the item itself tells up to when its data reach.
  const latest = wanted === "latest" && item.replicationLagMeasuredAt !== undefined;
  const points = chooses && !latest ? await vault.recoveryPoints(context, item) : [];
  return choosePointFor(wanted, item, points, moves ? verbs : [], now);
}
