import { segmentAfter } from "../../../recovery/identity.ts";
import type {
  ContainerFacts,
  ContainerMappingFacts,
  FabricFacts,
  NetworkMappingFacts,
  PolicyFacts,
} from "../../../recovery/model.ts";
import { azureTarget } from "../azure-target.ts";
import type { AlertSettingFacts } from "../site.ts";
import { healthOf } from "./health.ts";
import { hyperVPolicyFacts } from "./hyper-v-objects.ts";
import { onPremisesFabricFacts } from "./on-premises-fabric.ts";
import { numberOf, optional, textOf, textsOf, truthOf, type Wire, wireOf } from "./wire.ts";

/** A fabric as the service sent it. */
export function fabricFacts(wire: Wire): FabricFacts {
  const fabric = wireOf(wire, "properties");
  const details = wireOf(fabric, "customDetails");
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    friendlyName: textOf(fabric, "friendlyName"),
    instanceType: textOf(details, "instanceType"),
    location: textOf(details, "location"),
    health: healthOf(fabric, "health"),
    ...optional("onPremises", onPremisesFabricFacts(details)),
  };
}

/** A protection container as the service sent it. */
export function containerFacts(wire: Wire): ContainerFacts {
  const container = wireOf(wire, "properties");
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    fabricName: segmentAfter(id, "replicationFabrics"),
    fabricFriendlyName: textOf(container, "fabricFriendlyName"),
    ...optional("friendlyName", textOf(container, "friendlyName") || undefined),
    fabricType: textOf(container, "fabricType"),
    protectedItemCount: numberOf(container, "protectedItemCount") ?? 0,
    pairingStatus: textOf(container, "pairingStatus"),
  };
}

/** A replication policy as the service sent it; history in hours, or in hourly points, becomes minutes. */
export function policyFacts(wire: Wire): PolicyFacts {
  const details = wireOf(wireOf(wire, "properties"), "providerSpecificDetails");
  const hours = numberOf(details, "recoveryPointHistoryDurationInHours", "recoveryPoints");
  const snapshotHours = numberOf(details, "applicationConsistentSnapshotFrequencyInHours");
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    instanceType: textOf(details, "instanceType"),
    recoveryPointHistoryMinutes:
      numberOf(details, "recoveryPointHistory", "recoveryPointHistoryInMinutes") ??
      (hours ?? 0) * 60,
    applicationConsistentFrequencyMinutes:
      numberOf(details, "appConsistentFrequencyInMinutes") ?? (snapshotHours ?? 0) * 60,
    crashConsistentFrequencyMinutes: numberOf(details, "crashConsistentFrequencyInMinutes") ?? 0,
    ...optional(
      "recoveryPointThresholdMinutes",
      numberOf(details, "recoveryPointThresholdInMinutes"),
    ),
    multiVmSync: truthOf(details, "multiVmSyncStatus") || truthOf(details, "enableMultiVmSync"),
    ...optional("hyperV", hyperVPolicyFacts(details)),
  };
}

/** A container mapping as the service sent it. */
export function containerMappingFacts(wire: Wire): ContainerMappingFacts {
  const mapping = wireOf(wire, "properties");
  const details = wireOf(mapping, "providerSpecificDetails");
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    fabricName: segmentAfter(id, "replicationFabrics"),
    containerName: segmentAfter(id, "replicationProtectionContainers"),
    targetContainerId: targetContainer(mapping),
    policyId: textOf(mapping, "policyId"),
    state: textOf(mapping, "state"),
    health: healthOf(mapping, "health"),
    agentAutoUpdate:
      truthOf(details, "agentAutoUpdateStatus") || truthOf(details, "enableAgentAutoUpgrade"),
    automationAccountId: textOf(details, "automationAccountArmId"),
    automationAccountAuthenticationType: textOf(details, "automationAccountAuthenticationType"),
  };
}

/** Azure as a target goes by its name, whatever id the service gives the container behind it. */
function targetContainer(mapping: Wire): string {
  return textOf(mapping, "targetFabricFriendlyName") === azureTarget
    ? azureTarget
    : textOf(mapping, "targetProtectionContainerId");
}

/** A network mapping as the service sent it; region-to-region ones come with lower-case network ids. */
export function networkMappingFacts(wire: Wire): NetworkMappingFacts {
  const mapping = wireOf(wire, "properties");
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    fabricName: segmentAfter(id, "replicationFabrics"),
    networkName: segmentAfter(id, "replicationNetworks"),
    primaryNetworkId: textOf(mapping, "primaryNetworkId"),
    recoveryNetworkId: textOf(mapping, "recoveryNetworkId"),
    recoveryFabricId: recoveryFabric(mapping),
    state: textOf(mapping, "state"),
  };
}

/** Azure as a target is a hidden fabric, which goes by its name. */
function recoveryFabric(mapping: Wire): string {
  return textOf(mapping, "recoveryFabricFriendlyName") === azureTarget
    ? azureTarget
    : textOf(mapping, "recoveryFabricArmId");
}

/** The vault's alert setting as the service sent it. */
export function alertSettingFacts(wire: Wire): AlertSettingFacts {
  const setting = wireOf(wire, "properties");
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    sendToOwners: textOf(setting, "sendToOwners") === "Send",
    emailAddresses: textsOf(setting, "customEmailAddresses"),
    locale: textOf(setting, "locale"),
  };
}
