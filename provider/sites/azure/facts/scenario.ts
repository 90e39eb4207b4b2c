import type { Scenario } from "../../../recovery/model.ts";

const scenarios: Readonly<Record<string, Scenario>> = {
  A2A: "AzureToAzure",
  A2ACrossClusterMigration: "AzureToAzure",
  InMageRcm: "VmwareToAzure",
  InMageRcmFailback: "VmwareToAzure",
  InMageAzureV2: "VmwareToAzureClassic",
  InMage: "VmwareToAzureClassic",
  HyperVReplicaAzure: "HyperVToAzure",
  HyperVReplica2012: "VmmToVmm",
  HyperVReplica2012R2: "VmmToVmm",
  HyperVReplicaBaseReplicationDetails: "VmmToVmm",
  // An input of the service until api-version 2018-07-10; items of it may outlive it.
  San: "VmmToVmmSan",
};

/** What an item of a wire name that nobody knows is taken for, by the provider of its primary fabric. */
const byFabric: Readonly<Record<string, Scenario>> = {
  AzureFabric: "AzureToAzure",
  SingleHostHyperVFabric: "HyperVToAzure",
  VmmFabric: "VmmToVmm",
};

/**
 * The scenario behind a wire name (reference, section 1.3). VMM clouds and Hyper-V sites share
 * `HyperVReplicaAzure` and differ by the provider of the primary fabric, which also decides for
 * wire names that nobody knows yet.
 */
export function scenarioOf(instanceType: string, primaryFabricProvider: string): Scenario {
  if (instanceType === "HyperVReplicaAzure" && primaryFabricProvider === "VmmFabric") {
    return "VmmToAzure";
  }
  return scenarios[instanceType] ?? byFabric[primaryFabricProvider] ?? "VmwareToAzure";
}
