import type { Simulator } from "../../simulator/index.ts";
import type { Exchange } from "./exchanges.ts";
import type { Prepared } from "./preparation.ts";
import type { Ask } from "./replay.ts";

/** The site's machine that is protected in the world from the start. */
export const SITE_ITEM = {
  name: "site-item",
  machine: "site-vm",
  container: "site-container",
  policy: "site-policy",
  recoveryResourceGroup: "rg-west",
  cacheStorageAccount: "cachewest",
  network: "net-west",
} as const;

/** What an exchange about an item or plan of a site is sent to, and with which properties. */
export interface SiteRequest {
  readonly names: Prepared;
  readonly properties: object | undefined;
}

interface Bench {
  readonly simulator: Simulator;
  readonly run: Ask;
  readonly ask: Ask;
  readonly vaultId: string;
}

/** How far the item has come: protected, in Azure, on its way back, back on its site. */
type Stage = "protected" | "away" | "copying back" | "reversed" | "home";

/** Recorded and published exchanges about items of a site: the stage they need. */
const STAGES: readonly (readonly [source: RegExp, stage: Stage])[] = [
  [/V2A_RCMInMage\.(025|082|088|094|097|100|107)/, "protected"],
  [/UpdateMobilityService|UpdateAppliance/, "protected"],
  [/V2A_RCMInMage\.(130|132)/, "away"],
  [/V2A_RCMInMage\.158/, "copying back"],
  [/V2A_RCMInMage\.(162|163)|PlannedFailover(\.json)?$/, "reversed"],
  [/V2A_RCMInMage\.207|FailoverCancel/, "home"],
];
const UNPLANNED = /UnplannedFailover/;
const NAMES: Prepared = {
  fabricName: "site",
  protectionContainerName: "site-container",
  replicatedProtectedItemName: SITE_ITEM.name,
  recoveryPlanName: "site-plan",
};
const FAILBACK = { instanceType: "InMageRcmFailback", recoveryPointType: "CrashConsistent" };

/** Brings the site's item to where the exchange needs it; undefined if the exchange is not about one. */
export async function prepareSiteItem(
  exchange: Exchange,
  bench: Bench,
): Promise<SiteRequest | undefined> {
  const { source, operationId, method } = exchange;
  if (!/^Replication(ProtectedItems|RecoveryPlans)_/.test(operationId)) return undefined;
  const stage = STAGES.find(([pattern]) => pattern.test(source))?.[1];
  const isPublished = !source.startsWith("sample");
  if (stage === undefined || (isPublished && UNPLANNED.test(source))) return undefined;
  const { vaultId, run } = bench;
  const plan = `${vaultId}/replicationRecoveryPlans/site-plan`;
  const isOnPlan = operationId.startsWith("ReplicationRecoveryPlans_") && method !== "PUT";
  if (isOnPlan) await run("PUT", plan, { properties: await planProperties(bench) });
  await bringTo(stage, bench);
  if (/\.(082|088)\./.test(source)) return freshItem(bench, source.includes(".088.") ? 9 : 0);
  return {
    names: method === "PUT" ? { ...NAMES, ...NEW } : NAMES,
    properties: await propertiesOf(exchange, bench),
  };
}

const NEW: Prepared = { replicatedProtectedItemName: "new", recoveryPlanName: "new" };

async function freshItem(bench: Bench, minutes: number): Promise<SiteRequest> {
  const path = itemPath(bench.vaultId).replace(/[^/]+$/, "new");
  await bench.run("PUT", path, { properties: await enableProperties(bench) });
  bench.simulator.clock.advance(minutes * 60_000);
  return { names: { ...NAMES, ...NEW }, properties: undefined };
}

function itemPath(vaultId: string): string {
  return `${vaultId}/replicationFabrics/site/replicationProtectionContainers/site-container/replicationProtectedItems/${SITE_ITEM.name}`;
}

async function bringTo(stage: Stage, bench: Bench): Promise<void> {
  const { simulator, run, vaultId } = bench;
  const item = itemPath(vaultId);
  const order: readonly Stage[] = ["protected", "away", "copying back", "reversed", "home"];
  const reached = (needed: Stage) => order.indexOf(stage) >= order.indexOf(needed);
  if (reached("away")) {
    await run("POST", `${item}/unplannedFailover`, { properties: FAILOVER });
    simulator.clock.advance(15 * 60_000);
  }
  if (reached("copying back"))
    await run("POST", `${item}/reProtect`, { properties: await reprotectProperties(bench) });
  if (reached("reversed")) simulator.clock.advance(60 * 60_000);
  if (reached("home"))
    await run("POST", `${item}/plannedFailover`, {
      properties: { providerSpecificDetails: FAILBACK },
    });
}

const FAILOVER = {
  failoverDirection: "PrimaryToRecovery",
  providerSpecificDetails: { instanceType: "InMageRcm", performShutdown: "true" },
  sourceSiteOperations: "NotRequired",
};

async function propertiesOf(exchange: Exchange, bench: Bench): Promise<object | undefined> {
  const { operationId } = exchange;
  switch (operationId) {
    case "ReplicationProtectedItems_Create":
      return enableProperties(bench);
    case "ReplicationProtectedItems_Reprotect":
      return reprotectProperties(bench);
    case "ReplicationProtectedItems_UnplannedFailover":
      return FAILOVER;
    case "ReplicationProtectedItems_PlannedFailover":
      return { providerSpecificDetails: FAILBACK };
    case "ReplicationRecoveryPlans_PlannedFailover":
      return { failoverDirection: "RecoveryToPrimary", providerSpecificDetails: [FAILBACK] };
    case "ReplicationRecoveryPlans_Create":
      return planProperties(bench);
    case "ReplicationProtectedItems_UpdateAppliance":
      return {
        targetApplianceId: (await site(bench)).processServers[0]?.id,
        providerSpecificDetails: { instanceType: "InMageRcm" },
      };
    default:
      return {};
  }
}

interface Fabric {
  readonly properties: {
    readonly customDetails: {
      readonly vmwareSiteId: string;
      readonly processServers: readonly { readonly id: string }[];
    };
  };
}

async function site({ ask, vaultId }: Bench): Promise<Fabric["properties"]["customDetails"]> {
  const { body } = await ask("GET", `${vaultId}/replicationFabrics/site`);
  return (body as Fabric).properties.customDetails;
}

function storageAccount(vaultId: string): string {
  return `${vaultId.split("/resourceGroups")[0]}/resourceGroups/rg-west/providers/Microsoft.Storage/storageAccounts/cachewest`;
}

async function reprotectProperties(bench: Bench): Promise<object> {
  const { processServers } = await site(bench);
  return {
    failoverDirection: "RecoveryToPrimary",
    providerSpecificDetails: {
      instanceType: "InMageRcm",
      datastoreName: "datastore",
      logStorageAccountId: storageAccount(bench.vaultId),
      reprotectAgentId: processServers[0]?.id,
    },
  };
}

async function enableProperties(bench: Bench): Promise<object> {
  const { ask, vaultId } = bench;
  const { vmwareSiteId, processServers } = await site(bench);
  const machines = (await ask("GET", `${vmwareSiteId}/machines`)).body as {
    value: readonly { id: string; properties: { displayName: string } }[];
  };
  const accounts = (await ask("GET", `${vmwareSiteId}/runasaccounts`)).body as {
    value: readonly { id: string }[];
  };
  const group = `${vaultId.split("/resourceGroups")[0]}/resourceGroups/rg-west`;
  const account = storageAccount(vaultId);
  return {
    policyId: `${vaultId}/replicationPolicies/site-policy`,
    providerSpecificDetails: {
      instanceType: "InMageRcm",
      disksDefault: { diskType: "Premium_LRS", logStorageAccountId: account },
      fabricDiscoveryMachineId: machines.value.find(
        (each) => each.properties.displayName === "site-vm-new",
      )?.id,
      processServerId: processServers[0]?.id,
      runAsAccountId: accounts.value[0]?.id,
      targetBootDiagnosticsStorageAccountId: account,
      targetNetworkId: `${group}/providers/Microsoft.Network/virtualNetworks/net-west`,
      targetResourceGroupId: group,
      targetSubnetName: "web",
      targetVmName: "site-vm-new",
    },
  };
}

async function planProperties({ ask, vaultId }: Bench): Promise<object> {
  const id = itemPath(vaultId);
  const { body } = await ask("GET", id);
  const details = (body as { properties: { providerSpecificDetails: Record<string, string> } })
    .properties.providerSpecificDetails;
  return {
    primaryFabricId: `${vaultId}/replicationFabrics/site`,
    recoveryFabricId: "Microsoft Azure",
    failoverDeploymentModel: "ResourceManager",
    groups: [
      {
        groupType: "Boot",
        replicationProtectedItems: [{ id, virtualMachineId: details.internalIdentifier }],
      },
    ],
  };
}
