import test from "ava";
import { SiteError } from "../../../../provider/errors.ts";
import { handlerOf } from "../bench.ts";
import { containerOf, siteItem, siteWorld, startSite } from "../site-bench.ts";

const type = "PhysicalServer";
const container = containerOf("VmwareToAzureClassic");
const given = { container, address: "10.1.1.51", osType: "Linux" };
const nothing = { changes: false, properties: {} };

test("S-02 a physical server is made known, and its output protects it", async (t) => {
  const site = await startSite(t, "VmwareToAzureClassic");
  const { bench } = site;
  t.deepEqual(await bench.failuresOf(type, given, "metal-2"), []);
  const made = await bench.create("metal-2", type, given);
  t.regex(String(made.state.protectableItemId), /replicationProtectableItems/);
  const read = await made.handler.read(bench.anotherRun(), made.id, made.state);
  t.deepEqual(read?.state, made.state);
  t.deepEqual(
    await made.handler.diff(bench.anotherRun(), made.id, read?.state ?? {}, made.inputs),
    nothing,
  );
  const imported = await made.handler.read(bench.anotherRun(), made.id);
  t.deepEqual(
    await made.handler.diff(bench.anotherRun(), made.id, imported?.state ?? {}, made.inputs),
    nothing,
  );
  const writes = bench.simulator.journal({ writesOnly: true }).length;
  const again = await bench.create("metal-2", type, given, bench.anotherRun());
  t.deepEqual(again.state, made.state);
  t.is(bench.simulator.journal({ writesOnly: true }).length, writes, "P-03 it is known already");
  const item = await bench.create(
    "metal",
    "ReplicatedItem",
    siteItem(site, String(made.state.protectableItemId)),
  );
  t.is(item.state.friendlyName, "metal-2");
});

test("S-02 P-06 a server that cannot be reached fails with 559 and 95222, their cause and remedy, and leaves nothing behind", async (t) => {
  const { bench } = await startSite(t, "VmwareToAzureClassic");
  const failed = await t.throwsAsync(
    bench.create("ghost", type, { ...given, address: "10.9.9.9" }),
    {
      instanceOf: SiteError,
      message: /discover the machine ghost \(10\.9\.9\.9\).*559/s,
    },
  );
  t.regex(failed?.message ?? "", /95222/);
  t.regex(failed?.message ?? "", /Check address, operating system, account and firewall/);
  const handler = handlerOf(type);
  t.is(await handler.read(bench.anotherRun(), `${container}/physicalServers/ghost`), undefined);
});

test("S-02 destroying it forgets it, and says that the configuration server does not", async (t) => {
  const { bench } = await startSite(t, "VmwareToAzureClassic");
  const made = await bench.create("metal-2", type, given);
  const writes = bench.simulator.journal({ writesOnly: true }).length;
  await made.handler.delete(bench.anotherRun(), made.id, made.state);
  t.is(bench.simulator.journal({ writesOnly: true }).length, writes);
  t.true(bench.log.some(({ text }) => /the service has no way to delete it/.test(text)));
});

test("S-02 another address or system is another server, and one of this name with another address is a conflict", async (t) => {
  const { bench } = await startSite(t, "VmwareToAzureClassic");
  const made = await bench.create("metal-2", type, given);
  const news = { ...made.inputs, address: "10.1.1.52" };
  const diff = await made.handler.diff(bench.anotherRun(), made.id, made.state, news);
  t.true(diff.properties.address?.replace);
  const conflict = await bench.failuresOf(type, { ...given, address: "10.1.1.52" }, "metal-2");
  t.regex(conflict[0]?.reason ?? "", /10\.1\.1\.51.*10\.1\.1\.52/);
});

test("S-02 wrong places are refused at preview", async (t) => {
  const { bench } = await startSite(t, "VmwareToAzureClassic", siteWorld);
  const modernized = await bench.failuresOf(type, {
    ...given,
    container: containerOf("VmwareToAzure"),
  });
  t.regex(modernized[0]?.reason ?? "", /the appliance discovers physical servers/);
  const missing = await bench.failuresOf(type, { ...given, container: `${container}x` });
  t.regex(missing[0]?.reason ?? "", /Did you mean "cs-1-container"/);
  const system = await bench.failuresOf(type, { ...given, osType: "BeOS", timeout: "soon" });
  t.is(system[0]?.path, "osType");
});
