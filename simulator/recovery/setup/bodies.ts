import { guidOf, type Simulation } from "../../simulation.ts";
import { nameOf, recoveryId, recoveryType } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type {
  Container,
  ContainerMapping,
  Fabric,
  NetworkMapping,
  Policy,
  Vault,
} from "../../state/model.ts";
import { formatTime, NEVER_EXPIRES } from "../../state/times.ts";
import { displayNameOf } from "../../world/regions.ts";
import { containerId, containerKey, fabricId, policyId } from "../vault/find.ts";

const FABRICS = "replicationFabrics";
const CONTAINERS = "replicationProtectionContainers";
const MAPPINGS = "replicationProtectionContainerMappings";

/** The display name of a fabric's region. */
export function fabricFriendlyName(vault: Vault, name: string): string {
  return displayNameOf(vault.fabrics[name.toLowerCase()]?.location ?? name);
}

/** A fabric as it is read (recording A2A.004). */
export function fabricBody(vault: Vault, fabric: Fabric): JsonObject {
  const encryption = { kekState: "None", kekCertThumbprint: null };
  return {
    name: fabric.name,
    type: recoveryType(FABRICS),
    id: fabricId(vault, fabric.name),
    properties: {
      friendlyName: displayNameOf(fabric.location),
      encryptionDetails: encryption,
      rolloverEncryptionDetails: encryption,
      internalIdentifier: fabric.internalIdentifier,
      bcdrState: "Valid",
      customDetails: {
        instanceType: fabric.instanceType,
        location: fabric.location,
        containerIds: [],
        zones: [],
      },
      healthErrorDetails: [],
      health: "Normal",
    },
  };
}

/** A container as it is read (recording A2A.016). */
export function containerBody(vault: Vault, container: Container): JsonObject {
  const key = containerKey(container.fabricName, container.name);
  const items = Object.values(vault.items).filter(
    (item) => containerKey(item.fabricName, item.containerName) === key,
  );
  const mapped = Object.values(vault.mappings);
  const isSource = mapped.some((each) => containerKey(each.fabricName, each.containerName) === key);
  const isTarget = mapped.some(
    (each) => containerKey(each.targetFabricName, each.targetContainerName) === key,
  );
  return {
    id: containerId(vault, container.fabricName, container.name),
    name: container.name,
    type: recoveryType(FABRICS, CONTAINERS),
    properties: {
      fabricFriendlyName: fabricFriendlyName(vault, container.fabricName),
      friendlyName: container.name,
      fabricType: "Azure",
      protectedItemCount: items.length,
      pairingStatus: isSource || isTarget ? "Paired" : "NotPaired",
      role: isSource ? "Primary" : "",
      fabricSpecificDetails: null,
    },
  };
}

/** A container mapping as it is read (recording A2A.026). */
export function mappingBody(vault: Vault, mapping: ContainerMapping): JsonObject {
  return {
    id: `${containerId(vault, mapping.fabricName, mapping.containerName)}/${MAPPINGS}/${mapping.name}`,
    name: mapping.name,
    type: recoveryType(FABRICS, CONTAINERS, MAPPINGS),
    properties: {
      targetProtectionContainerId: containerId(
        vault,
        mapping.targetFabricName,
        mapping.targetContainerName,
      ),
      targetProtectionContainerFriendlyName: mapping.targetContainerName,
      providerSpecificDetails: {
        instanceType: "A2A",
        agentAutoUpdateStatus: mapping.agentAutoUpdateStatus,
        automationAccountAuthenticationType: mapping.automationAccountAuthenticationType,
        automationAccountArmId: mapping.automationAccountArmId,
        scheduleName: null,
        jobScheduleName: null,
      },
      health: "Normal",
      healthErrorDetails: [],
      policyId: policyId(vault, mapping.policyName),
      state: "Paired",
      sourceProtectionContainerFriendlyName: mapping.containerName,
      sourceFabricFriendlyName: fabricFriendlyName(vault, mapping.fabricName),
      targetFabricFriendlyName: fabricFriendlyName(vault, mapping.targetFabricName),
      policyFriendlyName: mapping.policyName,
    },
  };
}

/** A policy as it is read (reference 4.5; form as recording V2A_RCMInMage.012). */
export function policyBody(vault: Vault, policy: Policy): JsonObject {
  return {
    id: policyId(vault, policy.name),
    name: policy.name,
    type: recoveryType("replicationPolicies"),
    properties: {
      friendlyName: policy.name,
      providerSpecificDetails: {
        instanceType: policy.instanceType,
        recoveryPointThresholdInMinutes: 0,
        recoveryPointHistory: policy.recoveryPointHistoryMinutes,
        appConsistentFrequencyInMinutes: policy.appConsistentMinutes,
        multiVmSyncStatus: policy.multiVmSync ? "Enabled" : "Disabled",
        crashConsistentFrequencyInMinutes: policy.crashConsistentMinutes,
      },
    },
  };
}

/** A network mapping as it is read (recording A2A.042); the networks' ids come back in lower case. */
export function networkMappingBody(vault: Vault, mapping: NetworkMapping): JsonObject {
  const location = (fabric: string) => vault.fabrics[fabric.toLowerCase()]?.location ?? "";
  return {
    type: recoveryType(FABRICS, "replicationNetworks", "replicationNetworkMappings"),
    id: recoveryId(
      vault,
      FABRICS,
      mapping.fabricName,
      "replicationNetworks",
      mapping.networkName,
      "replicationNetworkMappings",
      mapping.name,
    ),
    name: mapping.name,
    properties: {
      state: "Paired",
      primaryNetworkFriendlyName: nameOf(mapping.primaryNetworkId).toLowerCase(),
      primaryNetworkId: mapping.primaryNetworkId.toLowerCase(),
      primaryFabricFriendlyName: fabricFriendlyName(vault, mapping.fabricName),
      recoveryNetworkFriendlyName: nameOf(mapping.recoveryNetworkId).toLowerCase(),
      recoveryNetworkId: mapping.recoveryNetworkId.toLowerCase(),
      recoveryFabricArmId: fabricId(vault, mapping.recoveryFabricName),
      recoveryFabricFriendlyName: fabricFriendlyName(vault, mapping.recoveryFabricName),
      fabricSpecificSettings: {
        instanceType: "AzureToAzure",
        primaryFabricLocation: location(mapping.fabricName),
        recoveryFabricLocation: location(mapping.recoveryFabricName),
      },
    },
  };
}

/** The id of the agent of a fabric; its last segment is a GUID, not a name. */
export function providerId(simulation: Simulation, vault: Vault, fabricName: string): string {
  const guid = guidOf(simulation, "provider", fabricId(vault, fabricName));
  return `${fabricId(vault, fabricName)}/replicationRecoveryServicesProviders/${guid}`;
}

/** The agent of an Azure fabric as it is read (form as recording V2A_RCMInMage.019). */
export function providerBody(simulation: Simulation, vault: Vault, fabric: Fabric): JsonObject {
  const id = providerId(simulation, vault, fabric.name);
  return {
    id,
    type: recoveryType(FABRICS, "replicationRecoveryServicesProviders"),
    name: nameOf(id),
    properties: {
      fabricType: "Azure",
      friendlyName: displayNameOf(fabric.location),
      providerVersion: "",
      serverVersion: "",
      providerVersionState: "None",
      providerVersionExpiryDate: NEVER_EXPIRES,
      fabricFriendlyName: displayNameOf(fabric.location),
      lastHeartBeat: formatTime(simulation.now),
      connectionStatus: "Connected",
      protectedItemCount: Object.values(vault.items).filter(
        (item) => item.fabricName === fabric.name,
      ).length,
      allowedScenarios: [],
      healthErrorDetails: [],
      draIdentifier: nameOf(id),
      machineId: nameOf(id),
      machineName: displayNameOf(fabric.location),
      biosId: null,
      authenticationIdentityDetails: null,
      resourceAccessIdentityDetails: null,
      dataPlaneAuthenticationIdentityDetails: null,
      providerVersionDetails: null,
    },
  };
}
