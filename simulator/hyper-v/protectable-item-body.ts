import type { ProtectedItem } from "../recovery/items/item.ts";
import { itemId, MICROSOFT_AZURE } from "../recovery/vault/find.ts";
import { guidOf, type Simulation } from "../simulation.ts";
import type { HyperVMachine } from "../state/hyper-v-model.ts";
import { recoveryType } from "../state/identifiers.ts";
import type { JsonObject } from "../state/json.ts";
import type { Container, Vault } from "../state/model.ts";
import { HYPER_V_SITE } from "./fabric-kinds.ts";
import { hostOfHyperVMachine, hyperVProtectableItemId, hyperVProviderId } from "./find.ts";

/** The items of a container by the keys of their machines. */
export function itemsByHyperVMachine(vault: Vault): ReadonlyMap<string, ProtectedItem> {
  return new Map(
    Object.values(vault.items).flatMap((item) => {
      const { machine, replica } = item.hyperV ?? {};
      return [machine, replica].flatMap((key) => (key ? [[key, item] as const] : []));
    }),
  );
}

/** A machine of a Hyper-V site or of a cloud as it is read, field for field as recording H2A_E2A.029. */
export function hyperVProtectableItemBody(
  simulation: Simulation,
  vault: Vault,
  container: Container,
  machine: HyperVMachine,
  item: ProtectedItem | undefined,
): JsonObject {
  const host = hostOfHyperVMachine(simulation, vault, machine);
  return {
    id: hyperVProtectableItemId(vault, machine),
    name: machine.id,
    type: recoveryType(
      "replicationFabrics",
      "replicationProtectionContainers",
      "replicationProtectableItems",
    ),
    properties: {
      friendlyName: machine.name,
      protectionStatus: item ? "Protected" : "Unprotected",
      replicationProtectedItemId: item ? itemId(vault, item) : null,
      recoveryServicesProviderId: hyperVProviderId(simulation, vault, machine),
      protectionReadinessErrors: [],
      supportedReplicationProviders: [...supportedKinds(vault, container)],
      customDetails: {
        instanceType: "HyperVVirtualMachine",
        sourceItemId: guidOf(simulation, "source item", machine.key),
        generation: machine.generation,
        osDetails: osDetails(machine),
        diskDetails: machine.disks.map(({ id, name, sizeMiB }) => ({
          maxSizeMB: sizeMiB,
          // Which one holds the operating system the service does not know before it is told.
          vhdType: "Data",
          vhdId: id,
          vhdName: name,
        })),
        hasPhysicalDisk: "NotPresent",
        hasFibreChannelAdapter: "NotPresent",
        hasSharedVhd: "NotPresent",
        hyperVHostId: host?.id ?? guidOf(simulation, "host of", machine.fabricName),
      },
    },
  };
}

/** Recorded for Windows; of a Linux machine nothing is told. */
function osDetails({ osType }: HyperVMachine): JsonObject | null {
  return osType === "Linux"
    ? null
    : {
        osType: "Windows",
        productType: "VER_NT_SERVER",
        osEdition: "Datacenter",
        oSVersion: "10.0",
        oSMajorVersion: "10",
        oSMinorVersion: "0",
      };
}

/** By the mappings of the container; of an unmapped cloud both, of a Hyper-V site to Azure (CH-HV-SUPPORTED). */
function supportedKinds(vault: Vault, { fabricName, name }: Container): ReadonlySet<string> {
  const mapped = Object.values(vault.mappings)
    .filter((each) => each.fabricName === fabricName && each.containerName === name)
    .map(({ targetFabricName, policyName }) =>
      targetFabricName === MICROSOFT_AZURE
        ? "HyperVReplicaAzure"
        : (vault.policies[policyName.toLowerCase()]?.instanceType ?? "HyperVReplica2012R2"),
    );
  if (mapped.length > 0) return new Set(mapped);
  const isSite = vault.fabrics[fabricName.toLowerCase()]?.instanceType === HYPER_V_SITE;
  return new Set(isSite ? ["HyperVReplicaAzure"] : ["HyperVReplicaAzure", "HyperVReplica2012R2"]);
}
