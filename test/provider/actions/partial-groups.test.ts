import test from "ava";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import {
  failoverOf,
  failPlanTask,
  failTask,
  sentFor,
  statuses,
  unfinished,
} from "./partial-failure.ts";
import { planned, startWithPlan } from "./plan-bed.ts";
import { ids } from "./test-bed.ts";

const plan = { recoveryPlan: "shop" } as const;

test("Q-04 what is left of a plan begins group after group; a failed group is passed with continue and ends it with stop", async (t) => {
  const bed = await startWithPlan(t);
  await failoverHandler.create(bed.context(), { item: ids.item("web") });
  bed.simulator.clearJournal();
  const { state } = await failoverHandler.create(bed.context(), plan);
  t.like(state, { status: "commitPending", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["database", "app"]);
  const [begun] = await failoverOf(bed, "app");
  const [, ended] = await failoverOf(bed, "database");
  t.true(begun >= ended, "the app begins when the database is through");

  for (const onFailure of ["continue", "stop"] as const) {
    const other = await startWithPlan(t);
    await failoverHandler.create(other.context(), { item: ids.item("web") });
    other.simulator.clearJournal();
    failTask(other, "database");
    const inputs = { ...plan, onFailure };
    const failed = await unfinished(failoverHandler.create(other.context(), inputs));
    const goesOn = onFailure === "continue";
    t.deepEqual(statuses(failed.state), {
      app: goesOn ? "commitPending" : "notBegun",
      database: "failed",
      web: "commitPending",
    });
    t.deepEqual(sentFor(other, "unplannedFailover"), ["database", ...(goesOn ? ["app"] : [])]);
    if (goesOn) continue;
    await failoverHandler.diff(other.context({ preview: true }), failed.id, failed.state, inputs);
    const shown = other.told.info.join("\n");
    t.regex(shown, /2 of 3 machines left/);
    t.regex(shown, /\n {2}1 +database .*\n {2}2 +app /);
    const done = await failoverHandler.update(other.context(), failed.id, failed.state, inputs);
    t.like(done, { status: "commitPending", finished: true });
    t.deepEqual(sentFor(other, "unplannedFailover"), ["database", "database", "app"]);
  }
});

test("Q-04 Q-01 a group that is not through when the deadline comes keeps the next one from beginning, also with continue", async (t) => {
  const bed = await startWithPlan(t);
  await failoverHandler.create(bed.context(), { item: ids.item("web") });
  bed.simulator.clearJournal();
  const failed = await unfinished(
    failoverHandler.create(bed.context(), { ...plan, timeout: "PT1M" }),
  );
  t.deepEqual(statuses(failed.state), {
    app: "notBegun",
    database: "inProgress",
    web: "commitPending",
  });
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["database"]);
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, plan);
  t.like(done, { status: "commitPending", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["database", "app"]);
  const [begun] = await failoverOf(bed, "app");
  const [, ended] = await failoverOf(bed, "database");
  t.true(begun >= ended, "the app waits for the failover of the database that runs on");
});

test("Q-04 machines whose jobs run on behind the failed job of their plan are followed to their end; nothing more is begun behind a failed script, nor with stop", async (t) => {
  for (const [failing, onFailure] of [
    ["database", "continue"],
    ["database", "stop"],
    [undefined, "continue"],
  ] as const) {
    const bed = await startWithPlan(t);
    if (failing !== undefined) failTask(bed, failing);
    failPlanTask(bed, "UnplannedFailover", "Unknown");
    const inputs = { ...plan, commit: "automatic" as const, onFailure };
    const failed = await unfinished(failoverHandler.create(bed.context(), inputs));
    const goesOn = failing !== undefined && onFailure === "continue";
    const other = goesOn ? "committed" : "inProgress";
    t.deepEqual(statuses(failed.state), {
      app: other,
      database: failing === undefined ? other : "failed",
      web: other,
    });
    for (const name of ["app", "web"]) t.is((await bed.item(name)).activeLocation, "Recovery");
    t.deepEqual(sentFor(bed, "failoverCommit").toSorted(), goesOn ? ["app", "web"] : []);
    const done = await failoverHandler.update(bed.context(), failed.id, failed.state, inputs);
    t.like(done, { status: "committed", finished: true });
    t.deepEqual(
      sentFor(bed, "unplannedFailover"),
      failing === undefined ? ["shop"] : ["shop", "database"],
    );
  }
});

test("Q-04 Q-01 a run that is killed while a plan's job fails for one machine leaves nothing in state: the next one finds each outcome by jobs and items", async (t) => {
  const bed = await startWithPlan(t);
  failTask(bed, "database");
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const log = { ...context.log, progress: (text: string) => / of /.test(text) && aborter.abort() };
  await t.throwsAsync(failoverHandler.create({ ...context, log }, plan));
  bed.simulator.clock.advance(3_600_000);
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), plan);
  t.regex(inputs.plan?.summary ?? "", /1 of 3 machines left/);
  const { state } = await failoverHandler.create(bed.context(), inputs);
  t.like(state, { status: "commitPending", finished: true });
  t.true(state.machines.every((each) => each.jobs.length > 0));
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "database"]);
});

test("Q-04 Q-09 machines that attach to the job of a recovery plan are not failed by another machine of it", async (t) => {
  const bed = await startWithPlan(t);
  failTask(bed, "database");
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const log = { ...context.log, progress: (text: string) => / of /.test(text) && aborter.abort() };
  await t.throwsAsync(failoverHandler.create({ ...context, log }, plan));
  const items = planned.map(ids.item);
  const attached = await unfinished(failoverHandler.create(bed.context(), { items }));
  t.deepEqual(statuses(attached.state), {
    app: "commitPending",
    database: "failed",
    web: "commitPending",
  });
  t.regex(attached.message, /database: .*28031/);
  t.notRegex(attached.message, /app: failover failed|web: failover failed/);
  const done = await failoverHandler.update(bed.context(), attached.id, attached.state, { items });
  t.like(done, { status: "commitPending", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "database"]);
});
