import type { Context } from "../../context.ts";
import { SiteError } from "../../errors.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type {
  FailoverDirection,
  ItemFacts,
  RecoveryPlanFacts,
  Verb,
} from "../../recovery/model.ts";
import { activeSide, passiveSide } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import type { DiskSpecification } from "../../sites/azure/specifications.ts";
import type {
  RecoveryPointChoice,
  VerbRequest,
  VerbTarget,
} from "../../sites/azure/verb-request.ts";
import { reprotectTarget } from "../observation/reprotect-target.ts";
import type { AnyActionInputs } from "../settings.ts";

/** Writes the request for one verb of an item's action. */
export async function itemRequest(
  context: Context,
  site: AzureSite,
  verb: Verb,
  situation: Situation,
  inputs: AnyActionInputs,
): Promise<VerbRequest> {
  const { item } = situation;
  const target: Extract<VerbTarget, { kind: "item" }> = { kind: "item", item };
  switch (verb) {
    case "reprotect":
      return reprotectRequest(context, site, situation, inputs, target);
    case "changeRecoveryPoint":
      return { verb, target, recoveryPointId: situation.recoveryPoint?.point?.id ?? "" };
    default:
      // An A2A item always fails over from its own primary side: the move turned the item itself round.
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

/** A plan keeps its two fabrics for life: machines that run at its recovery fabric move back. */
export function planDirection(
  plan: RecoveryPlanFacts,
  items: readonly ItemFacts[],
): FailoverDirection {
  const [first] = items;
  return first !== undefined && sameId(nameOf(plan.recoveryFabricId), activeSide(first).fabricName)
    ? "RecoveryToPrimary"
    : "PrimaryToRecovery";
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

async function reprotectRequest(
  context: Context,
  site: AzureSite,
  situation: Situation,
  inputs: AnyActionInputs,
  target: Extract<VerbTarget, { kind: "item" }>,
): Promise<VerbRequest> {
  const { item, destination } = situation;
  const wanted = reprotectTarget(item, inputs);
  const machine = await site.machine(context, wanted.runningMachineId);
  if (machine === undefined) {
    throw new SiteError(
      `The failed-over machine of ${item.friendlyName} (${wanted.runningMachineId}) was not found.`,
      {
        site: "azure",
        operation: "reprotect",
        status: 404,
        hint: "Disable protection and protect it anew.",
      },
    );
  }
  const model = item.disks[0];
  const disks = [machine.osDiskId, ...machine.dataDiskIds].map((diskId): DiskSpecification => {
    // Disks keep their names when they move, so each finds the settings it had before.
    const before = item.disks.find((each) => sameId(each.name, nameOf(diskId))) ?? model;
    return {
      diskId,
      cacheStorageAccountId: wanted.cacheStorageAccountId ?? "",
      recoveryResourceGroupId: wanted.resourceGroupId,
      replicaDiskType: before?.replicaDiskType ?? "Standard_LRS",
      targetDiskType: before?.targetDiskType ?? "Standard_LRS",
    };
  });
  const { availabilitySetId, availabilityZone, proximityPlacementGroupId } = wanted;
  return {
    verb: "reprotect",
    way: "toRegion",
    target,
    recoveryContainerId: passiveSide(item).containerId,
    policyId: wanted.policyId ?? destination.reverseContainerMapping?.policyId ?? item.policyId,
    recoveryResourceGroupId: wanted.resourceGroupId,
    ...(availabilitySetId === undefined ? {} : { recoveryAvailabilitySetId: availabilitySetId }),
    ...(availabilityZone === undefined ? {} : { recoveryAvailabilityZone: availabilityZone }),
    ...(proximityPlacementGroupId === undefined
      ? {}
      : { recoveryProximityPlacementGroupId: proximityPlacementGroupId }),
    disks,
  };
}
