import type { ProtectedItem } from "../recovery/items/item.ts";
import { providerId } from "../recovery/setup/provider-bodies.ts";
import { itemId } from "../recovery/vault/find.ts";
import { guidOf, type Simulation } from "../simulation.ts";
import { CURRENT_VERSION, type EstateMachine } from "../state/estate-model.ts";
import { recoveryType } from "../state/identifiers.ts";
import type { JsonObject } from "../state/json.ts";
import type { Container, Vault } from "../state/model.ts";
import { estateVCenter, protectableItemIdOf, protectableItemName } from "./find.ts";

/** The items of a container by the keys of their machines on premises. */
export function itemsByMachine(
  vault: Vault,
  container: Container,
): ReadonlyMap<string, ProtectedItem> {
  return new Map(
    Object.values(vault.items)
      .filter((item) => item.fabricName === container.fabricName && item.onPremises)
      .map((item) => [item.onPremises?.machine ?? "", item]),
  );
}

/** A machine that a configuration server has discovered, as it is read (outer form as recording H2A_E2A.029, details as the swagger: CH-PROTECTABLE). */
export function protectableItemBody(
  simulation: Simulation,
  vault: Vault,
  container: Container,
  machine: EstateMachine,
  item: ProtectedItem | undefined,
): JsonObject {
  const vcenter = estateVCenter(simulation, machine.vcenter);
  const installed = machine.agent.installed || item !== undefined;
  return {
    id: protectableItemIdOf(simulation, vault, container, machine),
    name: protectableItemName(simulation, vault, container, machine),
    type: recoveryType(
      "replicationFabrics",
      "replicationProtectionContainers",
      "replicationProtectableItems",
    ),
    properties: {
      friendlyName: machine.name,
      protectionStatus: item ? "Protected" : "Unprotected",
      replicationProtectedItemId: item ? itemId(vault, item) : null,
      recoveryServicesProviderId: providerId(simulation, vault, container.fabricName),
      protectionReadinessErrors: [],
      supportedReplicationProviders: ["InMageAzureV2"],
      customDetails: {
        instanceType: "VMwareVirtualMachine",
        agentGeneratedId: installed ? guidOf(simulation, "agent", machine.key) : "",
        agentInstalled: String(installed),
        osType: machine.osType,
        agentVersion: installed ? CURRENT_VERSION : "",
        ipAddress: machine.address,
        poweredOn: machine.power === "on" ? "On" : "Off",
        vCenterInfrastructureId: vcenter
          ? guidOf(simulation, "infrastructure", vcenter.address)
          : "",
        discoveryType: machine.discoveryType ?? (vcenter ? "VMware" : "Physical"),
        diskDetails: machine.disks.map((disk) => ({
          diskId: disk.id,
          diskName: disk.name,
          diskSizeInMB: String(disk.sizeGiB * 1024),
          diskType: disk.isOsDisk ? "OS" : "Data",
          diskConfiguration: "",
          volumeList: [],
        })),
        validationErrors: [],
      },
    },
  };
}
