import type { WorldDocument } from "../../simulator/index.ts";
import {
  account,
  type ItemCalls,
  itemCalls,
  recoveredSide,
  recoveredThere,
} from "./recovered-side.ts";
import { type Body, openShop, type Shop, SUBSCRIPTION } from "./shop.ts";

/** The path of the vault. */
export const RECOVERY: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.RecoveryServices/vaults/recovery`;
/** The storage account that changes wait in. */
export const ACCOUNT: string = account("logs");
/** The container of the appliances. */
export const MODERN: string = `${RECOVERY}/replicationFabrics/site/replicationProtectionContainers/site-container`;
/** The container of the configuration server. */
export const CLASSIC: string = `${RECOVERY}/replicationFabrics/cs-1/replicationProtectionContainers/cs-container`;
/** The path of a modernized item. */
export const modern = (name: string): string => `${MODERN}/replicationProtectedItems/${name}`;
/** The path of a classic item. */
export const classic = (name: string): string => `${CLASSIC}/replicationProtectedItems/${name}`;
/** The ARM id of a policy. */
export const policy = (name: string): string => `${RECOVERY}/replicationPolicies/${name}`;

const item = (machine: string, container: string, rest: object = {}) => ({
  name: machine,
  machine,
  container,
  policy: container === "site-container" ? "modern" : "classic",
  ...recoveredThere("logs"),
  ...rest,
});

/** A vault with both generations: machines of one vCenter, some protected from the start. */
export const ESTATE: WorldDocument = {
  seed: "vmware",
  ...recoveredSide("logs"),
  vcenters: [
    {
      name: "vcenter-one",
      address: "10.1.0.5",
      datastores: [{ name: "ds1" }, { name: "ds2" }, { name: "far" }],
      hosts: [
        { name: "esx1", datastores: ["ds1", "ds2"], memoryMiB: 65_536 },
        { name: "esx2", datastores: ["far"] },
      ],
      machines: [
        { name: "web-1", address: "10.1.1.11", processors: 4, memoryMiB: 8192 },
        { name: "web-2", address: "10.1.1.12", os: "Windows" },
        { name: "web-3", address: "10.1.1.13", disks: [{ sizeGiB: 40 }, { sizeGiB: 16 }] },
        { name: "away", host: "esx2", address: "10.1.1.14" },
        { name: "old-1", address: "10.1.1.21" },
        { name: "old-2", address: "10.1.1.22", os: "Windows" },
        { name: "old-3", address: "10.1.1.23" },
        { name: "mt-linux", address: "10.1.0.12" },
        { name: "mt-windows", os: "Windows", address: "10.1.0.13" },
        { name: "appliance-1", os: "Windows", address: "10.1.0.20" },
      ],
    },
  ],
  physicalServers: [{ name: "metal-1", address: "10.1.1.50", discovered: true }],
  configurationServers: [
    {
      name: "cs-1",
      vault: "recovery",
      container: "cs-container",
      address: "10.1.0.10",
      vcenters: ["vcenter-one"],
      runAsAccounts: [{ name: "linux-root" }],
      processServers: [{ name: "cs-1" }, { name: "ps-azure", address: "10.2.0.4" }],
      masterTargets: [
        { name: "mt-linux", retentionVolumes: [{ name: "/mnt/retention" }] },
        { name: "mt-windows", os: "Windows", retentionVolumes: [{ name: "R" }] },
      ],
    },
  ],
  appliances: [
    {
      name: "appliance-1",
      vault: "recovery",
      fabric: "site",
      container: "site-container",
      vcenters: ["vcenter-one"],
      runAsAccounts: [{ name: "linux-root" }],
    },
  ],
  vaults: [
    {
      name: "recovery",
      resourceGroup: "recovery",
      policies: [
        { name: "modern", kind: "InMageRcm" },
        { name: "classic", kind: "InMageAzureV2", appConsistentMinutes: 60 },
        { name: "classic-failback", kind: "InMage", appConsistentMinutes: 60 },
      ],
      mappings: [
        { name: "out", source: "site-container", target: "Microsoft Azure", policy: "modern" },
        { name: "out", source: "cs-container", target: "Microsoft Azure", policy: "classic" },
        {
          name: "back",
          source: "cs-container",
          target: "cs-container",
          policy: "classic-failback",
        },
      ],
      items: [
        item("web-1", "site-container"),
        item("web-2", "site-container"),
        item("away", "site-container"),
        item("old-1", "cs-container"),
        item("old-2", "cs-container"),
        item("metal-1", "cs-container"),
      ],
    },
  ],
};

/** A body of a request: the properties and their provider-specific part. */
export function properties(details: object | undefined, rest: object = {}): object {
  return { properties: { ...rest, ...(details && { providerSpecificDetails: details }) } };
}

/** The estate with the calls that tests make. */
export interface Estate extends Shop, ItemCalls {
  /** `customDetails` of a fabric. */
  fabric(name: "site" | "cs-1"): Promise<Body>;
  /** A machine on premises, as the simulator knows it. */
  machine(name: string): Promise<Body>;
  /** Changes something on premises by an endpoint of the simulator's own. */
  change(what: "machines" | "vcenters" | "servers", body: object): Promise<Body>;
  /** Fails a modernized item over and lets its agent register. */
  failOver(path: string): Promise<void>;
  /** Reprotects a modernized item to its site and waits until it is protected. */
  reprotectToSite(path: string, datastore?: string): Promise<void>;
  toSite(datastore?: string): Promise<object>;
  toSiteClassic(rest?: object): Promise<object>;
}

/** Body of a failover of a modernized machine. */
export const OUT: object = properties(
  { instanceType: "InMageRcm", performShutdown: "true" },
  { failoverDirection: "PrimaryToRecovery", sourceSiteOperations: "NotRequired" },
);
/** Body of a failover of a classic machine. */
export const OUT_CLASSIC: object = properties(
  { instanceType: "InMageAzureV2" },
  { failoverDirection: "PrimaryToRecovery", sourceSiteOperations: "Required" },
);
/** Body of the failback of a modernized machine. */
export const HOME: object = properties({
  instanceType: "InMageRcmFailback",
  recoveryPointType: "CrashConsistent",
});
/** Body of the failback of a classic machine. */
export const HOME_CLASSIC: object = properties(
  { instanceType: "InMage", recoveryPointType: "LatestTime" },
  { failoverDirection: "RecoveryToPrimary", sourceSiteOperations: "Required" },
);

/** Starts a simulator of the estate; the test ends it. */
export async function openEstate(
  t: { teardown(work: () => unknown): void },
  world: WorldDocument = ESTATE,
  options: object = {},
): Promise<Estate> {
  const shop = await openShop(t, { world, ...options });
  const calls = itemCalls(shop);
  const { item: read, does, minutes } = calls;
  const fabric = async (name: string) =>
    (await read(`${RECOVERY}/replicationFabrics/${name}`)).customDetails;
  const toSite = async (datastoreName = "ds1") =>
    properties(
      {
        instanceType: "InMageRcm",
        reprotectAgentId: (await fabric("site")).reprotectAgents[0].id,
        datastoreName,
        logStorageAccountId: ACCOUNT,
      },
      { failoverDirection: "RecoveryToPrimary" },
    );
  return {
    ...shop,
    ...calls,
    fabric,
    machine: async (name) => {
      const { estate } = await shop.get("/_simulator/state");
      return Object.values(estate.machines).find((each: Body) => each.name === name);
    },
    change: async (what, body) => (await shop.ask("POST", `/_simulator/estate/${what}`, body)).body,
    async failOver(path) {
      await does(path, "unplannedFailover", OUT);
      minutes(15);
    },
    async reprotectToSite(path, datastore) {
      await does(path, "reProtect", await toSite(datastore));
      await shop.until(path, "Protected");
    },
    toSite,
    async toSiteClassic(rest = {}) {
      const { masterTargetServers, processServers } = await fabric("cs-1");
      return properties(
        {
          instanceType: "InMage",
          masterTargetId: masterTargetServers[0].id,
          processServerId: processServers[1].id,
          retentionDrive: "/mnt/retention",
          runAsAccountId: "1",
          datastoreName: "ds1",
          profileId: policy("classic-failback"),
          ...rest,
        },
        { failoverDirection: "RecoveryToPrimary" },
      );
    },
  };
}
