import { disksOf } from "../azure/machines.ts";
import { protectDisk } from "../recovery/items/describe-machine.ts";
import { itemKey } from "../recovery/items/item.ts";
import { makeReplicaDisks } from "../recovery/items/item-behaviours.ts";
import { newItem } from "../recovery/items/new-item.ts";
import { beginReplication } from "../recovery/items/replication.ts";
import { mappingKey } from "../recovery/setup/mappings.ts";
import { networkMappingKey } from "../recovery/setup/network-mappings.ts";
import { containerKey, fabricId } from "../recovery/vault/find.ts";
import { newVault } from "../recovery/vault/vaults.ts";
import { guidOf, type Simulation } from "../simulation.ts";
import { idKey, segmentAfter, vaultId } from "../state/identifiers.ts";
import type { AzureResource, Container, Vault } from "../state/model.ts";
import { HOUR } from "../state/times.ts";
import { lookUp, type WorldNames } from "./populate.ts";
import type { Locate } from "./read-world.ts";
import type { WorldItem, WorldVault } from "./world-document.ts";

/** Makes a vault of a world, with everything in it. */
export function populateVault(
  simulation: Simulation,
  names: WorldNames,
  locate: Locate,
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
  for (const policy of world.policies ?? []) {
    vault.policies[policy.name.toLowerCase()] = {
      name: policy.name,
      instanceType: "A2A",
      recoveryPointHistoryMinutes: policy.recoveryPointHistoryMinutes ?? 1440,
      crashConsistentMinutes: 5,
      appConsistentMinutes: policy.appConsistentMinutes ?? 0,
      multiVmSync: policy.multiVmSync ?? false,
    };
  }
  const policies = new Map(Object.entries(vault.policies));
  for (const [number, { name, source, target, policy }] of (world.mappings ?? []).entries()) {
    const from = lookUp(containers, source, "container", locate, at("mappings", number, "source"));
    const to = lookUp(containers, target, "container", locate, at("mappings", number, "target"));
    const mapping = {
      name,
      fabricName: from.fabricName,
      containerName: from.name,
      targetFabricName: to.fabricName,
      targetContainerName: to.name,
      policyName: lookUp(policies, policy, "policy", locate, at("mappings", number, "policy")).name,
      agentAutoUpdateStatus: "Disabled",
      automationAccountAuthenticationType: "RunAsAccount",
      automationAccountArmId: null,
    };
    vault.mappings[mappingKey(mapping)] = mapping;
  }
  const fabricAt = new Map([...fabrics.values()].map((fabric) => [fabric.location, fabric.name]));
  for (const [number, { name, primaryNetwork, recoveryNetwork }] of (
    world.networkMappings ?? []
  ).entries()) {
    const primary = lookUp(
      names.networks,
      primaryNetwork,
      "network",
      locate,
      at("networkMappings", number, "primaryNetwork"),
    );
    const recovery = lookUp(
      names.networks,
      recoveryNetwork,
      "network",
      locate,
      at("networkMappings", number, "recoveryNetwork"),
    );
    const mapping = {
      name,
      fabricName: lookUp(
        fabricAt,
        primary.location,
        "fabric in region",
        locate,
        at("networkMappings", number),
      ),
      networkName: "azureNetwork",
      primaryNetworkId: primary.id,
      recoveryNetworkId: recovery.id,
      recoveryFabricName: lookUp(
        fabricAt,
        recovery.location,
        "fabric in region",
        locate,
        at("networkMappings", number),
      ),
    };
    vault.networkMappings[networkMappingKey(mapping)] = mapping;
  }
  for (const [number, item] of (world.items ?? []).entries()) {
    const path = at("items", number);
    const source = lookUp(containers, item.container, "container", locate, [...path, "container"]);
    const target = lookUp(containers, item.recoveryContainer, "container", locate, [
      ...path,
      "recoveryContainer",
    ]);
    const recoveryGroup = lookUp(
      names.groups,
      item.recoveryResourceGroup,
      "resource group",
      locate,
      [...path, "recoveryResourceGroup"],
    );
    const cache = lookUp(
      names.storageAccounts,
      item.cacheStorageAccount,
      "storage account",
      locate,
      [...path, "cacheStorageAccount"],
    );
    const policyName = lookUp(policies, item.policy, "policy", locate, [...path, "policy"]).name;
    for (const machine of lookUp(names.machines, item.machine, "machine", locate, [
      ...path,
      "machine",
    ])) {
      populateItem(simulation, vault, item, {
        source,
        target,
        recoveryGroup,
        cache,
        policyName,
        machine,
      });
    }
  }
}

function populateItem(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  parts: {
    source: Container;
    target: Container;
    recoveryGroup: AzureResource;
    cache: AzureResource;
    policyName: string;
    machine: AzureResource;
  },
): void {
  const { source, target, recoveryGroup, cache, policyName, machine } = parts;
  const item = newItem(simulation, vault, {
    name: world.name ?? machine.name,
    source,
    target,
    policyName,
    machine,
    input: { recoveryResourceGroupId: recoveryGroup.id, multiVmGroupName: world.multiVmGroup },
    disks: disksOf(simulation, machine).map((disk) =>
      protectDisk(disk, {
        stagingStorageAccountId: cache.id,
        recoveryResourceGroupId: recoveryGroup.id,
      }),
    ),
  });
  vault.items[itemKey(source.fabricName, source.name, item.name)] = item;
  makeReplicaDisks(simulation, vault, item);
  if (world.protected === false) {
    beginReplication(simulation, vault, item);
    return;
  }
  const firstPointAt = simulation.now - (world.protectedForHours ?? 24) * HOUR;
  item.protectionState = "Protected";
  item.replication = {
    ...item.replication,
    startedAt: firstPointAt - HOUR / 2,
    initialEndsAt: firstPointAt - HOUR / 12,
    firstPointAt,
    resyncRequired: world.resyncRequired === true,
  };
  if (world.drilled) {
    item.testFailoverState = "MarkedForDeletion";
    item.lastTestFailoverAt = simulation.now - HOUR;
  } else item.testFailoverAdvisedAt = firstPointAt;
}
