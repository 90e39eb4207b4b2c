import type { Context } from "../../../context.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import type {
  FailoverDirection,
  ItemFacts,
  RecoveryPlanFacts,
  Verb,
} from "../../../recovery/model.ts";
import {
  activeSide,
  isFromHyperV,
  isFromVmwareSite,
  isReversed,
} from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import type { AzureSite, VaultSite } from "../../../sites/azure/site.ts";
import type {
  RecoveryPointChoice,
  VerbRequest,
  VerbTarget,
} from "../../../sites/azure/verb-request.ts";
import { observeServers } from "../../observation/servers.ts";
import type { AnyActionInputs } from "../../settings.ts";
import {
  hyperVDirection,
  hyperVFailback,
  hyperVPlanDirection,
  reverseReplication,
} from "./hyper-v-requests.ts";
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
      if (isFromHyperV(item)) return reverseReplication(context, vault, item);
      return isFromVmwareSite(item)
        ? siteReprotect(item, await observeServers(context, site, vault, item, inputs))
        : regionReprotect(context, site, situation, inputs);
    case "changeRecoveryPoint":
      return { verb, target, recoveryPointId: situation.recoveryPoint?.point?.id ?? "" };
    case "completeMigration":
    case "resynchronize":
      return { verb, target };
    case "plannedFailover":
      return plannedFailover(target, directionOf(item), situation);
    default:
      return commonRequest(verb, target, directionOf(item), pointOf(situation), inputs, item);
  }
}

/** Every item but those of Hyper-V fails over from its own primary side: the reprotect turned the item itself round. */
function directionOf(item: ItemFacts): FailoverDirection {
  return isFromHyperV(item) ? hyperVDirection(item) : "PrimaryToRecovery";
}

/** A modernized VMware item was recorded without a direction. */
function plannedFailover(
  target: Extract<VerbTarget, { kind: "item" }>,
  direction: FailoverDirection,
  situation: Situation,
): VerbRequest {
  const failback = hyperVFailback(situation);
  return {
    verb: "plannedFailover",
    target,
    recoveryPoint: pointOf(situation),
    ...(isFromHyperV(target.item) ? { direction } : {}),
    ...(failback === undefined ? {} : { failback }),
  };
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
  const direction = planDirection(plan, items);
  const [first] = situations;
  const failback = first === undefined ? undefined : hyperVFailback(first);
  if (verb === "plannedFailover" && failback !== undefined) {
    return { verb, target, direction, recoveryPoint: point, failback };
  }
  return commonRequest(verb, target, direction, point, inputs, items[0]);
}

/** A plan keeps its two fabrics for life: machines that run at its recovery fabric, or in Azure, move back. */
function planDirection(plan: RecoveryPlanFacts, items: readonly ItemFacts[]): FailoverDirection {
  const [first] = items;
  if (first === undefined) return "PrimaryToRecovery";
  if (isFromHyperV(first)) return hyperVPlanDirection(plan, first);
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
    case "cancelFailover":
      return { verb, target };
    default:
      throw new Error(`No action runs the verb ${verb} on ${target.kind}.`);
  }
}
