import type { Simulation } from "../../../simulation.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../../state/json.ts";
import { missingReference } from "../../vault/find.ts";
import type { ProtectedItem } from "../item.ts";
import { checkResources, DETAILS } from "../on-premises/enable-checks.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";

/** Refuses a PATCH of a Hyper-V item that names resources or disks that do not exist. */
export function checkHyperVUpdate(
  simulation: Simulation,
  item: ProtectedItem,
  properties: JsonObject,
): void {
  const details = objectAt(properties, "providerSpecificDetails") ?? {};
  checkResources(simulation, details, [
    "recoveryAzureV2ResourceGroupId",
    "targetProximityPlacementGroupId",
  ]);
  for (const [index, wanted] of listAt(details, "vmDisks").entries()) {
    const id = textAt(wanted, "diskId") ?? "";
    if (!item.disks.some(({ diskId }) => diskId.toLowerCase() === id.toLowerCase()))
      throw missingReference(`${DETAILS}.vmDisks[${index}].diskId`, id);
  }
}

/** Writes what a PATCH says besides what all kinds of items have; fields left out stay as they are. */
export function applyHyperVUpdate(item: ProtectedItem, input: JsonObject): void {
  const details = objectAt(input, "providerSpecificDetails") ?? {};
  const part = hyperVPartOf(item);
  const { recovery } = item;
  recovery.resourceGroupId =
    textAt(details, "recoveryAzureV2ResourceGroupId") ?? recovery.resourceGroupId;
  recovery.availabilityZone =
    textAt(details, "targetAvailabilityZone") ?? recovery.availabilityZone;
  recovery.proximityPlacementGroupId =
    textAt(details, "targetProximityPlacementGroupId") ?? recovery.proximityPlacementGroupId;
  part.useManagedDisks = textAt(details, "useManagedDisks")?.toLowerCase() ?? part.useManagedDisks;
  part.licenseType = textAt(input, "licenseType") ?? part.licenseType;
  part.enableRdpOnTargetOption =
    textAt(input, "enableRdpOnTargetOption") ?? part.enableRdpOnTargetOption;
  for (const disk of item.disks) {
    const encryptionSetId = textAt(details, "diskIdToDiskEncryptionMap", disk.diskId);
    disk.recoveryDiskEncryptionSetId = encryptionSetId ?? disk.recoveryDiskEncryptionSetId;
    disk.recoveryResourceGroupId = recovery.resourceGroupId;
  }
  for (const wanted of listAt(details, "vmDisks")) {
    const id = textAt(wanted, "diskId")?.toLowerCase();
    const disk = item.disks.find(({ diskId }) => diskId.toLowerCase() === id);
    if (disk) disk.failoverDiskName = textAt(wanted, "targetDiskName") ?? disk.failoverDiskName;
  }
}
