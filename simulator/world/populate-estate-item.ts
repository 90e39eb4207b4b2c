import {
  applianceSiteOf,
  configurationServerOf,
  discoveryIdOf,
  protectableItemIdOf,
} from "../estate/find.ts";
import { newSiteItem } from "../recovery/items/on-premises/new-site-item.ts";
import { processServersOf } from "../recovery/items/on-premises/source-machine.ts";
import type { Simulation } from "../simulation.ts";
import type { EstateMachine } from "../state/estate-model.ts";
import type { AzureResource, Container, Vault } from "../state/model.ts";
import { settleItem } from "./settle-item.ts";
import type { WorldItem } from "./world-document.ts";

/** What an item of an on-premises machine is made from, found in the world. */
export interface EstateItemParts {
  readonly source: Container;
  readonly machine: EstateMachine;
  readonly policyName: string;
  readonly recoveryGroup: AzureResource;
  readonly cache: AzureResource;
  readonly network: AzureResource;
  readonly subnetName: string;
}

/** Makes the item of an on-premises machine that is protected from the start. */
export function populateEstateItem(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  parts: EstateItemParts,
): void {
  const { source, machine, network, subnetName, recoveryGroup, cache } = parts;
  const site = applianceSiteOf(vault, source.fabricName);
  const accounts = site ?? configurationServerOf(vault, source.fabricName);
  const disk = { logStorageAccountId: cache.id, diskType: "Premium_LRS", encryptionSetId: null };
  const item = newSiteItem(simulation, vault, {
    kind: site ? "InMageRcm" : "InMageAzureV2",
    name: world.name ?? machine.name,
    source,
    policyName: parts.policyName,
    machine,
    discoveryId: site
      ? discoveryIdOf(simulation, site, machine)
      : protectableItemIdOf(simulation, vault, source, machine),
    processServerId: processServersOf(vault, source.fabricName)[0]?.id ?? "",
    runAsAccountId: accounts?.runAsAccounts[0]?.id ?? null,
    masterTargetId: null,
    logStorageAccountId: cache.id,
    storageAccountId: null,
    disks: new Map(machine.disks.map(({ id }) => [id, disk])),
    resourceGroupId: recoveryGroup.id,
    networkId: network.id,
    subnetName,
    testNetworkId: null,
    testSubnetName: null,
    vmName: machine.name,
    vmSize: null,
    availabilitySetId: null,
    availabilityZone: null,
    proximityPlacementGroupId: null,
    bootDiagnosticsStorageAccountId: null,
    licenseType: "NotSpecified",
    enableRdpOnTargetOption: "Never",
    multiVmGroupName: world.multiVmGroup ?? "",
    multiVmGroupId: undefined,
  });
  machine.agent.installed = true;
  settleItem(simulation, vault, world, item);
}
