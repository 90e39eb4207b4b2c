import { newHyperVItem } from "../recovery/items/hyper-v/new-hyper-v-item.ts";
import type { ProtectedItem } from "../recovery/items/item.ts";
import { newVmmItem } from "../recovery/items/vmm/new-vmm-item.ts";
import { makeReplica } from "../recovery/items/vmm/replica.ts";
import type { Simulation } from "../simulation.ts";
import type { HyperVMachine } from "../state/hyper-v-model.ts";
import type { AzureResource, Container, Vault } from "../state/model.ts";
import { settleItem } from "./settle-item.ts";
import type { WorldItem } from "./world-document.ts";

/** What an item of a Hyper-V machine is made from, found in the world: to Azure, or to a second cloud. */
export interface HyperVItemParts {
  readonly source: Container;
  readonly machine: HyperVMachine;
  readonly policyName: string;
  readonly azure?: {
    readonly recoveryGroup: AzureResource;
    readonly cache: AzureResource;
    readonly network: AzureResource;
    readonly subnetName: string;
  };
  readonly target?: Container;
}

/** Makes the item of a Hyper-V machine that is protected from the start. */
export function populateHyperVItem(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  parts: HyperVItemParts,
): void {
  const { azure, target } = parts;
  if (azure)
    settleItem(simulation, vault, world, itemToAzure(simulation, vault, world, parts, azure));
  else if (target) {
    const item = itemToCloud(simulation, vault, world, parts, target);
    settleItem(simulation, vault, world, item);
    makeReplica(simulation, vault, item);
  }
}

function itemToAzure(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  { machine, source, policyName }: HyperVItemParts,
  azure: NonNullable<HyperVItemParts["azure"]>,
): ProtectedItem {
  const target = { diskType: "Standard_LRS", encryptionSetId: null };
  return newHyperVItem(simulation, vault, {
    name: world.name ?? machine.name,
    source,
    policyName,
    machine,
    storageAccountId: azure.cache.id,
    logStorageAccountId: null,
    useManagedDisks: true,
    disks: new Map(machine.disks.map(({ id }) => [id, target])),
    resourceGroupId: azure.recoveryGroup.id,
    networkId: azure.network.id,
    subnetName: azure.subnetName,
    vmName: machine.name,
    vmSize: null,
    availabilitySetId: null,
    availabilityZone: null,
    proximityPlacementGroupId: null,
    licenseType: "NotSpecified",
    enableRdpOnTargetOption: "Never",
  });
}

function itemToCloud(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  { machine, source, policyName }: HyperVItemParts,
  target: Container,
): ProtectedItem {
  const kind = vault.policies[policyName.toLowerCase()]?.instanceType;
  return newVmmItem(simulation, vault, {
    kind: kind === "HyperVReplica2012" ? kind : "HyperVReplica2012R2",
    name: world.name ?? machine.name,
    source,
    target,
    policyName,
    machine,
  });
}
