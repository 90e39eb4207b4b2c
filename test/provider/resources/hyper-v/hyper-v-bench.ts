import type { ExecutionContext } from "ava";
import type { WorldDocument } from "../../../../simulator/index.ts";
import {
  type Bench,
  type Made,
  networkId,
  startBench,
  storageId,
  subscriptionId,
  vaultId,
} from "../bench.ts";

/** The three ways in which Hyper-V machines are replicated. */
export type Way = "HyperVToAzure" | "VmmToAzure" | "VmmToVmm";

/** All of them, as tests go through them. */
export const ways: readonly Way[] = ["HyperVToAzure", "VmmToAzure", "VmmToVmm"];

/** A Hyper-V site, and two VMM servers with a cloud each, of a vault that knows all of them. */
export const hyperVWorld: WorldDocument = {
  seed: "hyper-v-resources",
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
  hyperVSites: [
    {
      vault: "shop",
      fabric: "berlin",
      hosts: [{ name: "hv-1.example.local" }, { name: "hv-2.example.local" }],
      machines: [
        {
          name: "sql-1",
          disks: [
            { sizeGiB: 64, name: "system" },
            { sizeGiB: 32, name: "data" },
          ],
        },
        { name: "web-1", os: "Linux" },
        { name: "web-2" },
        { name: "twin", host: "hv-1.example.local" },
        { name: "twin", host: "hv-2.example.local" },
      ],
    },
  ],
  vmmServers: [
    {
      vault: "shop",
      name: "vmm-1.example.local",
      fabric: "vmm-1",
      hosts: [{ name: "node-1.example.local" }],
      clouds: [{ name: "Gold", machines: [{ name: "sql-1" }, { name: "web-2" }] }],
      networks: [{ name: "corp" }, { name: "dmz" }],
      storageClassifications: [{ name: "Fast" }],
    },
    {
      vault: "shop",
      name: "vmm-2.example.local",
      fabric: "vmm-2",
      hosts: [{ name: "node-2.example.local" }],
      clouds: [{ name: "Silver" }],
      networks: [{ name: "corp" }],
      storageClassifications: [{ name: "Slow" }],
    },
  ],
  vaults: [{ name: "shop", resourceGroup: "shop-recovery" }],
};

/** ARM id of a fabric of the world. */
export const fabricId = (name: string): string => `${vaultId("shop")}/replicationFabrics/${name}`;

/** ARM id of the virtual network of the world. */
export const network: string = networkId("shop-we-vnet", "shop-recovery");

/** Containers that machines of a way go from and to. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** Looks the containers of a way up. */
export async function endsOf(bench: Bench, way: Way): Promise<Ends> {
  const run = bench.anotherRun();
  const site = await run.sites.azure(run);
  const containers = await site.vault(vaultId("shop")).containers(run);
  const containerOf = (fabric: string): string =>
    containers
      .find((each) => each.fabricName === fabric)
      ?.id.replace("/Subscriptions/", "/subscriptions/") ?? "";
  return {
    from: containerOf(way === "HyperVToAzure" ? "berlin" : "vmm-1"),
    to: way === "VmmToVmm" ? containerOf("vmm-2") : "Microsoft Azure",
  };
}

/** What the network mapping of a way takes; a Hyper-V site has none. */
export function networkMapping(way: "VmmToAzure" | "VmmToVmm"): object {
  return {
    primaryFabric: fabricId("vmm-1"),
    primaryNetwork: "corp",
    ...(way === "VmmToAzure"
      ? { recoveryFabric: "Microsoft Azure", recoveryNetwork: network }
      : { recoveryFabric: fabricId("vmm-2"), recoveryNetwork: "corp" }),
  };
}

/** A bench in which machines of a way can be protected. */
export interface HyperVBench extends Ends {
  readonly bench: Bench;
  readonly way: Way;
  readonly policy: Made;
}

/** Makes policy, mapping and network mapping of a way. */
export async function setUp(bench: Bench, way: Way): Promise<HyperVBench> {
  const ends = await endsOf(bench, way);
  const policy = await bench.create("often", "ReplicationPolicy", { scenario: way });
  await bench.create("way", "ProtectionContainerMapping", {
    sourceContainer: ends.from,
    targetContainer: ends.to,
    policy: policy.id,
  });
  if (way !== "HyperVToAzure") await bench.create("corp", "NetworkMapping", networkMapping(way));
  return { ...ends, bench, way, policy };
}

/** Starts the world and makes what machines of a way need. */
export async function startHyperV(
  t: ExecutionContext,
  way: Way,
  world: WorldDocument = hyperVWorld,
): Promise<HyperVBench> {
  return await setUp(await startBench(t, world), way);
}

/** Inputs of an item of a way. */
export function hyperVItem(
  { from, way }: Pick<HyperVBench, "from" | "way">,
  machine: string,
  more: object = {},
): object {
  return {
    machine,
    container: from,
    ...(way === "VmmToVmm"
      ? {}
      : {
          cacheStorageAccount: storageId("shoplog", "shop-recovery"),
          target: { resourceGroup: "shop-recovery", network, subnet: "web" },
        }),
    ...more,
  };
}

export { networkId, storageId, vaultId };
