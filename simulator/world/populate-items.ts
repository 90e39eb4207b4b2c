import { disksOf } from "../azure/machines.ts";
import { subnetsOf } from "../azure/networks.ts";
import { protectDisk } from "../recovery/items/describe-machine.ts";
import { newItem } from "../recovery/items/new-item.ts";
import type { Simulation } from "../simulation.ts";
import type { AzureResource, Container, Vault } from "../state/model.ts";
import { lookUp } from "./look-up.ts";
import type { WorldNames } from "./populate.ts";
import { type EstateItemParts, populateEstateItem } from "./populate-estate-item.ts";
import { type Locate, WorldError } from "./read-world.ts";
import { settleItem } from "./settle-item.ts";
import type { WorldItem } from "./world-document.ts";

interface Around {
  readonly names: WorldNames;
  readonly containers: ReadonlyMap<string, Container>;
  readonly locate: Locate;
  readonly path: readonly (string | number)[];
}

/** Makes the items of one entry of a world: of a machine with `count`, as many as there are. */
export function populateItems(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  around: Around,
): void {
  const { names, containers, locate } = around;
  const at = (field: string) => [...around.path, field];
  const source = lookUp(containers, world.container, "container", locate, at("container"));
  const recoveryGroup = lookUp(
    names.groups,
    world.recoveryResourceGroup,
    "resource group",
    locate,
    at("recoveryResourceGroup"),
  );
  const cache = lookUp(
    names.storageAccounts,
    world.cacheStorageAccount,
    "storage account",
    locate,
    at("cacheStorageAccount"),
  );
  const policies = new Map(Object.entries(vault.policies));
  const policyName = lookUp(policies, world.policy, "policy", locate, at("policy")).name;
  const common = { source, recoveryGroup, cache, policyName };
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

/** Several items cannot have one name: they bear those of their machines. */
function checkName(
  { name }: WorldItem,
  machines: readonly unknown[],
  locate: Locate,
  path: readonly (string | number)[],
): void {
  if (name === undefined || machines.length === 1) return;
  throw new WorldError(
    `${locate(path)} would be the name of ${machines.length} items: leave it out for a machine with 'count'.`,
  );
}

/** Where an on-premises machine comes up in Azure. */
function networkOf(
  world: WorldItem,
  { names, locate, path }: Around,
): Pick<EstateItemParts, "network" | "subnetName"> {
  if (world.network === undefined)
    throw new WorldError(
      `${locate(path)} lacks the field 'network', which the item of an on-premises machine needs.`,
    );
  const network = lookUp(names.networks, world.network, "network", locate, [...path, "network"]);
  const subnets = new Map(subnetsOf(network).map(({ name }) => [name.toLowerCase(), name]));
  const subnetName =
    world.subnet === undefined
      ? (subnetsOf(network)[0]?.name ?? "")
      : lookUp(subnets, world.subnet, "subnet", locate, [...path, "subnet"]);
  return { network, subnetName };
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
