import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import { ids, startTestBed } from "./test-bed.ts";

test("A-01 A-07 A-08 A-13 one machine goes over, is committed, reprotected, comes back and is protected as before", async (t) => {
  const bed = await startTestBed(t);
  const before = await bed.item("web");
  const { id, state } = await failoverHandler.create(bed.context(), { item: ids.item("web") });
  t.is(id, `${ids.vault}/actions/failover/web`.toLowerCase());
  t.like(state, { status: "commitPending", finished: true });
  t.like(state.machines[0], { machine: "web", from: "northeurope", to: "westeurope", error: "" });
  t.regex(state.recoveryTime, /^PT\d+M/);
  t.regex(state.dataLoss, /^PT/);

  const committed = await failoverHandler.update(bed.context(), id, state, {
    item: ids.item("web"),
    commit: "automatic",
  });
  t.like(committed, { status: "committed", finished: true, startedAt: state.startedAt });

  const back = { cacheStorageAccount: ids.cacheWest };
  const reprotect = await reprotectHandler.create(bed.context(), {
    item: ids.item("web"),
    ...back,
  });
  t.like(reprotect.state, { status: "protected", finished: true });
  t.is((await bed.item("web")).primary.location, "westeurope");

  const failback = await failbackHandler.create(bed.context(), {
    item: ids.item("web"),
    commit: "automatic",
  });
  t.like(failback.state, { status: "committed", finished: true });
  const again = await reprotectHandler.create(bed.context(), {
    item: ids.item("web"),
    cacheStorageAccount: ids.cacheNorth,
  });
  t.like(again.state, { status: "protected", finished: true });
  const after = await bed.item("web");
  t.is(after.armId, before.armId);
  t.deepEqual(
    bed.writes(),
    [
      "unplannedFailover",
      "failoverCommit",
      "switchprotection",
      "unplannedFailover",
      "failoverCommit",
      "switchprotection",
    ].map((verb) => `POST ${verb}`),
  );
});

test("A-02 a drill starts copies, is recognised when repeated and is cleaned up by deleting it", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { items: [ids.item("web"), ids.item("app")], network: ids.testNetwork };
  const { id, state } = await testFailoverHandler.create(bed.context(), inputs);
  t.like(state, { status: "testing", finished: true });
  const repeated = await testFailoverHandler.create(bed.context(), inputs);
  t.like(repeated.state, { status: "testing", finished: true });
  await testFailoverHandler.delete(bed.context(), id, state);
  await testFailoverHandler.delete(bed.context(), id, state);
  t.deepEqual(bed.writes().toSorted(), [
    "POST testFailover",
    "POST testFailover",
    "POST testFailoverCleanup",
    "POST testFailoverCleanup",
  ]);
  t.is((await bed.item("web")).testFailoverState, "MarkedForDeletion");
});

test("a new trigger cleans the drill up and runs it again", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { item: ids.item("web"), network: ids.testNetwork };
  const { id, state } = await testFailoverHandler.create(bed.context(), inputs);
  const again = await testFailoverHandler.update(bed.context(), id, state, {
    ...inputs,
    trigger: "2",
  });
  t.like(again, { status: "testing", finished: true });
  t.notDeepEqual(again.jobs, state.jobs);
  t.deepEqual(bed.writes(), ["POST testFailover", "POST testFailoverCleanup", "POST testFailover"]);
});

test("A-07 the recovery point is changed while the failover waits for its commit", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const { id, state } = await failoverHandler.create(bed.context(), { item });
  const changed = await failoverHandler.update(bed.context(), id, state, {
    item,
    recoveryPoint: "latestApplicationConsistent",
  });
  t.like(changed, { status: "commitPending", finished: true });
  t.not(changed.machines[0]?.recoveryPoint, state.machines[0]?.recoveryPoint);
  t.deepEqual(bed.writes(), ["POST unplannedFailover", "POST applyRecoveryPoint"]);
});

test("A-08 after the commit the recovery point is refused at preview and at update, and nothing is sent", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { item: ids.item("web"), commit: "automatic" as const };
  const { inputs: checked } = await failoverHandler.check(bed.context(), inputs);
  const { id, state } = await failoverHandler.create(bed.context(), checked);
  const writes = bed.writes().length;
  const wanted = { ...inputs, recoveryPoint: "latestProcessed" };
  const again = await failoverHandler.check(bed.context({ preview: true }), wanted, checked);
  t.deepEqual(
    again.inputs.findings?.map((each) => [each.rule, each.path]),
    [["A2-COMMIT", "recoveryPoint"]],
  );
  const error = await t.throwsAsync(failoverHandler.update(bed.context(), id, state, wanted));
  t.regex(error?.message ?? "", /web.*A2-COMMIT/s);
  t.is(bed.writes().length, writes);
});

test("P-04 deleting the record of a failover, a reprotect or a failback moves nothing", async (t) => {
  const bed = await startTestBed(t);
  const { id, state } = await failoverHandler.create(bed.context(), { item: ids.item("web") });
  const writes = bed.writes().length;
  await failoverHandler.delete(bed.context(), id, state);
  await failbackHandler.delete(bed.context(), id, state);
  await reprotectHandler.delete(bed.context(), id, state);
  t.is(bed.writes().length, writes);
  t.is((await bed.item("web")).activeLocation, "Recovery");
});

test("A-06 the tasks of the job are told while it runs, with the machine's name", async (t) => {
  const bed = await startTestBed(t);
  await failoverHandler.create(bed.context(), { item: ids.item("web") });
  t.true(
    bed.told.progress.some((text) => /web: its failover runs as job [0-9a-f-]{36}$/.test(text)),
    "named before the job shows a task",
  );
  t.true(
    bed.told.progress.some((text) => /web: .*\(\d of \d\)/.test(text)),
    bed.told.progress.join("\n"),
  );
});

test("A-05 a source that cannot be shut down is warned of and the failover goes on", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({ shutdownFails: { machine: "web" } });
  const { state } = await failoverHandler.create(bed.context(), { item: ids.item("web") });
  t.is(state.status, "commitPending");
  t.is(state.warnings.length > 0, true);
  t.deepEqual(bed.told.warnings, [...state.warnings]);
});

test("A-12 a reprotect waits until the machine is protected again, not only until its job has ended", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  const { state } = await reprotectHandler.create(bed.context(), {
    item,
    cacheStorageAccount: ids.cacheWest,
  });
  t.is((await bed.item("web")).protectionState, "Protected");
  const job = await (await bed.vault()).job(bed.context(), state.jobs[0] ?? "");
  t.true(Date.parse(job?.endTime ?? "") < Date.parse(state.finishedAt));
  t.true(bed.told.progress.some((text) => /web: .*replication/.test(text)));
});
