import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import {
  blockersOf,
  changeHyperVMachine,
  failOver,
  posts,
  setHeartbeat,
  startHyperVBed,
  toAzureKinds,
} from "./hyper-v-world.ts";
import { ids, orders, startTestBed } from "./test-bed.ts";

const item = ids.item("web");

for (const kind of [...toAzureKinds, "VmmToVmm"] as const) {
  test(`H-07 HV-PLANNED ${kind}: a planned failover whose shutdown fails leaves the machine where it was, and an unplanned one goes on`, async (t) => {
    const bed = await startHyperVBed(t, kind, { machine: { shutdown: "fails" } });
    const asked = { item, mode: "planned" } as const;
    const error = await t.throwsAsync<PartialFailureError>(
      failoverHandler.create(bed.context(), asked),
      { instanceOf: PartialFailureError },
    );
    t.regex(error?.message ?? "", /web: planned failover failed\..*532/s);
    t.like(await bed.item("web"), { protectionState: "Protected", activeLocation: "Primary" });
    const state = error?.state as never;
    const diff = await failoverHandler.diff(bed.context(), error?.id ?? "", state, asked);
    t.true(diff.changes);
    const done = await failoverHandler.update(bed.context(), error?.id ?? "", state, {
      item,
      mode: "unplanned",
    });
    t.like(done, { status: "commitPending", finished: true });
    t.true(
      done.warnings.some((each) => /shut/i.test(each)),
      done.warnings.join(),
    );
  });
}

test("H-07 a planned failover that failed is tried again once its cause is mended", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure", { machine: { shutdown: "fails" } });
  const asked = { item, mode: "planned", commit: "automatic" } as const;
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.create(bed.context(), asked),
  );
  await changeHyperVMachine(bed, "web", { shutdown: "works" });
  const state = error?.state as never;
  const done = await failoverHandler.update(bed.context(), error?.id ?? "", state, asked);
  t.like(done, { status: "committed", finished: true });
  t.is(posts(bed, "plannedFailover"), 2);
});

test("OP-INPUT a planned failover is refused where there is none, before anything is sent", async (t) => {
  const bed = await startTestBed(t);
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), {
    item,
    mode: "planned",
  });
  t.deepEqual(blockersOf(inputs), [["OP-INPUT", "mode"]]);
  await t.throwsAsync(failoverHandler.create(bed.context(), { item, mode: "planned" }), {
    message: /planned failover is asked for, and there is none/,
  });
  t.deepEqual(bed.writes(), []);
});

test("H-09 reverse replication before the failback and before its commit is refused with the way that leads on", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failoverHandler.create(bed.context(), { item });
  const sent = bed.writes().length;
  const before = await t.throwsAsync(reprotectHandler.create(bed.context(), { item }));
  t.regex(before?.message ?? "", /Commit the failover, then declare a Failback.*HV-DIRECTION/s);
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  const away = await t.throwsAsync(reprotectHandler.create(bed.context(), { item }));
  t.regex(away?.message ?? "", /no reprotect before the failback.*HV-DIRECTION/s);
  t.is(bed.writes().length, sent + 1);
  await failbackHandler.create(bed.context(), { item });
  const open = await t.throwsAsync(reprotectHandler.create(bed.context(), { item }));
  t.regex(open?.message ?? "", /its failback waits for the commit.*HV-COMMIT/s);
  t.is(posts(bed, "reProtect"), 0);
  const { state } = await reprotectHandler.create(bed.context(), { item, manage: ["commit"] });
  t.like(state, { status: "protected", finished: true });
});

test("H-09 a reprotect of a machine that never left is refused, and so is a failback of one that is at home", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await t.throwsAsync(reprotectHandler.create(bed.context(), { item }), {
    message: /web: .*was not failed back.*InvalidFailoverDirection.*\[HV-DIRECTION\]/,
  });
  await t.throwsAsync(failbackHandler.create(bed.context(), { item }), {
    message: /web: it runs at home, in plant-one; there is nothing to fail back.*\[A2-FAILBACK\]/,
  });
  t.deepEqual(bed.writes(), []);
});

test("H-09 InvalidFailoverDirection: what the service says against a direction is told, and the machine stays where it was", async (t) => {
  const bed = await startHyperVBed(t, "VmmToVmm");
  await failoverHandler.create(bed.context(), { item });
  bed.simulator.addFault({
    match: { method: "POST", path: "reProtect" },
    respond: {
      status: 400,
      body: {
        error: { code: "InvalidFailoverDirection", message: "The failover direction is invalid." },
      },
    },
  });
  const error = await t.throwsAsync(reprotectHandler.create(bed.context(), { item }));
  t.regex(error?.message ?? "", /web.*InvalidFailoverDirection/s);
  t.is((await bed.item("web")).activeLocation, "Recovery");
  const { state } = await reprotectHandler.create(bed.context(), { item });
  t.like(state, { status: "protected", finished: true });
});

test("H-08 a finished job that leaves the item as it was is told and waited for; the deadline says where it stands", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  bed.simulator.addFault({
    match: { method: "POST", path: "unplannedFailover" },
    stale: { seconds: 8 * 3600, of: "replicationProtectedItems" },
  });
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.create(bed.context(), { item, timeout: "PT2H" }),
    { instanceOf: PartialFailureError },
  );
  const words =
    /the failover has ended well \(job [0-9a-f-]{36}\), and the service still shows the machine as "Protected"/;
  t.regex(error?.message ?? "", words);
  t.true(bed.told.info.some((each) => words.test(each)));
  t.is(posts(bed, "unplannedFailover"), 1);
  bed.simulator.clock.advance(8 * 3_600_000);
  const state = error?.state as never;
  const done = await failoverHandler.update(bed.context(), error?.id ?? "", state, { item });
  t.like(done, { status: "commitPending", finished: true });
  t.is(posts(bed, "unplannedFailover"), 1);
});

test("HV-SYNC a failback whose synchronization fails is told, leaves the machine in Azure, and is tried again", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  bed.simulator.addFault({
    failTask: {
      task: "DataSync",
      machine: "web",
      serviceError: { code: "SIM-SYNC", message: "The synchronization broke off." },
    },
  });
  const asked = { item, commit: "automatic" } as const;
  const error = await t.throwsAsync<PartialFailureError>(
    failbackHandler.create(bed.context(), asked),
    { instanceOf: PartialFailureError },
  );
  t.regex(error?.message ?? "", /web.*SIM-SYNC.*broke off/s);
  t.is((await bed.item("web")).activeLocation, "Recovery");
  const state = error?.state as never;
  const done = await failbackHandler.update(bed.context(), error?.id ?? "", state, asked);
  t.like(done, { status: "protected", finished: true });
});

test("H-08 HV-CONNECTED an unplanned failover goes on without a host that is silent; a planned one is refused before it begins", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await setHeartbeat(bed, "hv-1.example", "silent");
  bed.simulator.clock.advance(3_600_000);
  const planned = await failoverHandler.check(bed.context({ preview: true }), {
    item,
    mode: "planned",
  });
  t.deepEqual(blockersOf(planned.inputs), [["HV-CONNECTED", ""]]);
  const unplanned = await failoverHandler.check(bed.context({ preview: true }), { item });
  t.deepEqual(blockersOf(unplanned.inputs), []);
  const { state } = await failoverHandler.create(bed.context(), unplanned.inputs);
  t.like(state, { status: "commitPending", finished: true });
});

test("OP-INPUT what a failback or a reprotect cannot carry is told, not passed over in silence", async (t) => {
  const regions = await startTestBed(t, orders(), { pollingInterval: "PT1M" }, 10_000);
  await failoverHandler.create(regions.context(), { item, commit: "automatic" });
  await reprotectHandler.create(regions.context(), { item, cacheStorageAccount: ids.cacheWest });
  const failback = await failbackHandler.check(regions.context({ preview: true }), {
    item,
    mode: "planned",
    reverseReplicate: true,
  });
  t.deepEqual(blockersOf(failback.inputs), [
    ["OP-INPUT", "reverseReplicate"],
    ["OP-INPUT", "mode"],
  ]);

  const sites = await startHyperVBed(t, "VmmToVmm");
  await failoverHandler.create(sites.context(), { item });
  const { inputs } = await reprotectHandler.check(sites.context({ preview: true }), {
    item,
    datastore: "ds1",
  });
  t.deepEqual(blockersOf(inputs), []);
  t.like(
    inputs.findings?.find((each) => each.rule === "OP-INPUT"),
    { severity: "warn", path: "datastore" },
  );
  const managed = await reprotectHandler.check(sites.context({ preview: true }), {
    item,
    manage: ["powerOffSource", "commit"],
  });
  const [found] = managed.inputs.findings?.filter((each) => each.rule === "OP-INPUT") ?? [];
  t.like(found, { severity: "warn", path: "manage" });
  t.regex(found?.fact ?? "", /powerOffSource means nothing/);
});
