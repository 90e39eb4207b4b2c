import { applianceSiteOf, estateMachine } from "../../../estate/find.ts";
import type { Simulation } from "../../../simulation.ts";
import type { EstateMachine } from "../../../state/estate-model.ts";
import type { JsonObject } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { formatTime, MINUTE } from "../../../state/times.ts";
import type { ProtectedDisk, ProtectedItem, ProtectedNic } from "../item.ts";
import { bytesOf, diskProgress, isCopying, progressFields } from "../on-premises/progress.ts";
import { hasRegistered } from "../on-premises/registration.ts";
import { partOf, processServerOf } from "../on-premises/source-machine.ts";
import { cloudPointId, failoverPointId, newestPoint } from "../recovery-points.ts";
import { pendingData } from "../source.ts";
import { agentDetails, upgradeBlockers } from "./agent-body.ts";

/** Where the data plane of the service would be. */
const RCM_URI = "https://rcm.simulator.invalid";

/** `providerSpecificDetails` of an InMageRcm item, field for field as recordings V2A_RCMInMage.082, .088, .094 and .130. */
export function rcmDetails(simulation: Simulation, vault: Vault, item: ProtectedItem): JsonObject {
  const part = partOf(item);
  const { recovery } = item;
  const machine = estateMachine(simulation, part.machine);
  const appliance = processServerOf(vault, item.fabricName, part.processServerId)?.name ?? "";
  return {
    instanceType: "InMageRcm",
    internalIdentifier: part.internalIdentifier,
    fabricDiscoveryMachineId: part.discoveryId,
    multiVmGroupName: item.multiVmGroupName === "" ? null : item.multiVmGroupName,
    discoveryType: machine?.discoveryType ?? (machine?.vcenter === null ? "Physical" : "VCenter"),
    processServerId: part.processServerId,
    processorCoreCount: machine?.processors ?? 0,
    allocatedMemoryInMB: machine?.memoryMiB ?? 0,
    processServerName: appliance,
    runAsAccountId: part.runAsAccountId,
    osType: item.osType,
    firmwareType: "BIOS",
    primaryNicIpAddress: machine?.address ?? null,
    targetGeneration: item.generation,
    licenseType: part.licenseType,
    storageAccountId: null,
    targetVmName: recovery.vmName,
    targetVmSize: recovery.vmSize,
    targetResourceGroupId: recovery.resourceGroupId,
    targetLocation: part.targetLocation,
    targetAvailabilitySetId: recovery.availabilitySetId ?? "",
    targetAvailabilityZone: recovery.availabilityZone ?? "",
    targetProximityPlacementGroupId: recovery.proximityPlacementGroupId ?? "",
    targetBootDiagnosticsStorageAccountId: recovery.bootDiagnosticsStorageAccountId ?? "",
    targetNetworkId: recovery.networkId ?? "",
    testNetworkId: recovery.tfoNetworkId ?? "",
    failoverRecoveryPointId: failoverPointId(vault, item),
    ...pointFields(simulation, vault, item),
    ...progressFields(simulation, item),
    agentUpgradeState: "None",
    lastAgentUpgradeType: null,
    agentUpgradeJobId: null,
    agentUpgradeAttemptToVersion: null,
    protectedDisks: item.disks.map((disk) => diskBody(simulation, item, disk)),
    isLastUpgradeSuccessful: "false",
    isAgentRegistrationSuccessfulAfterFailover:
      part.bootedAt === null ? null : hasRegistered(simulation, item),
    mobilityAgentDetails: agentDetails(simulation, item, "AlreadyOnLatestVersion"),
    lastAgentUpgradeErrorDetails: [],
    agentUpgradeBlockingErrorDetails: upgradeBlockers(item, appliance, RCM_URI),
    vmNics: item.nics.map((nic, index) => nicBody(nic, index)),
    discoveredVmDetails: machine?.vcenter
      ? discoveredDetails(simulation, vault, item, machine)
      : null,
  };
}

/** Values of the newest point; they stay as they were when a failover stopped replication. */
function pointFields(simulation: Simulation, vault: Vault, item: ProtectedItem): JsonObject {
  const point = isCopying(item) ? undefined : newestPoint(simulation, vault, item);
  if (!point) return { lastRecoveryPointId: null };
  const until = item.replication.stoppedAt ?? simulation.now;
  const calculatedAt = Math.max(point.at, Math.floor(until / (2 * MINUTE)) * 2 * MINUTE);
  return {
    lastRecoveryPointReceived: formatTime(point.at),
    lastRpoInSeconds: Math.floor((calculatedAt - point.at + MINUTE) / 1000),
    lastRpoCalculatedTime: formatTime(calculatedAt),
    lastRecoveryPointId: cloudPointId(vault, item.fabricName, item.name, point.name),
  };
}

function diskBody(simulation: Simulation, item: ProtectedItem, disk: ProtectedDisk): JsonObject {
  const pending = pendingData(simulation, item, disk);
  return {
    diskId: disk.diskId,
    diskName: disk.diskName,
    isOSDisk: String(disk.isOsDisk),
    capacityInBytes: bytesOf(disk),
    logStorageAccountId: disk.stagingStorageAccountId,
    diskEncryptionSetId: disk.recoveryDiskEncryptionSetId,
    seedManagedDiskId: disk.replicaDiskId,
    seedBlobUri: null,
    targetManagedDiskId: disk.targetDiskId,
    targetBlobUri: null,
    diskType: disk.targetAccountType,
    dataPendingInLogDataStoreInMB: pending.inStagingMiB,
    dataPendingAtSourceAgentInMB: pending.atSourceMiB,
    isInitialReplicationComplete: String(!isCopying(item) && item.replication.startedAt !== null),
    ...diskProgress(simulation, item, disk),
  };
}

function nicBody(nic: ProtectedNic, index: number): JsonObject {
  const [configuration] = nic.ipConfigurations;
  return {
    nicId: nic.nicId,
    isPrimaryNic: String(configuration?.isPrimary ?? index === 0),
    isSelectedForFailover: String(configuration?.selectedForFailover ?? true),
    sourceIPAddress: configuration?.address ?? "",
    sourceIPAddressType: "Static",
    sourceNetworkId: nic.networkId,
    sourceSubnetName: null,
    targetIPAddress: configuration?.recoveryAddress ?? "",
    targetIPAddressType: configuration?.recoveryAddress ? "Static" : "Dynamic",
    targetSubnetName: configuration?.recoverySubnetName ?? null,
    testSubnetName: configuration?.tfoSubnetName ?? null,
    testIPAddress: configuration?.tfoAddress ?? null,
    testIPAddressType: configuration?.tfoAddress ? "Static" : "Dynamic",
  };
}

/** What discovery knows of the machine on premises (CH-DISCOVERED-VM). */
function discoveredDetails(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  machine: EstateMachine,
): JsonObject {
  const site = applianceSiteOf(vault, item.fabricName);
  const zoned = (atMs: number) => formatTime(atMs).replace("Z", "+00:00");
  const seenAt = Math.floor(simulation.now / MINUTE) * MINUTE;
  return {
    vCenterId: `${site?.vmwareSiteId}/vcenters/${machine.vcenter?.toLowerCase()}`,
    vCenterFqdn: "",
    datastores: machine.datastore === null ? [] : [machine.datastore],
    ipAddresses: [machine.address],
    vmwareToolsStatus: machine.toolsRunning && machine.power === "on" ? "OK" : "NotRunning",
    powerStatus: machine.power === "on" ? "ON" : "OFF",
    vmFqdn: machine.name,
    osName: machine.osVersion,
    createdTimestamp: zoned(vault.createdAt),
    updatedTimestamp: zoned(machine.powerSince),
    isDeleted: machine.deleted,
    lastDiscoveryTimeInUtc: formatTime(seenAt),
  };
}
