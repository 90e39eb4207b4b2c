import { fabricFriendlyName } from "../recovery/setup/bodies.ts";
import { containerId, fabricId, MICROSOFT_AZURE } from "../recovery/vault/find.ts";
import type { Simulation } from "../simulation.ts";
import type { VmNetwork } from "../state/hyper-v-model.ts";
import { nameOf, recoveryId, recoveryType, sameId } from "../state/identifiers.ts";
import type { JsonObject } from "../state/json.ts";
import type { Fabric, NetworkMapping, Vault } from "../state/model.ts";
import { VMM } from "./fabric-kinds.ts";
import { vmmServerOf } from "./find.ts";

/** The ARM id of a VM network. */
export function vmNetworkId(vault: Vault, fabricName: string, networkName: string): string {
  return recoveryId(vault, "replicationFabrics", fabricName, "replicationNetworks", networkName);
}

/** The VM networks of a VMM server as they are read (recording H2A_E2A.023); undefined for another fabric. */
export function vmNetworkBodies(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
): readonly JsonObject[] | undefined {
  return vmmServerOf(simulation, vault, fabric.name)?.networks.map((network) =>
    vmNetworkBody(vault, fabric, network),
  );
}

function vmNetworkBody(vault: Vault, fabric: Fabric, network: VmNetwork): JsonObject {
  return {
    type: recoveryType("replicationFabrics", "replicationNetworks"),
    id: vmNetworkId(vault, fabric.name, network.id),
    name: network.id,
    properties: {
      fabricType: VMM,
      subnets: network.subnets.map(({ name, addresses }) => ({
        name,
        friendlyName: name,
        addressList: [...addresses],
      })),
      friendlyName: network.name,
      networkType: "NoIsolation",
    },
  };
}

/** What the recovery side of a network mapping of a VMM server is. */
export type VmmMappingKind = "VmmToAzure" | "VmmToVmm";

/** The kind of a network mapping that begins at a VMM server. */
export function vmmMappingKind({ recoveryFabricName }: NetworkMapping): VmmMappingKind {
  return recoveryFabricName === MICROSOFT_AZURE ? "VmmToAzure" : "VmmToVmm";
}

/** A network mapping of a VMM server as it is read (recording H2A_E2A.028): ids in the case they were given. */
export function vmmNetworkMappingFields(
  simulation: Simulation,
  vault: Vault,
  mapping: NetworkMapping,
): JsonObject {
  const { fabricName, networkName, recoveryFabricName, recoveryNetworkId } = mapping;
  const isToAzure = recoveryFabricName === MICROSOFT_AZURE;
  const friendly = (fabric: string, id: string) =>
    vmmServerOf(simulation, vault, fabric)?.networks.find((each) => sameId(each.id, nameOf(id)))
      ?.name ?? nameOf(id);
  return {
    state: "Paired",
    primaryNetworkFriendlyName: friendly(fabricName, networkName),
    primaryNetworkId: mapping.primaryNetworkId,
    primaryFabricFriendlyName: fabricFriendlyName(vault, fabricName),
    recoveryNetworkFriendlyName: friendly(recoveryFabricName, recoveryNetworkId),
    recoveryNetworkId,
    recoveryFabricArmId: isToAzure ? azureFabricId(vault) : fabricId(vault, recoveryFabricName),
    recoveryFabricFriendlyName: isToAzure
      ? MICROSOFT_AZURE
      : fabricFriendlyName(vault, recoveryFabricName),
    fabricSpecificSettings: { instanceType: vmmMappingKind(mapping) },
  };
}

/** The fabric behind Azure that nobody sees, of which here the id is told. */
function azureFabricId(vault: Vault): string {
  return (
    containerId(vault, MICROSOFT_AZURE, MICROSOFT_AZURE).split(
      "/replicationProtectionContainers/",
    )[0] ?? ""
  );
}
