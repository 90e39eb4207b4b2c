import { disksOf } from "../azure/machines.ts";
import { hyperVAgents } from "../hyper-v/find.ts";
import { protectDisk } from "../recovery/items/describe-machine.ts";
import { newItem } from "../recovery/items/new-item.ts";
import type { Simulation } from "../simulation.ts";
import type { AzureResource, Container, Vault } from "../state/model.ts";
import { lookUp } from "./look-up.ts";
import { populateEstateItem } from "./populate-estate-item.ts";
import { populateHyperVItems } from "./populate-hyper-v-items.ts";
import { azureOf, checkName, type ItemSurroundings, networkOf } from "./populate-item-parts.ts";
import { WorldError } from "./read-world.ts";
import { settleItem } from "./settle-item.ts";
import type { WorldItem } from "./world-document.ts";

/** Makes the items of one entry of a world: of a machine with `count`, as many as there are. */
export function populateItems(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  around: ItemSurroundings,
): void {
  const { names, containers, locate } = around;
  const at = (field: string) => [...around.path, field];
  const source = lookUp(containers, world.container, "container", locate, at("container"));
  const policies = new Map(Object.entries(vault.policies));
  const policyName = lookUp(policies, world.policy, "policy", locate, at("policy")).name;
  if (hyperVAgents(simulation, vault, source.fabricName).length > 0) {
    populateHyperVItems(simulation, vault, world, { ...around, source, policyName });
    return;
  }
  const common = { source, policyName, ...azureOf(world, around) };
  if (vault.fabrics[source.fabricName.toLowerCase()]?.instanceType !== "Azure") {
    const network = networkOf(world, around);
    const machines = lookUp(names.estate, world.machine, "machine", locate, at("machine"));
    checkName(world, machines, locate, at("name"));
    for (const machine of machines)
      populateEstateItem(simulation, vault, world, { ...common, ...network, machine });
    return;
  }
  if (world.recoveryContainer === undefined)
    throw new WorldError(`${locate(around.path)} lacks the field 'recoveryContainer'.`);
  const target = lookUp(
    containers,
    world.recoveryContainer,
    "container",
    locate,
    at("recoveryContainer"),
  );
  const machines = lookUp(names.machines, world.machine, "machine", locate, at("machine"));
  checkName(world, machines, locate, at("name"));
  for (const machine of machines)
    populateItem(simulation, vault, world, { ...common, target, machine });
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
  settleItem(simulation, vault, world, item);
}
