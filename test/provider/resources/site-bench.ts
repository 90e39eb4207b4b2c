import type { ExecutionContext } from "ava";
import type { WorldDocument } from "../../../simulator/index.ts";
import {
  type Bench,
  groupId,
  type Made,
  networkId,
  startBench,
  storageId,
  subscriptionId,
  vaultId,
} from "./bench.ts";

/** The two generations of VMware sites: what a policy, a container and an item of them are called. */
export const generations = {
  VmwareToAzure: { container: "shopreplicationcontainer", fabric: "shop-vmwarefabric" },
  VmwareToAzureClassic: { container: "cs-1-container", fabric: "cs-1" },
} as const;

/** One of them. */
export type Generation = keyof typeof generations;

/** Both, as tests go through them. */
export const bothGenerations: readonly Generation[] = Object.keys(
  generations,
) as readonly Generation[];

/** A site with a configuration server and an appliance over one vCenter, and a vault that knows both. */
export const siteWorld: WorldDocument = {
  seed: "site-resources",
  clock: { mode: "stepped" },
  subscriptions: [{ id: subscriptionId }],
  resourceGroups: [{ name: "shop-recovery", location: "westeurope" }],
  networks: [
    {
      name: "shop-we-vnet",
      resourceGroup: "shop-recovery",
      subnets: { web: "10.20.1.0/24", app: "10.20.2.0/24" },
    },
    { name: "shop-we-test-vnet", resourceGroup: "shop-recovery", subnets: { web: "10.30.1.0/24" } },
  ],
  storageAccounts: [{ name: "shoplog", resourceGroup: "shop-recovery" }],
  vcenters: [
    {
      name: "vcenter-one",
      address: "10.1.0.5",
      datastores: [{ name: "ds1", capacityGiB: 2000, freeGiB: 1500 }],
      hosts: [{ name: "esx1.example.local", datastores: ["ds1"] }],
      machines: [
        { name: "web-1", address: "10.1.1.11" },
        { name: "web-2", address: "10.1.1.12" },
        { name: "app-1", address: "10.1.1.21", disks: [{ sizeGiB: 64 }, { sizeGiB: 32 }] },
        { name: "mt-linux", address: "10.1.0.12" },
        { name: "appliance-1", os: "Windows", address: "10.1.0.20" },
      ],
    },
    {
      name: "vcenter-two",
      address: "10.1.0.6",
      datastores: [{ name: "ds2" }],
      hosts: [{ name: "esx2.example.local", datastores: ["ds2"] }],
      machines: [{ name: "twin", address: "10.1.2.1" }],
    },
    {
      name: "vcenter-three",
      address: "10.1.0.7",
      datastores: [{ name: "ds3" }],
      hosts: [{ name: "esx3.example.local", datastores: ["ds3"] }],
      machines: [{ name: "twin", address: "10.1.3.1" }],
    },
  ],
  physicalServers: [
    { name: "metal-1", address: "10.1.1.50", os: "Windows", discovered: true },
    { name: "metal-2", address: "10.1.1.51" },
  ],
  configurationServers: [
    {
      name: "cs-1",
      vault: "shop",
      container: "cs-1-container",
      address: "10.1.0.10",
      vcenters: ["vcenter-one", "vcenter-two", "vcenter-three"],
      runAsAccounts: [{ name: "linux-root" }],
      masterTargets: [{ name: "mt-linux", retentionVolumes: [{ name: "/mnt/retention" }] }],
    },
  ],
  appliances: [
    {
      name: "appliance-1",
      vault: "shop",
      vcenters: ["vcenter-one", "vcenter-two", "vcenter-three"],
      runAsAccounts: [{ name: "linux-root" }],
    },
  ],
  vaults: [{ name: "shop", resourceGroup: "shop-recovery" }],
};

/** A bench in which a site is ready to be protected: policy and mapping of one generation. */
export interface SiteBench {
  readonly bench: Bench;
  readonly generation: Generation;
  readonly containerId: string;
  readonly policy: Made;
  readonly mapping: Made;
}

/** Starts the site and makes what items of the generation need. */
export async function startSite(
  t: ExecutionContext,
  generation: Generation,
  world: WorldDocument = siteWorld,
): Promise<SiteBench> {
  const bench = await startBench(t, world);
  const containerId = containerOf(generation);
  const policy = await bench.create("daily", "ReplicationPolicy", { scenario: generation });
  const mapping = await bench.create("to-azure", "ProtectionContainerMapping", {
    sourceContainer: containerId,
    targetContainer: "Microsoft Azure",
    policy: policy.id,
  });
  return { bench, generation, containerId, policy, mapping };
}

/** ARM id of the container of a generation's site. */
export function containerOf(generation: Generation): string {
  const { container, fabric } = generations[generation];
  return `${vaultId("shop")}/replicationFabrics/${fabric}/replicationProtectionContainers/${container}`;
}

/** Inputs of an item for a machine of the site. */
export function siteItem(
  { containerId }: Pick<SiteBench, "containerId">,
  machine: string,
  more: object = {},
): object {
  return {
    machine,
    container: containerId,
    cacheStorageAccount: storageId("shoplog", "shop-recovery"),
    target: {
      resourceGroup: "shop-recovery",
      network: networkId("shop-we-vnet", "shop-recovery"),
      subnet: "web",
    },
    ...more,
  };
}

export { groupId, networkId, vaultId };
