import { subnetsOf } from "../azure/networks.ts";
import { findResource } from "../azure/resources.ts";
import { networkMappingToAzure } from "../recovery/items/hyper-v/network-mapping.ts";
import { newHyperVItem } from "../recovery/items/hyper-v/new-hyper-v-item.ts";
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
  readonly to:
    | {
        readonly recoveryGroup: AzureResource;
        readonly cache: AzureResource;
        /** Absent = that of the cloud's network mapping, or none. */
        readonly network?: AzureResource;
        readonly subnetName?: string;
      }
    | Container;
}

/** Makes the item of a Hyper-V machine that is protected from the start; at a second site its replica too. */
export function populateHyperVItem(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  { machine, source, policyName, to }: HyperVItemParts,
): void {
  const common = { name: world.name ?? machine.name, source, policyName, machine };
  if ("fabricName" in to) {
    const { instanceType } = vault.policies[policyName.toLowerCase()] ?? {};
    const current =
      instanceType === "HyperVReplica2012" ? "HyperVReplica2012" : "HyperVReplica2012R2";
    const kind = world.retiredKind ?? current;
    const item = newVmmItem(simulation, vault, { ...common, kind, target: to });
    makeReplica(simulation, vault, item);
    settleItem(simulation, vault, world, item);
    return;
  }
  const mapped = networkMappingToAzure(simulation, vault, machine)?.recoveryNetworkId;
  const network = to.network ?? (mapped ? findResource(simulation, mapped) : undefined);
  const disk = { diskType: "Standard_LRS", encryptionSetId: null };
  const item = newHyperVItem(simulation, vault, {
    ...common,
    storageAccountId: to.cache.id,
    logStorageAccountId: to.cache.id,
    useManagedDisks: true,
    disks: new Map(machine.disks.map(({ id }) => [id, disk])),
    resourceGroupId: to.recoveryGroup.id,
    networkId: network?.id ?? null,
    subnetName: to.subnetName ?? (network ? (subnetsOf(network)[0]?.name ?? null) : null),
    vmName: machine.name,
    vmSize: null,
    availabilitySetId: null,
    availabilityZone: null,
    proximityPlacementGroupId: null,
    licenseType: "NotSpecified",
    enableRdpOnTargetOption: "Never",
  });
  settleItem(simulation, vault, world, item);
}
