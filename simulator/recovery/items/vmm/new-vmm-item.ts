import { guidOf, newGuid, type Simulation } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { Container, Vault } from "../../../state/model.ts";
import { newHyperVPart } from "../hyper-v/hyper-v-part.ts";
import type { ProtectedDisk, ProtectedItem, RecoverySettings } from "../item.ts";
import type { ItemKind } from "../kinds.ts";
import { groupIdOf, notReplicating, UNTOUCHED } from "../new-item.ts";

/** What protects a machine of a VMM cloud in another one: the parts of a request, and of a world file. */
export interface VmmEnableRequest {
  readonly kind: ItemKind;
  readonly name: string;
  readonly source: Container;
  readonly target: Container;
  readonly policyName: string;
  readonly machine: HyperVMachine;
}

/** Makes the item of a machine that is protected at a second VMM site, not yet replicating and not yet in the vault. */
export function newVmmItem(
  simulation: Simulation,
  vault: Vault,
  request: VmmEnableRequest,
): ProtectedItem {
  const { machine, source, target } = request;
  const lifecycleId = newGuid(simulation);
  return {
    name: request.name,
    kind: request.kind,
    lifecycleId,
    fabricName: source.fabricName,
    containerName: source.name,
    recoveryFabricName: target.fabricName,
    recoveryContainerName: target.name,
    policyName: request.policyName,
    friendlyName: machine.name,
    ...UNTOUCHED,
    replication: notReplicating(),
    eventCorrelationId: newGuid(simulation),
    machineId: machine.id,
    osType: machine.osType,
    generation: machine.generation,
    managementId: guidOf(simulation, "management", lifecycleId, machine.key),
    multiVmGroupId: groupIdOf(simulation, vault, "", lifecycleId),
    multiVmGroupName: "",
    initialPrimaryLocation: "",
    initialPrimaryZone: "",
    initialRecoveryLocation: "",
    initialRecoveryZone: "",
    primaryZone: null,
    autoProtectionOfDataDisk: "Disabled",
    // No agent inside the machine.
    certificateExpiresAt: 0,
    disks: machine.disks.map(protectedDisk),
    nics: [],
    recovery: settingsOf(machine),
    hyperV: newHyperVPart(machine),
  };
}

/** Nothing of a disk at a second site lies in Azure. */
function protectedDisk(disk: HyperVMachine["disks"][number]): ProtectedDisk {
  return {
    diskId: disk.id,
    diskName: disk.name,
    isOsDisk: disk.isOsDisk,
    sizeGiB: disk.sizeMiB / 1024,
    stagingStorageAccountId: "",
    recoveryResourceGroupId: "",
    replicaAccountType: "",
    targetAccountType: "",
    recoveryDiskEncryptionSetId: null,
    replicaDiskId: "",
    targetDiskId: null,
    originalTargetDiskId: null,
    failoverDiskName: disk.name,
    tfoDiskName: disk.name,
  };
}

function settingsOf({ name }: HyperVMachine): RecoverySettings {
  return {
    vmName: name,
    vmSize: "",
    resourceGroupId: "",
    networkId: null,
    tfoNetworkId: null,
    tfoVmName: `${name} - Test`,
    cloudServiceId: null,
    availabilitySetId: null,
    availabilityZone: null,
    proximityPlacementGroupId: null,
    scaleSetId: null,
    capacityReservationGroupId: null,
    bootDiagnosticsStorageAccountId: null,
  };
}
