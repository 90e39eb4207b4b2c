import type {
  A2AVmManagedDiskInputDetails,
  AddDisksInput,
  DisableProtectionInput,
  EnableProtectionInput,
  RemoveDisksInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { optional } from "../facts/wire.ts";
import type { DiskSpecification, ItemSpecification } from "../specifications.ts";

/** Body of PUT item, region to region: protection begins with it. */
export function enableProtectionBody(specification: ItemSpecification): EnableProtectionInput {
  const text = specification;
  return {
    properties: {
      policyId: text.policyId,
      providerSpecificDetails: {
        instanceType: "A2A",
        fabricObjectId: text.machineId,
        recoveryContainerId: text.recoveryContainerId,
        recoveryResourceGroupId: text.recoveryResourceGroupId,
        ...optional("recoveryAzureNetworkId", text.recoveryNetworkId),
        ...optional("recoverySubnetName", text.recoverySubnetName),
        ...optional("recoveryAvailabilitySetId", text.recoveryAvailabilitySetId),
        ...optional("recoveryAvailabilityZone", text.recoveryAvailabilityZone),
        ...optional("recoveryProximityPlacementGroupId", text.recoveryProximityPlacementGroupId),
        ...optional("recoveryBootDiagStorageAccountId", text.bootDiagnosticsStorageAccountId),
        ...optional("multiVmGroupName", text.multiVmGroupName),
        vmManagedDisks: managedDisks(text.disks),
      },
    },
  };
}

/** Managed disks as enable, reprotect and addDisks take them. */
export function managedDisks(disks: readonly DiskSpecification[]): A2AVmManagedDiskInputDetails[] {
  return disks.map((disk) => ({
    diskId: disk.diskId,
    primaryStagingAzureStorageAccountId: disk.cacheStorageAccountId,
    recoveryResourceGroupId: disk.recoveryResourceGroupId,
    recoveryReplicaDiskAccountType: disk.replicaDiskType,
    recoveryTargetDiskAccountType: disk.targetDiskType,
    ...optional("recoveryDiskEncryptionSetId", disk.recoveryDiskEncryptionSetId),
  }));
}

/** Body of POST addDisks. */
export function addDisksBody(disks: readonly DiskSpecification[]): AddDisksInput {
  return {
    properties: {
      providerSpecificDetails: { instanceType: "A2A", vmManagedDisks: managedDisks(disks) },
    },
  };
}

/** Body of POST removeDisks. */
export function removeDisksBody(diskIds: readonly string[]): RemoveDisksInput {
  return {
    properties: {
      providerSpecificDetails: { instanceType: "A2A", vmManagedDisksIds: [...diskIds] },
    },
  };
}

/**
 * Body of POST remove of an item. The way back of a classic machine has a kind of its own,
 * which keeps the machine of the site; for every other kind stock clients send the same.
 */
export function disableProtectionBody(instanceType: string): DisableProtectionInput {
  return {
    properties: {
      disableProtectionReason: "NotSpecified",
      replicationProviderInput:
        instanceType === "InMage"
          ? { instanceType: "InMage", replicaVmDeletionStatus: "Retain" }
          : // The SDK's union is closed and knows InMage alone.
            { instanceType: "DisableProtectionProviderSpecificInput" as "InMage" },
    },
  };
}
