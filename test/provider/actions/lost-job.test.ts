import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import { posts, startHyperVBed } from "./hyper-v-world.ts";
import { startWithPlan } from "./plan-bed.ts";
import { ids, startTestBed } from "./test-bed.ts";

const item = ids.item("web");

test("Q-03 P-03 a failover whose job the service has lost is seen through by the machine itself, is told, and is sent once", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({ loseJob: { scenario: "UnplannedFailover", task: "VmFailover" } });
  const { state } = await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  t.like(state, { status: "committed", finished: true });
  t.deepEqual(bed.writes(), ["POST unplannedFailover", "POST failoverCommit"]);
  const [warning] = state.warnings;
  t.regex(warning ?? "", /^web: the service has lost job .* of the failover/);
  t.deepEqual(bed.told.warnings, [...state.warnings]);
});

test("Q-03 a run that finds the machine held by a lost job waits for its end, and begins nothing", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({ loseJob: { scenario: "UnplannedFailover" } });
  const aborter = new AbortController();
  const cut = failoverHandler.create(
    bed.context({
      signal: aborter.signal,
      log: {
        ...bed.context().log,
        warn: () => aborter.abort(),
      },
    }),
    { item },
  );
  const error = await t.throwsAsync<PartialFailureError>(cut, { instanceOf: PartialFailureError });
  t.deepEqual((await bed.item("web")).allowedOperations, []);
  const state = error?.state as never;
  const done = await failoverHandler.update(bed.context(), error?.id ?? "", state, { item });
  t.like(done, { status: "commitPending", finished: true });
  t.deepEqual(bed.writes(), ["POST unplannedFailover"]);
});

test("Q-03 where nothing comes of a lost job, one error says so, and the next run begins the verb anew", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({ loseJob: { scenario: "UnplannedFailover" } });
  bed.simulator.addFault({ cancelJob: { scenario: "UnplannedFailover", task: "VmFailover" } });
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.create(bed.context(), { item }),
    { instanceOf: PartialFailureError },
  );
  t.regex(
    error?.message ?? "",
    /^web: failover failed\. The service has lost its job \S+, and web is idle and still ".+"\. Look at .*`pulumi up` again/,
  );
  const state = error?.state as never;
  const done = await failoverHandler.update(bed.context(), error?.id ?? "", state, { item });
  t.like(done, { status: "commitPending", finished: true });
  t.deepEqual(bed.writes(), ["POST unplannedFailover", "POST unplannedFailover"]);
});

test("Q-03 P-03 behind a recovery plan's lost job its machines are waited for, the last group too", async (t) => {
  const bed = await startWithPlan(t);
  bed.simulator.addFault({
    loseJob: { scenario: "UnplannedFailover", machine: "shop" },
  });
  const { state } = await failoverHandler.create(bed.context(), {
    recoveryPlan: "shop",
    commit: "automatic",
  });
  t.like(state, { status: "committed", finished: true });
  t.deepEqual(bed.writes(), ["POST unplannedFailover", "POST failoverCommit"]);
});

test("Q-03 A-07 a change of the recovery point that failed is made by the next run", async (t) => {
  const bed = await startTestBed(t);
  const { id, state } = await failoverHandler.create(bed.context(), { item });
  const wanted = { item, recoveryPoint: "latestApplicationConsistent" } as const;
  bed.simulator.addFault({
    failTask: { scenario: "ChangePit", serviceError: { code: "539", message: "It failed." } },
  });
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.update(bed.context(), id, state, wanted),
    { instanceOf: PartialFailureError },
  );
  t.regex(error?.message ?? "", /web: change of recovery point failed\..*539/s);
  const left = error?.state as never;
  const before = state.machines[0]?.recoveryPoint;
  const done = await failoverHandler.update(bed.context(), id, left, wanted);
  t.like(done, { status: "commitPending", finished: true, recoveryPoint: wanted.recoveryPoint });
  t.not(done.machines[0]?.recoveryPoint, before);
  t.deepEqual(bed.writes(), [
    "POST unplannedFailover",
    "POST applyRecoveryPoint",
    "POST applyRecoveryPoint",
  ]);
});

test("Q-03 a reprotect at home whose job the service has lost is through when the machine is protected, without a trace in the vault's jobs", async (t) => {
  const bed = await startHyperVBed(t, "VmmToVmm");
  await failoverHandler.create(bed.context(), { item });
  await reprotectHandler.create(bed.context(), { item });
  await failbackHandler.create(bed.context(), { item, commit: "automatic" });
  bed.simulator.addFault({ loseJob: { scenario: "ReverseReplication" } });
  const { state } = await reprotectHandler.create(bed.context(), { item });
  t.like(state, { status: "protected", finished: true });
  t.like(await bed.item("web"), { protectionState: "Protected", activeLocation: "Primary" });
  t.is(posts(bed, "reProtect"), 2);
});
