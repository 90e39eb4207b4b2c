import test from "ava";
import { handlers } from "../../../provider/handlers.ts";
import { itemInputs, networkId } from "./bench.ts";
import { type ContractCase, testContract } from "./contract.ts";

const cases: readonly ContractCase[] = [
  {
    type: "Vault",
    make: () => ({ name: "another", inputs: { location: "West Europe", tags: { a: "b" } } }),
    change: { inputs: { tags: { a: "c" } }, replaces: false },
  },
  {
    type: "AlertSetting",
    make: () => ({ name: "defaultAlertSetting", inputs: { emailAddresses: ["a@b.example"] } }),
    change: { inputs: { emailAddresses: ["c@b.example", "a@b.example"] }, replaces: false },
  },
  {
    type: "Fabric",
    make: () => ({ name: "third", inputs: { location: "Sweden Central" } }),
    change: { inputs: { location: "uksouth" }, replaces: true },
  },
  {
    type: "ProtectionContainer",
    make: ({ primary }) => ({ name: "third", inputs: { fabric: primary.state.fabricId } }),
    change: { inputs: { fabric: "we" }, replaces: true },
  },
  {
    type: "ReplicationPolicy",
    make: () => ({ name: "weekly", inputs: { recoveryPointRetention: "P7D" } }),
    change: {
      inputs: { recoveryPointRetention: "P3D", applicationConsistentSnapshotFrequency: "PT4H" },
      replaces: false,
    },
  },
  {
    type: "ProtectionContainerMapping",
    make: ({ outward }) => ({ name: "outward", inputs: outward.inputs }),
    change: { inputs: { name: "other" }, replaces: true },
  },
  {
    type: "NetworkMapping",
    make: ({ primary, recovery }) => ({
      name: "home",
      inputs: {
        primaryFabric: recovery.state.fabricId,
        recoveryFabric: "ne",
        primaryNetwork: networkId("shop-we-vnet"),
        recoveryNetwork: networkId("shop-ne-vnet", "shop-ne"),
        vault: primary.inputs.vault,
      },
    }),
  },
  {
    type: "ReplicatedItem",
    make: (pair) => ({ name: "web", inputs: itemInputs(pair, "shop-web") }),
    change: {
      inputs: {
        target: {
          resourceGroup: "shop-recovery",
          network: networkId("shop-we-vnet"),
          subnet: "app",
          size: "Standard_D4s_v3",
          testNetwork: networkId("shop-we-test-vnet"),
        },
      },
      replaces: false,
    },
  },
  {
    type: "RecoveryPlan",
    make: async (pair, bench) => {
      const waitFor = { waitFor: "enabled" };
      const web = await bench.create(
        "web",
        "ReplicatedItem",
        itemInputs(pair, "shop-web", waitFor),
      );
      const app = await bench.create(
        "app",
        "ReplicatedItem",
        itemInputs(pair, "shop-app", waitFor),
      );
      return { name: "shop", inputs: { groups: [{ items: [app.id] }, { items: [web.id] }] } };
    },
    change: { inputs: { primaryFabric: "we" }, replaces: true },
  },
];

for (const each of cases) testContract(each);

/** Servers of sites register themselves, and what only VMM servers have is held in `hyper-v/`: they have tests of their own. */
const servers = [
  "HyperVHost",
  "StorageClassificationMapping",
  "VmmServer",
  "ConfigurationServer",
  "MasterTargetServer",
  "PhysicalServer",
  "ProcessServer",
  "ReplicationAppliance",
  "VCenter",
];

test("every set-up resource is held to the contract", (t) => {
  const actions = [
    "TestFailover",
    "Failover",
    "Reprotect",
    "Failback",
    "CompleteMigration",
    "Resynchronize",
    "CancelFailover",
  ];
  const held = [...cases.map((each) => each.type), ...servers, ...actions];
  const types = [...handlers.keys()].map((token) => token.replace("asr:index:", ""));
  t.deepEqual(types.toSorted(), held.toSorted());
});
