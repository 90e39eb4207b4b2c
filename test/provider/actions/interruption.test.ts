import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { PartialFailureError, SiteError } from "../../../provider/errors.ts";
import { ids, orders, startTestBed } from "./test-bed.ts";

const posts = (bed: { writes(): readonly string[] }, verb: string): number =>
  bed.writes().filter((each) => each === `POST ${verb}`).length;

test("P-03 a run that is cancelled keeps the job's id, and the next one follows that job", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const log = { ...context.log, progress: (text: string) => /of 5/.test(text) && aborter.abort() };
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.create({ ...context, log }, { item }),
    { instanceOf: PartialFailureError },
  );
  const state = error?.state as never as { jobs: string[]; finished: boolean };
  t.is(state.jobs.length, 1);
  t.false(state.finished);
  const diff = await failoverHandler.diff(bed.context(), error?.id ?? "", state as never, { item });
  t.true(diff.changes);
  t.regex(diff.reason ?? "", new RegExp(`web is not finished.*${state.jobs[0]}`));
  const done = await failoverHandler.update(bed.context(), error?.id ?? "", state as never, {
    item,
  });
  t.like(done, { status: "commitPending", finished: true });
  t.is(posts(bed, "unplannedFailover"), 1);
});

test("P-03 a killed run left nothing in state: create finds the running job and follows it", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const log = { ...context.log, progress: (text: string) => /of 5/.test(text) && aborter.abort() };
  await t.throwsAsync(failoverHandler.create({ ...context, log }, { item }));
  const checked = await failoverHandler.check(bed.context({ preview: true }), { item });
  t.regex(checked.inputs.plan?.machines[0]?.follows ?? "", /^[0-9a-f-]{36}$/);
  t.regex(bed.told.info.at(-1) ?? "", /follows running job/);
  const { state } = await failoverHandler.create(bed.context(), { item });
  t.like(state, { status: "commitPending", finished: true });
  t.regex(bed.told.info.at(-1) ?? "", /web: follows the failover that runs already as job/);
  t.is(posts(bed, "unplannedFailover"), 1);
});

test("P-03 an answer that is lost after the verb took effect leads to its job, not to a second verb", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({ match: { method: "POST", path: "unplannedFailover" }, reset: "after" });
  const { state } = await failoverHandler.create(bed.context(), { item: ids.item("web") });
  t.like(state, { status: "commitPending", finished: true });
  t.is(posts(bed, "unplannedFailover"), 1);
});

test("P-03 a connection that breaks before the verb arrives is tried again once nothing is found", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({ match: { method: "POST", path: "unplannedFailover" }, reset: "before" });
  const { state } = await failoverHandler.create(bed.context(), { item: ids.item("web") });
  t.like(state, { status: "commitPending", finished: true });
  const jobs = await (await bed.vault()).jobs(bed.context());
  t.is(jobs.filter((job) => job.scenarioName === "UnplannedFailover").length, 1);
});

test("P-03 two runs at once against one machine: one acts, the other attaches", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const results = await Promise.allSettled([
    failoverHandler.create(bed.context(), { item }),
    failoverHandler.create(bed.context(), { item }),
  ]);
  const jobs = await (await bed.vault()).jobs(bed.context());
  const succeeded = jobs.filter(
    (job) => job.scenarioName === "UnplannedFailover" && job.state === "Succeeded",
  );
  t.is(succeeded.length, 1);
  t.true(results.some((each) => each.status === "fulfilled"));
});

test("P-03 A-07 a change of the recovery point that was made by a run that was killed is not made again", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const { id, state } = await failoverHandler.create(bed.context(), { item });
  const wanted = { item, recoveryPoint: "latestApplicationConsistent" };
  const changed = await failoverHandler.update(bed.context(), id, state, wanted);
  // The engine has the state of the run before.
  const checked = await failoverHandler.check(bed.context({ preview: true }), wanted, { item });
  t.deepEqual(checked.inputs.plan?.machines[0]?.steps, []);
  const again = await failoverHandler.update(bed.context(), id, state, wanted);
  t.is(posts(bed, "applyRecoveryPoint"), 1);
  t.deepEqual(again.machines, changed.machines);
});

test("A-07 a machine that is at the wanted recovery point already is left there", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const { id, state } = await failoverHandler.create(bed.context(), { item });
  const wanted = { item, recoveryPoint: "latestProcessed" };
  const done = await failoverHandler.update(bed.context(), id, state, wanted);
  t.like(done, { status: "commitPending", finished: true });
  t.is(posts(bed, "applyRecoveryPoint"), 0);
});

test("P-03 a failover whose machine has moved on since is not run again when its record is continued", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const { id, state } = await failoverHandler.create(bed.context(), { item });
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  await reprotectHandler.create(bed.context(), { item, cacheStorageAccount: ids.cacheWest });
  await failbackHandler.create(bed.context(), { item, commit: "automatic" });
  await reprotectHandler.create(bed.context(), { item, cacheStorageAccount: ids.cacheNorth });
  const before = bed.writes().length;
  const unfinished = { ...state, finished: false };
  const continued = await failoverHandler.update(bed.context(), id, unfinished, {
    item,
    commit: "automatic",
  });
  t.like(continued, { finished: true, status: "committed" });
  t.is(bed.writes().length, before);
});

test("P-06 a failed job is told with machine, task, code, cause and remedy, and the next run tries again", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({
    failTask: {
      scenario: "UnplannedFailover",
      task: "VmFailover",
      machine: "web",
      serviceError: {
        code: "28031",
        message: "The quota of cores is used up.",
        possibleCauses: "Too many cores are in use.",
        recommendedAction: "Ask for more cores.",
      },
      providerError: { errorCode: 539, errorMessage: "OperationNotAllowed" },
    },
  });
  const inputs = { items: [ids.item("web"), ids.item("app")] };
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.create(bed.context(), inputs),
    { instanceOf: PartialFailureError },
  );
  for (const part of [
    "web",
    "Start failover",
    "28031",
    "The quota of cores is used up.",
    "Too many cores are in use.",
    "Ask for more cores.",
    "539",
  ]) {
    t.true(error?.message.includes(part), `${part} is missing in: ${error?.message}`);
  }
  const state = error?.state as never as {
    machines: { machine: string; status: string; error: string }[];
  };
  t.deepEqual(state.machines.map((each) => [each.machine, each.status]).toSorted(), [
    ["app", "commitPending"],
    ["web", "failed"],
  ]);
  const done = await failoverHandler.update(bed.context(), error?.id ?? "", state as never, inputs);
  t.like(done, { status: "commitPending", finished: true });
  t.is(posts(bed, "unplannedFailover"), 3);
});

test("throttling and server errors are waited out within the deadline", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({
    match: { method: "POST", path: "unplannedFailover" },
    respond: { status: 429, retryAfter: 20 },
    times: 2,
  });
  bed.simulator.addFault({
    match: { method: "GET", path: "replicationOperationStatus" },
    respond: { status: 503, retryAfter: 5 },
    times: 2,
  });
  const { state } = await failoverHandler.create(bed.context(), { item: ids.item("web") });
  t.is(state.status, "commitPending");
});

test("P-06 a deadline that passes keeps the job's id, names machine and job, and says that it goes on", async (t) => {
  const bed = await startTestBed(t);
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.create(bed.context(), { item: ids.item("web"), timeout: "PT30S" }),
    { instanceOf: PartialFailureError },
  );
  t.regex(
    error?.message ?? "",
    /deadline .* while following the failover of web, job [0-9a-f-]{36} .* runs on in Azure/,
  );
  t.regex(JSON.stringify(error?.state), /"jobs":\["[^"]+"\]/);
});

test("a machine that another job holds is waited for and then treated", async (t) => {
  const bed = await startTestBed(t);
  const vault = await bed.vault();
  const context = bed.context();
  await vault.start(context, {
    verb: "testFailover",
    target: { kind: "item", item: await bed.item("web") },
    direction: "PrimaryToRecovery",
    networkId: ids.testNetwork,
    recoveryPoint: { kind: "Latest" },
  });
  const error = await t.throwsAsync(
    failoverHandler.create(bed.context(), { item: ids.item("web") }),
  );
  t.regex(error?.message ?? "", /OP-CLEANUP/, "the drill ended and waits for its clean-up");
  t.is(posts(bed, "unplannedFailover"), 0);
});

test("P-05 a commit that somebody else made is recognised on refresh and named", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const { id, state } = await failoverHandler.create(bed.context(), { item });
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  const read = await failoverHandler.read(bed.context(), id, state);
  t.is(read?.state.status, "committed");
  t.regex(bed.told.warnings.join(), /web: its failover was committed elsewhere by the job/);
  t.false((await failoverHandler.diff(bed.context(), id, read?.state ?? state, { item })).changes);
});

test("P-03 an unfinished action stays unfinished after a refresh", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const { id, state } = await failoverHandler.create(bed.context(), { item });
  const unfinished = { ...state, finished: false, status: "inProgress" };
  const read = await failoverHandler.read(bed.context(), id, unfinished);
  t.true((await failoverHandler.diff(bed.context(), id, read?.state ?? state, { item })).changes);
});

test("P-07 no secret of the configuration stands in a state or an error", async (t) => {
  const bed = await startTestBed(t, orders());
  const secret = "s3cr3t-value";
  const context = bed.context();
  const configured = {
    ...context,
    configuration: { ...context.configuration, clientSecret: secret },
  };
  const { state } = await failoverHandler.create(configured, { item: ids.item("web") });
  const error = await t.throwsAsync(reprotectHandler.create(configured, { item: ids.item("web") }));
  t.false(JSON.stringify([state, error, String(error)]).includes(secret));
  t.true(error instanceof Error && !(error instanceof SiteError));
});

for (const { what, change, verb } of [
  {
    what: "a change of the recovery point",
    change: { recoveryPoint: "latestApplicationConsistent" },
    verb: "applyRecoveryPoint",
  },
  { what: "a commit", change: { commit: "automatic" }, verb: "failoverCommit" },
] as const) {
  test(`Q-01 Q-02 ${what} that was ended right before its request is made by the next run, once`, async (t) => {
    const bed = await startTestBed(t);
    const item = ids.item("web");
    const { id, state } = await failoverHandler.create(bed.context(), { item });
    const aborter = new AbortController();
    const confirmSignal = async (): Promise<void> => aborter.abort();
    const context = bed.context({ signal: aborter.signal, confirmSignal });
    const wanted = { item, ...change };
    const error = await t.throwsAsync<PartialFailureError>(
      failoverHandler.update(context, id, state, wanted),
      { instanceOf: PartialFailureError },
    );
    t.is(posts(bed, verb), 0);
    const left = error?.state as never;
    t.true((await failoverHandler.diff(bed.context(), id, left, wanted)).changes);
    const done = await failoverHandler.update(bed.context(), id, left, wanted);
    t.like(done, { finished: true, ...change });
    t.is(posts(bed, verb), 1);
  });
}
