import test from "ava";
import { fabricId, startPlainBench } from "./server-bench.ts";

const type = "ProcessServer";
const two = {
  server: {
    processServers: [
      { name: "cs-1" },
      { name: "ps-azure", address: "10.2.0.4", registersAfterMinutes: 8 },
    ],
  },
};
const given = { fabric: fabricId, name: "ps-azure", placement: "azure" };
const nothing = { changes: false, properties: {} };

test("R-01 PS-HEARTBEAT a process server that registers late is waited for, and told of at preview", async (t) => {
  const bench = await startPlainBench(t, "classic", two);
  const shown = await bench.preview(type, "ps", given);
  t.deepEqual(shown.failures, []);
  t.regex(bench.bed.told.info.join("\n"), /ps-azure: waits until it registers; the site has cs-1/);
  const early = await t.throwsAsync(bench.create(type, "ps", { ...given, timeout: "PT3M" }));
  t.regex(
    early?.message ?? "",
    /process server ps-azure was not ready in time: Azure does not list it/,
  );
  const made = await bench.create(type, "ps", given);
  t.is(made.state.address, "10.2.0.4");
  t.deepEqual(bench.bed.writes(), []);
  const read = await made.handler.read(bench.run(), made.id, made.state);
  t.deepEqual(read?.state, made.state);
  t.deepEqual(
    await made.handler.diff(bench.run(), made.id, read?.state ?? {}, made.inputs),
    nothing,
  );
  bench.bed.simulator.clearJournal();
  t.deepEqual((await bench.preview(type, "ps", given, made.inputs)).inputs, made.inputs);
  t.is(bench.bed.simulator.journal().length, 0, "an unchanged program asks nothing");
});

test("R-01 PS-HEARTBEAT a silent process server is waited for in vain, with its cause", async (t) => {
  const bench = await startPlainBench(t, "classic", {
    server: { processServers: [{ name: "cs-1" }, { name: "ps-azure", heartbeat: "silent" }] },
  });
  await bench.preview(type, "ps", given);
  t.regex(bench.bed.told.warnings.join("\n"), /ps-azure: it has been silent for .*PS-HEARTBEAT/);
  const failed = await t.throwsAsync(bench.create(type, "ps", given));
  t.regex(failed?.message ?? "", /not ready in time.*silent.*SIM-NO-HEARTBEAT/s);
});

test("R-01 P-02 P-04 takeOverFrom shows the machines that will move, moves them once, and leaves them when it is destroyed", async (t) => {
  const bench = await startPlainBench(t, "classic", two);
  bench.bed.simulator.clock.advance(600_000);
  const inputs = { ...given, takeOverFrom: "cs-1" };
  await bench.preview(type, "ps", inputs);
  t.regex(
    bench.bed.told.info.join("\n"),
    /takes over from cs-1: 2 machines \(.*\) and the discovery of vcenter-one/,
  );
  const made = await bench.create(type, "ps", inputs);
  t.deepEqual(bench.bed.writes(), ["POST reassociateGateway"]);
  for (const name of ["web", "app"]) {
    t.is((await bench.bed.item(name)).onPremises?.processServerId, made.state.serverId);
  }
  await made.handler.update(bench.run(), made.id, made.state, made.inputs);
  t.is(bench.bed.writes().length, 1, "nothing moves twice");
  await made.handler.delete(bench.run(), made.id, made.state);
  t.regex(bench.bed.told.warnings.join("\n"), /(web, app|app, web) go on replicating through it/);
  t.is(bench.bed.writes().length, 1);
});

test("R-01 takeOverMachines moves the named machines alone; a wrong name is told with the near one", async (t) => {
  const bench = await startPlainBench(t, "classic", two);
  bench.bed.simulator.clock.advance(600_000);
  const made = await bench.create(type, "ps", {
    ...given,
    takeOverFrom: "cs-1",
    takeOverMachines: ["web"],
  });
  t.is((await bench.bed.item("web")).onPremises?.processServerId, made.state.serverId);
  t.not((await bench.bed.item("app")).onPremises?.processServerId, made.state.serverId);
  const wrong = await bench.preview(type, "ps", {
    ...given,
    takeOverFrom: "cs-2",
    takeOverMachines: ["web"],
  });
  t.regex(wrong.failures[0]?.reason ?? "", /no process server "cs-2".*Did you mean "cs-1"/);
  const machine = await bench.preview(type, "ps", {
    ...given,
    takeOverFrom: "cs-1",
    takeOverMachines: ["weg"],
  });
  t.deepEqual(machine.failures[0]?.path, "takeOverMachines[0]");
  t.regex(machine.failures[0]?.reason ?? "", /Did you mean "web"/);
  const changed = { ...made.inputs, takeOverMachines: ["web", "app"] };
  const diff = await made.handler.diff(bench.run(), made.id, made.state, changed);
  t.true(diff.changes);
  await made.handler.update(bench.run(), made.id, made.state, changed);
  t.is((await bench.bed.item("app")).onPremises?.processServerId, made.state.serverId);
});

test("R-01 PS-PLACE where it stands is said at preview: on-premises needs ExpressRoute, azure is not the configuration server", async (t) => {
  const bench = await startPlainBench(t, "classic");
  await bench.preview(type, "ps", { fabric: fabricId, name: "cs-1", placement: "onPremises" });
  t.regex(bench.bed.told.warnings.join("\n"), /ExpressRoute private peering only. \[PS-PLACE\]/);
  await bench.preview(type, "ps", { fabric: fabricId, name: "cs-1", placement: "azure" });
  t.regex(bench.bed.told.warnings.join("\n"), /configuration server's address/);
});

test("R-01 a process server of a modernized site is refused with the resource that it is there", async (t) => {
  const bench = await startPlainBench(t, "modernized");
  const shown = await bench.preview(type, "ps", given);
  t.regex(shown.failures[0]?.reason ?? "", /ReplicationAppliance/);
});

test("R-01 an import finds it, and one that Azure lists no more is waited for again", async (t) => {
  const bench = await startPlainBench(t, "classic");
  const made = await bench.create(type, "ps", { fabric: fabricId, name: "cs-1" });
  const imported = await made.handler.read(bench.run(), made.id);
  t.like(imported?.inputs, { fabric: fabricId, name: "cs-1" });
  const id = made.id.replace(/cs-1$/, "nobody");
  t.is(await made.handler.read(bench.run(), id), undefined);
  const gone = await made.handler.read(bench.run(), id, made.state);
  const diff = await made.handler.diff(bench.run(), id, gone?.state ?? {}, made.inputs);
  t.true(diff.changes);
  t.regex(diff.reason ?? "", /not registered; it is waited for/);
});

test("R-01 machines are moved by the names of their protectable items, and a server may be named by its resource's id", async (t) => {
  const bench = await startPlainBench(t, "classic", two);
  bench.bed.simulator.clock.advance(600_000);
  const source = `${fabricId}/processServers/cs-1`;
  const inputs = { ...given, takeOverFrom: source, takeOverMachines: ["web"] };
  const made = await bench.create(type, "ps", inputs);
  t.is((await bench.bed.item("web")).onPremises?.processServerId, made.state.serverId);
  const [order] = bench.bed.simulator.journal({ path: "reassociateGateway" });
  t.regex(JSON.stringify(order), /"vmsToMigrate":\["[0-9a-f]{8}-[0-9a-f-]{27}"\]/);
});
