import type { Simulation } from "../../../simulation.ts";
import type { JsonObject } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { formatTime, NEVER_EXPIRES } from "../../../state/times.ts";
import type { ProtectedItem } from "../item.ts";
import { isCopying } from "../on-premises/progress.ts";
import { agentHeartbeat } from "../on-premises/registration.ts";
import { partOf } from "../on-premises/source-machine.ts";
import { SITE_AGENT_VERSION } from "../rcm/agent-body.ts";
import { newestPoint } from "../recovery-points.ts";
import { classicDisk, classicFields, copiedPercentage } from "./classic-parts.ts";

/** `providerSpecificDetails` of an InMageAzureV2 item: the published fields in their order; no such body was recorded whole (CH-CLASSIC-BODY). */
export function classicDetails(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): JsonObject {
  const part = partOf(item);
  const { recovery } = item;
  const fields = classicFields(simulation, vault, item);
  const osDisk = item.disks.find((disk) => disk.isOsDisk);
  const point = isCopying(item) ? undefined : newestPoint(simulation, vault, item);
  return {
    instanceType: "InMageAzureV2",
    infrastructureVmId: fields.infrastructureVmId,
    vCenterInfrastructureId: fields.vCenterInfrastructureId,
    protectionStage: fields.protectionStage,
    vmId: item.managementId,
    vmProtectionState: fields.vmProtectionState,
    vmProtectionStateDescription: fields.vmProtectionStateDescription,
    resyncProgressPercentage: copiedPercentage(simulation, item),
    rpoInSeconds: fields.rpoInSeconds,
    compressedDataRateInMB: 0,
    uncompressedDataRateInMB: 0,
    ipAddress: fields.ipAddress,
    agentVersion: SITE_AGENT_VERSION,
    agentExpiryDate: NEVER_EXPIRES,
    isAgentUpdateRequired: "False",
    isRebootAfterUpdateRequired: "False",
    lastHeartbeat: formatTime(agentHeartbeat(simulation, item)),
    processServerId: part.processServerId,
    processServerName: fields.processServerName,
    multiVmGroupId: item.multiVmGroupId,
    multiVmGroupName: item.multiVmGroupName === "" ? null : item.multiVmGroupName,
    multiVmSyncStatus: fields.multiVmSyncStatus,
    protectedDisks: item.disks.map((disk) => ({
      ...classicDisk(simulation, vault, item, disk),
      secondsToTakeSwitchProvider: null,
    })),
    diskResized: "No",
    masterTargetId: part.masterTargetId,
    sourceVmCpuCount: fields.sourceVmCpuCount,
    sourceVmRamSizeInMB: fields.sourceVmRamSizeInMB,
    osType: item.osType,
    vhdName: osDisk?.failoverDiskName ?? null,
    osDiskId: osDisk?.diskId ?? null,
    azureVMDiskDetails: item.disks.map((disk, index) => ({
      vhdType: disk.isOsDisk ? "OperatingSystem" : "DataDisk",
      vhdId: disk.diskId,
      diskId: disk.diskId,
      vhdName: disk.diskName,
      maxSizeMB: String(disk.sizeGiB * 1024),
      targetDiskLocation: null,
      targetDiskName: disk.failoverDiskName,
      lunId: String(index),
      diskEncryptionSetId: disk.recoveryDiskEncryptionSetId,
      customTargetDiskName: null,
    })),
    recoveryAzureVMName: recovery.vmName,
    recoveryAzureVMSize: recovery.vmSize,
    recoveryAzureStorageAccount: part.storageAccountId,
    recoveryAzureLogStorageAccountId: part.logStorageAccountId,
    vmNics: fields.vmNics,
    selectedRecoveryAzureNetworkId: recovery.networkId,
    selectedTfoAzureNetworkId: recovery.tfoNetworkId,
    selectedSourceNicId: item.nics[0]?.nicId ?? null,
    discoveryType: fields.discoveryType,
    enableRdpOnTargetOption: part.enableRdpOnTargetOption,
    datastores: fields.datastores,
    targetVmId: item.recoveredMachineId,
    recoveryAzureResourceGroupId: recovery.resourceGroupId,
    recoveryAvailabilitySetId: recovery.availabilitySetId,
    targetAvailabilityZone: recovery.availabilityZone,
    targetProximityPlacementGroupId: recovery.proximityPlacementGroupId,
    useManagedDisks: part.storageAccountId === null ? "True" : "False",
    licenseType: part.licenseType,
    sqlServerLicenseType: "NotSpecified",
    validationErrors: [],
    lastRpoCalculatedTime: fields.lastRpoCalculatedTime,
    lastUpdateReceivedTime: formatTime(agentHeartbeat(simulation, item)),
    replicaId: part.internalIdentifier,
    osVersion: fields.osVersion,
    protectedManagedDisks: item.disks.map((disk) => ({
      diskId: disk.diskId,
      seedManagedDiskId: disk.replicaDiskId,
      replicaDiskType: disk.targetAccountType,
      diskEncryptionSetId: disk.recoveryDiskEncryptionSetId,
      targetDiskName: disk.failoverDiskName,
    })),
    lastRecoveryPointReceived: point ? formatTime(point.at) : null,
    firmwareType: "BIOS",
    azureVmGeneration: item.generation,
    isAdditionalStatsAvailable: true,
    totalDataTransferred: 0,
    totalProgressHealth: "None",
    targetVmTags: {},
    seedManagedDiskTags: {},
    targetManagedDiskTags: {},
    targetNicTags: {},
    switchProviderBlockingErrorDetails: [],
    switchProviderDetails: null,
    supportedOSVersions: [],
    allAvailableOSUpgradeConfigurations: [],
    osName: fields.osVersion,
  };
}
