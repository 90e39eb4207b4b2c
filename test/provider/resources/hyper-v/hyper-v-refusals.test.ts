import test from "ava";
import type { WorldDocument } from "../../../../simulator/index.ts";
import { handlerOf, startBench, storageId } from "../bench.ts";
import {
  endsOf,
  fabricId,
  hyperVItem,
  hyperVWorld,
  network,
  networkMapping,
  type setUp,
  startHyperV,
  vaultId,
} from "./hyper-v-bench.ts";

test("S-03 a name that several machines bear is refused with the candidates, their hosts and ids", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const [failure] = await site.bench.failuresOf("ReplicatedItem", hyperVItem(site, "twin"));
  t.is(failure?.path, "machine");
  t.regex(
    failure?.reason ?? "",
    /^2 machines of the site berlin are called "twin"\. Give the id of one of them: on the host [\w-]+: .*\/replicationProtectableItems\/.*; on the host /,
  );
});

test("S-03 a machine that the site does not know is refused with the nearest name", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const [failure] = await site.bench.failuresOf("ReplicatedItem", hyperVItem(site, "sqll-1"));
  t.regex(
    failure?.reason ?? "",
    /the site berlin has not discovered a machine "sqll-1"\. Did you mean "sql-1"/,
  );
});

test("HV-NETMAP S-04 S-06 a machine of a VMM cloud is refused without a network mapping, and in order with one of this run", async (t) => {
  for (const way of ["VmmToAzure", "VmmToVmm"] as const) {
    const bench = await startBench(t, hyperVWorld);
    const ends = await endsOf(bench, way);
    const policy = await bench.create("often", "ReplicationPolicy", { scenario: way });
    await bench.create("way", "ProtectionContainerMapping", {
      sourceContainer: ends.from,
      targetContainer: ends.to,
      policy: policy.id,
    });
    const inputs = hyperVItem({ ...ends, way }, "sql-1");
    const failures = await bench.failuresOf("ReplicatedItem", inputs);
    t.deepEqual(
      failures.map(({ path }) => path),
      ["container"],
    );
    t.regex(failures[0]?.reason ?? "", /no VM network of vmm-1.* is mapped.*\[HV-NETMAP\]/);
    const run = bench.anotherRun({ preview: true, name: "corp" });
    await handlerOf("NetworkMapping").check(run, { ...networkMapping(way) });
    const shown = await handlerOf("ReplicatedItem").check({ ...run, name: "sql" }, { ...inputs });
    t.deepEqual(shown.failures, []);
    // The mapping of the other way does not serve this one.
    const other = way === "VmmToAzure" ? "VmmToVmm" : "VmmToAzure";
    await bench.create("other", "NetworkMapping", networkMapping(other));
    const [still] = await bench.failuresOf("ReplicatedItem", inputs);
    t.regex(still?.reason ?? "", /\[HV-NETMAP\]/);
  }
});

test("S-03 S-06 target is needed on the way to Azure and refused between sites", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const { from: container, bench } = site;
  const missing = await bench.failuresOf("ReplicatedItem", { machine: "sql-1", container });
  t.deepEqual(
    missing.map(({ path }) => path),
    ["target"],
  );
  const second = await setUpSecond(bench);
  const strange = hyperVItem(second, "sql-1", {
    target: { resourceGroup: "shop-recovery" },
    cacheStorageAccount: storageId("shoplog", "shop-recovery"),
    nics: [{ subnet: "web" }],
  });
  const failures = await bench.failuresOf("ReplicatedItem", strange);
  t.deepEqual(failures.map(({ path }) => path).toSorted(), [
    "cacheStorageAccount",
    "nics",
    "target",
  ]);
});

/** Makes the way between the VMM sites ready beside another. */
async function setUpSecond(bench: Parameters<typeof setUp>[0]) {
  const ends = await endsOf(bench, "VmmToVmm");
  const policy = await bench.create("second", "ReplicationPolicy", { scenario: "VmmToVmm" });
  await bench.create("second-way", "ProtectionContainerMapping", {
    sourceContainer: ends.from,
    targetContainer: ends.to,
    policy: policy.id,
  });
  await bench.create("second-network", "NetworkMapping", networkMapping("VmmToVmm"));
  return { ...ends, way: "VmmToVmm" as const };
}

test("S-03 what Hyper-V cannot do is refused by its input", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const inputs = hyperVItem(site, "sql-1", {
    processServer: "ps",
    runAsAccount: "root",
    multiVmGroup: "shop",
    disks: [{ disk: "system", cacheStorageAccount: storageId("shoplog", "shop-recovery") }],
  });
  const failures = await site.bench.failuresOf("ReplicatedItem", inputs);
  t.deepEqual(failures.map(({ path }) => path).toSorted(), [
    "disks[].cacheStorageAccount",
    "multiVmGroup",
    "processServer",
    "runAsAccount",
  ]);
});

test("S-03 a machine whose system nobody tells needs osType, and one without its system disk is refused", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const { bench } = site;
  const [missing] = await bench.failuresOf("ReplicatedItem", hyperVItem(site, "web-1"));
  t.is(missing?.path, "osType");
  const given = hyperVItem(site, "web-1", { osType: "Linux" });
  t.deepEqual(await bench.failuresOf("ReplicatedItem", given), []);
  const [lacks] = await bench.failuresOf(
    "ReplicatedItem",
    hyperVItem(site, "sql-1", { disks: [{ disk: "data" }] }),
  );
  t.regex(lacks?.reason ?? "", /lacks the disk with the operating system of sql-1, system/);
  const [strange] = await bench.failuresOf(
    "ReplicatedItem",
    hyperVItem(site, "sql-1", { disks: [{ disk: "sistem" }, { disk: "system" }] }),
  );
  t.regex(strange?.reason ?? "", /sistem is no disk of sql-1\. Did you mean "system"/);
});

/** The world whose Hyper-V site has other hosts and one machine. */
function withHosts(
  hosts: NonNullable<NonNullable<WorldDocument["hyperVSites"]>[number]["hosts"]>,
): WorldDocument {
  const [site] = hyperVWorld.hyperVSites ?? [];
  if (site === undefined) throw new Error("The world has no Hyper-V site.");
  return { ...hyperVWorld, hyperVSites: [{ ...site, hosts, machines: [{ name: "web-2" }] }] };
}

const withoutHosts = (): typeof hyperVWorld => {
  const [site] = hyperVWorld.hyperVSites ?? [];
  if (site === undefined) throw new Error("The world has no Hyper-V site.");
  return { ...hyperVWorld, hyperVSites: [{ ...site, hosts: [], machines: [] }] };
};

test("HV-CONNECTED a machine of a silent host is refused, and other silent hosts of the site are warned of", async (t) => {
  const alone = withHosts([{ name: "hv-1.example.local", heartbeat: "silent" }]);
  const site = await startHyperV(t, "HyperVToAzure", alone);
  const [failure] = await site.bench.failuresOf("ReplicatedItem", hyperVItem(site, "web-2"));
  t.is(failure?.path, "machine");
  t.regex(failure?.reason ?? "", /cannot be protected through hv-1.*silent.*\[HV-CONNECTED\]/);
  const two = withHosts([
    { name: "hv-1.example.local" },
    { name: "hv-2.example.local", heartbeat: "silent" },
  ]);
  const other = await startHyperV(t, "HyperVToAzure", two);
  t.deepEqual(await other.bench.failuresOf("ReplicatedItem", hyperVItem(other, "web-2")), []);
  t.true(other.bench.log.some(({ level, text }) => level === "warn" && /hv-2.*silent/.test(text)));
});

test("HV-CONNECTED a machine of a site in which no host is registered is refused, with how one registers", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure", withoutHosts());
  const failures = await site.bench.failuresOf("ReplicatedItem", hyperVItem(site, "web-2"));
  const unregistered = failures.find(({ path }) => path === "container");
  t.regex(
    unregistered?.reason ?? "",
    /no host of berlin is registered.*registration key.*5 days.*\[HV-CONNECTED\]/,
  );
  const run = site.bench.anotherRun({ name: "web", preview: true });
  run.declared.add(`${fabricId("berlin")}/hyperVHosts/hv-1`.toLowerCase());
  const inputs = { ...hyperVItem(site, "web-2") };
  const coming = await handlerOf("ReplicatedItem").check(run, inputs);
  t.deepEqual(coming.failures, [], "a host that the same program waits for brings its machines");
});

test("S-06 a VM network, a cloud or a storage classification of a wrong name is refused with the nearest", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const [unknown] = await bench.failuresOf("NetworkMapping", {
    ...networkMapping("VmmToVmm"),
    primaryNetwork: "crop",
  });
  t.is(unknown?.path, "primaryNetwork");
  t.regex(
    unknown?.reason ?? "",
    /the VMM server vmm-1.* has no VM network "crop"\. Did you mean "corp"/,
  );
  const [other] = await bench.failuresOf("StorageClassificationMapping", {
    primaryFabric: "vmm-1",
    primaryStorageClassification: "Fast",
    recoveryFabric: "vmm-2",
    recoveryStorageClassification: "Fast",
  });
  t.is(other?.path, "recoveryStorageClassification");
  t.regex(other?.reason ?? "", /has no storage classification "Fast"\. There is: Slow\./);
});

test("S-03 a Hyper-V site takes no network mapping, and a VMM server none to a region's fabric", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const [site] = await bench.failuresOf("NetworkMapping", {
    primaryFabric: fabricId("berlin"),
    primaryNetwork: "corp",
    recoveryFabric: "Microsoft Azure",
    recoveryNetwork: network,
  });
  t.is(site?.path, "primaryFabric");
  t.regex(site?.reason ?? "", /Hyper-V site.*target\.network.*Leave the mapping out/);
  const [wrong] = await bench.failuresOf("NetworkMapping", {
    ...networkMapping("VmmToAzure"),
    recoveryFabric: "berlin",
  });
  t.is(wrong?.path, "recoveryFabric");
});

test("S-03 S-06 a mapping to what the site cannot go to, and a policy of another scenario, are refused", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const { from } = await endsOf(bench, "HyperVToAzure");
  const { to } = await endsOf(bench, "VmmToVmm");
  const policy = await bench.create("between", "ReplicationPolicy", { scenario: "VmmToVmm" });
  const failures = await bench.failuresOf("ProtectionContainerMapping", {
    sourceContainer: from,
    targetContainer: to,
    policy: policy.id,
  });
  t.deepEqual(
    failures.map(({ path }) => path),
    ["targetContainer", "policy"],
  );
  const cloud = await endsOf(bench, "VmmToAzure");
  const [agents] = await bench.failuresOf("ProtectionContainerMapping", {
    sourceContainer: cloud.from,
    targetContainer: to,
    policy: policy.id,
    agentAutoUpdate: true,
    automationAccount: `${vaultId("shop")}/x`,
  });
  t.is(agents?.path, "agentAutoUpdate");
});
