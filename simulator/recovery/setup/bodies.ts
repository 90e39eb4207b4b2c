import { siteFields } from "../../estate/fabric-bodies.ts";
import { VMM } from "../../hyper-v/fabric-kinds.ts";
import { vmmNetworkMappingFields } from "../../hyper-v/network-bodies.ts";
import type { Simulation } from "../../simulation.ts";
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
import { displayNameOf } from "../../world/regions.ts";
import { containerId, containerKey, fabricId, MICROSOFT_AZURE, policyId } from "../vault/find.ts";
import { policyDetails } from "./policy-kinds.ts";

const FABRICS = "replicationFabrics";
const CONTAINERS = "replicationProtectionContainers";
const MAPPINGS = "replicationProtectionContainerMappings";

/** The display name of a fabric: its region's, or that of the site's server. */
export function fabricFriendlyName(vault: Vault, name: string): string {
  const fabric = vault.fabrics[name.toLowerCase()];
  return fabric?.friendlyName ?? displayNameOf(fabric?.location ?? name);
}

/** A fabric as it is read (recordings A2A.004, V2A_RCMInMage.020). */
export function fabricBody(simulation: Simulation, vault: Vault, fabric: Fabric): JsonObject {
  const encryption = { kekState: "None", kekCertThumbprint: null };
  return {
    name: fabric.name,
    type: recoveryType(FABRICS),
    id: fabricId(vault, fabric.name),
    properties: {
      friendlyName: fabricFriendlyName(vault, fabric.name),
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
      ...siteFields(simulation, vault, fabric),
    },
  };
}

/** What a container is called: that of a configuration server as the server, a VMM cloud as people call it. */
export function containerFriendlyName(vault: Vault, fabric: string, container: string): string {
  const { friendlyName } = vault.containers[containerKey(fabric, container)] ?? {};
  if (friendlyName !== undefined) return friendlyName;
  const isClassic = vault.fabrics[fabric.toLowerCase()]?.instanceType === "VMware";
  return isClassic ? fabricFriendlyName(vault, fabric) : container;
}

/** A container as it is read (recordings A2A.016, V2A_RCMInMage.014). */
export function containerBody(vault: Vault, container: Container): JsonObject {
  const key = containerKey(container.fabricName, container.name);
  const items = Object.values(vault.items).filter(
    (item) => containerKey(item.fabricName, item.containerName) === key,
  );
  const fabric = vault.fabrics[container.fabricName.toLowerCase()];
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
      friendlyName: containerFriendlyName(vault, container.fabricName, container.name),
      fabricType: fabric?.instanceType ?? "Azure",
      protectedItemCount: items.length,
      pairingStatus: isSource || isTarget ? "Paired" : "NotPaired",
      role: isSource ? "Primary" : "",
      fabricSpecificDetails: null,
    },
  };
}

/** What a kind of replication adds to a mapping; of the classic kinds nothing was recorded. */
function mappingDetails(vault: Vault, mapping: ContainerMapping): JsonObject | null {
  const { instanceType } = vault.policies[mapping.policyName.toLowerCase()] ?? {};
  if (mapping.enableAgentAutoUpgrade !== undefined)
    return {
      instanceType: "InMageRcm",
      enableAgentAutoUpgrade: mapping.enableAgentAutoUpgrade,
    };
  if (instanceType !== undefined && instanceType !== "A2A") return null;
  return {
    instanceType: "A2A",
    agentAutoUpdateStatus: mapping.agentAutoUpdateStatus,
    automationAccountAuthenticationType: mapping.automationAccountAuthenticationType,
    automationAccountArmId: mapping.automationAccountArmId,
    scheduleName: null,
    jobScheduleName: null,
  };
}

/** A container mapping as it is read (recordings A2A.026, V2A_RCMInMage.018). */
export function mappingBody(vault: Vault, mapping: ContainerMapping): JsonObject {
  return {
    id: `${containerId(vault, mapping.fabricName, mapping.containerName)}/${MAPPINGS}/${mapping.name}`,
    name: mapping.name,
    type: recoveryType(FABRICS, CONTAINERS, MAPPINGS),
    properties: {
      targetProtectionContainerId:
        mapping.targetFabricName === MICROSOFT_AZURE
          ? MICROSOFT_AZURE
          : containerId(vault, mapping.targetFabricName, mapping.targetContainerName),
      targetProtectionContainerFriendlyName: containerFriendlyName(
        vault,
        mapping.targetFabricName,
        mapping.targetContainerName,
      ),
      providerSpecificDetails: mappingDetails(vault, mapping),
      health: "Normal",
      healthErrorDetails: [],
      policyId: policyId(vault, mapping.policyName),
      state: "Paired",
      sourceProtectionContainerFriendlyName: containerFriendlyName(
        vault,
        mapping.fabricName,
        mapping.containerName,
      ),
      sourceFabricFriendlyName: fabricFriendlyName(vault, mapping.fabricName),
      targetFabricFriendlyName: fabricFriendlyName(vault, mapping.targetFabricName),
      policyFriendlyName: mapping.policyName,
    },
  };
}

/** A policy as it is read (form as recording V2A_RCMInMage.012). */
export function policyBody(vault: Vault, policy: Policy): JsonObject {
  return {
    id: policyId(vault, policy.name),
    name: policy.name,
    type: recoveryType("replicationPolicies"),
    properties: {
      friendlyName: policy.name,
      providerSpecificDetails: policyDetails(policy),
    },
  };
}

/** A network mapping as it is read; that of a VMM server as recording H2A_E2A.028. */
export function networkMappingBody(
  simulation: Simulation,
  vault: Vault,
  mapping: NetworkMapping,
): JsonObject {
  const isOfVmm = vault.fabrics[mapping.fabricName.toLowerCase()]?.instanceType === VMM;
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
    properties: isOfVmm
      ? vmmNetworkMappingFields(simulation, vault, mapping)
      : azureNetworkMappingFields(vault, mapping),
  };
}

/** What a mapping between regions is read with (recording A2A.042); the networks' ids come back in lower case. */
function azureNetworkMappingFields(vault: Vault, mapping: NetworkMapping): JsonObject {
  const location = (fabric: string) => vault.fabrics[fabric.toLowerCase()]?.location ?? "";
  return {
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
  };
}
