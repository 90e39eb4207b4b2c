import type { HyperVItemFacts } from "../../../recovery/hyper-v.ts";
import type { DiskFacts, SideFacts } from "../../../recovery/model.ts";
import { azureTarget } from "../azure-target.ts";
import { numberOf, optional, textOf, timeOf, truthOf, type Wire, wireOf, wiresOf } from "./wire.ts";

const mebibyte = 2 ** 20;

/** Wire names of items of Hyper-V machines, by where they replicate to. */
const targets: Readonly<Record<string, "azure" | "site">> = {
  HyperVReplicaAzure: "azure",
  HyperVReplica2012: "site",
  HyperVReplica2012R2: "site",
  HyperVReplicaBaseReplicationDetails: "site",
  San: "site",
};

/** Where an item of a Hyper-V machine replicates to; undefined for every other item. */
export function hyperVTarget(instanceType: string): "azure" | "site" | undefined {
  return targets[instanceType];
}

/** What a Hyper-V item has beyond every other; undefined for items of other scenarios. */
export function hyperVItemFacts(item: Wire, details: Wire): HyperVItemFacts | undefined {
  if (hyperVTarget(textOf(details, "instanceType")) === undefined) return undefined;
  return {
    machineGuid: textOf(details, "vmId"),
    protectableItemId: textOf(item, "protectableItemId"),
    providerId: textOf(item, "recoveryServicesProviderId"),
    machineProtectionState: textOf(details, "vmProtectionState"),
    machineProtectionStateDescription: textOf(details, "vmProtectionStateDescription"),
    replicationType: textOf(wireOf(details, "initialReplicationDetails"), "initialReplicationType"),
    ...optional("lastReplicatedTime", timeOf(details, "lastReplicatedTime")),
    storageAccountId: textOf(details, "recoveryAzureStorageAccount"),
    logStorageAccountId: textOf(details, "recoveryAzureLogStorageAccountId"),
    usesManagedDisks: truthOf(details, "useManagedDisks"),
    osDiskId: textOf(
      hardDisks(details).find((disk) => textOf(disk, "vhdType") === "OperatingSystem") ?? {},
      "vhdId",
    ),
    licenseType: textOf(details, "licenseType"),
  };
}

/**
 * Virtual hard disks of a Hyper-V machine under their ids at the host. Managed disks are listed apart,
 * under another id of the same disk.
 */
export function hyperVDisks(item: Wire, details: Wire): readonly DiskFacts[] {
  const managed = wiresOf(details, "protectedManagedDisks");
  const behind = resynchronizationRequired(item);
  return hardDisks(details).map((disk) => {
    const ids = [textOf(disk, "vhdId"), textOf(disk, "diskId")];
    const replica = managed.find((each) => ids.includes(textOf(each, "diskId"))) ?? {};
    const diskType = textOf(replica, "replicaDiskType");
    return {
      diskId: textOf(disk, "vhdId", "diskId"),
      name: textOf(disk, "vhdName"),
      capacityBytes: (numberOf(disk, "maxSizeMB") ?? 0) * mebibyte,
      recoveryResourceGroupId: textOf(details, "recoveryAzureResourceGroupId"),
      replicaDiskType: diskType,
      targetDiskType: diskType,
      cacheStorageAccountId: textOf(
        details,
        "recoveryAzureLogStorageAccountId",
        "recoveryAzureStorageAccount",
      ),
      recoveryDiskEncryptionSetId:
        textOf(replica, "diskEncryptionSetId") || textOf(disk, "diskEncryptionSetId"),
      resynchronizationRequired: behind,
    };
  });
}

/** To Azure and between sites the disks go by different names. */
function hardDisks(details: Wire): readonly Wire[] {
  return [...wiresOf(details, "azureVmDiskDetails"), ...wiresOf(details, "vMDiskDetails")];
}

/** The service says so of the machine, never of a disk: it offers the repair while one is required. */
function resynchronizationRequired(item: Wire): boolean {
  const operations = item.allowedOperations;
  return Array.isArray(operations) && operations.includes("RepairReplication");
}

/**
 * The recovery side of an item that replicates to Azure. Its container id is one in a hidden fabric, and the
 * item names no region: that of the vault decides.
 */
export const azureSide: SideFacts = {
  fabricName: azureTarget,
  fabricFriendlyName: azureTarget,
  containerName: azureTarget,
  containerId: azureTarget,
  location: "",
};
