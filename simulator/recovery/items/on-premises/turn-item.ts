import { removeResource } from "../../../azure/resources.ts";
import { setEstatePower } from "../../../estate/power.ts";
import { guidOf, newGuid, type Simulation } from "../../../simulation.ts";
import { type JsonObject, objectAt, textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import type { Job } from "../../jobs/job.ts";
import { itemId, MICROSOFT_AZURE } from "../../vault/find.ts";
import type { ProtectedItem } from "../item.ts";
import { KINDS } from "../kinds.ts";
import { makeReplicaDisks } from "../replica-disks.ts";
import { protectSiteDisk } from "./describe-site-machine.ts";
import type { OnPremisesPart } from "./on-premises-part.ts";
import { partOf, siteMachineOf } from "./source-machine.ts";

/** Turns the replication of a machine of a site round, as its reprotect does: the id stays, kind and policy change (reference 6.3, 6.4). */
export function turnItem(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
): void {
  const input = objectAt(job.input, "details") ?? {};
  const part = partOf(item);
  const isToSite = !KINDS[item.kind].isReversed;
  const policyBefore = item.policyName;
  takeOver(part, input);
  item.policyName = textAt(input, "policyName") ?? item.policyName;
  if (isToSite) toSite(simulation, item);
  else toAzure(simulation, item);
  part.lastUsedPolicyName = policyBefore;
  part.bootedAt = null;
  part.lastPlannedFailover = null;
  part.internalIdentifier = guidOf(simulation, "internal", item.lifecycleId, simulation.now);
  item.kind = KINDS[item.kind].afterReprotect;
  part.pointForgotten = item.kind === "InMageRcmFailback";
  item.activeLocation = "Primary";
  item.recoveredMachineId = null;
  item.failoverPoint = null;
  item.failoverPointFabric = null;
  item.lastFailoverAt = null;
  item.eventCorrelationId = newGuid(simulation);
  if (!isToSite) makeReplicaDisks(simulation, vault, item);
  job.details = { ...job.details, newReplicationProtectedItemId: itemId(vault, item) };
}

/** Takes over what a request says about servers, accounts and places. */
function takeOver(part: OnPremisesPart, input: JsonObject): void {
  part.processServerId = textAt(input, "processServerId") ?? part.processServerId;
  part.runAsAccountId = textAt(input, "runAsAccountId") ?? part.runAsAccountId;
  part.masterTargetId = textAt(input, "masterTargetId") ?? part.masterTargetId;
  part.reprotectAgentId = textAt(input, "reprotectAgentId") ?? part.reprotectAgentId;
  part.retentionVolume = textAt(input, "retentionVolume") ?? part.retentionVolume;
  part.datastoreName = textAt(input, "datastoreName") ?? part.datastoreName;
  part.storageAccountId = textAt(input, "storageAccountId") ?? part.storageAccountId;
  part.logStorageAccountId = textAt(input, "logStorageAccountId") ?? part.logStorageAccountId;
}

/** The machine on premises is turned off, and stays so until the failback. */
function toSite(simulation: Simulation, item: ProtectedItem): void {
  const machine = siteMachineOf(simulation, item);
  if (machine?.vcenter) setEstatePower(simulation, machine, "off");
  item.recoveryFabricName = item.fabricName;
  item.recoveryContainerName = item.containerName;
  item.machineId = item.recoveredMachineId ?? item.machineId;
  // CH-SEED-DISKS
  for (const disk of item.disks) removeResource(simulation, disk.replicaDiskId);
}

function toAzure(simulation: Simulation, item: ProtectedItem): void {
  const { discoveryId } = partOf(item);
  const machine = siteMachineOf(simulation, item);
  item.recoveryFabricName = MICROSOFT_AZURE;
  item.recoveryContainerName = MICROSOFT_AZURE;
  item.machineId = discoveryId;
  item.disks = item.disks.map((disk) => {
    const own = machine?.disks.find((each) => each.id === disk.diskId);
    if (!machine || !own) return { ...disk, targetDiskId: null };
    return protectSiteDisk(simulation, machine, own, {
      logStorageAccountId: disk.stagingStorageAccountId,
      diskType: disk.targetAccountType,
      encryptionSetId: disk.recoveryDiskEncryptionSetId,
      resourceGroupId: disk.recoveryResourceGroupId,
    });
  });
}
