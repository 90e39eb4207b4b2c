import { disksOf } from "../../azure/machines.ts";
import { findResource } from "../../azure/resources.ts";
import { agentOfHyperVMachine, hyperVMachine, hyperVProviderId } from "../../hyper-v/find.ts";
import type { Simulation, World } from "../../simulation.ts";
import { recoveryId, recoveryType, sameId } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime, NEVER_EXPIRES, NO_SCENARIO_TIME } from "../../state/times.ts";
import { containerFriendlyName, fabricFriendlyName } from "../setup/bodies.ts";
import { providerId } from "../setup/provider-bodies.ts";
import { containerId, fabricId, itemId, policyId } from "../vault/find.ts";
import { diskBody, nicBody } from "./body-parts.ts";
import { SITE_DETAILS } from "./details-body.ts";
import type { ProtectedItem } from "./item.ts";
import { KINDS } from "./kinds.ts";
import { fabricProviderOf } from "./places.ts";
import { type HealthReadings, healthReadingsOf, type Readings, readingsOf } from "./readings.ts";
import { failoverPointId } from "./recovery-points.ts";
import { allowedOperations, ITEM_STATES, machineStateOf, TEST_FAILOVER_STATES } from "./states.ts";

/** A protected item as it is read, field for field as recordings A2A.073 and A2A.121. */
export function itemBody(simulation: Simulation, vault: Vault, item: ProtectedItem): JsonObject {
  const agent = agentIdOf(simulation, vault, item);
  if (item.kind === "A2A")
    return regionItemBody(simulation, vault, item, agent, readingsOf(simulation, vault, item));
  const details = SITE_DETAILS[item.kind](simulation, vault, item);
  return wholeBody(vault, item, agent, healthReadingsOf(simulation, vault, item), details);
}

/** The agent that speaks for the item's machine: where hosts of a Hyper-V site have one each, that of its own host. */
function agentIdOf(simulation: Simulation, vault: Vault, item: ProtectedItem): string {
  const machine = hyperVMachine(simulation, item.hyperV?.machine);
  return machine && agentOfHyperVMachine(simulation, vault, machine)
    ? hyperVProviderId(simulation, vault, machine)
    : providerId(simulation, vault, item.fabricName);
}

/**
 * An item of a region with the id of its fabric's agent and its readings in their places; nothing else in
 * it depends on the moment.
 */
export function regionItemBody(
  world: World,
  vault: Vault,
  item: ProtectedItem,
  agent: string,
  readings: Readings,
): JsonObject {
  return wholeBody(vault, item, agent, readings, detailsBody(world, vault, item, readings));
}

function wholeBody(
  vault: Vault,
  item: ProtectedItem,
  agent: string,
  readings: HealthReadings,
  details: JsonObject,
): JsonObject {
  const { lastFailoverAt, lastTestFailoverAt } = item;
  return {
    id: itemId(vault, item),
    name: item.name,
    type: recoveryType(
      "replicationFabrics",
      "replicationProtectionContainers",
      "replicationProtectedItems",
    ),
    properties: {
      friendlyName: item.friendlyName,
      protectedItemType: item.hyperV ? "HyperVVirtualMachine" : "",
      protectableItemId: protectableItemId(vault, item),
      recoveryServicesProviderId: agent,
      primaryFabricFriendlyName: fabricFriendlyName(vault, item.fabricName),
      primaryFabricProvider: fabricProviderOf(vault, item),
      recoveryFabricFriendlyName: fabricFriendlyName(vault, item.recoveryFabricName),
      recoveryFabricId: fabricId(vault, item.recoveryFabricName),
      primaryProtectionContainerFriendlyName: containerName(vault, item, "primary"),
      recoveryProtectionContainerFriendlyName: containerName(vault, item, "recovery"),
      protectionState: item.protectionState,
      protectionStateDescription: ITEM_STATES[item.protectionState].description,
      activeLocation: item.activeLocation,
      testFailoverState: item.testFailoverState,
      testFailoverStateDescription: TEST_FAILOVER_STATES[item.testFailoverState],
      switchProviderState: "None",
      switchProviderStateDescription: null,
      allowedOperations: allowedOperations(item),
      replicationHealth: readings.replicationHealth,
      failoverHealth: readings.failoverHealth,
      healthErrors: readings.healthErrors,
      policyId: policyId(vault, item.policyName),
      policyFriendlyName: item.policyName,
      ...(lastFailoverAt !== null && { lastSuccessfulFailoverTime: formatTime(lastFailoverAt) }),
      ...(lastTestFailoverAt !== null && {
        lastSuccessfulTestFailoverTime: formatTime(lastTestFailoverAt),
      }),
      currentScenario: {
        scenarioName: item.scenario?.name ?? "None",
        jobId: recoveryId(vault, "replicationJobs", item.scenario?.job ?? "None"),
        startTime: item.scenario ? formatTime(item.scenario.at) : NO_SCENARIO_TIME,
      },
      failoverRecoveryPointId: failoverPointId(vault, item),
      providerSpecificDetails: details,
      recoveryContainerId: containerId(vault, item.recoveryFabricName, item.recoveryContainerName),
      eventCorrelationId: item.eventCorrelationId,
    },
  };
}

/** The discovered machine that the item protects; only some kinds name it. */
function protectableItemId(vault: Vault, item: ProtectedItem): string | null {
  if (item.hyperV) {
    const container = containerId(vault, item.fabricName, item.containerName);
    return `${container}/replicationProtectableItems/${item.machineId}`;
  }
  return KINDS[item.kind].generation === "classic" ? (item.onPremises?.discoveryId ?? null) : null;
}

/** Clouds of VMM servers have GUIDs for names; items of other kinds were recorded with the name itself. */
function containerName(vault: Vault, item: ProtectedItem, side: "primary" | "recovery"): string {
  const [fabric, container] =
    side === "primary"
      ? [item.fabricName, item.containerName]
      : [item.recoveryFabricName, item.recoveryContainerName];
  return item.hyperV ? containerFriendlyName(vault, fabric, container) : container;
}

function detailsBody(
  world: World,
  vault: Vault,
  item: ProtectedItem,
  readings: Readings,
): JsonObject {
  const { recovery } = item;
  const machineState = machineStateOf(item);
  const location = (fabric: string) => vault.fabrics[fabric.toLowerCase()]?.location ?? "";
  const copying = item.replication.startedAt !== null;
  // CH-AGENT
  const outdated = item.agentExpiresAt !== undefined;
  return {
    instanceType: "A2A",
    fabricObjectId: item.machineId.toLowerCase(),
    initialPrimaryZone: item.initialPrimaryZone,
    initialPrimaryFabricLocation: item.initialPrimaryLocation,
    initialRecoveryZone: item.initialRecoveryZone,
    initialPrimaryExtendedLocation: null,
    initialRecoveryExtendedLocation: null,
    initialRecoveryFabricLocation: item.initialRecoveryLocation,
    multiVmGroupId: item.multiVmGroupId,
    multiVmGroupName: item.multiVmGroupName,
    multiVmGroupCreateOption: item.multiVmGroupName === "" ? "AutoCreated" : "UserSpecified",
    managementId: item.managementId,
    protectedDisks: null,
    unprotectedDisks: unprotectedDisks(world, item),
    protectedManagedDisks: item.disks.map((disk, index) =>
      diskBody(item, disk, readings.disks[index]),
    ),
    recoveryBootDiagStorageAccountId: recovery.bootDiagnosticsStorageAccountId,
    primaryFabricLocation: location(item.fabricName),
    recoveryFabricLocation: location(item.recoveryFabricName),
    osType: item.osType,
    recoveryAzureVMSize: recovery.vmSize,
    recoveryAzureVMName: recovery.vmName,
    recoveryAzureResourceGroupId: recovery.resourceGroupId,
    recoveryCloudService: recovery.cloudServiceId,
    recoveryAvailabilitySet: recovery.availabilitySetId,
    selectedRecoveryAzureNetworkId: recovery.networkId,
    selectedTfoAzureNetworkId: recovery.tfoNetworkId,
    vmNics: item.nics.map(nicBody),
    vmSyncedConfigDetails: {
      tags: findResource(world, item.machineId)?.tags ?? {},
      inputEndpoints: [],
    },
    monitoringPercentageCompletion: readings.percentage,
    monitoringJobType: copying ? "InitialReplication" : null,
    lastHeartbeat: readings.lastHeartbeat,
    agentVersion: outdated ? "9.48.6349.1" : "9.52.6522.1",
    agentExpiryDate:
      item.agentExpiresAt === undefined ? NEVER_EXPIRES : formatTime(item.agentExpiresAt),
    isReplicationAgentUpdateRequired: outdated,
    agentCertificateExpiryDate: formatTime(item.certificateExpiresAt),
    isReplicationAgentCertificateUpdateRequired: false,
    // CH-FAILED-OVER
    recoveryFabricObjectId:
      item.activeLocation === "Recovery" ? (item.recoveredMachineId?.toLowerCase() ?? null) : null,
    vmProtectionState: machineState,
    vmProtectionStateDescription: ITEM_STATES[machineState].description,
    lifecycleId: item.lifecycleId,
    testFailoverRecoveryFabricObjectId: item.testMachineId?.toLowerCase() ?? null,
    rpoInSeconds: readings.rpoSeconds,
    lastRpoCalculatedTime: readings.rpoCalculatedAt,
    primaryAvailabilityZone: item.primaryZone,
    recoveryAvailabilityZone: recovery.availabilityZone,
    primaryExtendedLocation: null,
    recoveryExtendedLocation: null,
    vmEncryptionType: "NotEncrypted",
    tfoAzureVMName: recovery.tfoVmName,
    recoveryAzureGeneration: item.generation,
    recoveryProximityPlacementGroupId: recovery.proximityPlacementGroupId,
    autoProtectionOfDataDisk: item.autoProtectionOfDataDisk,
    recoveryVirtualMachineScaleSetId: recovery.scaleSetId,
    recoveryCapacityReservationGroupId: recovery.capacityReservationGroupId,
  };
}

function unprotectedDisks(world: World, item: ProtectedItem): readonly JsonObject[] | null {
  const machine = findResource(world, item.machineId);
  if (!machine) return null;
  const open = disksOf(world, machine).filter(
    ({ resource }) => !item.disks.some((disk) => sameId(disk.diskId, resource.id)),
  );
  if (open.length === 0) return null;
  return open.map(({ lun }) => ({
    diskLunId: lun,
    diskAutoProtectionStatus: item.autoProtectionOfDataDisk,
  }));
}
