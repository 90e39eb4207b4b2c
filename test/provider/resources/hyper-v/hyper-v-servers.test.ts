import test from "ava";
import { DeadlineError } from "../../../../provider/errors.ts";
import type { WorldDocument } from "../../../../simulator/index.ts";
import { handlerOf, startBench } from "../bench.ts";
import { fabricId, hyperVItem, hyperVWorld, setUp, vaultId } from "./hyper-v-bench.ts";

const nothing = { changes: false, properties: {} };

/** The world with other hosts in its Hyper-V site. */
function withHosts(
  hosts: NonNullable<WorldDocument["hyperVSites"]>[number]["hosts"],
): WorldDocument {
  const [site] = hyperVWorld.hyperVSites ?? [];
  if (site === undefined || hosts === undefined) throw new Error("The world has no Hyper-V site.");
  return { ...hyperVWorld, hyperVSites: [{ ...site, machines: [{ name: "web-2" }], hosts }] };
}

for (const [type, name, given] of [
  ["HyperVHost", "hv-1", { fabric: "berlin" }],
  ["VmmServer", "vmm-1.example.local", {}],
] as const) {
  test(`R-01 HV-CONNECTED a ${type} that is registered is found, nothing is written, and nothing differs after a refresh`, async (t) => {
    const bench = await startBench(t, hyperVWorld);
    const { handler, id, state, inputs } = await bench.create(name, type, given);
    t.is(state.connectionStatus, "Connected");
    t.regex(String(state.hostName), /\.example\.local$/);
    t.not(state.version, "");
    t.deepEqual(bench.simulator.journal({ writesOnly: true }), []);
    const read = await handler.read(bench.anotherRun(), id, state);
    t.deepEqual(read?.state, state);
    t.deepEqual(await handler.diff(bench.anotherRun(), id, read?.state ?? {}, inputs), nothing);
    bench.simulator.clearJournal();
    const run = bench.anotherRun({ name, preview: true });
    t.deepEqual((await handler.check(run, { ...given }, inputs)).inputs, inputs);
    t.is(bench.simulator.journal().length, 0, "an unchanged program asks nothing");
    const imported = await handler.read(bench.anotherRun(), id);
    t.deepEqual(await handler.diff(bench.anotherRun(), id, imported?.state ?? {}, inputs), nothing);
    await handler.delete(bench.anotherRun(), id, state);
    t.deepEqual(bench.simulator.journal({ writesOnly: true }), [], "it is forgotten, no more");
    t.truthy(await handler.read(bench.anotherRun(), id, state));
  });
}

test("S-04 S-06 a VMM server offers its clouds, VM networks and storage classifications by name", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const { state } = await bench.create("vmm-1", "VmmServer", {});
  t.is(state.fabricId, fabricId("vmm-1"));
  t.deepEqual(Object.keys(state.clouds as object), ["Gold"]);
  t.deepEqual(Object.keys(state.networks as object), ["corp", "dmz"]);
  t.deepEqual(Object.keys(state.storageClassifications as object), ["Fast"]);
});

test("S-03 a Hyper-V host that has yet to register is announced at preview and waited for", async (t) => {
  const bench = await startBench(
    t,
    withHosts([{ name: "hv-1.example.local", registersAfterMinutes: 10 }]),
  );
  const run = bench.anotherRun({ name: "hv-1", preview: true });
  const shown = await handlerOf("HyperVHost").check(run, { fabric: "berlin" });
  t.deepEqual(shown.failures, []);
  t.true(
    bench.log.some(({ text }) =>
      /waits until it registers; the site berlin has no host/.test(text),
    ),
  );
  const { state } = await bench.create("hv-1", "HyperVHost", { fabric: "berlin" });
  t.is(state.connectionStatus, "Connected");
  t.regex(String(state.containerId), /replicationProtectionContainers/);
  t.true(bench.log.some(({ text }) => /registration key of its site.*5 days/.test(text)));
});

test("S-03 a Hyper-V host that never registers ends in time, with how it registers", async (t) => {
  const bench = await startBench(
    t,
    withHosts([{ name: "hv-1.example.local", registersAfterMinutes: 1000 }]),
  );
  const inputs = { fabric: "berlin", timeout: "PT5M" };
  const error = await t.throwsAsync(bench.create("hv-1", "HyperVHost", inputs), {
    instanceOf: DeadlineError,
  });
  t.regex(error.message, /Hyper-V host hv-1 was not ready in time: .*registration key/);
});

test("HV-CONNECTED a silent host is warned of at preview", async (t) => {
  const bench = await startBench(
    t,
    withHosts([{ name: "hv-1.example.local", heartbeat: "silent" }]),
  );
  const run = bench.anotherRun({ name: "hv-1", preview: true });
  const shown = await handlerOf("HyperVHost").check(run, { fabric: "berlin" });
  t.deepEqual(shown.failures, []);
  t.true(
    bench.log.some(({ level, text }) => level === "warn" && /silent.*\[HV-CONNECTED\]/.test(text)),
  );
});

test("S-03 a host of another kind of fabric is refused with where its hosts belong", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const [failure] = await bench.failuresOf("HyperVHost", { fabric: "vmm-1" }, "node-1");
  t.is(failure?.path, "fabric");
  t.regex(failure?.reason ?? "", /no Hyper-V site.*see VmmServer/);
  const [missing] = await bench.failuresOf("HyperVHost", { fabric: "brelin" }, "hv-1");
  t.regex(missing?.reason ?? "", /there is no fabric .*Did you mean "berlin"/);
});

test("S-03 a Hyper-V site is made with the steps of registration, and its hosts come then", async (t) => {
  const [site] = hyperVWorld.hyperVSites ?? [];
  if (site === undefined) throw new Error("The world has no Hyper-V site.");
  const bench = await startBench(t, { ...hyperVWorld, hyperVSites: [{ ...site, made: false }] });
  const made = await bench.create("berlin", "Fabric", { kind: "HyperVSite" });
  t.is(made.id, fabricId("berlin"));
  t.true(
    bench.log.some(({ text }) =>
      /registration key of the site from the vault shop.*5 days/.test(text),
    ),
  );
  const host = await bench.create("hv-1", "HyperVHost", { fabric: made.id });
  t.is(host.state.containerId, made.state.containerId);
  t.is(host.inputs.vault, vaultId("shop"));
});

test("S-03 S-04 the first part of a name that two servers share is refused with both", async (t) => {
  const hosts = withHosts([{ name: "hv-1.berlin.example" }, { name: "hv-1.annex.example" }]);
  const vmmServers = ["vmm.berlin.example", "vmm.annex.example"].map((name, index) => ({
    vault: "shop",
    name,
    fabric: `vmm-${index}`,
    hosts: [{ name: `node-${index}.example` }],
  }));
  const bench = await startBench(t, { ...hosts, vmmServers });
  const [host] = await bench.failuresOf("HyperVHost", { fabric: "berlin" }, "hv-1");
  t.is(host?.path, "name");
  t.regex(host?.reason ?? "", /hv-1\.(berlin|annex)\.example, hv-1\..*Give the full name/);
  const [server] = await bench.failuresOf("VmmServer", {}, "vmm");
  t.is(server?.path, "name");
  t.regex(server?.reason ?? "", /vmm\.(berlin|annex)\.example, vmm\..*Give the full name/);
  t.deepEqual(await bench.failuresOf("VmmServer", {}, "vmm.annex.example"), []);
});

test("S-03 a region without location and a Hyper-V site with one are refused", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const [missing] = await bench.failuresOf("Fabric", {});
  t.regex(missing?.reason ?? "", /is missing.*westeurope/);
  const [strange] = await bench.failuresOf("Fabric", {
    kind: "HyperVSite",
    location: "westeurope",
  });
  t.regex(strange?.reason ?? "", /means nothing for a Hyper-V site/);
});

test("S-03 a machine of a host that registers in the same run is in order at preview, and waited for until it is discovered", async (t) => {
  const bench = await startBench(
    t,
    withHosts([
      { name: "hv-1.example.local" },
      { name: "hv-2.example.local", registersAfterMinutes: 10 },
    ]),
  );
  const site = await setUp(bench, "HyperVToAzure");
  const inputs = hyperVItem(site, "late-1", { waitFor: "enabled", timeout: "PT30M" });
  const [unknown] = await bench.failuresOf("ReplicatedItem", inputs);
  t.regex(unknown?.reason ?? "", /has not discovered/);
  const run = bench.anotherRun({ preview: true, name: "hv-2" });
  t.deepEqual((await handlerOf("HyperVHost").check(run, { fabric: "berlin" })).failures, []);
  const item = handlerOf("ReplicatedItem");
  t.deepEqual((await item.check({ ...run, name: "late" }, { ...inputs })).failures, []);
  const up = bench.anotherRun();
  await bench.create("hv-2", "HyperVHost", { fabric: "berlin" }, up);
  await t.throwsAsync(bench.create("late", "ReplicatedItem", inputs, up), {
    message: /late-1: waits until berlin discovers it/,
  });
});
