import { containerKey, fabricId } from "../recovery/vault/find.ts";
import { newVault } from "../recovery/vault/vaults.ts";
import { guidOf, type Simulation } from "../simulation.ts";
import { idKey, segmentAfter, vaultId } from "../state/identifiers.ts";
import type { Container } from "../state/model.ts";
import { lookUp } from "./look-up.ts";
import type { WorldNames } from "./populate.ts";
import { populateHyperV } from "./populate-hyper-v.ts";
import { populateItems } from "./populate-items.ts";
import { populateNetworkMappings, populateStorageMappings } from "./populate-network-mappings.ts";
import { populateMappings, populatePolicies } from "./populate-policies.ts";
import { populateSites } from "./populate-sites.ts";
import type { ReadWorld } from "./read-world.ts";
import type { WorldVault } from "./world-document.ts";

/** Makes a vault of a world, with everything in it. */
export function populateVault(
  simulation: Simulation,
  names: WorldNames,
  { document, locate }: ReadWorld,
  world: WorldVault,
  index: number,
): void {
  const at = (...path: readonly (string | number)[]) => ["vaults", index, ...path];
  const group = lookUp(
    names.groups,
    world.resourceGroup,
    "resource group",
    locate,
    at("resourceGroup"),
  );
  const subscriptionId = segmentAfter(group.id, "subscriptions") ?? "";
  const vault = newVault(
    simulation,
    { subscriptionId, resourceGroup: group.name, name: world.name },
    world.location ?? group.location,
  );
  simulation.state.vaults[idKey(vaultId(vault))] = vault;
  const fabrics = new Map(
    (world.fabrics ?? []).map((fabric) => [fabric.name.toLowerCase(), fabric]),
  );
  for (const { name, location } of fabrics.values()) {
    vault.fabrics[name.toLowerCase()] = {
      name,
      instanceType: "Azure",
      location,
      internalIdentifier: guidOf(simulation, "fabric", fabricId(vault, name)),
    };
  }
  const containers = new Map<string, Container>();
  for (const [number, { name, fabric }] of (world.containers ?? []).entries()) {
    const container = {
      name,
      fabricName: lookUp(fabrics, fabric, "fabric", locate, at("containers", number, "fabric"))
        .name,
    };
    vault.containers[containerKey(container.fabricName, name)] = container;
    containers.set(name.toLowerCase(), container);
  }
  const around = { simulation, vault, document, machines: names.estate, locate };
  const hyperV = populateHyperV(around);
  for (const [name, container] of [...populateSites(around), ...hyperV.containers])
    containers.set(name, container);
  populatePolicies(vault, world.policies ?? [], {
    storageAccounts: names.storageAccounts,
    locate,
    path: at("policies"),
  });
  populateMappings(vault, world.mappings ?? [], { containers, locate, path: at("mappings") });
  populateNetworkMappings(simulation, vault, world.networkMappings ?? [], {
    networks: names.networks,
    locate,
    path: at("networkMappings"),
  });
  populateStorageMappings(simulation, vault, world.storageClassificationMappings ?? [], {
    locate,
    path: at("storageClassificationMappings"),
  });
  for (const [number, item] of (world.items ?? []).entries()) {
    populateItems(simulation, vault, item, {
      names,
      containers,
      hyperV: hyperV.machines,
      locate,
      path: at("items", number),
    });
  }
}
