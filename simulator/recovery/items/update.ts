import { findNetwork } from "../../azure/networks.ts";
import { findResource } from "../../azure/resources.ts";
import type { ServiceError } from "../../faults/fault-rule.ts";
import type { Answer } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import type { Simulation } from "../../simulation.ts";
import { sameId } from "../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt, valueAt } from "../../state/json.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { itemOf, missingReference, vaultOf } from "../vault/find.ts";
import { counterpartSubnet } from "./describe-machine.ts";
import { applyHyperVUpdate, checkHyperVUpdate } from "./hyper-v/update-hyper-v-item.ts";
import { checkInputKind } from "./input-kind.ts";
import type { IpConfiguration, ProtectedItem, ProtectedNic } from "./item.ts";
import { itemJob } from "./item-job.ts";
import { KINDS } from "./kinds.ts";
import { applySiteUpdate, checkSiteUpdate } from "./on-premises/update-site-item.ts";

/** PATCH of an item: settings of the machine that a failover makes. */
export function patchItem(call: Call): Answer {
  const vault = vaultOf(call);
  const item = itemOf(call, vault);
  checkBody(call.body, BODIES.itemUpdate);
  const properties = objectAt(call.body, "properties") ?? {};
  const isReversed = KINDS[item.kind].isReversed;
  if (!isReversed) checkInputKind(call, item.kind, `the protected item '${item.name}'`);
  if (item.onPremises && !isReversed) checkSiteUpdate(call.simulation, item, properties);
  if (item.hyperV) checkHyperVUpdate(call.simulation, item, properties);
  for (const field of ["selectedRecoveryAzureNetworkId", "selectedTfoAzureNetworkId"]) {
    const id = textAt(properties, field);
    if (id !== undefined && !findNetwork(call.simulation, id))
      throw missingReference(`properties.${field}`, id);
  }
  const details = "properties.providerSpecificDetails";
  for (const [field, id] of [
    ["properties.recoveryAvailabilitySetId", textAt(properties, "recoveryAvailabilitySetId")],
    [
      `${details}.recoveryResourceGroupId`,
      textAt(properties, "providerSpecificDetails", "recoveryResourceGroupId"),
    ],
    [
      `${details}.recoveryProximityPlacementGroupId`,
      textAt(properties, "providerSpecificDetails", "recoveryProximityPlacementGroupId"),
    ],
  ] as const) {
    if (id !== undefined && !findResource(call.simulation, id)) throw missingReference(field, id);
  }
  for (const [index, nic] of listAt(properties, "vmNics").entries()) {
    const nicId = textAt(nic, "nicId");
    if (nicId !== undefined && !item.nics.some((each) => isNic(each, nicId))) {
      throw missingReference(`properties.vmNics[${index}].nicId`, nicId);
    }
  }
  const ready =
    item.protectionState === "Protected" && item.scenario === null && !KINDS[item.kind].isReversed;
  const refusal: ServiceError | undefined = ready
    ? undefined
    : {
        code: "25037",
        message: `The properties of '${item.friendlyName}' cannot be changed in its current state '${item.protectionState}'${item.scenario ? ` while '${item.scenario.name}' is in progress` : ""}.`,
        recommendedAction:
          "Wait until the item is protected and no job runs on it, and retry the operation.",
      };
  return itemJob(call, vault, item, { scenario: "UpdateVmProperties", input: properties, refusal });
}

function isNic(nic: ProtectedNic, id: string): boolean {
  return nic.nicId.toLowerCase() === id.toLowerCase() || sameId(nic.sourceNicId, id);
}

/** Writes what a PATCH says into the item; fields left out stay as they are. */
export function applyUpdate(simulation: Simulation, item: ProtectedItem, input: JsonObject): void {
  const { recovery } = item;
  const details = objectAt(input, "providerSpecificDetails") ?? {};
  if (item.onPremises) applySiteUpdate(item, input);
  if (item.hyperV) applyHyperVUpdate(item, input);
  const vmName = textAt(input, "recoveryAzureVMName");
  if (vmName !== undefined && recovery.tfoVmName === `${recovery.vmName}-test`)
    recovery.tfoVmName = `${vmName}-test`;
  recovery.vmName = vmName ?? recovery.vmName;
  recovery.vmSize = textAt(input, "recoveryAzureVMSize") ?? recovery.vmSize;
  recovery.tfoVmName = textAt(details, "tfoAzureVMName") ?? recovery.tfoVmName;
  recovery.tfoNetworkId = textAt(input, "selectedTfoAzureNetworkId") ?? recovery.tfoNetworkId;
  recovery.availabilitySetId =
    textAt(input, "recoveryAvailabilitySetId") ?? recovery.availabilitySetId;
  recovery.resourceGroupId = textAt(details, "recoveryResourceGroupId") ?? recovery.resourceGroupId;
  recovery.cloudServiceId = textAt(details, "recoveryCloudServiceId") ?? recovery.cloudServiceId;
  recovery.proximityPlacementGroupId =
    textAt(details, "recoveryProximityPlacementGroupId") ?? recovery.proximityPlacementGroupId;
  recovery.scaleSetId = textAt(details, "recoveryVirtualMachineScaleSetId") ?? recovery.scaleSetId;
  recovery.capacityReservationGroupId =
    textAt(details, "recoveryCapacityReservationGroupId") ?? recovery.capacityReservationGroupId;
  recovery.bootDiagnosticsStorageAccountId =
    textAt(details, "recoveryBootDiagStorageAccountId") ?? recovery.bootDiagnosticsStorageAccountId;
  updateNetwork(simulation, item, textAt(input, "selectedRecoveryAzureNetworkId"));
  for (const nic of item.nics)
    nic.tfoNetworkId = textAt(input, "selectedTfoAzureNetworkId") ?? nic.tfoNetworkId;
  for (const wanted of listAt(input, "vmNics")) {
    const nic =
      item.nics.find((each) => isNic(each, textAt(wanted, "nicId") ?? "")) ??
      (textAt(wanted, "nicId") === undefined ? item.nics[0] : undefined);
    if (nic) updateNic(nic, wanted);
  }
  for (const wanted of listAt(details, "managedDiskUpdateDetails")) {
    const disk = item.disks.find((each) => sameId(each.diskId, textAt(wanted, "diskId")));
    if (!disk) continue;
    disk.targetAccountType =
      textAt(wanted, "recoveryTargetDiskAccountType") ?? disk.targetAccountType;
    disk.replicaAccountType =
      textAt(wanted, "recoveryReplicaDiskAccountType") ?? disk.replicaAccountType;
    disk.failoverDiskName = textAt(wanted, "failoverDiskName") ?? disk.failoverDiskName;
    disk.tfoDiskName = textAt(wanted, "tfoDiskName") ?? disk.tfoDiskName;
  }
}

function updateNetwork(
  simulation: Simulation,
  item: ProtectedItem,
  networkId: string | undefined,
): void {
  if (networkId === undefined || sameId(networkId, item.recovery.networkId)) return;
  item.recovery.networkId = networkId;
  for (const nic of item.nics) {
    nic.recoveryNetworkId = networkId;
    for (const each of nic.ipConfigurations) {
      each.recoverySubnetName = counterpartSubnet(simulation, networkId, each.subnetName);
    }
  }
}

function updateNic(nic: ProtectedNic, wanted: unknown): void {
  const given = (field: string) => textAt(wanted, field);
  const flagOf = (field: string, before: boolean) => {
    const value = valueAt(wanted, field);
    return typeof value === "boolean" ? value : before;
  };
  nic.selectionType = given("selectionType") ?? nic.selectionType;
  nic.recoverySecurityGroupId =
    given("recoveryNetworkSecurityGroupId") ?? nic.recoverySecurityGroupId;
  nic.acceleratedOnRecovery = flagOf(
    "enableAcceleratedNetworkingOnRecovery",
    nic.acceleratedOnRecovery,
  );
  nic.tfoSecurityGroupId = given("tfoNetworkSecurityGroupId") ?? nic.tfoSecurityGroupId;
  nic.acceleratedOnTfo =
    flagOf("enableAcceleratedNetworkingOnTfo", nic.acceleratedOnTfo ?? false) ||
    nic.acceleratedOnTfo;
  nic.recoveryNicName = given("recoveryNicName") ?? nic.recoveryNicName;
  nic.recoveryNicResourceGroup =
    given("recoveryNicResourceGroupName") ?? nic.recoveryNicResourceGroup;
  nic.reuseExistingNic = flagOf("reuseExistingNic", nic.reuseExistingNic);
  nic.tfoNicName = given("tfoNicName") ?? nic.tfoNicName;
  nic.tfoNicResourceGroup = given("tfoNicResourceGroupName") ?? nic.tfoNicResourceGroup;
  nic.tfoReuseExistingNic = flagOf("tfoReuseExistingNic", nic.tfoReuseExistingNic);
  nic.targetNicName = given("targetNicName") ?? nic.targetNicName;
  for (const [index, configuration] of listAt(wanted, "ipConfigs").entries()) {
    const name = textAt(configuration, "ipConfigName");
    const found =
      name === undefined
        ? nic.ipConfigurations[index]
        : nic.ipConfigurations.find((each) => each.name === name);
    if (found) updateIpConfiguration(found, configuration);
  }
}

function updateIpConfiguration(before: IpConfiguration, wanted: unknown): void {
  const given = (field: string) => textAt(wanted, field);
  const pools = (field: string) =>
    valueAt(wanted, field) === undefined ? undefined : listAt(wanted, field).map(String);
  const selected = valueAt(wanted, "isSeletedForFailover");
  before.selectedForFailover =
    typeof selected === "boolean" ? selected : before.selectedForFailover;
  before.recoverySubnetName = given("recoverySubnetName") ?? before.recoverySubnetName;
  // An empty string takes a chosen address back.
  const address = valueAt(wanted, "recoveryStaticIPAddress");
  before.recoveryAddress = typeof address === "string" ? address : before.recoveryAddress;
  before.recoveryPublicIpId = given("recoveryPublicIPAddressId") ?? before.recoveryPublicIpId;
  before.recoveryPoolIds = pools("recoveryLBBackendAddressPoolIds") ?? before.recoveryPoolIds;
  before.tfoSubnetName = given("tfoSubnetName") ?? before.tfoSubnetName;
  before.tfoAddress = given("tfoStaticIPAddress") ?? before.tfoAddress;
  before.tfoPublicIpId = given("tfoPublicIPAddressId") ?? before.tfoPublicIpId;
  before.tfoPoolIds = pools("tfoLBBackendAddressPoolIds") ?? before.tfoPoolIds;
}
