import type { ItemFacts, Verb } from "../../../provider/recovery/model.ts";
import type { OnPremisesItemFacts } from "../../../provider/recovery/on-premises.ts";
import { projectItem } from "../../../provider/recovery/projection.ts";
import { protectedItem } from "./items.ts";

/** The generations of VMware protection with their wire names and the verb that fails back. */
export const generations = [
  {
    scenario: "VmwareToAzure",
    forward: "InMageRcm",
    reversed: "InMageRcmFailback",
    failback: "plannedFailover",
  },
  {
    scenario: "VmwareToAzureClassic",
    forward: "InMageAzureV2",
    reversed: "InMage",
    failback: "unplannedFailover",
  },
] as const;

/** One of them. */
export type Generation = (typeof generations)[number];

const site: ItemFacts["primary"] = {
  fabricName: "fabric-site",
  fabricFriendlyName: "plant-one",
  containerName: "container-site",
  containerId:
    "/vault/replicationFabrics/fabric-site/replicationProtectionContainers/container-site",
  location: "",
};

const azure: ItemFacts["primary"] = {
  fabricName: "d49858f1",
  fabricFriendlyName: "Microsoft Azure",
  containerName: "d38048d4",
  containerId: "/vault/replicationFabrics/d49858f1/replicationProtectionContainers/d38048d4",
  location: "westeurope",
};

/** What only items of a site have, changed as a test needs it. */
export const onPremises = (changes: Partial<OnPremisesItemFacts> = {}): OnPremisesItemFacts => ({
  discoveryType: "vmware",
  osVersion: "",
  ipAddress: "10.1.1.11",
  processServerId: "ps",
  masterTargetId: "",
  reprotectAgentId: "",
  runAsAccountId: "1",
  vcenterId: "vcenter",
  datastores: ["ds1"],
  sourceDeleted: false,
  sourcePowerStatus: "ON",
  azureMachineId:
    "/subscriptions/s/resourceGroups/prod-dr/providers/Microsoft.Compute/virtualMachines/web-azure",
  logStorageAccountId: "/storage/log",
  lastUsedPolicyId: "",
  internalIdentifier: "internal",
  ...changes,
});

/** A protected machine of the site plant-one, which replicates to westeurope. */
export const siteItem = (
  { scenario, forward }: Generation,
  changes: Partial<ItemFacts> = {},
): ItemFacts =>
  protectedItem({
    scenario,
    instanceType: forward,
    primary: site,
    recovery: azure,
    initialPrimaryLocation: "",
    machineId:
      "/subscriptions/s/resourceGroups/dr/providers/Microsoft.OffAzure/VMwareSites/plant/machines/web",
    onPremises: onPremises(),
    ...changes,
  });

/** The verbs of one whole round: over, and home again. */
export const roundOf = ({ failback }: Generation): readonly Verb[] => [
  "unplannedFailover",
  "commit",
  "reprotect",
  failback,
  "commit",
  "reprotect",
];

/** The machine after the first verbs of a round. */
export const siteItemAfter = (
  generation: Generation,
  count: number,
  changes: Partial<ItemFacts> = {},
): ItemFacts => projectItem(siteItem(generation, changes), roundOf(generation).slice(0, count));
