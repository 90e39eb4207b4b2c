import { itemIdentity } from "../recovery/identity.ts";
import type { ItemFacts } from "../recovery/model.ts";
import { standingOf } from "../recovery/position.ts";
import type { Situation } from "../recovery/situation.ts";
import { failsOver } from "../recovery/verbs.ts";
import type { AnyActionInputs } from "./settings.ts";

/** The `recoveryPoint` that each machine was brought to, by item identity. */
export type PointsReached = Map<string, string>;

/** The `recoveryPoint` that inputs ask for, the default included. */
export function askedPoint({ recoveryPoint = "latest" }: AnyActionInputs): string {
  return recoveryPoint;
}

/**
 * What a run that did not end has recorded of machines that it brought to another point than the one in its
 * state's inputs. Empty for an action that is through.
 */
export function recordedPoints(olds: object): PointsReached {
  const { pointsReached = {} } = olds as { readonly pointsReached?: Record<string, string> };
  return new Map(Object.entries(pointsReached));
}

/** The part of a state that keeps the points which differ from those of its inputs; absent without any. */
export function pointsLeft(
  points: PointsReached,
  inputs: AnyActionInputs,
): { readonly pointsReached?: Readonly<Record<string, string>> } {
  const other = [...points].filter(([, point]) => point !== askedPoint(inputs));
  return other.length === 0 ? {} : { pointsReached: Object.fromEntries(other) };
}

/** Notes that machines are, or are being brought, where the inputs ask for. */
export function noteReached(
  points: PointsReached,
  inputs: AnyActionInputs,
  items: readonly ItemFacts[],
): void {
  for (const item of items) points.set(itemIdentity(item.vaultId, item.name), askedPoint(inputs));
}

/** Forgets that, when the job of somebody else was quicker. */
export function forgetReached(points: PointsReached, items: readonly ItemFacts[]): void {
  for (const item of items) points.delete(itemIdentity(item.vaultId, item.name));
}

/** True for a machine that has failed over and needs no change of its point, as it is seen. */
export function isWhereAsked({ item, decision, changesRecoveryPoint }: Situation): boolean {
  if (changesRecoveryPoint || standingOf(item) === "protected") return false;
  return decision.kind === "done" || (decision.kind === "start" && !failsOver(decision.verbs));
}
