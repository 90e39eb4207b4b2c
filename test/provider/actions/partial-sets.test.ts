import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import { failTask, sentFor, statuses, unfinished } from "./partial-failure.ts";
import { ids, orders, startTestBed } from "./test-bed.ts";

const items = ["database", "app", "web"].map(ids.item);

test("Q-04 a machine of a set that fails holds up no other by default; preview of the re-run shows what is left, and the re-run does that", async (t) => {
  const bed = await startTestBed(t);
  failTask(bed, "database");
  const inputs = { items, commit: "automatic" as const };
  const { inputs: checked } = await failoverHandler.check(bed.context(), inputs);
  const failed = await unfinished(failoverHandler.create(bed.context(), checked));
  t.deepEqual(statuses(failed.state), {
    app: "committed",
    database: "failed",
    web: "committed",
  });
  t.like(failed.state, { status: "failed", finished: false });
  const [error, ...others] = failed.state.machines.flatMap((each: { error: string }) =>
    each.error === "" ? [] : [each.error],
  );
  t.regex(error, /^database: failover failed\. database, task "Start failover": 28031.*used up/);
  t.deepEqual(others, []);
  const before = bed.writes().length;

  const preview = bed.context({ preview: true, projections: new Map() });
  const again = await failoverHandler.check(preview, inputs, checked);
  bed.told.info.length = 0;
  const diff = await failoverHandler.diff(preview, failed.id, failed.state, again.inputs);
  t.regex(
    diff.reason ?? "",
    /^Failover of database \(failed\) is not finished, 1 of 3 machines left \(job .*tried again/,
  );
  const [plan = ""] = bed.told.info;
  t.regex(plan, /^Failover: 1 of 3 machines left, northeurope → westeurope\n/);
  t.regex(plan, /steps: shut down the source.* → fail over → commit/);
  t.notRegex(plan, /\b(app|web)\b/);
  t.regex(bed.told.info.join("\n"), /In the run before: database: failover failed.*28031/);
  // What is left is foreseen for the actions that follow in the program.
  t.is(preview.projections?.size, 1);
  t.is(bed.writes().length, before);

  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, again.inputs);
  t.like(done, { status: "committed", finished: true });
  t.true(done.machines.every((each) => each.error === "" && each.status === "committed"));
  t.deepEqual(sentFor(bed, "unplannedFailover").slice(-1), ["database"]);
  t.is(sentFor(bed, "unplannedFailover").length, 4);
  t.is(sentFor(bed, "failoverCommit").length, 3);
});

test("Q-04 with onFailure stop nothing more is begun for any machine once one has failed; what runs is followed to its end", async (t) => {
  const bed = await startTestBed(t);
  // Its first task fails, while the failovers of the others run on.
  failTask(bed, "database", "VmUfoPrerequisitesCheck");
  const inputs = { items, commit: "automatic" as const, onFailure: "stop" as const };
  const failed = await unfinished(failoverHandler.create(bed.context(), inputs));
  t.deepEqual(statuses(failed.state), { app: "inProgress", database: "failed", web: "inProgress" });
  t.is((await bed.item("web")).activeLocation, "Recovery");
  t.deepEqual(sentFor(bed, "failoverCommit"), []);
  const [web] = failed.state.machines.filter((each: { machine: string }) => each.machine === "web");
  t.regex(web.recoveryTime, /^PT/);
  t.is(web.error, "");

  // Now it is to go on whatever fails: recorded alone, and the rest goes as it says.
  const wanted = { ...inputs, onFailure: "continue" as const };
  failTask(bed, "database", "VmUfoPrerequisitesCheck");
  const second = await unfinished(
    failoverHandler.update(bed.context(), failed.id, failed.state, wanted),
  );
  t.deepEqual(statuses(second.state), { app: "committed", database: "failed", web: "committed" });
  const done = await failoverHandler.update(bed.context(), second.id, second.state, wanted);
  t.like(done, { status: "committed", finished: true, onFailure: "continue" });
  t.is(sentFor(bed, "failoverCommit").length, 3);
  t.is(sentFor(bed, "unplannedFailover").length, 5);
  const changed = await failoverHandler.diff(bed.context(), failed.id, done, inputs);
  t.deepEqual(Object.keys(changed.properties), ["onFailure"]);
  const writes = bed.writes().length;
  t.like(await failoverHandler.update(bed.context(), failed.id, done, inputs), {
    onFailure: "stop",
    finished: true,
  });
  t.is(bed.writes().length, writes);
});

test("Q-04 with onFailure stop the queue of a large set is emptied: at most twenty are begun, the others stand as notBegun", async (t) => {
  const names = Array.from({ length: 50 }, (_, index) => `vm-${String(index).padStart(2, "0")}`);
  const machine = {
    resourceGroup: "ne",
    size: "Standard_D2s_v3",
    network: "ne-vnet",
    subnet: "apps",
  };
  const item = { container: "container-ne", recoveryContainer: "container-we", policy: "daily" };
  const target = { recoveryResourceGroup: "we", cacheStorageAccount: "cachene", drilled: true };
  const bed = await startTestBed(
    t,
    orders({
      world: { machines: names.map((name) => ({ name, ...machine, osDisk: { sizeGiB: 30 } })) },
      vault: { items: names.map((name) => ({ machine: name, ...item, ...target })) },
    }),
    { pollingInterval: "PT1M" },
    10_000,
  );
  failTask(bed, "vm-03", "VmUfoPrerequisitesCheck");
  const inputs = { items: names, onFailure: "stop" as const };
  const failed = await unfinished(failoverHandler.create(bed.context(), inputs));
  const counts = Object.groupBy(Object.values(statuses(failed.state)), (each) => each);
  t.is(counts.failed?.length, 1);
  t.is(counts.commitPending?.length, 19);
  t.is(counts.notBegun?.length, 30);
  t.regex(failed.message, /\nNot begun: vm-20, vm-21, .*vm-27 and 22 more\.\n/);
  t.regex(
    failed.message,
    /Jobs of this action: ([0-9a-f-]{36}, ){7}[0-9a-f-]{36} and 12 before them\.$/,
  );
  t.is(sentFor(bed, "unplannedFailover").length, 20);
  for (const each of failed.state.machines) {
    t.is(each.error === "", each.status !== "failed");
    t.is(each.jobs.length === 0, each.status === "notBegun");
  }
  bed.told.info.length = 0;
  await failoverHandler.diff(bed.context({ preview: true }), failed.id, failed.state, inputs);
  t.regex(bed.told.info[0] ?? "", /31 of 50 machines left/);
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, inputs);
  t.like(done, { status: "commitPending", finished: true });
  t.is(sentFor(bed, "unplannedFailover").length, 51);
});

test("Q-04 all machines fail, or the last one: each has its own error, and the re-run tries those alone", async (t) => {
  const bed = await startTestBed(t);
  for (const name of ["database", "app", "web"]) failTask(bed, name);
  const inputs = { items };
  const all = await unfinished(failoverHandler.create(bed.context(), inputs));
  t.deepEqual(statuses(all.state), { app: "failed", database: "failed", web: "failed" });
  for (const { machine, error, recoveryTime } of all.state.machines) {
    t.regex(error, new RegExp(`^${machine}: failover failed.*for ${machine}`));
    t.is(recoveryTime, "", "a failed failover has no recovery time");
  }
  failTask(bed, "web");
  const last = await unfinished(failoverHandler.update(bed.context(), all.id, all.state, inputs));
  t.deepEqual(statuses(last.state), {
    app: "commitPending",
    database: "commitPending",
    web: "failed",
  });
  const done = await failoverHandler.update(bed.context(), last.id, last.state, inputs);
  t.like(done, { status: "commitPending", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover").slice(6), ["web"]);
});

test("Q-04 a machine that is taken out of the list after it failed is left alone, and the action is through", async (t) => {
  const bed = await startTestBed(t);
  failTask(bed, "app");
  const failed = await unfinished(failoverHandler.create(bed.context(), { items }));
  const left = { items: items.filter((each) => !each.endsWith("/app")) };
  const writes = bed.writes().length;
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), left, { items });
  t.regex(inputs.plan?.summary ?? "", /2 machines.*nothing left to do/);
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, inputs);
  t.like(done, { status: "commitPending", finished: true });
  t.deepEqual(statuses(done), { database: "commitPending", web: "commitPending" });
  t.is(bed.writes().length, writes);
});

test("Q-04 P-05 a machine that failed and was then failed over in the portal is attached to, with the job that did it", async (t) => {
  const bed = await startTestBed(t);
  failTask(bed, "app");
  const failed = await unfinished(failoverHandler.create(bed.context(), { items }));
  const portal = await failoverHandler.create(bed.context(), { item: ids.item("app") });
  const writes = bed.writes().length;
  bed.told.info.length = 0;
  await failoverHandler.diff(bed.context({ preview: true }), failed.id, failed.state, { items });
  t.regex(bed.told.info[0] ?? "", /^Failover: 3 machines, .*nothing left to do/);
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, { items });
  t.like(done, { status: "commitPending", finished: true });
  const app = done.machines.find((each) => each.machine === "app");
  t.is(app?.jobs.at(-1), portal.state.jobs.at(-1));
  t.is(app?.error, "");
  t.is(bed.writes().length, writes);
});

test("Q-04 Q-01 ^C while a machine has failed keeps every outcome: failed, running, and not begun alike", async (t) => {
  const bed = await startTestBed(t);
  failTask(bed, "database", "VmUfoPrerequisitesCheck");
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const progress = (text: string): void => {
    // The failovers of the others are at work; that of the database has ended by then.
    if (/web.*\b[45] of 5/.test(text)) aborter.abort();
  };
  const failed = await unfinished(
    failoverHandler.create({ ...context, log: { ...context.log, progress } }, { items }),
  );
  t.deepEqual(statuses(failed.state), {
    app: "inProgress",
    database: "failed",
    web: "inProgress",
  });
  t.regex(failed.message, /28031[\s\S]*Cancelled while following/);
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, { items });
  t.like(done, { status: "commitPending", finished: true });
  t.is(sentFor(bed, "unplannedFailover").length, 4);
});

test("Q-04 preview of changed inputs is right for a machine that failed, one that is done and one with a failover long ago", async (t) => {
  const bed = await startTestBed(t);
  // A whole cycle of app lies in the vault's history.
  const app = { item: ids.item("app"), commit: "automatic" as const };
  await failoverHandler.create(bed.context(), app);
  await reprotectHandler.create(bed.context(), { ...app, cacheStorageAccount: ids.cacheWest });
  await failbackHandler.create(bed.context(), app);
  await reprotectHandler.create(bed.context(), { ...app, cacheStorageAccount: ids.cacheNorth });
  bed.simulator.clearJournal();
  const inputs = { items, onFailure: "stop" as const };
  const { inputs: checked } = await failoverHandler.check(bed.context(), inputs);
  // The service refuses the app before its job begins, and the database fails in its job.
  bed.simulator.addFault({
    match: { method: "POST", path: "/app/unplannedFailover" },
    respond: { status: 400, body: { error: { code: "Refused", message: "Not now." } } },
  });
  failTask(bed, "database");
  const failed = await unfinished(failoverHandler.create(bed.context(), checked));
  t.deepEqual(statuses(failed.state), { app: "failed", database: "failed", web: "commitPending" });
  const wanted = { ...inputs, commit: "automatic" as const };
  const preview = bed.context({ preview: true });
  const { inputs: shown } = await failoverHandler.check(preview, wanted, checked);
  const steps = Object.fromEntries(
    (shown.plan?.machines ?? []).map(({ machine, steps }) => [machine, steps.length]),
  );
  t.deepEqual(steps, { database: 3, app: 3, web: 1 });
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, shown);
  t.like(done, { status: "committed", finished: true });
  t.deepEqual(sentFor(bed, "failoverCommit").toSorted(), ["app", "database", "web"]);
});

test("Q-04 A-02 a drill of a set in which one copy fails is cleaned up where copies are, and only there", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { items, network: ids.testNetwork };
  failTask(bed, "database", "VmTfoBootTestVm", "TestFailover");
  const failed = await unfinished(testFailoverHandler.create(bed.context(), inputs));
  t.deepEqual(statuses(failed.state), { app: "testing", database: "failed", web: "testing" });
  await testFailoverHandler.delete(bed.context(), failed.id, failed.state);
  t.deepEqual(sentFor(bed, "testFailoverCleanup").toSorted(), ["app", "web"]);
  for (const name of ["app", "web", "database"]) {
    t.not((await bed.item(name)).testFailoverState, "WaitingForCompletion");
  }
});

test("Q-04 Q-06 a machine that was through and whose protection somebody ended since does not hold up the rest of its set", async (t) => {
  const bed = await startTestBed(t);
  failTask(bed, "database");
  const inputs = { items, expect: { count: 3 } };
  const failed = await unfinished(failoverHandler.create(bed.context(), inputs));
  const vault = await bed.vault();
  await vault.disableProtection(bed.context(), await bed.item("web"));
  bed.told.warnings.length = 0;
  await failoverHandler.diff(bed.context({ preview: true }), failed.id, failed.state, inputs);
  t.deepEqual(bed.told.warnings, []);
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, inputs);
  t.like(done, { status: "commitPending", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover").slice(3), ["database"]);
  t.is(done.machines.find((each) => each.machine === "web")?.status, "commitPending");
});
