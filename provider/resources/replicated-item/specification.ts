import type { MachineFacts } from "../../recovery/model.ts";
import type { DiskSpecification, ItemSpecification } from "../../sites/azure/specifications.ts";
import type { ReplicatedDisk, ReplicatedItemInputs } from "../replicated-item.ts";
import type { Route } from "./route.ts";

/** What protection of the machine begins with. */
export function itemSpecification(
  inputs: ReplicatedItemInputs,
  route: Route,
  machine: MachineFacts,
): ItemSpecification {
  const { target } = inputs;
  const optional = {
    recoveryNetworkId: target?.network,
    recoverySubnetName: target?.subnet,
    recoveryAvailabilitySetId: target?.availabilitySet,
    recoveryAvailabilityZone: target?.zone,
    recoveryProximityPlacementGroupId: target?.proximityPlacementGroup,
    bootDiagnosticsStorageAccountId: target?.bootDiagnosticsStorageAccount,
    multiVmGroupName: inputs.multiVmGroup,
  };
  return {
    machineId: inputs.machine,
    policyId: route.policyId,
    recoveryContainerId: route.recoveryContainerId,
    recoveryResourceGroupId: target?.resourceGroup ?? "",
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined && value !== ""),
    ) as Partial<ItemSpecification>),
    disks: wantedDisks(inputs, [machine.osDiskId, ...machine.dataDiskIds]).map((each) =>
      diskSpecification(inputs, each),
    ),
  };
}

/** The disks that the inputs ask for: those they name, or all of the machine. */
export function wantedDisks(
  inputs: ReplicatedItemInputs,
  diskIds: readonly string[],
): readonly ReplicatedDisk[] {
  return inputs.disks ?? diskIds.filter((id) => id !== "").map((disk) => ({ disk }));
}

/** One disk as the service takes it, with the item's defaults. */
export function diskSpecification(
  inputs: ReplicatedItemInputs,
  disk: ReplicatedDisk,
): DiskSpecification {
  const type = inputs.diskType ?? "Premium_LRS";
  return {
    diskId: disk.disk,
    cacheStorageAccountId: disk.cacheStorageAccount || inputs.cacheStorageAccount || "",
    recoveryResourceGroupId: disk.resourceGroup || (inputs.target?.resourceGroup ?? ""),
    replicaDiskType: disk.replicaDiskType ?? type,
    targetDiskType: disk.targetDiskType ?? type,
    ...(disk.diskEncryptionSet ? { recoveryDiskEncryptionSetId: disk.diskEncryptionSet } : {}),
  };
}
