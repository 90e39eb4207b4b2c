import type { Context } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import { passiveSide } from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import type { AzureSite } from "../../../sites/azure/site.ts";
import type { DiskSpecification } from "../../../sites/azure/specifications.ts";
import type { ReprotectRequest } from "../../../sites/azure/verb-request.ts";
import { reprotectTarget } from "../../observation/reprotect-target.ts";
import type { AnyActionInputs } from "../../settings.ts";

/** Writes the request that replicates a machine back to the region it came from, disk by disk. */
export async function regionReprotect(
  context: Context,
  site: AzureSite,
  situation: Situation,
  inputs: AnyActionInputs,
): Promise<ReprotectRequest> {
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
    target: { kind: "item", item },
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
