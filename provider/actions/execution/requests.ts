import type { Context } from "../../context.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type {
  FailoverDirection,
  ItemFacts,
  RecoveryPlanFacts,
  Verb,
} from "../../recovery/model.ts";
import { activeSide, isFromVmwareSite, isReversed } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import type { AzureSite, VaultSite } from "../../sites/azure/site.ts";
import type {
  RecoveryPointChoice,
  VerbRequest,
  VerbTarget,
} from "../../sites/azure/verb-request.ts";
import { observeServers } from "../observation/servers.ts";
import type { AnyActionInputs } from "../settings.ts";
import { regionReprotect } from "./region-reprotect.ts";
import { siteReprotect } from "./site-reprotect.ts";

/** Writes the request for one verb of an item's action. */
export async function itemRequest(
  context: Context,
  site: AzureSite,
  vault: VaultSite,
  verb: Verb,
  situation: Situation,
  inputs: AnyActionInputs,
): Promise<VerbRequest> {
  const { item } = situation;
  const target: Extract<VerbTarget, { kind: "item" }> = { kind: "item", item };
  switch (verb) {
    case "reprotect":
      return isFromVmwareSite(item)
        ? siteReprotect(item, await observeServers(context, site, vault, item, inputs))
        : regionReprotect(context, site, situation, inputs);
    case "changeRecoveryPoint":
      return { verb, target, recoveryPointId: situation.recoveryPoint?.point?.id ?? "" };
    case "completeMigration":
      return { verb, target };
    case "plannedFailover":
      return { verb, target, recoveryPoint: pointOf(situation) };
    default:
      // An item always fails over from its own primary side: the reprotect turned the item itself round.
      return commonRequest(verb, target, "PrimaryToRecovery", pointOf(situation), inputs, item);
  }
}

/** Writes the request for one verb of a recovery plan's action. */
export function planRequest(
  verb: Verb,
  plan: RecoveryPlanFacts,
  situations: readonly Situation[],
  inputs: AnyActionInputs,
): VerbRequest {
  const items = situations.map(({ item }) => item);
  const target: VerbTarget = {
    kind: "recoveryPlan",
    plan,
    instanceTypes: [...new Set(items.map((item) => item.instanceType))],
  };
  const kind = situations[0]?.recoveryPoint?.kind;
  const point: RecoveryPointChoice = {
    kind: kind === undefined || kind === "Custom" ? "Latest" : kind,
    ...(items.some((item) => item.multiVmGroupCreatedByUser) ? { multiVmSyncPoint: true } : {}),
  };
  return commonRequest(verb, target, planDirection(plan, items), point, inputs, items[0]);
}

/** A plan keeps its two fabrics for life: machines that run at its recovery fabric, or in Azure, move back. */
export function planDirection(
  plan: RecoveryPlanFacts,
  items: readonly ItemFacts[],
): FailoverDirection {
  const [first] = items;
  if (first === undefined) return "PrimaryToRecovery";
  const back = isFromVmwareSite(first)
    ? isReversed(first)
    : sameId(nameOf(plan.recoveryFabricId), activeSide(first).fabricName);
  return back ? "RecoveryToPrimary" : "PrimaryToRecovery";
}

function pointOf({ recoveryPoint }: Situation): RecoveryPointChoice {
  const id = recoveryPoint?.point?.id;
  const kind = recoveryPoint?.kind;
  return {
    kind: kind === undefined || kind === "Custom" ? "Latest" : kind,
    ...(id === undefined ? {} : { recoveryPointId: id }),
  };
}

function commonRequest(
  verb: Verb,
  target: VerbTarget,
  direction: FailoverDirection,
  recoveryPoint: RecoveryPointChoice,
  inputs: AnyActionInputs,
  item: ItemFacts | undefined,
): VerbRequest {
  switch (verb) {
    case "testFailover":
      return {
        verb,
        target,
        direction,
        networkId: inputs.network ?? item?.target.testNetworkId ?? "",
        recoveryPoint,
      };
    case "testFailoverCleanup":
      return { verb, target, comments: inputs.comments ?? "" };
    case "plannedFailover":
      return { verb, target, direction, recoveryPoint };
    case "unplannedFailover":
      return {
        verb,
        target,
        direction,
        shutdownSource: inputs.shutdownSource ?? true,
        recoveryPoint,
      };
    case "commit":
      return { verb, target };
    default:
      throw new Error(`No action runs the verb ${verb} on ${target.kind}.`);
  }
}
