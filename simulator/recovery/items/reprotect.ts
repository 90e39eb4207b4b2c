import { disksOf, dismantle, setPower } from "../../azure/machines.ts";
import { ensureGroup } from "../../azure/resource-groups.ts";
import { findResource, removeResource } from "../../azure/resources.ts";
import { guidOf, newGuid, type Simulation } from "../../simulation.ts";
import { resourceGroupIdOf, sameId } from "../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../state/json.ts";
import type { AzureResource, Vault } from "../../state/model.ts";
import type { Behaviours } from "../jobs/behaviours.ts";
import type { Job } from "../jobs/job.ts";
import { itemId } from "../vault/find.ts";
import {
  machineTraits,
  mappedNetwork,
  networkOfMachine,
  protectDisk,
  protectNics,
} from "./describe-machine.ts";
import { commit, onItem } from "./failover.ts";
import { AGENT_CERTIFICATE_MS, itemKey, type ProtectedDisk, type ProtectedItem } from "./item.ts";
import { endItemJob } from "./item-job.ts";
import { switchRefusal } from "./on-premises/switch-refusal.ts";
import { turnItem } from "./on-premises/turn-item.ts";
import { beginReplication } from "./replication.ts";

const COMMITTED = ["UnplannedFailoverCommitted", "PlannedFailoverStatesBegin"];

/** What the job of a reprotect does: the item moves to the other fabric and replicates back. */
export const REPROTECT_BEHAVIOURS: Behaviours = {
  SwitchReplicationGroupProtection: {
    skip: {
      VmCommitFailover: (_simulation, vault, job) => COMMITTED.includes(stateOf(vault, job) ?? ""),
    },
    end: {
      SwitchReplicationGroupProtectionPreflightTask: onItem((simulation, vault, job, item) => {
        if (item.onPremises) {
          const input = objectAt(job.input, "details") ?? {};
          const failed = switchRefusal(simulation, vault, item, input);
          return failed && { failed };
        }
        const region = vault.fabrics[item.fabricName.toLowerCase()]?.location ?? "";
        if (simulation.state.unavailableRegions.includes(region)) {
          return {
            failed: {
              code: "SIM-REGION",
              message: `The virtual machine '${item.friendlyName}' cannot be reprotected because region ${region} is not available.`,
              possibleCauses: "The primary region is still down.",
              recommendedAction:
                "Wait until the region is available again and retry the operation.",
            },
          };
        }
        if (!findResource(simulation, item.recoveredMachineId)) {
          return {
            failed: {
              code: "SIM-REPLICA-GONE",
              message: `The failed over virtual machine of '${item.friendlyName}' does not exist.`,
              possibleCauses: "It was deleted or moved after the failover.",
              recommendedAction: "Disable replication of the item and protect the machine anew.",
            },
          };
        }
        return undefined;
      }),
      VmCommitFailover: onItem((simulation, _vault, _job, item) => {
        commit(simulation, item);
        return undefined;
      }),
      ProtectReplicaTask: onItem((simulation, vault, job, item) => {
        if (item.onPremises) turnItem(simulation, vault, job, item);
        else moveItem(simulation, vault, job, item);
        return undefined;
      }),
    },
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (item && succeeded) beginReplication(simulation, vault, item);
    },
  },
};

function stateOf(vault: Vault, job: Job): string | undefined {
  const { subject } = job;
  return Object.values(vault.items).find(
    (item) => subject.kind === "item" && item.lifecycleId === subject.lifecycleId,
  )?.protectionState;
}

function moveItem(simulation: Simulation, vault: Vault, job: Job, item: ProtectedItem): void {
  const machine = findResource(simulation, item.recoveredMachineId);
  if (!machine) return;
  const input = objectAt(job.input, "details") ?? {};
  const old = findResource(simulation, item.machineId);
  const group = textAt(input, "recoveryResourceGroupId") ?? resourceGroupIdOf(item.machineId);
  const fabric = item.recoveryFabricName;
  const container = item.recoveryContainerName;
  for (const disk of item.disks) removeResource(simulation, disk.replicaDiskId);
  delete vault.items[itemKey(item.fabricName, item.containerName, item.name)];
  const backTo = { fabric: item.fabricName, container: item.containerName };
  const disks = reversedDisks(simulation, item, machine, input, group);
  item.fabricName = fabric;
  item.containerName = container;
  item.recoveryFabricName = backTo.fabric;
  item.recoveryContainerName = backTo.container;
  item.policyName = textAt(input, "policyId")?.split("/").at(-1) ?? item.policyName;
  item.activeLocation = "Primary";
  item.disks = disks;
  settleOldMachine(simulation, old);
  item.leftMachineId = old && findResource(simulation, old.id) ? old.id : null;
  retarget(simulation, vault, item, machine, old, input, group);
  vault.items[itemKey(item.fabricName, item.containerName, item.name)] = item;
  job.details = { ...job.details, newReplicationProtectedItemId: itemId(vault, item) };
}

function reversedDisks(
  simulation: Simulation,
  item: ProtectedItem,
  machine: AzureResource,
  input: JsonObject,
  group: string,
): ProtectedDisk[] {
  const wanted = listAt(input, "vmManagedDisks");
  const oldCache = item.disks[0]?.stagingStorageAccountId ?? "";
  return disksOf(simulation, machine).map((disk) => {
    const request = wanted.find((each) => sameId(textAt(each, "diskId"), disk.resource.id));
    const before = item.disks.find((each) => sameId(each.targetDiskId, disk.resource.id));
    const target = textAt(request, "recoveryResourceGroupId") ?? group;
    const reversed = protectDisk(
      disk,
      {
        stagingStorageAccountId: textAt(request, "primaryStagingAzureStorageAccountId") ?? oldCache,
        recoveryResourceGroupId: target,
        replicaAccountType:
          textAt(request, "recoveryReplicaDiskAccountType") ?? before?.replicaAccountType,
        targetAccountType:
          textAt(request, "recoveryTargetDiskAccountType") ?? before?.targetAccountType,
        encryptionSetId: textAt(request, "recoveryDiskEncryptionSetId"),
      },
      disk.resource.name.toLowerCase(),
    );
    return {
      ...reversed,
      originalTargetDiskId: "",
      failoverDiskName: before?.diskName ?? reversed.failoverDiskName,
    };
  });
}

/** CH-ORIGINAL-MACHINE: turned off; deleted with its interfaces, its disks staying as seed. */
function settleOldMachine(simulation: Simulation, old: AzureResource | undefined): void {
  if (!old) return;
  setPower(simulation, old.id, "deallocated");
  if (simulation.state.knobs.originalMachineAtReprotect === "deleted")
    dismantle(simulation, old.id, { nics: true });
}

function retarget(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  machine: AzureResource,
  old: AzureResource | undefined,
  input: JsonObject,
  group: string,
): void {
  const before = item.nics;
  const zone = item.primaryZone;
  const traits = machineTraits(machine);
  const recoveryNetworkOf = (networkId: string) =>
    mappedNetwork(vault, item.fabricName, item.recoveryFabricName, networkId) ??
    before[0]?.networkId ??
    null;
  const ownNetwork = networkOfMachine(simulation, machine);
  ensureGroup(
    simulation,
    group,
    vault.fabrics[item.recoveryFabricName.toLowerCase()]?.location ?? "",
  );
  item.machineId = machine.id;
  item.managementId = guidOf(
    simulation,
    "management",
    item.lifecycleId,
    machine.id,
    simulation.now,
  );
  item.nics = protectNics(simulation, machine, recoveryNetworkOf).map((nic, index) => ({
    ...nic,
    ipConfigurations: nic.ipConfigurations.map((each, position) => ({
      ...each,
      recoverySubnetName:
        before[index]?.ipConfigurations[position]?.subnetName ?? each.recoverySubnetName,
      recoveryPoolIds: [],
    })),
  }));
  item.recovery = {
    vmName: old?.name ?? item.friendlyName,
    vmSize: traits.size,
    resourceGroupId: group,
    networkId: ownNetwork === null ? null : recoveryNetworkOf(ownNetwork),
    tfoNetworkId: null,
    tfoVmName: `${old?.name ?? item.friendlyName}-test`,
    cloudServiceId: textAt(input, "recoveryCloudServiceId") ?? null,
    availabilitySetId: textAt(input, "recoveryAvailabilitySetId") ?? null,
    availabilityZone: textAt(input, "recoveryAvailabilityZone") ?? zone,
    proximityPlacementGroupId: textAt(input, "recoveryProximityPlacementGroupId") ?? null,
    scaleSetId: textAt(input, "recoveryVirtualMachineScaleSetId") ?? null,
    capacityReservationGroupId: textAt(input, "recoveryCapacityReservationGroupId") ?? null,
    bootDiagnosticsStorageAccountId: textAt(input, "recoveryBootDiagStorageAccountId") ?? null,
  };
  item.primaryZone = machine.zones?.[0] ?? null;
  item.recoveredMachineId = null;
  item.failoverPoint = null;
  item.failoverPointFabric = null;
  // CH-REPROTECT-FRESH
  // Recording A2A.121: no time of the failover that just was, a new entity in its health errors.
  item.lastFailoverAt = null;
  item.lastTestFailoverAt = null;
  item.testFailoverAdvisedAt = null;
  item.eventCorrelationId = newGuid(simulation);
  item.certificateExpiresAt = simulation.now + AGENT_CERTIFICATE_MS;
  item.testFailoverState = "None";
}
