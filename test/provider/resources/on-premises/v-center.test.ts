import test from "ava";
import { PartialFailureError, SiteError } from "../../../../provider/errors.ts";
import type { WorldDocument } from "../../../../simulator/index.ts";
import { handlerOf, startBench, vaultId } from "../bench.ts";
import { testContract } from "../contract.ts";
import { siteWorld } from "../site-bench.ts";

const type = "VCenter";
const fabric = `${vaultId("shop")}/replicationFabrics/cs-1`;

/** The configuration server knows one vCenter of the three that there are, and has two of everything. */
const world: WorldDocument = {
  ...siteWorld,
  configurationServers: [
    {
      ...{ name: "cs-1", vault: "shop", container: "cs-1-container", address: "10.1.0.10" },
      vcenters: ["vcenter-one"],
      runAsAccounts: [{ name: "vcenter-reader" }, { name: "vcenter-failback" }],
      processServers: [{ name: "cs-1" }, { name: "ps-azure", address: "10.2.0.4" }],
    },
  ],
};

const given = {
  fabric,
  address: "10.1.0.6",
  processServer: "cs-1",
  runAsAccount: "vcenter-failback",
};

testContract({
  kind: "R-01",
  type,
  world,
  make: () => ({ name: "two", inputs: given }),
  change: {
    inputs: { friendlyName: "The second one", runAsAccount: "vcenter-reader" },
    replaces: false,
  },
});

test("R-01 a vCenter is ready when its machines are known: they can be protected then", async (t) => {
  const bench = await startBench(t, world);
  const before = new Date(bench.simulator.clock.now()).getTime();
  const made = await bench.create("two", type, given);
  t.true(
    new Date(bench.simulator.clock.now()).getTime() - before >= 300_000,
    "the discovery was waited for",
  );
  t.like(made.state, { port: 443, processServer: "cs-1", friendlyName: "two" });
  const run = bench.anotherRun();
  const vault = (await run.sites.azure(run)).vault(vaultId("shop"));
  const container = `${fabric}/replicationProtectionContainers/cs-1-container`;
  const items = await vault.onPremises.protectableItems(run, container);
  t.true(items.some((each) => each.address === "10.1.2.1"));
});

test("R-01 server and account by id mean the same as by name, and are left as they are written", async (t) => {
  const bench = await startBench(t, world);
  const named = await bench.create("two", type, given);
  const byId = {
    ...named.inputs,
    processServer: named.state.processServerId,
    runAsAccount: named.state.runAsAccountId,
  };
  const run = bench.anotherRun();
  const state = await named.handler.update(run, named.id, named.state, byId);
  t.is(state.processServer, named.state.processServerId);
  const read = await named.handler.read(run, named.id, state);
  const nothing = { changes: false, properties: {} };
  t.deepEqual(await named.handler.diff(run, named.id, read?.state ?? {}, byId), nothing);
});

test("R-01 a missing account or server is told with the near name; several of them have to be named", async (t) => {
  const bench = await startBench(t, world);
  const failures = await bench.failuresOf(type, { ...given, runAsAccount: "vcenter-failbak" });
  t.regex(failures[0]?.reason ?? "", /Did you mean "vcenter-failback"/);
  const server = await bench.failuresOf(type, { ...given, processServer: "ps-asure" });
  t.regex(server[0]?.reason ?? "", /Did you mean "ps-azure"/);
  const none = await bench.failuresOf(type, { fabric, address: "10.1.0.6" });
  t.deepEqual(none.map((each) => each.path).toSorted(), ["processServer", "runAsAccount"]);
  t.regex(none[0]?.reason ?? "", /cs-1, ps-azure/);
  const form = await bench.failuresOf(type, { ...given, address: "https://10.1.0.6/sdk", port: 0 });
  t.deepEqual(form.map((each) => each.path).toSorted(), ["address", "port"]);
});

test("R-01 P-06 a vCenter that does not answer fails with the causes, is kept, and the next run puts it right", async (t) => {
  const bench = await startBench(t, world);
  const handler = handlerOf(type);
  const context = bench.anotherRun({ name: "two" });
  const { inputs } = await handler.check(context, { ...given, address: "10.9.9.9" });
  const failed = await t.throwsAsync(handler.create(context, inputs), {
    instanceOf: PartialFailureError,
    message: /discovery is Failed.*SIM-VCENTER-UNREACHABLE.*10\.9\.9\.9:443/s,
  });
  t.true(failed?.cause instanceof SiteError);
  const state = failed?.state as Record<string, unknown>;
  t.is(state.phase, "creating");
  const corrected = { ...inputs, address: "10.1.0.6" };
  const updated = await handler.update(bench.anotherRun(), failed?.id ?? "", state, corrected);
  t.like(updated, { address: "10.1.0.6", phase: undefined });
});

test("R-01 P-04 a vCenter whose machines are protected is not removed, and the items are named", async (t) => {
  const bench = await startBench(t, world);
  const made = await bench.create("one", type, {
    ...given,
    address: "10.1.0.5",
    name: "vcenter-one",
    runAsAccount: "vcenter-reader",
    adopt: true,
  });
  const policy = await bench.create("daily", "ReplicationPolicy", {
    scenario: "VmwareToAzureClassic",
  });
  const container = `${fabric}/replicationProtectionContainers/cs-1-container`;
  await bench.create("to-azure", "ProtectionContainerMapping", {
    ...{ sourceContainer: container, targetContainer: "Microsoft Azure", policy: policy.id },
  });
  const { siteItem } = await import("../site-bench.ts");
  await bench.create(
    "web",
    "ReplicatedItem",
    siteItem({ containerId: container }, "web-1", {
      ...{ processServer: "cs-1", runAsAccount: "vcenter-reader" },
    }),
  );
  await t.throwsAsync(made.handler.delete(bench.anotherRun(), made.id, made.state), {
    message: /protected item web/,
  });
});
