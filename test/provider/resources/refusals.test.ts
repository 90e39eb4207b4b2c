import test from "ava";
import { unknownValue } from "../../../provider/unknown.ts";
import {
  type Bench,
  handlerOf,
  itemInputs,
  machineId,
  makePair,
  networkId,
  type Pair,
  startBench,
  storageId,
} from "./bench.ts";

type Given = (pair: Pair, bench: Bench) => object;

const refused = test.macro({
  exec: async (t, type: string, given: Given, path: string, reason: RegExp) => {
    const bench = await startBench(t);
    const pair = await makePair(bench);
    bench.simulator.clearJournal();
    const failures = await bench.failuresOf(type, given(pair, bench));
    const failure = failures.find((each) => each.path === path);
    t.regex(failure?.reason ?? JSON.stringify(failures), reason);
    t.is(bench.simulator.journal({ writesOnly: true }).length, 0);
  },
  title: (name, type: string) => `${type} is refused at preview: ${name}`,
});

const item =
  (more: (pair: Pair) => object): Given =>
  (pair) =>
    itemInputs(pair, "shop-web", more(pair));
const target = { resourceGroup: "shop-recovery", network: networkId("shop-we-vnet") };

test(
  "an unknown vault",
  refused,
  "Fabric",
  () => ({ vault: "shpo", location: "northeurope" }),
  "vault",
  /there is no vault .*shpo.*asr:vault/,
);
test(
  "an unknown region",
  refused,
  "Fabric",
  () => ({ location: "norteurope" }),
  "location",
  /"norteurope" is no region.*Did you mean "northeurope"\?/,
);
test(
  "a second fabric of a region",
  refused,
  "Fabric",
  () => ({ location: "northeurope" }),
  "location",
  /has the fabric ne for northeurope already/,
);
test(
  "an unknown resource group",
  refused,
  "Vault",
  () => ({ location: "westeurope", resourceGroup: "nowhere" }),
  "resourceGroup",
  /there is no resource group .*nowhere/,
);
test(
  "a name that is none",
  refused,
  "Vault",
  () => ({ location: "westeurope", name: "9 lives" }),
  "name",
  /"9 lives" is no vault name.*2 to 50/,
);
test(
  "an unknown fabric",
  refused,
  "ProtectionContainer",
  () => ({ fabric: "nee" }),
  "fabric",
  /there is no fabric .*nee\. Did you mean "ne"\?/,
);
test(
  "an id of another kind",
  refused,
  "ProtectionContainer",
  ({ policy }) => ({ fabric: policy.state.policyId }),
  "fabric",
  /replicationPolicies\/daily" is not the ARM id that is wanted here/,
);
test(
  "a name that cannot stand in an id",
  refused,
  "ProtectionContainer",
  () => ({ fabric: "ne", name: "a/b" }),
  "name",
  /"a\/b" cannot be a name/,
);
test(
  "too long a retention",
  refused,
  "ReplicationPolicy",
  () => ({ recoveryPointRetention: "P16D" }),
  "recoveryPointRetention",
  /P16D is longer.*PT0S to P15D/,
);
test(
  "snapshots too often",
  refused,
  "ReplicationPolicy",
  () => ({ applicationConsistentSnapshotFrequency: "PT30M" }),
  "applicationConsistentSnapshotFrequency",
  /PT30M is too often/,
);
test(
  "snapshots beyond the retention",
  refused,
  "ReplicationPolicy",
  () => ({ recoveryPointRetention: "PT2H", applicationConsistentSnapshotFrequency: "PT3H" }),
  "applicationConsistentSnapshotFrequency",
  /longer than the retention of PT2H/,
);
test(
  "no duration",
  refused,
  "ReplicationPolicy",
  () => ({ recoveryPointRetention: "3 days" }),
  "recoveryPointRetention",
  /"3 days" is no duration/,
);
test(
  "a duration in seconds",
  refused,
  "ReplicationPolicy",
  () => ({ recoveryPointRetention: "PT90S" }),
  "recoveryPointRetention",
  /whole number of minutes/,
);
test(
  "a duplicate name with other content",
  refused,
  "ReplicationPolicy",
  () => ({ name: "daily", recoveryPointRetention: "P3D" }),
  "name",
  /exists with other content.*recoveryPointRetention is "PT24H" and should be "P3D".*adopt: true/,
);
test(
  "an unknown policy",
  refused,
  "ProtectionContainerMapping",
  ({ outward }) => ({ ...outward.inputs, name: "x", policy: "dayly" }),
  "policy",
  /there is no replication policy .*Did you mean "daily"\?/,
);
test(
  "updates without an account",
  refused,
  "ProtectionContainerMapping",
  ({ outward }) => ({ ...outward.inputs, name: "x", agentAutoUpdate: true }),
  "automationAccount",
  /is missing/,
);
test(
  "a container mapped to itself",
  refused,
  "ProtectionContainerMapping",
  ({ outward }) => ({
    ...outward.inputs,
    name: "x",
    targetContainer: outward.inputs.sourceContainer,
  }),
  "targetContainer",
  /source container itself/,
);
test(
  "a network of another region",
  refused,
  "NetworkMapping",
  () => ({
    primaryFabric: "ne",
    recoveryFabric: "we",
    primaryNetwork: networkId("shop-we-vnet"),
    recoveryNetwork: networkId("shop-we-vnet"),
  }),
  "primaryNetwork",
  /lies in westeurope, the primary fabric ne in northeurope/,
);
test(
  "an unknown network",
  refused,
  "NetworkMapping",
  () => ({
    primaryFabric: "ne",
    recoveryFabric: "we",
    primaryNetwork: networkId("x"),
    recoveryNetwork: networkId("shop-we-vnet"),
  }),
  "primaryNetwork",
  /there is no virtual network/,
);
test(
  "an address that is none",
  refused,
  "AlertSetting",
  () => ({ emailAddresses: ["a@b.example", "nobody"] }),
  "emailAddresses[1]",
  /"nobody" is no mail address/,
);
test(
  "an unknown machine",
  refused,
  "ReplicatedItem",
  item(() => ({ machine: machineId("shop-wbe") })),
  "machine",
  /there is no virtual machine .*shop-wbe/,
);
test(
  "no machine's id",
  refused,
  "ReplicatedItem",
  item(() => ({ machine: "shop-web" })),
  "machine",
  /"shop-web" is not a virtual machine's ARM id/,
);
test(
  "a container of another region",
  refused,
  "ReplicatedItem",
  item(({ back }) => ({
    container: back.inputs.sourceContainer,
    recoveryContainer: back.inputs.targetContainer,
  })),
  "container",
  /shop-web lies in northeurope, the container's fabric in westeurope/,
);
test(
  "no mapping that leads there",
  refused,
  "ReplicatedItem",
  item(({ outward }) => ({ recoveryContainer: `${outward.inputs.sourceContainer}x` })),
  "recoveryContainer",
  /there is no protection container/,
);
test(
  "a disk of another machine",
  refused,
  "ReplicatedItem",
  item(() => ({ disks: [{ disk: machineId("x").replace("virtualMachines", "disks") }] })),
  "disks[0].disk",
  /x is no disk of shop-web/,
);
test(
  "a disk named twice",
  refused,
  "ReplicatedItem",
  item(() => ({
    disks: [1, 2].map(() => ({ disk: machineId("x").replace("virtualMachines", "disks") })),
  })),
  "disks[1].disk",
  /stands in disks\[0\] already/,
);
test(
  "no cache",
  refused,
  "ReplicatedItem",
  item(() => ({ cacheStorageAccount: undefined })),
  "cacheStorageAccount",
  /is missing/,
);
test(
  "an unknown cache",
  refused,
  "ReplicatedItem",
  item(() => ({ cacheStorageAccount: storageId("nothing") })),
  "cacheStorageAccount",
  /there is no storage account/,
);
test(
  "an unknown subnet",
  refused,
  "ReplicatedItem",
  item(() => ({ target: { ...target, subnet: "wbe" } })),
  "target.subnet",
  /has no subnet "wbe"\. Did you mean "web"\?/,
);
test(
  "a network at home",
  refused,
  "ReplicatedItem",
  item(() => ({ target: { ...target, network: networkId("shop-ne-vnet", "shop-ne") } })),
  "target.network",
  /lies in northeurope, the machine goes to westeurope/,
);
test(
  "a zone beside a set",
  refused,
  "ReplicatedItem",
  item(() => ({ target: { ...target, zone: "1", availabilitySet: "/s" } })),
  "target.zone",
  /together with availabilitySet/,
);
test(
  "a timeout that is none",
  refused,
  "ReplicatedItem",
  item(() => ({ timeout: "3 hours" })),
  "timeout",
  /"3 hours" is no duration/,
);
test(
  "an interface named twice",
  refused,
  "ReplicatedItem",
  item(() => ({ nics: [{ subnet: "web" }, { subnet: "app" }] })),
  "nics[1].nic",
  /names the primary interface, as nics\[0\] does/,
);

test("a machine that is replicated already is refused under another name", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web", { waitFor: "enabled" }));
  const failures = await bench.failuresOf("ReplicatedItem", itemInputs(pair, "shop-web"), "other");
  t.regex(failures[0]?.reason ?? "", /shop-web is replicated already, as the item web/);
  const taken = await bench.failuresOf("ReplicatedItem", itemInputs(pair, "shop-app"), "web");
  t.regex(
    taken.find(({ path }) => path === "name")?.reason ?? "",
    /machine is .*shop-web.* should be .*shop-app/i,
  );
});

test("references to what the same run declares are in order before it exists", async (t) => {
  const bench = await startBench(t);
  const run = (name: string) => ({ ...declaring, name });
  const declaring = bench.anotherRun({ preview: true });
  const vault = await handlerOf("Vault").check(run("shop"), { location: "westeurope" });
  const fabric = await handlerOf("Fabric").check(run("ne"), { location: "northeurope" });
  const container = await handlerOf("ProtectionContainer").check(run("c"), { fabric: "ne" });
  t.deepEqual(
    [vault, fabric, container].flatMap(({ failures }) => failures),
    [],
  );
});

test("what is not known yet is in order, and nothing is asked about it", async (t) => {
  const bench = await startBench(t);
  const all = {
    Fabric: { vault: unknownValue, location: unknownValue },
    ProtectionContainer: { fabric: unknownValue, vault: unknownValue },
    ReplicationPolicy: { vault: unknownValue, recoveryPointRetention: unknownValue },
    ProtectionContainerMapping: {
      vault: unknownValue,
      sourceContainer: unknownValue,
      targetContainer: unknownValue,
      policy: unknownValue,
    },
    NetworkMapping: {
      vault: unknownValue,
      primaryFabric: unknownValue,
      recoveryFabric: unknownValue,
      primaryNetwork: unknownValue,
      recoveryNetwork: unknownValue,
    },
    ReplicatedItem: {
      vault: unknownValue,
      machine: unknownValue,
      container: unknownValue,
      cacheStorageAccount: unknownValue,
      target: unknownValue,
      nics: [unknownValue],
      disks: unknownValue,
    },
  };
  for (const [type, inputs] of Object.entries(all)) {
    t.deepEqual(await bench.failuresOf(type, inputs), [], type);
  }
});

test("adopt takes over what exists and changes it to what is wanted", async (t) => {
  const bench = await startBench(t);
  await makePair(bench);
  const wanted = { name: "daily", recoveryPointRetention: "P3D", adopt: true };
  const made = await bench.create("daily", "ReplicationPolicy", wanted);
  const read = await made.handler.read(bench.anotherRun(), made.id);
  t.is(read?.inputs.recoveryPointRetention, "P3D");
});

test("without adopt an existing object is not touched, also when preview was skipped", async (t) => {
  const bench = await startBench(t);
  await makePair(bench);
  const handler = handlerOf("ReplicationPolicy");
  const context = bench.anotherRun({ name: "daily" });
  const { inputs } = await handler.check(context, { recoveryPointRetention: "P3D" });
  await t.throwsAsync(handler.create(context, inputs), {
    code: "InvalidInput",
    message: /other content/,
  });
  const read = await handler.read(bench.anotherRun(), `${inputs.vault}/replicationPolicies/daily`);
  t.is(read?.inputs.recoveryPointRetention, "PT24H");
});
