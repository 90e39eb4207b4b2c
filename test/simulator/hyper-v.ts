import type { WorldDocument } from "../../simulator/index.ts";
import {
  account,
  DRILL,
  GROUP,
  type ItemCalls,
  itemCalls,
  recoveredSide,
  recoveredThere,
} from "./recovered-side.ts";
import { type Body, openShop, type Shop, SUBSCRIPTION } from "./shop.ts";

/** The path of the vault. */
export const DRV: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.RecoveryServices/vaults/drv`;
/** The storage account that data are kept in. */
export const ACCOUNT: string = account("replica");
/** The ARM id of a policy. */
export const policy = (name: string): string => `${DRV}/replicationPolicies/${name}`;
/** The ARM id of a fabric. */
export const fabric = (name: string): string => `${DRV}/replicationFabrics/${name}`;
const item = (machine: string, container: string, rest: object = {}) => ({
  name: machine,
  machine,
  container,
  policy: "to-azure",
  ...recoveredThere("replica"),
  ...rest,
});

/** A vault with a Hyper-V site of two hosts and a VMM server, some of their machines protected from the start. */
export const HYPER_V: WorldDocument = {
  seed: "hyper-v",
  ...recoveredSide("replica"),
  hyperVSites: [
    {
      vault: "drv",
      fabric: "site",
      hosts: [
        { name: "hv-1", address: "10.1.0.11" },
        { name: "hv-2", address: "10.1.0.12" },
      ],
      machines: [
        { name: "sql-1", host: "hv-1", disks: [{ sizeGiB: 40 }, { sizeGiB: 24 }] },
        { name: "app-1", host: "hv-1", os: "Linux" },
        { name: "web-1", host: "hv-2" },
        { name: "stubborn", host: "hv-2", shutdown: "fails" },
        { name: "old-1", host: "hv-2", power: "off" },
      ],
    },
  ],
  vmmServers: [
    {
      vault: "drv",
      name: "vmm-1",
      address: "10.2.0.5",
      hosts: [{ name: "hv-9", address: "10.2.0.11" }],
      networks: [{ name: "corp" }, { name: "lab" }],
      clouds: [
        {
          name: "gold",
          machines: [
            { name: "crm-1", network: "corp" },
            { name: "erp-1", network: "corp" },
            { name: "lab-1", network: "lab" },
          ],
        },
      ],
    },
  ],
  vaults: [
    {
      name: "drv",
      resourceGroup: "recovery",
      policies: [
        {
          name: "to-azure",
          kind: "HyperVReplicaAzure",
          recoveryPointHistoryMinutes: 240,
          appConsistentMinutes: 60,
          replicationIntervalSeconds: 300,
        },
        { name: "other", kind: "InMageRcm" },
      ],
      mappings: [
        { name: "out", source: "site", target: "Microsoft Azure", policy: "to-azure" },
        { name: "out", source: "gold", target: "Microsoft Azure", policy: "to-azure" },
      ],
      networkMappings: [{ name: "corp", primaryNetwork: "corp", recoveryNetwork: "azure" }],
      items: [item("sql-1", "site"), item("stubborn", "site"), item("crm-1", "gold")],
    },
  ],
};

/** The Hyper-V world with the calls that tests make. */
export interface HyperVWorld extends Shop, ItemCalls {
  /** The path of a container: of the site, or of a cloud. */
  container(name: string): Promise<string>;
  /** The path of an item in the site. */
  siteItem(name: string): Promise<string>;
  /** The path of an item in the cloud. */
  cloudItem(name: string): Promise<string>;
  /** The protectable item of that name in a container. */
  protectable(container: string, name: string): Promise<Body>;
  /** State, side and operations of an item, as far as clients decide by them. */
  stand(path: string): Promise<unknown[]>;
  /** The jobs of an item, newest first. */
  jobs(item: string): Promise<Body[]>;
  /** A machine at its site, as the simulator knows it. */
  machine(name: string): Promise<Body>;
  /** Changes a machine or a server by an endpoint of the simulator's own. */
  change(what: "machines" | "servers", name: string, body: object): Promise<Body>;
  /** Starts a write and returns the path of its job. */
  begin(path: string, verb: string, body?: object): Promise<string>;
}

/** What a protected item offers. */
export const OFFERED: readonly string[] = [
  "PlannedFailover",
  "UnplannedFailover",
  "DisableProtection",
  "TestFailover",
];
/** What an item offers whose failover to Azure waits for its commit. */
export const PENDING: readonly string[] = [
  "CompleteMigration",
  "Commit",
  "DisableProtection",
  "ChangePit",
];

/** A body of a request: the properties and their provider-specific part. */
export function properties(details: object, rest: object = {}): object {
  return { properties: { ...rest, providerSpecificDetails: details } };
}

const AZURE = { instanceType: "HyperVReplicaAzure" };

/** Body of a planned failover to Azure. */
export const PLANNED: object = properties(AZURE, { failoverDirection: "PrimaryToRecovery" });
/** Body of an unplanned failover to Azure. */
export const UNPLANNED: object = properties(AZURE, {
  failoverDirection: "PrimaryToRecovery",
  sourceSiteOperations: "NotRequired",
});
/** Body of a test failover. */
export const TEST: object = properties(AZURE, {
  failoverDirection: "PrimaryToRecovery",
  networkType: "VmNetworkAsInput",
  networkId: DRILL,
});
/** Body of a reverse replication after a failback. */
export const REVERSE: object = properties(AZURE, { failoverDirection: "PrimaryToRecovery" });

/** Body of a failback from Azure. */
export function failback(rest: object = {}): object {
  return properties(
    {
      instanceType: "HyperVReplicaAzureFailback",
      dataSyncOption: "ForSynchronization",
      recoveryVmCreationOption: "NoAction",
      ...rest,
    },
    { failoverDirection: "RecoveryToPrimary" },
  );
}

/** Body of a PUT that protects a machine. */
export function enabling(protectableItemId: string, rest: object = {}): object {
  return properties(
    {
      instanceType: "HyperVReplicaAzure",
      targetStorageAccountId: ACCOUNT,
      targetAzureV2ResourceGroupId: GROUP,
      ...rest,
    },
    { policyId: policy("to-azure"), protectableItemId },
  );
}

/** Starts a simulator of the Hyper-V world; the test ends it. */
export async function openHyperV(
  t: { teardown(work: () => unknown): void },
  world: WorldDocument = HYPER_V,
  options: object = {},
): Promise<HyperVWorld> {
  const shop = await openShop(t, { world, ...options });
  const calls = itemCalls(shop);
  const { item: read } = calls;
  const container = async (name: string) => {
    const { value } = await shop.get(`${DRV}/replicationProtectionContainers`);
    const found = value.find(
      (each: Body) =>
        each.properties.friendlyName === name || each.id.includes(`/replicationFabrics/${name}/`),
    );
    if (!found) throw new Error(`There is no container '${name}'.`);
    return found.id;
  };
  const itemIn = async (place: string, name: string) =>
    `${await container(place)}/replicationProtectedItems/${name}`;
  const begin = async (path: string, verb: string, body?: object) => {
    const reply = await shop.ask("POST", `${path}/${verb}`, body);
    const operation = reply.headers.get("azure-asyncoperation");
    if (operation === null) throw new Error(`${verb}: ${JSON.stringify(reply.body)}`);
    return `${DRV}/replicationJobs/${new URL(operation).pathname.split("/").at(-1)}`;
  };
  return {
    ...shop,
    ...calls,
    container,
    siteItem: (name) => itemIn("site", name),
    cloudItem: (name) => itemIn("gold", name),
    async protectable(path, name) {
      const { value } = await shop.get(`${path}/replicationProtectableItems`);
      return value.find((each: Body) => each.properties.friendlyName === name);
    },
    async stand(path) {
      const { protectionState, activeLocation, allowedOperations } = await read(path);
      return [protectionState, activeLocation, allowedOperations];
    },
    async jobs(name) {
      const { value } = await shop.get(`${DRV}/replicationJobs`);
      const own = value.filter((each: Body) => each.properties.targetObjectId === name);
      return Promise.all(own.map((each: Body) => read(each.id)));
    },
    machine: async (name) => {
      const { hyperV } = await shop.get("/_simulator/state");
      return Object.values(hyperV.machines).find((each: Body) => each.name === name);
    },
    change: async (what, name, body) => {
      const reply = await shop.ask("PATCH", `/_simulator/hyper-v/${what}/${name}`, body);
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
      return reply.body;
    },
    begin,
  };
}
