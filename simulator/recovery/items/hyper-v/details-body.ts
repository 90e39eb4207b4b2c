import { hyperVMachine } from "../../../hyper-v/find.ts";
import type { Simulation } from "../../../simulation.ts";
import type { JsonObject } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { formatTime } from "../../../state/times.ts";
import type { ProtectedDisk, ProtectedItem } from "../item.ts";
import { ITEM_STATES, machineStateOf } from "../states.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";
import { hyperVNicBody } from "./nic-body.ts";
import { isFirstCopy, lagOf, progressBody } from "./progress.ts";

/** `providerSpecificDetails` of a HyperVReplicaAzure item, field for field as recordings H2A_E2A.036 and 040. */
export function hyperVAzureDetails(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): JsonObject {
  const { recovery } = item;
  const part = hyperVPartOf(item);
  const machine = hyperVMachine(simulation, part.machine);
  const machineState = machineStateOf(item);
  const lag = lagOf(simulation, vault, item);
  // Interfaces and networks are applied when the first copy is complete.
  const isWired = !isFirstCopy(item);
  return {
    instanceType: "HyperVReplicaAzure",
    azureVmDiskDetails: item.disks.map((disk, index) => diskBody(machine?.id ?? "", disk, index)),
    recoveryAzureVmName: recovery.vmName,
    recoveryAzureVMSize: recovery.vmSize,
    recoveryAzureStorageAccount: part.storageAccountId,
    recoveryAzureLogStorageAccountId: part.logStorageAccountId,
    lastReplicatedTime: lag.lastReplicatedTime,
    rpoInSeconds: lag.rpoInSeconds,
    lastRpoCalculatedTime: lag.lastRpoCalculatedTime,
    vmId: machine?.id ?? item.machineId,
    vmProtectionState: machineState,
    vmProtectionStateDescription: ITEM_STATES[machineState].description,
    initialReplicationDetails: progressBody(simulation, item),
    vmNics: isWired ? item.nics.map(hyperVNicBody) : [],
    selectedRecoveryAzureNetworkId: isWired ? recovery.networkId : null,
    selectedSourceNicId: isWired ? (item.nics[0]?.nicId ?? null) : null,
    encryption: "Disabled",
    oSDetails: {
      osType: item.osType,
      productType: "UNKNOWN",
      osEdition: "Standard",
      oSVersion: "1.1.1.1",
      oSMajorVersion: "0",
      oSMinorVersion: "0",
    },
    sourceVmRamSizeInMB: machine?.memoryMiB ?? 0,
    sourceVmCpuCount: machine?.processors ?? 0,
    enableRdpOnTargetOption: part.enableRdpOnTargetOption,
    recoveryAzureResourceGroupId: recovery.resourceGroupId,
    recoveryAvailabilitySetId: recovery.availabilitySetId,
    targetAvailabilityZone: recovery.availabilityZone,
    targetProximityPlacementGroupId: recovery.proximityPlacementGroupId,
    useManagedDisks: part.useManagedDisks,
    licenseType: part.licenseType,
    sqlServerLicenseType: "NotSpecified",
    ...(lag.newestAt !== undefined && { lastRecoveryPointReceived: formatTime(lag.newestAt) }),
    targetVmTags: {},
    seedManagedDiskTags: null,
    targetManagedDiskTags: null,
    targetNicTags: isWired ? {} : null,
    protectedManagedDisks: part.useManagedDisks === "true" ? item.disks.map(managedDisk) : [],
  };
}

function diskBody(machineId: string, disk: ProtectedDisk, index: number): JsonObject {
  return {
    vhdType: disk.isOsDisk ? "OperatingSystem" : "Data",
    vhdId: disk.diskId,
    diskId: `${machineId}_${disk.diskId}_${index}_0`.toUpperCase(),
    vhdName: disk.diskName,
    maxSizeMB: String(Math.round(disk.sizeGiB * 1024)),
    targetDiskLocation: null,
    targetDiskName: disk.targetDiskId === null ? null : disk.failoverDiskName,
    lunId: String(index),
    diskEncryptionSetId: disk.recoveryDiskEncryptionSetId,
    customTargetDiskName: null,
  };
}

/** The published form; none was recorded (CH-HV-MANAGED). */
function managedDisk(disk: ProtectedDisk): JsonObject {
  return {
    diskId: disk.diskId,
    seedManagedDiskId: disk.replicaDiskId,
    replicaDiskType: disk.replicaAccountType,
    diskEncryptionSetId: disk.recoveryDiskEncryptionSetId,
    targetDiskAccountType: disk.targetAccountType,
  };
}
