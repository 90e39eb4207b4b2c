import type { Simulator } from "../../simulator/index.ts";
import type { Exchange } from "./exchanges.ts";
import { ACCOUNT, NETWORK, OTHER_NETWORK } from "./hyper-v.ts";
import type { Prepared } from "./preparation.ts";
import type { Ask } from "./replay.ts";

interface Bench {
  readonly simulator: Simulator;
  readonly run: Ask;
  readonly ask: Ask;
  readonly vaultId: string;
}

/** What an exchange about Hyper-V is sent to, and with which properties. */
export interface HyperVRequest {
  readonly names: Prepared;
  /** Undefined: the exchange's own body will do. */
  readonly properties: object | undefined;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
}

const AZURE = { instanceType: "HyperVReplicaAzure" };
const OUT = { failoverDirection: "PrimaryToRecovery", providerSpecificDetails: AZURE };
const UNPLANNED = { ...OUT, sourceSiteOperations: "NotRequired" };
const HOME = {
  failoverDirection: "RecoveryToPrimary",
  providerSpecificDetails: {
    instanceType: "HyperVReplicaAzureFailback",
    dataSyncOption: "ForSynchronization",
    recoveryVmCreationOption: "NoAction",
  },
};
const TEST = { networkType: "VmNetworkAsInput", networkId: NETWORK };
const NETWORK_MAPPING = {
  recoveryFabricName: "Microsoft Azure",
  recoveryNetworkId: OTHER_NETWORK,
  fabricSpecificDetails: { instanceType: "VmmToAzure" },
};
const PLAN_OUT = { ...OUT, providerSpecificDetails: [AZURE] };

/** Verbs that bring an item or a plan to where an operation needs it, with their properties. */
const STEPS: Readonly<Record<string, readonly (readonly [verb: string, properties?: object])[]>> = {
  ReplicationProtectedItems_ApplyRecoveryPoint: [["unplannedFailover", UNPLANNED]],
  ReplicationProtectedItems_FailoverCommit: [["plannedFailover", OUT]],
  ReplicationProtectedItems_TestFailoverCleanup: [["testFailover", { ...OUT, ...TEST }]],
  ReplicationProtectedItems_Reprotect: [
    ["plannedFailover", OUT],
    ["failoverCommit"],
    ["plannedFailover", HOME],
    ["failoverCommit"],
  ],
  ReplicationRecoveryPlans_FailoverCommit: [["plannedFailover", PLAN_OUT]],
  ReplicationRecoveryPlans_TestFailoverCleanup: [["testFailover", { ...PLAN_OUT, ...TEST }]],
};

const MAKES: Readonly<Record<string, Prepared>> = {
  ReplicationFabrics_Create: { fabricName: "new" },
  ReplicationPolicies_Create: { policyName: "new" },
  ReplicationNetworkMappings_Create: { networkMappingName: "new" },
  ReplicationProtectedItems_Create: { replicatedProtectedItemName: "new" },
  ReplicationRecoveryPlans_Create: { recoveryPlanName: "new" },
  ReplicationStorageClassificationMappings_Create: { storageClassificationMappingName: "there" },
};

/** Brings the Hyper-V world to where the exchange needs it; returns what is asked there. */
export async function prepareHyperV(exchange: Exchange, bench: Bench): Promise<HyperVRequest> {
  const { operationId, source } = exchange;
  const places = await placesOf(bench);
  const item = `${places.cloud.id}/replicationProtectedItems/item`;
  const plan = `${bench.vaultId}/replicationRecoveryPlans/plan`;
  const isOnPlan = operationId.startsWith("ReplicationRecoveryPlans_");
  if (isOnPlan) await bench.run("PUT", plan, { properties: planProperties(bench, item) });
  for (const [verb, properties] of STEPS[operationId] ?? [])
    await bench.run("POST", `${isOnPlan ? plan : item}/${verb}`, properties && { properties });
  if (operationId === "ReplicationProtectedItems_RepairReplication")
    await bench.ask("POST", "/_simulator/items", { id: item, resyncRequired: true });
  const isFresh = /\.(036|040)\./.test(source);
  if (isFresh) await enableNew(bench, places, source.includes(".040."));
  return {
    names: {
      ...namesOf(operationId, places),
      ...(isFresh && { replicatedProtectedItemName: "new" }),
      ...(await found(operationId, bench, item)),
      ...MAKES[operationId],
    },
    properties: propertiesOf(exchange, bench, places),
  };
}

interface Places {
  readonly cloud: Named;
  readonly network: Named;
  readonly classification: Named;
  readonly second: Named;
  readonly fresh: Named;
}

async function list(bench: Bench, path: string): Promise<readonly Named[]> {
  return ((await bench.ask("GET", path)).body as { value: readonly Named[] }).value;
}

async function placesOf(bench: Bench): Promise<Places> {
  const fabric = (name: string) => `${bench.vaultId}/replicationFabrics/${name}`;
  const of = async (path: string, friendlyName: string): Promise<Named> => {
    const all = await list(bench, path);
    const one = all.find(({ properties }) => properties.friendlyName === friendlyName);
    if (!one) throw new Error(`There is no '${friendlyName}' in ${path}.`);
    return one;
  };
  const cloud = await of(`${fabric("vmm")}/replicationProtectionContainers`, "cloud");
  return {
    cloud,
    network: await of(`${fabric("vmm")}/replicationNetworks`, "corp"),
    classification: await of(`${fabric("vmm")}/replicationStorageClassifications`, "fast"),
    second: await of(`${fabric("vmm-second")}/replicationStorageClassifications`, "fast-second"),
    fresh: await of(`${cloud.id}/replicationProtectableItems`, "vm-new"),
  };
}

/** Fabrics and agents are those of the site where the published examples' are. */
function namesOf(operationId: string, places: Places): Prepared {
  const isOfSite = /^Replication(Fabrics|RecoveryServicesProviders)_/.test(operationId);
  return {
    fabricName: isOfSite ? "site" : "vmm",
    protectionContainerName: places.cloud.name,
    networkName: places.network.name,
    storageClassificationName: places.classification.name,
    storageClassificationMappingName: "there",
    protectableItemName: places.fresh.name,
  };
}

/** Names that only the world can tell. */
async function found(operationId: string, bench: Bench, item: string): Promise<Prepared> {
  if (operationId.startsWith("ReplicationEvents_"))
    await bench.run("POST", `${item}/unplannedFailover`, { properties: UNPLANNED });
  if (operationId === "ReplicationEvents_Get")
    return { eventName: (await list(bench, `${bench.vaultId}/replicationEvents`))[0]?.name };
  if (operationId.startsWith("ReplicationRecoveryServicesProviders_")) {
    const agents = `${bench.vaultId}/replicationFabrics/site/replicationRecoveryServicesProviders`;
    return { providerName: (await list(bench, agents))[0]?.name };
  }
  return {};
}

/** An item in its first copy, or so far that its protection is being finalized. */
async function enableNew(bench: Bench, places: Places, isFinalizing: boolean): Promise<void> {
  const path = `${places.cloud.id}/replicationProtectedItems/new`;
  await bench.run("PUT", path, { properties: enableProperties(bench, places) });
  if (!isFinalizing) return;
  for (let minute = 0; minute < 90; minute += 1) {
    const { properties } = (await bench.ask("GET", path)).body as Named;
    if (properties.protectionState === "Protected") return;
    bench.simulator.clock.advance(60_000);
  }
}

function enableProperties({ vaultId }: Bench, { fresh }: Places): object {
  return {
    policyId: `${vaultId}/replicationPolicies/policy`,
    protectableItemId: fresh.id,
    providerSpecificDetails: { ...AZURE, targetStorageAccountId: ACCOUNT },
  };
}

function planProperties({ vaultId }: Bench, item: string): object {
  return {
    primaryFabricId: `${vaultId}/replicationFabrics/vmm`,
    recoveryFabricId: "Microsoft Azure",
    failoverDeploymentModel: "ResourceManager",
    groups: [{ groupType: "Boot", replicationProtectedItems: [{ id: item }] }],
  };
}

/** Properties of requests that name no object of the world. */
const PROPERTIES: Readonly<Record<string, object>> = {
  ReplicationFabrics_Create: { customDetails: { instanceType: "FabricSpecificCreationInput" } },
  ReplicationPolicies_Create: { providerSpecificInput: AZURE },
  ReplicationPolicies_Update: { replicationProviderSettings: AZURE },
  ReplicationNetworkMappings_Create: NETWORK_MAPPING,
  ReplicationNetworkMappings_Update: NETWORK_MAPPING,
  ReplicationProtectedItems_ApplyRecoveryPoint: { providerSpecificDetails: AZURE },
  ReplicationProtectedItems_PlannedFailover: OUT,
  ReplicationProtectedItems_UnplannedFailover: UNPLANNED,
  ReplicationProtectedItems_Reprotect: OUT,
  ReplicationProtectedItems_TestFailover: { ...OUT, ...TEST },
  ReplicationProtectedItems_TestFailoverCleanup: { comments: "done" },
  ReplicationProtectedItems_Update: {
    recoveryAzureVMName: "vm-after",
    providerSpecificDetails: AZURE,
  },
  ReplicationRecoveryPlans_PlannedFailover: PLAN_OUT,
  ReplicationRecoveryPlans_UnplannedFailover: { ...PLAN_OUT, sourceSiteOperations: "NotRequired" },
  ReplicationRecoveryPlans_TestFailover: { ...PLAN_OUT, ...TEST },
  ReplicationRecoveryPlans_TestFailoverCleanup: { comments: "done" },
};

function propertiesOf({ operationId }: Exchange, bench: Bench, places: Places): object | undefined {
  const item = `${places.cloud.id}/replicationProtectedItems/item`;
  switch (operationId) {
    case "ReplicationProtectedItems_Create":
      return enableProperties(bench, places);
    case "ReplicationRecoveryPlans_Create":
    case "ReplicationRecoveryPlans_Update":
      return planProperties(bench, item);
    case "ReplicationStorageClassificationMappings_Create":
      return { targetStorageClassificationId: places.second.id };
    default:
      return PROPERTIES[operationId];
  }
}
