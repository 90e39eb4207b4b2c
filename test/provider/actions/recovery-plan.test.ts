import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import { planned, startWithPlan } from "./plan-bed.ts";
import { ids } from "./test-bed.ts";

test("A-01 A-13 a recovery plan goes over, is reprotected machine by machine, and comes back", async (t) => {
  const bed = await startWithPlan(t);
  const plan = { recoveryPlan: "shop", commit: "automatic" as const };
  const over = await failoverHandler.create(bed.context(), plan);
  t.like(over.state, { status: "committed", finished: true });
  t.deepEqual(over.state.machines.map((each) => each.machine).toSorted(), planned.toSorted());
  for (const { recoveryTime, dataLoss, recoveryPointTime } of over.state.machines) {
    t.regex(recoveryTime, /^PT/);
    t.regex(dataLoss, /^PT/);
    t.false(Number.isNaN(Date.parse(recoveryPointTime)));
  }
  t.deepEqual(bed.writes(), ["POST unplannedFailover", "POST failoverCommit"]);
  const back = await reprotectHandler.create(bed.context(), {
    recoveryPlan: "shop",
    cacheStorageAccount: ids.cacheWest,
  });
  t.like(back.state, { status: "protected", finished: true });
  t.is(bed.writes().filter((each) => each === "POST switchprotection").length, 3);
  const failback = await failbackHandler.create(bed.context(), plan);
  t.like(failback.state, { status: "committed", finished: true });
  const again = await reprotectHandler.create(bed.context(), {
    recoveryPlan: "shop",
    cacheStorageAccount: ids.cacheNorth,
  });
  t.like(again.state, { status: "protected", finished: true });
  for (const name of planned) t.is((await bed.item(name)).primary.location, "northeurope");
});

test("P-01 the preview of a plan lists its machines in the order of the groups", async (t) => {
  const bed = await startWithPlan(t);
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), {
    recoveryPlan: "shop",
  });
  t.deepEqual(
    inputs.plan?.machines.map(({ machine, group }) => [group, machine]),
    [
      [1, "database"],
      [2, "app"],
      [3, "web"],
    ],
  );
  t.deepEqual(inputs.findings, []);
});

test("A-02 a drill of a plan is one job and is cleaned up as one", async (t) => {
  const bed = await startWithPlan(t);
  const inputs = { recoveryPlan: "shop", network: ids.testNetwork };
  const { id, state } = await testFailoverHandler.create(bed.context(), inputs);
  t.like(state, { status: "testing", finished: true });
  await testFailoverHandler.delete(bed.context(), id, state);
  t.deepEqual(bed.writes(), ["POST testFailover", "POST testFailoverCleanup"]);
});

test("P-03 a plan's failover that was interrupted is followed by the next run", async (t) => {
  const bed = await startWithPlan(t);
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const log = { ...context.log, progress: (text: string) => / of /.test(text) && aborter.abort() };
  await t.throwsAsync(failoverHandler.create({ ...context, log }, { recoveryPlan: "shop" }), {
    instanceOf: PartialFailureError,
  });
  const { state } = await failoverHandler.create(bed.context(), { recoveryPlan: "shop" });
  t.like(state, { status: "commitPending", finished: true });
  t.deepEqual(bed.writes(), ["POST unplannedFailover"]);
});

test("P-03 after one machine of a plan was failed over by itself only the others are treated", async (t) => {
  const bed = await startWithPlan(t);
  await failoverHandler.create(bed.context(), { item: ids.item("web") });
  const { state } = await failoverHandler.create(bed.context(), { recoveryPlan: "shop" });
  t.like(state, { status: "commitPending", finished: true });
  const jobs = (await (await bed.vault()).jobs(bed.context())).filter(
    (job) => job.scenarioName === "UnplannedFailover",
  );
  t.deepEqual(jobs.map((job) => job.targetObjectName).toSorted(), planned.toSorted());
});

test("a custom recovery point is refused for a plan before anything is sent", async (t) => {
  const bed = await startWithPlan(t);
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), {
    recoveryPlan: "shop",
    recoveryPoint: bed.simulator.clock.now(),
  });
  t.true(inputs.findings?.some((each) => each.rule === "PL-POINT" && each.severity === "block"));
});
