import { nicsOf } from "../../../azure/machines.ts";
import { findResource } from "../../../azure/resources.ts";
import { applianceSiteOf, estateMachine } from "../../../estate/find.ts";
import { guidOf, type Simulation } from "../../../simulation.ts";
import { type JsonObject, listAt, textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { formatTime, MINUTE } from "../../../state/times.ts";
import { policyId } from "../../vault/find.ts";
import type { ProtectedDisk, ProtectedItem } from "../item.ts";
import { bytesOf, diskProgress, isCopying, progressFields } from "../on-premises/progress.ts";
import { hasRegistered } from "../on-premises/registration.ts";
import { partOf, processServerOf } from "../on-premises/source-machine.ts";
import { pendingData } from "../source.ts";
import { agentDetails } from "./agent-body.ts";

/** How long disks still say that their first copy is not complete, although the item is protected (CH-FAILBACK-DISKS). */
const LINGER_MS: number = 30 * MINUTE;

/** `providerSpecificDetails` of an InMageRcmFailback item, field for field as recordings V2A_RCMInMage.158 and .162. */
export function rcmFailbackDetails(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): JsonObject {
  const part = partOf(item);
  const { lastPlannedFailover: last, lastUsedPolicyName } = part;
  const machine = estateMachine(simulation, part.machine);
  const site = applianceSiteOf(vault, item.fabricName);
  const agent = processServerOf(vault, item.fabricName, part.reprotectAgentId);
  return {
    instanceType: "InMageRcmFailback",
    internalIdentifier: part.internalIdentifier,
    azureVirtualMachineId: item.machineId,
    multiVmGroupName: item.multiVmGroupName === "" ? null : item.multiVmGroupName,
    reprotectAgentId: part.reprotectAgentId,
    reprotectAgentName: agent?.name ?? null,
    osType: item.osType,
    logStorageAccountId: part.logStorageAccountId,
    targetvCenterId: `${site?.vmwareSiteId}/vcenters/${(machine?.vcenter ?? site?.vcenters[0] ?? "").toLowerCase()}`,
    targetDataStoreName: part.datastoreName,
    targetVmName: machine?.name ?? item.friendlyName,
    ...progressFields(simulation, item),
    protectedDisks: item.disks.map((disk) => diskBody(simulation, item, disk)),
    mobilityAgentDetails: agentDetails(simulation, item, "UnsupportedProtectionScenario"),
    vmNics: azureNics(simulation, item),
    ...(last && {
      lastPlannedFailoverStartTime: formatTime(last.at),
      lastPlannedFailoverStatus: last.status,
    }),
    discoveredVmDetails: null,
    lastUsedPolicyId: lastUsedPolicyName === null ? null : policyId(vault, lastUsedPolicyName),
    lastUsedPolicyFriendlyName: lastUsedPolicyName,
    isAgentRegistrationSuccessfulAfterFailover:
      part.bootedAt === null ? null : hasRegistered(simulation, item),
  };
}

function diskBody(simulation: Simulation, item: ProtectedItem, disk: ProtectedDisk): JsonObject {
  const pending = pendingData(simulation, item, disk);
  const { initialEndsAt } = item.replication;
  const complete =
    !isCopying(item) && initialEndsAt !== null && simulation.now - initialEndsAt > LINGER_MS;
  return {
    diskId: disk.diskId,
    diskName: disk.diskName,
    isOSDisk: String(disk.isOsDisk),
    capacityInBytes: bytesOf(disk),
    diskUuid: disk.uuid ?? null,
    dataPendingInLogDataStoreInMB: pending.inStagingMiB,
    dataPendingAtSourceAgentInMB: pending.atSourceMiB,
    isInitialReplicationComplete: String(complete),
    ...diskProgress(simulation, item, disk),
  };
}

/** Interfaces of the VM in Azure, by their hardware addresses. */
function azureNics(simulation: Simulation, item: ProtectedItem): readonly JsonObject[] {
  const machine = findResource(simulation, item.machineId);
  if (!machine) return [];
  return nicsOf(simulation, machine).map((nic) => {
    const guid = guidOf(simulation, "mac", nic.id).toUpperCase();
    const [configuration] = listAt(nic.properties, "ipConfigurations");
    return {
      macAddress: `00:0D:3A:${guid.slice(0, 2)}:${guid.slice(2, 4)}:${guid.slice(4, 6)}`,
      networkName: null,
      adapterType: null,
      sourceIpAddress: textAt(configuration, "properties", "privateIPAddress") ?? "",
    };
  });
}
