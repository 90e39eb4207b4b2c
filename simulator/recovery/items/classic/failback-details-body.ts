import { nicsOf } from "../../../azure/machines.ts";
import { findResource } from "../../../azure/resources.ts";
import type { Simulation } from "../../../simulation.ts";
import { type JsonObject, listAt, textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { formatTime, NEVER_EXPIRES } from "../../../state/times.ts";
import type { ProtectedItem } from "../item.ts";
import { agentHeartbeat } from "../on-premises/registration.ts";
import { partOf } from "../on-premises/source-machine.ts";
import { SITE_AGENT_VERSION } from "../rcm/agent-body.ts";
import { recoveryPointsOf } from "../recovery-points.ts";
import { classicDisk, classicFields, copiedPercentage } from "./classic-parts.ts";

/** `providerSpecificDetails` of an InMage item, which replicates from Azure to its site (CH-CLASSIC-BODY). */
export function classicFailbackDetails(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): JsonObject {
  const part = partOf(item);
  const fields = classicFields(simulation, vault, item);
  const percentage = copiedPercentage(simulation, item);
  const points = recoveryPointsOf(simulation, vault, item);
  const oldest = points.at(-1);
  return {
    instanceType: "InMage",
    activeSiteType: item.activeLocation === "Recovery" ? "OnPrem" : "Azure",
    sourceVmCpuCount: fields.sourceVmCpuCount,
    sourceVmRamSizeInMB: fields.sourceVmRamSizeInMB,
    osDetails: { osVhdId: null, osType: item.osType, vhdName: null },
    protectionStage: fields.protectionStage,
    vmId: item.managementId,
    vmProtectionState: fields.vmProtectionState,
    vmProtectionStateDescription: fields.vmProtectionStateDescription,
    resyncDetails: {
      initialReplicationType: "OverNetwork",
      initialReplicationProgressPercentage: percentage === null ? null : String(percentage),
    },
    retentionWindowStart: oldest ? formatTime(oldest.at) : null,
    retentionWindowEnd: points[0] ? formatTime(points[0].at) : null,
    compressedDataRateInMB: 0,
    uncompressedDataRateInMB: 0,
    rpoInSeconds: fields.rpoInSeconds,
    protectedDisks: item.disks.map((disk) => classicDisk(simulation, vault, item, disk)),
    ipAddress: addressInAzure(simulation, item) ?? fields.ipAddress,
    lastHeartbeat: formatTime(agentHeartbeat(simulation, item)),
    processServerId: part.processServerId,
    masterTargetId: part.masterTargetId,
    consistencyPoints: Object.fromEntries(
      points
        .filter(({ type }) => type === "AppConsistent")
        .map((point) => [point.name, formatTime(point.at)]),
    ),
    diskResized: "No",
    rebootAfterUpdateStatus: "NotRequired",
    multiVmGroupId: item.multiVmGroupId,
    multiVmGroupName: item.multiVmGroupName === "" ? null : item.multiVmGroupName,
    multiVmSyncStatus: fields.multiVmSyncStatus,
    agentDetails: {
      agentVersion: SITE_AGENT_VERSION,
      agentUpdateStatus: "NotRequired",
      postUpdateRebootStatus: "NotRequired",
      agentExpiryDate: NEVER_EXPIRES,
    },
    vCenterInfrastructureId: fields.vCenterInfrastructureId,
    infrastructureVmId: fields.infrastructureVmId,
    vmNics: fields.vmNics,
    discoveryType: fields.discoveryType,
    azureStorageAccountId: part.storageAccountId,
    datastores: fields.datastores,
    validationErrors: [],
    lastRpoCalculatedTime: fields.lastRpoCalculatedTime,
    lastUpdateReceivedTime: formatTime(agentHeartbeat(simulation, item)),
    replicaId: part.internalIdentifier,
    osVersion: fields.osVersion,
    isAdditionalStatsAvailable: true,
    totalDataTransferred: 0,
    totalProgressHealth: "None",
  };
}

function addressInAzure(simulation: Simulation, item: ProtectedItem): string | undefined {
  const machine = findResource(simulation, item.machineId);
  const [nic] = machine ? nicsOf(simulation, machine) : [];
  const [configuration] = listAt(nic?.properties, "ipConfigurations");
  return textAt(configuration, "properties", "privateIPAddress");
}
