import { subnetsOf } from "../azure/networks.ts";
import type { AzureResource, Container } from "../state/model.ts";
import { lookUp } from "./look-up.ts";
import type { WorldNames } from "./populate.ts";
import type { EstateItemParts } from "./populate-estate-item.ts";
import type { HyperVNames } from "./populate-hyper-v.ts";
import { type Locate, WorldError } from "./read-world.ts";
import type { WorldItem } from "./world-document.ts";

/** What an entry of a world refers to, and where it was written. */
export interface ItemSurroundings {
  readonly names: WorldNames;
  readonly containers: ReadonlyMap<string, Container>;
  /** Machines of the vault's Hyper-V sites and clouds. */
  readonly hyperV: HyperVNames;
  readonly locate: Locate;
  readonly path: readonly (string | number)[];
}

/** Where in Azure an item keeps its data and comes up. */
export function azureOf(
  world: WorldItem,
  { names, locate, path }: ItemSurroundings,
): { readonly recoveryGroup: AzureResource; readonly cache: AzureResource } {
  const referred = (
    field: "recoveryResourceGroup" | "cacheStorageAccount",
    known: ReadonlyMap<string, AzureResource>,
    kind: string,
  ) => {
    const name = world[field];
    if (name === undefined) throw new WorldError(`${locate(path)} lacks the field '${field}'.`);
    return lookUp(known, name, kind, locate, [...path, field]);
  };
  return {
    recoveryGroup: referred("recoveryResourceGroup", names.groups, "resource group"),
    cache: referred("cacheStorageAccount", names.storageAccounts, "storage account"),
  };
}

/** Several items cannot have one name: they bear those of their machines. */
export function checkName(
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
export function networkOf(
  world: WorldItem,
  { names, locate, path }: ItemSurroundings,
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
