import test from "ava";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import type { JobFacts } from "../../../provider/recovery/model.ts";
import { beforeVerb, meetingOf } from "./meanwhile.ts";
import { startWithPlan } from "./plan-bed.ts";
import { ids, startTestBed, type TestBed } from "./test-bed.ts";

const item = ids.item("web");

const jobsOf = async (bed: TestBed, scenario: string): Promise<readonly JobFacts[]> => {
  const jobs = await (await bed.vault()).jobs(bed.context());
  return jobs.filter((job) => job.scenarioName === scenario);
};

const succeeded = (jobs: readonly JobFacts[]): number =>
  jobs.filter((job) => job.state === "Succeeded").length;

/** The messages of those that did not end well. */
const errorsOf = (results: readonly PromiseSettledResult<unknown>[]): readonly string[] =>
  results.flatMap((each) =>
    each.status === "rejected" ? [each.reason instanceof Error ? each.reason.message : ""] : [],
  );

test("Q-09 two runs that send the failover of one machine at the very same time: one acts, the other attaches to its job", async (t) => {
  const bed = await startTestBed(t);
  const meeting = meetingOf(2);
  const run = () =>
    failoverHandler.create(
      beforeVerb(bed.context(), () => meeting()),
      { item },
    );
  const [first, second] = await Promise.all([run(), run()]);
  const jobs = await jobsOf(bed, "UnplannedFailover");
  t.is(jobs.length, 2, "the service refuses the second by a job that fails");
  t.is(succeeded(jobs), 1);
  const winner = jobs.find((job) => job.state === "Succeeded")?.name ?? "";
  for (const { state } of [first, second]) {
    t.like(state, { status: "commitPending", finished: true });
    t.true(state.jobs.includes(winner));
    t.deepEqual(
      state.machines[0]?.jobs,
      [winner],
      "the machine's record tells of the job that moved it",
    );
    t.not(state.machines[0]?.recoveryTime, "");
  }
  t.true(
    bed.told.warnings.some((each) =>
      each.includes(
        `web: its failover was refused, because job ${winner} of somebody else was quicker`,
      ),
    ),
  );
});

test("Q-09 a verb that the service refuses at once, because another one arrived before it, leads to that one's job", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({
    match: { method: "POST", path: "unplannedFailover" },
    nth: 2,
    respond: {
      status: 409,
      body: {
        error: { code: "OperationInProgress", message: "Another operation is in progress." },
      },
    },
  });
  const meeting = meetingOf(2);
  const run = () =>
    failoverHandler.create(
      beforeVerb(bed.context(), () => meeting()),
      { item },
    );
  const both = await Promise.all([run(), run()]);
  t.deepEqual(
    both.map(({ state }) => state.status),
    ["commitPending", "commitPending"],
  );
  const jobs = await jobsOf(bed, "UnplannedFailover");
  t.is(jobs.length, 1);
});

test("Q-09 a job that shows in the vault's list before its machine shows it is recognised as the quicker one", async (t) => {
  const bed = await startTestBed(t);
  const context = bed.context();
  const site = await context.sites.azure(context);
  const vault = site.vault(ids.vault);
  const idle = await vault.items(context);
  // The machine as it was a moment ago, and the jobs as they are now.
  const stale = {
    ...context,
    sites: {
      ...context.sites,
      azure: async () => ({
        ...site,
        vault: () => ({
          ...vault,
          items: (within: typeof context) =>
            bed.writes().length < 2 ? Promise.resolve(idle) : vault.items(within),
        }),
      }),
    },
  };
  const first = await failoverHandler.create(bed.context(), { item });
  const { state } = await failoverHandler.create(stale, { item });
  t.like(state, { status: "commitPending", finished: true });
  t.deepEqual(state.machines[0]?.jobs, first.state.machines[0]?.jobs);
  t.is(succeeded(await jobsOf(bed, "UnplannedFailover")), 1);
});

test("Q-09 a verb that the service refuses for another reason is an error in the service's words, at once", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({
    match: { method: "POST", path: "unplannedFailover" },
    respond: { status: 409, body: { error: { code: "Locked", message: "The vault is locked." } } },
  });
  const error = await t.throwsAsync(failoverHandler.create(bed.context(), { item }));
  t.regex(error?.message ?? "", /refused to fail over web \(409\): .*The vault is locked/);
  t.is(bed.writes().filter((each) => each === "POST unplannedFailover").length, 1);
});

test("Q-09 a failover and a drill at the very same time: one acts, the other stops and says where the machine stands", async (t) => {
  const bed = await startTestBed(t);
  const meeting = meetingOf(2);
  const context = () => beforeVerb(bed.context(), () => meeting());
  const results = await Promise.allSettled([
    failoverHandler.create(context(), { item }),
    testFailoverHandler.create(context(), { item, network: ids.testNetwork }),
  ]);
  const moved = succeeded(await jobsOf(bed, "UnplannedFailover"));
  const drilled = (await bed.item("web")).testFailoverState === "WaitingForCompletion" ? 1 : 0;
  t.is(moved + drilled, 1);
  const [error, ...more] = errorsOf(results);
  t.deepEqual(more, []);
  t.regex(error ?? "", /was not begun|was refused/);
  t.regex(error ?? "", /OP-CLEANUP|OP-ALLOWED/);
});

test("Q-09 two runs that commit or reprotect at the very same time do it once, and both end well", async (t) => {
  const bed = await startTestBed(t);
  await failoverHandler.create(bed.context(), { item });
  const commits = meetingOf(2);
  const commit = () => {
    const context = beforeVerb(bed.context(), () => commits());
    return failoverHandler.create(context, { item, commit: "automatic" });
  };
  const committed = await Promise.all([commit(), commit()]);
  t.deepEqual(
    committed.map(({ state }) => state.status),
    ["committed", "committed"],
  );
  t.is(succeeded(await jobsOf(bed, "CommitFailover")), 1);
  const reprotects = meetingOf(2);
  const inputs = { item, cacheStorageAccount: ids.cacheWest };
  const reprotect = () =>
    reprotectHandler.create(
      beforeVerb(bed.context(), () => reprotects()),
      inputs,
    );
  const back = await Promise.all([reprotect(), reprotect()]);
  t.deepEqual(
    back.map(({ state }) => state.status),
    ["protected", "protected"],
  );
  t.is(succeeded(await jobsOf(bed, "SwitchReplicationGroupProtection")), 1);
});

test("Q-09 a reprotect that meets the commit of another run waits for its job and then goes on", async (t) => {
  const bed = await startTestBed(t);
  await failoverHandler.create(bed.context(), { item });
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  const context = bed.context();
  const progress = (text: string): void => {
    if (/\(1 of|of \d/.test(text)) resolve();
  };
  const commit = failoverHandler.create(
    { ...context, log: { ...context.log, progress } },
    { item, commit: "automatic" },
  );
  await sent;
  const [over, back] = await Promise.all([
    commit,
    reprotectHandler.create(bed.context(), { item, cacheStorageAccount: ids.cacheWest }),
  ]);
  t.is(over.state.status, "committed");
  t.is(back.state.status, "protected");
  t.true(bed.told.progress.some((each) => /CommitFailover.* holds the machine/.test(each)));
});

test("Q-09 two runs that send the failover of one recovery plan at the very same time move each machine once", async (t) => {
  const bed = await startWithPlan(t);
  const meeting = meetingOf(2);
  const run = () =>
    failoverHandler.create(
      beforeVerb(bed.context(), () => meeting()),
      { recoveryPlan: "shop" },
    );
  const both = await Promise.all([run(), run()]);
  for (const { state } of both) {
    t.like(state, { status: "commitPending", finished: true });
    t.is(state.machines.length, 3);
  }
  const moved = (await jobsOf(bed, "UnplannedFailover")).filter(
    (job) => job.targetInstanceType === "RecoveryPlan",
  );
  t.is(succeeded(moved), 1);
});

test("Q-09 a recovery plan and one of its machines at the very same time: nobody moves the machine twice", async (t) => {
  const bed = await startWithPlan(t);
  const meeting = meetingOf(2);
  const context = () => beforeVerb(bed.context(), () => meeting());
  const results = await Promise.allSettled([
    failoverHandler.create(context(), { recoveryPlan: "shop" }),
    failoverHandler.create(context(), { item: ids.item("app") }),
  ]);
  for (const name of ["database", "app", "web"]) {
    const own = (await jobsOf(bed, "UnplannedFailover")).filter(
      (job) =>
        job.targetInstanceType !== "RecoveryPlan" &&
        job.state === "Succeeded" &&
        job.targetObjectName === name,
    );
    t.true(own.length <= 1, `${name} was moved ${own.length} times`);
  }
  for (const message of errorsOf(results)) t.regex(message, /failover/i);
  // What is left is done by the next runs, and nothing a second time.
  const plan = await failoverHandler.create(bed.context(), { recoveryPlan: "shop" });
  t.like(plan.state, { status: "commitPending", finished: true });
});
