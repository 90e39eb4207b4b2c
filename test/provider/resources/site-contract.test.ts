import type { Bench } from "./bench.ts";
import { type ContractCase, testContract } from "./contract.ts";
import {
  bothGenerations,
  containerOf,
  type Generation,
  networkId,
  siteItem,
  siteWorld,
} from "./site-bench.ts";

/** Policy and mapping, as items of the generation need them. */
async function setUp(bench: Bench, generation: Generation): Promise<void> {
  const policy = await bench.create("daily", "ReplicationPolicy", { scenario: generation });
  await bench.create("to-azure", "ProtectionContainerMapping", mapping(generation, policy.id));
}

const mapping = (generation: Generation, policy: unknown): object => ({
  sourceContainer: containerOf(generation),
  targetContainer: "Microsoft Azure",
  policy,
});

const at = (generation: Generation) => ({ containerId: containerOf(generation) });

const cases: readonly ContractCase[] = bothGenerations.flatMap((generation) => {
  const common = { kind: `S-01 ${generation}`, world: siteWorld };
  return [
    {
      ...common,
      type: "ReplicationPolicy",
      make: () => ({ name: "weekly", inputs: { scenario: generation } }),
      change: {
        inputs: { recoveryPointRetention: "P2D", applicationConsistentSnapshotFrequency: "PT30M" },
        replaces: false,
      },
    },
    {
      ...common,
      type: "ProtectionContainerMapping",
      make: async (_pair, bench) => {
        const policy = await bench.create("daily", "ReplicationPolicy", { scenario: generation });
        return { name: "to-azure", inputs: mapping(generation, policy.id) };
      },
      ...(generation === "VmwareToAzure"
        ? { change: { inputs: { agentAutoUpdate: true }, replaces: false } }
        : {}),
    },
    {
      ...common,
      type: "ReplicatedItem",
      make: async (_pair, bench) => {
        await setUp(bench, generation);
        return { name: "web", inputs: siteItem(at(generation), "web-1") };
      },
      change: {
        inputs: {
          target: {
            resourceGroup: "shop-recovery",
            network: networkId("shop-we-vnet", "shop-recovery"),
            subnet: "app",
            machineName: "web-dr",
            size: "Standard_D4s_v3",
            testNetwork: networkId("shop-we-test-vnet", "shop-recovery"),
          },
        },
        replaces: false,
      },
    },
    {
      ...common,
      type: "RecoveryPlan",
      make: async (_pair, bench) => {
        await setUp(bench, generation);
        const item = (name: string): Promise<{ readonly id: string }> =>
          bench.create(name, "ReplicatedItem", siteItem(at(generation), name));
        const [web, app] = [await item("web-1"), await item("app-1")];
        return { name: "shop", inputs: { groups: [{ items: [app.id] }, { items: [web.id] }] } };
      },
    },
  ] satisfies readonly ContractCase[];
});

for (const each of cases) testContract(each);

testContract({
  kind: "R-02 failback",
  world: siteWorld,
  type: "ReplicationPolicy",
  make: () => ({ name: "back", inputs: { scenario: "VmwareToAzureClassic", failback: true } }),
  change: { inputs: { failback: false }, replaces: true },
});

testContract({
  kind: "R-02 failback",
  world: siteWorld,
  type: "ProtectionContainerMapping",
  make: async (_pair, bench) => {
    const policy = await bench.create("back", "ReplicationPolicy", {
      scenario: "VmwareToAzureClassic",
      failback: true,
    });
    const container = containerOf("VmwareToAzureClassic");
    const inputs = { sourceContainer: container, targetContainer: container, policy: policy.id };
    return { name: "back", inputs };
  },
});

testContract({
  kind: "S-02 physical",
  world: siteWorld,
  type: "ReplicatedItem",
  make: async (_pair, bench) => {
    await setUp(bench, "VmwareToAzureClassic");
    return { name: "metal", inputs: siteItem(at("VmwareToAzureClassic"), "metal-1") };
  },
});
