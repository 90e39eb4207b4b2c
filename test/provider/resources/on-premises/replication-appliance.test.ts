import test from "ava";
import { BlockedError } from "../../../../provider/errors.ts";
import { fabricId, startServerBench } from "./server-bench.ts";

const type = "ReplicationAppliance";
const given = { fabric: fabricId, name: "appliance-1" };
const movable = { pods: [{ name: "pod-1", enabled: true, excluded: [] }] };
const nothing = { changes: false, properties: {} };

test("R-01 AP-HEALTH a healthy appliance is left alone, and nothing differs after a refresh", async (t) => {
  const bench = await startServerBench(t, "modernized");
  const shown = await bench.preview(type, "appliance", given);
  t.deepEqual([shown.failures, shown.plan, shown.blockers], [[], [], []]);
  const made = await bench.create(type, "appliance", given);
  t.like(made.state, { fullyQualifiedName: "appliance-1", changes: {} });
  t.deepEqual(bench.bed.writes(), []);
  const read = await made.handler.read(bench.run(), made.id, made.state);
  t.deepEqual(
    await made.handler.diff(bench.run(), made.id, read?.state ?? {}, made.inputs),
    nothing,
  );
  await made.handler.delete(bench.run(), made.id, made.state);
});

test("R-01 AP-MOVED Storage DRS that may move it is a warning; storageDrs excludes it, and destroy puts it back", async (t) => {
  const bench = await startServerBench(t, "modernized", { scenario: movable });
  const told = await bench.preview(type, "appliance", given);
  t.deepEqual(told.blockers, []);
  t.true(told.findings.some((each) => each.rule === "AP-MOVED"));
  const inputs = { ...given, manage: ["storageDrs"] };
  const shown = await bench.preview(type, "appliance", inputs);
  t.regex(shown.plan[0]?.text ?? "", /appliance-1: it is excluded from Storage DRS of pod-1/);
  const made = await bench.create(type, "appliance", inputs);
  const excluded = await bench.preview(type, "appliance", given);
  t.false(excluded.findings.some((each) => each.rule === "AP-MOVED"));
  await made.handler.delete(bench.run(), made.id, made.state);
  const after = await bench.preview(type, "appliance", given);
  t.true(after.findings.some((each) => each.rule === "AP-MOVED"));
});

test("R-01 AP-HEALTH one that registers late is waited for; a silent one stops the preview and the run", async (t) => {
  const late = await startServerBench(t, "modernized", {
    server: { registersAfterMinutes: 7 },
    vault: { policies: [], mappings: [], items: [] },
  });
  t.deepEqual((await late.preview(type, "appliance", given)).blockers, []);
  t.is((await late.create(type, "appliance", given)).state.fullyQualifiedName, "appliance-1");
  const near = await late.preview(type, "appliance", { ...given, fabric: "plant-onne" });
  t.regex(near.failures[0]?.reason ?? "", /Did you mean "plant-one"/);
  const silent = await startServerBench(t, "modernized", { server: { heartbeat: "silent" } });
  const shown = await silent.preview(type, "appliance", given);
  t.regex(shown.blockers.join("\n"), /silent for .*AP-HEALTH/);
  await t.throwsAsync(silent.create(type, "appliance", given), { instanceOf: BlockedError });
});

test("R-01 a configuration server's site has no appliance, and manage takes nothing but storageDrs", async (t) => {
  const bench = await startServerBench(t, "classic");
  const shown = await bench.preview(type, "appliance", given);
  t.regex(shown.failures[0]?.reason ?? "", /no site with replication appliances/);
  const wrong = await bench.preview(type, "appliance", { ...given, manage: ["snapshots"] });
  t.is(wrong.failures[0]?.path, "manage[0]");
});
