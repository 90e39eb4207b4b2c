import type { DiskFacts } from "../../../recovery/model.ts";
import { numberOf, textOf, truthOf, type Wire, wiresOf } from "./wire.ts";

/** The managed disks that an item replicates. */
export function diskFacts(details: Wire): readonly DiskFacts[] {
  return wiresOf(details, "protectedManagedDisks").map((disk) => ({
    diskId: textOf(disk, "diskId"),
    name: textOf(disk, "diskName"),
    capacityBytes: numberOf(disk, "diskCapacityInBytes", "capacityInBytes") ?? 0,
    recoveryResourceGroupId: textOf(disk, "recoveryResourceGroupId"),
    replicaDiskType: textOf(disk, "recoveryReplicaDiskAccountType"),
    targetDiskType: textOf(disk, "recoveryTargetDiskAccountType"),
    cacheStorageAccountId: textOf(disk, "primaryStagingAzureStorageAccountId"),
    recoveryDiskEncryptionSetId: textOf(disk, "recoveryDiskEncryptionSetId"),
    resynchronizationRequired: truthOf(disk, "resyncRequired"),
  }));
}

/** The disks left out; the service often knows them by their slot only, which reads `lun 3`. */
export function unprotectedDiskIds(details: Wire): readonly string[] {
  return wiresOf(details, "unprotectedDisks").map(
    (disk) => textOf(disk, "diskId") || `lun ${textOf(disk, "diskLunId")}`,
  );
}
