import type { HyperVItemFacts } from "../../../provider/recovery/hyper-v.ts";
import type { ItemFacts, Verb } from "../../../provider/recovery/model.ts";
import { projectItem } from "../../../provider/recovery/projection.ts";
import { protectedItem } from "./items.ts";

/** The ways in which Hyper-V machines are protected. */
export const hyperVScenarios = ["HyperVToAzure", "VmmToAzure", "VmmToVmm"] as const;

/** One of them. */
export type HyperVScenario = (typeof hyperVScenarios)[number];

/** Those with Azure as the second site. */
export const toAzure = ["HyperVToAzure", "VmmToAzure"] as const;

const fabric = (name: string): ItemFacts["primary"] => ({
  fabricName: `fabric-${name}`,
  fabricFriendlyName: name,
  containerName: `cloud-${name}`,
  containerId: `/vault/replicationFabrics/fabric-${name}/replicationProtectionContainers/cloud-${name}`,
  location: "",
});

const azure: ItemFacts["primary"] = {
  fabricName: "d49858f1",
  fabricFriendlyName: "Microsoft Azure",
  containerName: "d38048d4",
  containerId: "/vault/replicationFabrics/d49858f1/replicationProtectionContainers/d38048d4",
  location: "",
};

/** What only Hyper-V items have, changed as a test needs it. */
export const hyperV = (changes: Partial<HyperVItemFacts> = {}): HyperVItemFacts => ({
  machineGuid: "guid",
  protectableItemId: "/vault/protectable/guid",
  providerId: "/vault/providers/host-1",
  machineProtectionState: "Protected",
  machineProtectionStateDescription: "Protected",
  replicationType: "",
  storageAccountId: "/storage/replica",
  logStorageAccountId: "",
  usesManagedDisks: true,
  osDiskId: "disk",
  licenseType: "NotSpecified",
  ...changes,
});

/** A protected machine of the Hyper-V site or VMM server plant-one; its second site is Azure or the VMM server plant-two. */
export function hyperVItem(scenario: HyperVScenario, changes: Partial<ItemFacts> = {}): ItemFacts {
  const betweenSites = scenario === "VmmToVmm";
  return protectedItem({
    scenario,
    instanceType: betweenSites ? "HyperVReplica2012R2" : "HyperVReplicaAzure",
    primary: fabric("plant-one"),
    recovery: betweenSites ? fabric("plant-two") : azure,
    initialPrimaryLocation: "",
    machineId: "/vault/protectable/guid",
    allowedOperations: [
      "PlannedFailover",
      "UnplannedFailover",
      "DisableProtection",
      "TestFailover",
    ],
    hyperV: hyperV(),
    ...changes,
  });
}

/** The verbs of one whole round: over by a planned failover, and home again. */
export const roundOf = (scenario: HyperVScenario): readonly Verb[] =>
  scenario === "VmmToVmm"
    ? ["plannedFailover", "commit", "reprotect", "plannedFailover", "commit", "reprotect"]
    : ["plannedFailover", "commit", "plannedFailover", "commit", "reprotect"];

/** The machine after the first verbs of a round. */
export const hyperVItemAfter = (
  scenario: HyperVScenario,
  count: number,
  changes: Partial<ItemFacts> = {},
): ItemFacts => projectItem(hyperVItem(scenario, changes), roundOf(scenario).slice(0, count));

/** The same machine whose copy the service has marked for resynchronization. */
export const markedItem = (scenario: HyperVScenario): ItemFacts => {
  const item = hyperVItem(scenario);
  return {
    ...item,
    allowedOperations: ["RepairReplication", ...item.allowedOperations],
    disks: item.disks.map((disk) => ({ ...disk, resynchronizationRequired: true })),
  };
};
