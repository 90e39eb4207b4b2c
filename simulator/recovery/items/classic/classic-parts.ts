import { configurationServerOf, estateMachine, estateVCenter } from "../../../estate/find.ts";
import { guidOf, type Simulation } from "../../../simulation.ts";
import type { JsonObject } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { formatTime } from "../../../state/times.ts";
import { nicBody } from "../body-parts.ts";
import { rpoCalculatedAt, rpoSeconds } from "../health.ts";
import type { ProtectedDisk, ProtectedItem } from "../item.ts";
import { bytesOf, isCopying } from "../on-premises/progress.ts";
import { partOf } from "../on-premises/source-machine.ts";
import { reportedPercentage, reportedPercentageOfDisk } from "../replication.ts";
import { pendingData } from "../source.ts";
import { ITEM_STATES } from "../states.ts";

/** Fields that items of a configuration server have in both directions; each body puts them into its own order. */
export interface ClassicFields {
  readonly infrastructureVmId: string;
  readonly vCenterInfrastructureId: string | null;
  readonly protectionStage: string;
  readonly vmProtectionState: string;
  readonly vmProtectionStateDescription: string;
  readonly rpoInSeconds: number | null;
  readonly lastRpoCalculatedTime: string | null;
  readonly ipAddress: string;
  readonly discoveryType: string;
  readonly datastores: readonly string[];
  readonly multiVmSyncStatus: string;
  readonly osVersion: string;
  readonly processServerName: string | null;
  readonly sourceVmCpuCount: number;
  readonly sourceVmRamSizeInMB: number;
  readonly vmNics: readonly JsonObject[];
}

/** Works these fields out. */
export function classicFields(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): ClassicFields {
  const part = partOf(item);
  const machine = estateMachine(simulation, part.machine);
  const vcenter = estateVCenter(simulation, machine?.vcenter ?? null);
  const server = configurationServerOf(vault, item.fabricName);
  const machineState = ITEM_STATES[item.protectionState].machineState ?? item.protectionState;
  const rpo = rpoSeconds(simulation, vault, item);
  return {
    infrastructureVmId: machine?.instanceUuid ?? "",
    vCenterInfrastructureId: vcenter ? guidOf(simulation, "infrastructure", vcenter.address) : null,
    // CH-CLASSIC-STAGE
    protectionStage: isCopying(item) ? "InitialSync" : "DifferentialSync",
    vmProtectionState: machineState,
    vmProtectionStateDescription: ITEM_STATES[machineState].description,
    rpoInSeconds: rpo,
    lastRpoCalculatedTime: rpo === null ? null : formatTime(rpoCalculatedAt(simulation)),
    ipAddress: machine?.address ?? "",
    discoveryType: machine?.discoveryType ?? (vcenter ? "VMware" : "Physical"),
    datastores: machine?.datastore ? [machine.datastore] : [],
    multiVmSyncStatus: item.multiVmGroupName === "" ? "Disabled" : "Enabled",
    osVersion: machine?.osVersion ?? "",
    processServerName:
      server?.processServers.find(({ id }) => id === part.processServerId)?.name ?? null,
    sourceVmCpuCount: machine?.processors ?? 0,
    sourceVmRamSizeInMB: machine?.memoryMiB ?? 0,
    vmNics: item.nics.map((nic) => ({ ...nicBody(nic), sourceNicArmId: null })),
  };
}

/** A disk as it is read; the amounts of waiting data have other names in each direction. */
export function classicDisk(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  disk: ProtectedDisk,
): JsonObject {
  const copying = isCopying(item);
  const { atSourceMiB, inStagingMiB } = pendingData(simulation, item, disk);
  const rpo = rpoSeconds(simulation, vault, item);
  const unit = item.kind === "InMage" ? "InMB" : "InMegaBytes";
  return {
    diskId: disk.diskId,
    diskName: disk.diskName,
    protectionStage: copying ? "InitialSync" : "DifferentialSync",
    healthErrorCode: null,
    rpoInSeconds: rpo,
    resyncRequired: String(item.replication.resyncRequired),
    resyncProgressPercentage: copying ? reportedPercentageOfDisk(simulation, item, disk) : null,
    resyncDurationInSeconds: null,
    diskCapacityInBytes: bytesOf(disk),
    fileSystemCapacityInBytes: bytesOf(disk),
    [`sourceData${unit}`]: atSourceMiB,
    [`psData${unit}`]: inStagingMiB,
    [`targetData${unit}`]: 0,
    diskResized: "No",
    lastRpoCalculatedTime: rpo === null ? null : formatTime(rpoCalculatedAt(simulation)),
    resyncProcessedBytes: null,
    resyncTotalTransferredBytes: null,
    resyncLast15MinutesTransferredBytes: null,
    resyncLastDataTransferTimeUTC: null,
    resyncStartTime: null,
    progressHealth: copying ? "InProgress" : "None",
    progressStatus: null,
  };
}

/** Share of the first copy, or nothing once it is over. */
export function copiedPercentage(simulation: Simulation, item: ProtectedItem): number | null {
  return isCopying(item) ? reportedPercentage(simulation, item) : null;
}
