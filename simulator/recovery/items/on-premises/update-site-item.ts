import type { Simulation } from "../../../simulation.ts";
import { type JsonObject, listAt, objectAt, textAt, valueAt } from "../../../state/json.ts";
import { missingReference } from "../../vault/find.ts";
import type { ProtectedItem, ProtectedNic } from "../item.ts";
import { checkResources, DETAILS } from "./enable-checks.ts";
import { partOf } from "./source-machine.ts";

/** Ids of resources that a PATCH of a modernized item names. */
const RCM_REFERENCES = [
  "targetResourceGroupId",
  "targetNetworkId",
  "testNetworkId",
  "targetAvailabilitySetId",
  "targetProximityPlacementGroupId",
  "targetBootDiagnosticsStorageAccountId",
];

/** Ids of resources that a PATCH of a classic item names. */
const CLASSIC_REFERENCES = ["recoveryAzureV2ResourceGroupId", "targetProximityPlacementGroupId"];

/** Refuses a PATCH of an item of a site that names what does not exist. */
export function checkSiteUpdate(
  simulation: Simulation,
  item: ProtectedItem,
  properties: JsonObject,
): void {
  const details = objectAt(properties, "providerSpecificDetails") ?? {};
  if (item.kind !== "InMageRcm") {
    checkResources(simulation, details, CLASSIC_REFERENCES);
    return;
  }
  checkResources(simulation, details, RCM_REFERENCES);
  for (const [index, nic] of listAt(details, "vmNics").entries()) {
    const id = textAt(nic, "nicId") ?? "";
    if (!nicWith(item, id)) throw missingReference(`${DETAILS}.vmNics[${index}].nicId`, id);
  }
}

function nicWith(item: ProtectedItem, id: string): ProtectedNic | undefined {
  return item.nics.find((each) => each.nicId.toLowerCase() === id.toLowerCase());
}

/** Writes what a PATCH says besides what all kinds of items have; fields left out stay as they are. */
export function applySiteUpdate(item: ProtectedItem, input: JsonObject): void {
  const details = objectAt(input, "providerSpecificDetails") ?? {};
  const part = partOf(item);
  const { recovery } = item;
  if (item.kind === "InMageAzureV2") {
    recovery.resourceGroupId =
      textAt(details, "recoveryAzureV2ResourceGroupId") ?? recovery.resourceGroupId;
    recovery.availabilityZone =
      textAt(details, "targetAvailabilityZone") ?? recovery.availabilityZone;
    recovery.proximityPlacementGroupId =
      textAt(details, "targetProximityPlacementGroupId") ?? recovery.proximityPlacementGroupId;
    part.licenseType = textAt(input, "licenseType") ?? part.licenseType;
    part.enableRdpOnTargetOption =
      textAt(input, "enableRdpOnTargetOption") ?? part.enableRdpOnTargetOption;
    for (const wanted of listAt(details, "vmDisks")) {
      const disk = item.disks.find(({ diskId }) => diskId === textAt(wanted, "diskId"));
      if (disk) disk.failoverDiskName = textAt(wanted, "targetDiskName") ?? disk.failoverDiskName;
    }
    return;
  }
  if (item.kind !== "InMageRcm") return;
  const vmName = textAt(details, "targetVmName");
  if (vmName !== undefined) {
    recovery.vmName = vmName;
    recovery.tfoVmName = `${vmName}-test`;
  }
  recovery.vmSize = textAt(details, "targetVmSize") ?? recovery.vmSize;
  recovery.resourceGroupId = textAt(details, "targetResourceGroupId") ?? recovery.resourceGroupId;
  // An empty text takes a choice back.
  const chosen = (field: string, before: string | null): string | null => {
    const value = valueAt(details, field);
    return typeof value === "string" ? (value === "" ? null : value) : before;
  };
  recovery.availabilitySetId = chosen("targetAvailabilitySetId", recovery.availabilitySetId);
  recovery.availabilityZone = chosen("targetAvailabilityZone", recovery.availabilityZone);
  recovery.proximityPlacementGroupId = chosen(
    "targetProximityPlacementGroupId",
    recovery.proximityPlacementGroupId,
  );
  recovery.bootDiagnosticsStorageAccountId = chosen(
    "targetBootDiagnosticsStorageAccountId",
    recovery.bootDiagnosticsStorageAccountId,
  );
  recovery.networkId = textAt(details, "targetNetworkId") ?? recovery.networkId;
  recovery.tfoNetworkId = chosen("testNetworkId", recovery.tfoNetworkId);
  part.licenseType = textAt(details, "licenseType") ?? part.licenseType;
  for (const nic of item.nics) {
    nic.recoveryNetworkId = recovery.networkId;
    nic.tfoNetworkId = recovery.tfoNetworkId;
  }
  for (const wanted of listAt(details, "vmNics")) {
    const nic = nicWith(item, textAt(wanted, "nicId") ?? "");
    if (nic) updateNic(nic, wanted);
  }
}

function updateNic(nic: ProtectedNic, wanted: unknown): void {
  const [configuration] = nic.ipConfigurations;
  if (!configuration) return;
  const flag = (field: string, before: boolean) => {
    const value = textAt(wanted, field)?.toLowerCase();
    return value === undefined ? before : value === "true";
  };
  configuration.isPrimary = flag("isPrimaryNic", configuration.isPrimary);
  configuration.selectedForFailover = flag(
    "isSelectedForFailover",
    configuration.selectedForFailover,
  );
  configuration.recoverySubnetName =
    textAt(wanted, "targetSubnetName") ?? configuration.recoverySubnetName;
  const address = valueAt(wanted, "targetStaticIPAddress");
  if (typeof address === "string") configuration.recoveryAddress = address;
  configuration.tfoSubnetName = textAt(wanted, "testSubnetName") ?? configuration.tfoSubnetName;
  const testAddress = valueAt(wanted, "testStaticIPAddress");
  if (typeof testAddress === "string") configuration.tfoAddress = testAddress;
  nic.targetNicName = textAt(wanted, "targetNicName") ?? nic.targetNicName;
}
