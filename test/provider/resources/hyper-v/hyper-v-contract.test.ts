import { networkId } from "../bench.ts";
import { type ContractCase, testContract } from "../contract.ts";
import {
  endsOf,
  fabricId,
  hyperVItem,
  hyperVWorld,
  network,
  networkMapping,
  setUp,
  type Way,
  ways,
} from "./hyper-v-bench.ts";

const requirements: Readonly<Record<Way, string>> = {
  HyperVToAzure: "S-03",
  VmmToAzure: "S-04",
  VmmToVmm: "S-06",
};

function casesOf(way: Way): readonly ContractCase[] {
  const common = { kind: `${requirements[way]} ${way}`, world: hyperVWorld };
  return [
    {
      ...common,
      type: "ReplicationPolicy",
      make: () => ({ name: "weekly", inputs: { scenario: way, recoveryPointRetention: "PT4H" } }),
      change: {
        inputs: {
          recoveryPointRetention: "PT12H",
          applicationConsistentSnapshotFrequency: "PT2H",
          replicationInterval: "PT30S",
          ...(way === "VmmToVmm" ? { compression: false, replicationPort: 8443 } : {}),
        },
        replaces: false,
      },
    },
    {
      ...common,
      type: "ProtectionContainerMapping",
      make: async (_pair, bench) => {
        const policy = await bench.create("often", "ReplicationPolicy", { scenario: way });
        const { from, to } = await endsOf(bench, way);
        const inputs = { sourceContainer: from, targetContainer: to, policy: policy.id };
        return { name: "way", inputs };
      },
    },
    {
      ...common,
      type: "ReplicatedItem",
      make: async (_pair, bench) => {
        const site = await setUp(bench, way);
        return { name: "web", inputs: hyperVItem(site, "web-2") };
      },
      ...(way === "VmmToVmm"
        ? {}
        : {
            change: {
              inputs: {
                target: {
                  resourceGroup: "shop-recovery",
                  network,
                  subnet: "app",
                  machineName: "web-dr",
                  size: "Standard_D4s_v3",
                  testNetwork: networkId("shop-we-test-vnet", "shop-recovery"),
                },
              },
              replaces: false,
            },
          }),
    },
    {
      ...common,
      type: "RecoveryPlan",
      make: async (_pair, bench) => {
        const site = await setUp(bench, way);
        const item = (name: string): Promise<{ readonly id: string }> =>
          bench.create(name, "ReplicatedItem", hyperVItem(site, name));
        const [web, sql] = [await item("web-2"), await item("sql-1")];
        return { name: "shop", inputs: { groups: [{ items: [sql.id] }, { items: [web.id] }] } };
      },
    },
  ];
}

for (const way of ways) for (const each of casesOf(way)) testContract(each);

testContract({
  kind: "S-03 Hyper-V site",
  type: "Fabric",
  world: hyperVWorld,
  make: () => ({ name: "hamburg", inputs: { kind: "HyperVSite" } }),
  change: { inputs: { kind: "Azure", location: "westeurope" }, replaces: true },
});

testContract({
  kind: "S-04 VmmToAzure",
  type: "NetworkMapping",
  world: hyperVWorld,
  make: async (_pair, bench) => {
    const vmm = await bench.create("vmm-1", "VmmServer", {});
    const { corp } = vmm.state.networks as Readonly<Record<string, string>>;
    return { name: "corp", inputs: { ...networkMapping("VmmToAzure"), primaryNetwork: corp } };
  },
  change: {
    inputs: { recoveryNetwork: networkId("shop-we-test-vnet", "shop-recovery") },
    replaces: false,
  },
});

testContract({
  kind: "S-06 VmmToVmm",
  type: "NetworkMapping",
  world: hyperVWorld,
  make: async (_pair, bench) => {
    const networksOf = async (name: string): Promise<Readonly<Record<string, string>>> => {
      const { state } = await bench.create(name, "VmmServer", {});
      return state.networks as Readonly<Record<string, string>>;
    };
    const inputs = {
      ...networkMapping("VmmToVmm"),
      primaryNetwork: (await networksOf("vmm-1")).corp,
      recoveryNetwork: (await networksOf("vmm-2")).corp,
    };
    return { name: "corp", inputs };
  },
  change: { inputs: { primaryNetwork: "dmz" }, replaces: true },
});

testContract({
  kind: "S-06",
  type: "StorageClassificationMapping",
  world: hyperVWorld,
  make: async (_pair, bench) => {
    const storageOf = async (name: string): Promise<Readonly<Record<string, string>>> => {
      const { state } = await bench.create(name, "VmmServer", {});
      return state.storageClassifications as Readonly<Record<string, string>>;
    };
    const inputs = {
      primaryFabric: fabricId("vmm-1"),
      primaryStorageClassification: (await storageOf("vmm-1")).Fast,
      recoveryFabric: fabricId("vmm-2"),
      recoveryStorageClassification: (await storageOf("vmm-2")).Slow,
    };
    return { name: "fast", inputs };
  },
  change: { inputs: { name: "other" }, replaces: true },
});
