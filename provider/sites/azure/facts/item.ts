import { nameOf, segmentAfter } from "../../../recovery/identity.ts";
import type { ItemFacts, SideFacts, TargetFacts } from "../../../recovery/model.ts";
import { diskFacts, unprotectedDiskIds } from "./disk.ts";
import { healthError, healthOf } from "./health.ts";
import { azureSide, hyperVDisks, hyperVItemFacts, hyperVTarget } from "./hyper-v-item.ts";
import { nicFacts } from "./network-interface.ts";
import {
  classicInitialPercent,
  onPremisesDirection,
  onPremisesDisks,
  onPremisesItemFacts,
  onPremisesSides,
} from "./on-premises-item.ts";
import { scenarioOf } from "./scenario.ts";
import {
  numberOf,
  optional,
  textOf,
  textsOf,
  timeOf,
  truthOf,
  type Wire,
  wireOf,
  wiresOf,
} from "./wire.ts";

/** A replicated item as the service sent it; the vault's id is the one the configuration gave. */
export function itemFacts(vaultId: string, wire: Wire): ItemFacts {
  const item = wireOf(wire, "properties");
  const details = wireOf(item, "providerSpecificDetails");
  const armId = textOf(wire, "id");
  const instanceType = textOf(details, "instanceType");
  const protectionState = textOf(item, "protectionState");
  const target = targetFacts(details);
  const onPremises = onPremisesItemFacts(details);
  const hyperV = hyperVItemFacts(item, details);
  const ofSite = onPremises !== undefined || hyperVTarget(instanceType) === "azure";
  return {
    vaultId,
    name: textOf(wire, "name"),
    armId,
    friendlyName: textOf(item, "friendlyName") || textOf(wire, "name"),
    scenario: scenarioOf(instanceType, textOf(item, "primaryFabricProvider")),
    instanceType,
    protectionState,
    protectionStateDescription: textOf(item, "protectionStateDescription"),
    activeLocation: textOf(item, "activeLocation") === "Recovery" ? "Recovery" : "Primary",
    testFailoverState: textOf(item, "testFailoverState"),
    allowedOperations: textsOf(item, "allowedOperations"),
    replicationHealth: healthOf(item, "replicationHealth"),
    failoverHealth: healthOf(item, "failoverHealth"),
    healthErrors: wiresOf(item, "healthErrors").map(healthError),
    policyId: textOf(item, "policyId"),
    ...optional("currentScenario", currentScenario(wireOf(item, "currentScenario"))),
    ...sides(armId, item, details),
    initialPrimaryLocation: textOf(details, "initialPrimaryFabricLocation"),
    ...optional("lastSuccessfulFailoverTime", timeOf(item, "lastSuccessfulFailoverTime")),
    ...optional("lastSuccessfulTestFailoverTime", timeOf(item, "lastSuccessfulTestFailoverTime")),
    ...optional(
      "failoverRecoveryPointId",
      textOf(item, "failoverRecoveryPointId") ||
        textOf(details, "failoverRecoveryPointId") ||
        undefined,
    ),
    ...optional("replicationLagSeconds", numberOf(details, "rpoInSeconds", "lastRpoInSeconds")),
    ...optional("replicationLagMeasuredAt", timeOf(details, "lastRpoCalculatedTime")),
    machineId: machineId(item, details),
    ...optional(
      "recoveredMachineId",
      textOf(details, "recoveryFabricObjectId", "targetVmId") || undefined,
    ),
    osType: osType(details),
    multiVmGroupName: textOf(details, "multiVmGroupName"),
    multiVmGroupId: textOf(details, "multiVmGroupId"),
    multiVmGroupCreatedByUser: isUsersGroup(details),
    target,
    nics: nicFacts(wiresOf(details, "vmNics"), ofSite ? target : undefined),
    disks: disksOf(item, details),
    unprotectedDiskIds: unprotectedDiskIds(details),
    ...optional("initialReplicationPercent", initialReplicationPercent(protectionState, details)),
    ...optional("onPremises", onPremises),
    ...optional("hyperV", hyperV),
  };
}

/** Every kind of site lists disks in its own way. */
function disksOf(item: Wire, details: Wire): ItemFacts["disks"] {
  const instanceType = textOf(details, "instanceType");
  if (hyperVTarget(instanceType) !== undefined) return hyperVDisks(item, details);
  return onPremisesDirection(instanceType) === undefined
    ? diskFacts(details)
    : onPremisesDisks(details);
}

/** The source of the replication now; a classic machine has no ARM id but that of its discovery. */
function machineId(item: Wire, details: Wire): string {
  return (
    textOf(details, "fabricObjectId", "fabricDiscoveryMachineId", "azureVirtualMachineId") ||
    textOf(item, "protectableItemId") ||
    textOf(details, "infrastructureVmId")
  );
}

function osType(details: Wire): string {
  return (
    textOf(details, "osType") ||
    textOf(wireOf(details, "oSDetails"), "osType") ||
    textOf(wireOf(details, "osDetails"), "osType")
  );
}

/** Classic items are always in a group; only one whose members keep their points together was asked for. */
function isUsersGroup(details: Wire): boolean {
  const option = textOf(details, "multiVmGroupCreateOption");
  if (option !== "") return option === "UserSpecified";
  if (textOf(details, "multiVmGroupName") === "") return false;
  const types: Readonly<Record<string, boolean>> = { InMageRcm: true, InMageRcmFailback: true };
  return types[textOf(details, "instanceType")] ?? truthOf(details, "multiVmSyncStatus");
}

function sides(
  armId: string,
  item: Wire,
  details: Wire,
): { readonly primary: SideFacts; readonly recovery: SideFacts } {
  const instanceType = textOf(details, "instanceType");
  const primary = primarySide(armId, item, details);
  if (hyperVTarget(instanceType) === "azure") return { primary, recovery: azureSide };
  return onPremisesDirection(instanceType) === undefined
    ? { primary, recovery: recoverySide(item, details) }
    : onPremisesSides(primary, textOf(details, "targetLocation"), instanceType);
}

/** The job that holds the item; the service says `None` when there is none. */
function currentScenario(wire: Wire): ItemFacts["currentScenario"] | undefined {
  const name = textOf(wire, "scenarioName");
  const jobName = nameOf(textOf(wire, "jobId"));
  return name === "" || name === "None"
    ? undefined
    : { name, jobName: jobName === "None" ? "" : jobName };
}

const named = (name: string): Pick<SideFacts, "containerFriendlyName"> =>
  name === "" ? {} : { containerFriendlyName: name };

function primarySide(armId: string, item: Wire, details: Wire): SideFacts {
  const containerId = armId.replace(/\/replicationProtectedItems\/[^/]*$/i, "");
  return {
    fabricName: segmentAfter(armId, "replicationFabrics"),
    fabricFriendlyName: textOf(item, "primaryFabricFriendlyName"),
    containerName: nameOf(containerId),
    ...named(textOf(item, "primaryProtectionContainerFriendlyName")),
    containerId,
    location: textOf(details, "primaryFabricLocation"),
  };
}

function recoverySide(item: Wire, details: Wire): SideFacts {
  const containerId = textOf(item, "recoveryContainerId");
  const fabricId = textOf(item, "recoveryFabricId");
  return {
    fabricName: segmentAfter(containerId, "replicationFabrics") || nameOf(fabricId),
    fabricFriendlyName: textOf(item, "recoveryFabricFriendlyName"),
    containerName: nameOf(containerId),
    ...named(textOf(item, "recoveryProtectionContainerFriendlyName")),
    containerId,
    location: textOf(details, "recoveryFabricLocation", "targetLocation"),
  };
}

function targetFacts(details: Wire): TargetFacts {
  return {
    machineName: textOf(details, "recoveryAzureVMName", "recoveryAzureVmName", "targetVmName"),
    machineSize: textOf(details, "recoveryAzureVMSize", "targetVmSize"),
    resourceGroupId: textOf(details, "recoveryAzureResourceGroupId", "targetResourceGroupId"),
    networkId: textOf(details, "selectedRecoveryAzureNetworkId", "targetNetworkId"),
    testNetworkId:
      textOf(details, "selectedTfoAzureNetworkId", "testNetworkId") || hyperVTestNetwork(details),
    availabilitySetId: textOf(
      details,
      "recoveryAvailabilitySet",
      "recoveryAvailabilitySetId",
      "targetAvailabilitySetId",
    ),
    availabilityZone: textOf(details, "recoveryAvailabilityZone", "targetAvailabilityZone"),
    proximityPlacementGroupId: textOf(
      details,
      "recoveryProximityPlacementGroupId",
      "targetProximityPlacementGroupId",
    ),
    bootDiagnosticsStorageAccountId: textOf(
      details,
      "recoveryBootDiagStorageAccountId",
      "targetBootDiagnosticsStorageAccountId",
    ),
  };
}

/** The network of drills that a Hyper-V item was given is told with its interfaces alone. */
function hyperVTestNetwork(details: Wire): string {
  const [nic = {}] = wiresOf(details, "vmNics");
  return hyperVTarget(textOf(details, "instanceType")) === "azure"
    ? textOf(nic, "tfoVMNetworkId")
    : "";
}

/** The percentage lingers on protected items, so it counts during the initial copy alone (reference, 6.2). */
function initialReplicationPercent(protectionState: string, details: Wire): number | undefined {
  if (protectionState !== "InitialReplicationInProgress") return undefined;
  return (
    numberOf(details, "monitoringPercentageCompletion", "initialReplicationProgressPercentage") ??
    numberOf(
      wireOf(details, "initialReplicationDetails"),
      "initialReplicationProgressPercentage",
    ) ??
    classicInitialPercent(details)
  );
}
