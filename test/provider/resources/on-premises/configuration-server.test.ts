import test from "ava";
import { BlockedError } from "../../../../provider/errors.ts";
import { ids } from "../../actions/test-bed.ts";
import { fabricId, startPlainBench } from "./server-bench.ts";

const type = "ConfigurationServer";
const given = { fabric: "plant-one" };
const nothing = { changes: false, properties: {} };

test("R-01 CS-UP a configuration server is found with its parts, nothing is written, and nothing differs after a refresh", async (t) => {
  const bench = await startPlainBench(t, "classic");
  const made = await bench.create(type, "cs", given);
  t.is(made.id, fabricId);
  t.like(made.state, {
    fabricId,
    address: "10.1.0.10",
    hostName: "cs-1",
    processServers: ["cs-1"],
    masterTargets: ["mt-linux"],
    runAsAccounts: ["linux-root"],
  });
  t.regex(String(made.state.containerId), /replicationProtectionContainers/);
  t.deepEqual(bench.bed.writes(), []);
  const read = await made.handler.read(bench.run(), made.id, made.state);
  t.deepEqual(read?.state, made.state);
  t.deepEqual(
    await made.handler.diff(bench.run(), made.id, read?.state ?? {}, made.inputs),
    nothing,
  );
  bench.bed.simulator.clearJournal();
  t.deepEqual((await bench.preview(type, "cs", given, made.inputs)).inputs, made.inputs);
  t.is(bench.bed.simulator.journal().length, 0, "an unchanged program asks nothing");
  const imported = await made.handler.read(bench.run(), fabricId);
  t.deepEqual(
    await made.handler.diff(bench.run(), fabricId, imported?.state ?? {}, made.inputs),
    nothing,
  );
  await made.handler.delete(bench.run(), made.id, made.state);
  t.deepEqual(bench.bed.writes(), []);
});

test("R-01 CS-UP a configuration server that has yet to register is waited for, and what hangs on it may be declared before", async (t) => {
  const late = {
    server: {
      registersAfterMinutes: 10,
      masterTargets: [{ name: "mt-linux", retentionVolumes: [{ name: "/mnt/retention" }] }],
    },
    vault: { policies: [], mappings: [], items: [] },
  };
  const bench = await startPlainBench(t, "classic", late);
  const context = bench.run({ name: "cs", preview: true });
  const shown = await bench.preview(type, "cs", given);
  t.deepEqual(shown.failures, []);
  t.regex(bench.bed.told.info.join("\n"), /waits until it registers/);
  const { handlers } = await import("../../../../provider/handlers.ts");
  await handlers.get(`asr:index:${type}`)?.check(context, { ...given });
  const target = await handlers
    .get("asr:index:MasterTargetServer")
    ?.check({ ...context, name: "mt-linux" }, { fabric: fabricId });
  t.deepEqual(target?.failures, []);
  const made = await bench.create(type, "cs", given);
  t.is(made.state.hostName, "cs-1");
});

test("R-01 CS-RESTORE a restored server with another address stops the preview and the run, and says to restore it with the old one", async (t) => {
  const bench = await startPlainBench(t, "classic");
  const stated = await bench.preview(type, "cs", { ...given, address: "10.1.0.99" });
  t.is(stated.failures[0]?.path, "address");
  t.regex(stated.failures[0]?.reason ?? "", /Restore it with the address 10\.1\.0\.99.*CS-RESTORE/);
  const made = await bench.create(type, "cs", given);
  // As if it had been seen with another address by an earlier run.
  const before = { ...made.state, address: "10.1.0.99" };
  const read = await made.handler.read(bench.run(), made.id, before);
  t.regex(bench.bed.told.warnings.join("\n"), /Restore it with the address 10\.1\.0\.99/);
  t.is(read?.state.address, "10.1.0.99", "it is told again at the next refresh");
  await t.throwsAsync(
    made.handler.update(bench.run(), made.id, before, { ...made.inputs, minimumVersion: "9.0" }),
    {
      instanceOf: BlockedError,
      message: /Restore it with the address 10\.1\.0\.99/,
    },
  );
  const accepted = { ...made.inputs, address: "10.1.0.10" };
  const updated = await made.handler.update(bench.run(), made.id, before, accepted);
  t.is(updated.address, "10.1.0.10", "who states the new address, accepts it");
});

test("R-01 CS-RESTORE a backup that is too old is told of at every preview, an unchanged one included", async (t) => {
  const bench = await startPlainBench(t, "classic");
  const inputs = { ...given, lastBackup: "2025-12-01T00:00:00Z", backupMaximumAge: "P7D" };
  const made = await bench.create(type, "cs", inputs);
  t.deepEqual(bench.bed.told.warnings, []);
  await bench.preview(type, "cs", inputs, made.inputs);
  t.regex(
    bench.bed.told.warnings.join("\n"),
    /last backup .*2025-12-01.* is older than P7D.*CS-RESTORE/,
  );
  const news = { ...made.inputs, lastBackup: "2026-01-15T00:00:00Z" };
  t.deepEqual(await made.handler.diff(bench.run(), made.id, made.state, news), nothing);
  const wrong = await bench.preview(type, "cs", {
    ...given,
    lastBackup: "yesterday",
    timeout: "soon",
  });
  t.deepEqual(wrong.failures.map((each) => each.path).toSorted(), ["lastBackup", "timeout"]);
});

test("R-01 CS-UP an older version and a server that is silent are told with what to do", async (t) => {
  const bench = await startPlainBench(t, "classic", { server: { heartbeat: "silent" } });
  const old = await bench.preview(type, "cs", { ...given, minimumVersion: "10.0" });
  t.deepEqual(
    old.failures.map((each) => each.path),
    ["minimumVersion"],
  );
  const failed = await t.throwsAsync(bench.create(type, "cs", given));
  t.regex(failed?.message ?? "", /services are Stopped.*silent for .*CS-UP/s);
});

test("R-01 the fabric of a region or of appliances is no configuration server", async (t) => {
  const bench = await startPlainBench(t, "modernized");
  const shown = await bench.preview(type, "cs", given);
  t.regex(shown.failures[0]?.reason ?? "", /no configuration server.*InMageRcm/);
  const nowhere = await bench.preview(type, "cs", { fabric: `${ids.vault}x/replicationFabrics/a` });
  t.is(nowhere.failures[0]?.path, "vault");
});
