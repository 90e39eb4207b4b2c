import test from "ava";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import { beforeLook } from "./meanwhile.ts";
import { changePlan, startWithPlan } from "./plan-bed.ts";
import { ids, startTestBed, type TestBed } from "./test-bed.ts";

const minute = 60_000;
const verbs = (bed: TestBed): readonly string[] =>
  bed.writes().filter((each) => each.startsWith("POST "));

/** Age of the newest application-consistent point, in minutes; those come hours apart. */
async function pointAgeMinutes(bed: TestBed, name: string): Promise<number> {
  const points = await (await bed.vault()).recoveryPoints(bed.context(), await bed.item(name));
  const times = points
    .filter(({ type }) => /App/.test(type))
    .map(({ time }) => Date.parse(time))
    .toSorted((left, right) => right - left);
  return (new Date(bed.simulator.clock.now()).getTime() - (times[0] ?? 0)) / minute;
}

const recoveryPoint = "latestApplicationConsistent";

test("Q-07 a recovery point that gets too old between the begin of an action and its verb stops it before the verb", async (t) => {
  const bed = await startTestBed(t);
  const age = await pointAgeMinutes(bed, "web");
  const expect = { recoveryPointMaximumAge: `PT${Math.ceil(age) + 10}M` };
  const inputs = { item: ids.item("web"), recoveryPoint, expect };
  const checked = await failoverHandler.check(bed.context({ preview: true }), inputs);
  t.deepEqual(
    checked.inputs.findings?.filter((each) => each.severity === "block"),
    [],
  );
  const late = beforeLook(bed.context(), 2, async () => {
    bed.simulator.clock.advance(15 * minute);
  });
  const error = await t.throwsAsync(failoverHandler.create(late, inputs));
  t.regex(
    error?.message ?? "",
    /Failover of web was not begun:\n- web: .*older than expected.*\[EX-POINT-AGE\]/,
  );
  t.false(error instanceof PartialFailureError, "nothing has begun, nothing is kept");
  t.deepEqual(verbs(bed), []);
});

test("Q-07 a recovery point that gets too old while another job holds the machine stops the action before its verb", async (t) => {
  const bed = await startTestBed(t);
  const age = await pointAgeMinutes(bed, "web");
  bed.simulator.addFault({
    failTask: {
      scenario: "TestFailover",
      task: "VmTfoBootTestVm",
      serviceError: { code: "28031", message: "No cores." },
    },
  });
  const vault = await bed.vault();
  await vault.start(bed.context(), {
    verb: "testFailover",
    target: { kind: "item", item: await bed.item("web") },
    direction: "PrimaryToRecovery",
    networkId: ids.testNetwork,
    recoveryPoint: { kind: "Latest" },
  });
  const expect = { recoveryPointMaximumAge: `PT${Math.ceil(age * 60) + 30}S` };
  const inputs = { item: ids.item("web"), recoveryPoint, expect };
  const error = await t.throwsAsync(failoverHandler.create(bed.context(), inputs));
  t.regex(error?.message ?? "", /\[EX-POINT-AGE\]/);
  t.deepEqual(verbs(bed), ["POST testFailover"]);
  t.true(
    bed.told.progress.some((each) => /holds the machine/.test(each)),
    "it waited",
  );
});

test("Q-07 a commit is not refused because time has passed since the failover", async (t) => {
  const bed = await startTestBed(t);
  const expect = { count: 1, items: ["web"], recoveryPointMaximumAge: "PT30M" };
  const inputs = { item: ids.item("web"), expect };
  const { id, state } = await failoverHandler.create(bed.context(), inputs);
  t.like(state, { status: "commitPending", finished: true });
  bed.simulator.clock.advance(90 * minute);
  const wanted = { ...inputs, commit: "automatic" as const };
  const checked = await failoverHandler.check(bed.context({ preview: true }), wanted, inputs);
  t.deepEqual(
    checked.inputs.findings?.filter((each) => each.severity === "block"),
    [],
  );
  const committed = await failoverHandler.update(bed.context(), id, state, wanted);
  t.like(committed, { status: "committed", finished: true });
  t.deepEqual(verbs(bed), ["POST unplannedFailover", "POST failoverCommit"]);
});

test("Q-07 the age of a recovery point that a machine is moved to later is counted from its failover", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.clock.advance(20 * minute);
  const age = await pointAgeMinutes(bed, "web");
  t.true(age >= 20 && age < 120, `${age}`);
  const item = ids.item("web");
  const { id, state } = await failoverHandler.create(bed.context(), { item });
  bed.simulator.clock.advance(30 * minute);
  const asked = (minutes: number) => ({
    item,
    recoveryPoint,
    expect: { recoveryPointMaximumAge: `PT${minutes}M` },
  });
  const refused = await t.throwsAsync(
    failoverHandler.update(bed.context(), id, state, asked(Math.floor(age) - 5)),
  );
  t.regex(refused?.message ?? "", /\[EX-POINT-AGE\]/);
  const moved = await failoverHandler.update(bed.context(), id, state, asked(Math.ceil(age) + 10));
  t.like(moved, { status: "commitPending", finished: true });
});

test("Q-07 an expected age says nothing of an action that goes to no recovery point, nor of what is only foreseen", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  const expect = { recoveryPointMaximumAge: "PT30M" };
  const projections = new Map();
  const preview = bed.context({ preview: true, projections });
  await failoverHandler.check(preview, { item, commit: "automatic" });
  const foreseen = await reprotectHandler.check(preview, {
    item,
    cacheStorageAccount: ids.cacheWest,
    expect,
  });
  t.deepEqual(
    foreseen.inputs.findings?.filter((each) => each.severity === "block"),
    [],
  );
  t.deepEqual(
    foreseen.inputs.findings?.map((each) => [each.rule, each.path]),
    [["OP-INPUT", "expect.recoveryPointMaximumAge"]],
  );
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  const { state } = await reprotectHandler.create(bed.context(), {
    item,
    cacheStorageAccount: ids.cacheWest,
    expect,
  });
  t.is(state.status, "protected");
});

test("Q-07 a recovery plan that gets another machine between preview and up, or between the begin and the verb, moves none", async (t) => {
  const expect = { items: ["app", "database"], count: 2 };
  const inputs = { recoveryPlan: "shop", expect };
  const bed = await startWithPlan(t, ["database", "app"]);
  const checked = await failoverHandler.check(bed.context({ preview: true }), inputs);
  t.deepEqual(
    checked.inputs.findings?.filter((each) => each.severity === "block"),
    [],
  );
  await changePlan(bed, ["database", "app", "web"]);
  const later = await t.throwsAsync(failoverHandler.create(bed.context(), inputs));
  t.regex(later?.message ?? "", /not expected: web[\s\S]*EX-ITEMS[\s\S]*EX-COUNT/);
  await changePlan(bed, ["database", "app"]);
  const meanwhile = beforeLook(bed.context(), 2, async () => {
    await changePlan(bed, ["database", "app", "web"]);
    bed.simulator.clock.advance(minute);
  });
  const error = await t.throwsAsync(failoverHandler.create(meanwhile, inputs));
  t.regex(error?.message ?? "", /it was changed since the action began \(new: web\).*PL-CHANGED/);
  t.deepEqual(verbs(bed), []);
});

test("Q-07 a recovery plan that was changed behind its own failover is committed machine by machine, and only for those that moved", async (t) => {
  const bed = await startWithPlan(t, ["database", "app"]);
  const inputs = { recoveryPlan: "shop", commit: "automatic" as const };
  const changed = beforeLook(bed.context(), 3, () => changePlan(bed, ["app", "database", "web"]));
  const { state } = await failoverHandler.create(changed, inputs);
  t.like(state, { status: "committed", finished: true });
  t.deepEqual(verbs(bed), ["POST unplannedFailover", "POST failoverCommit", "POST failoverCommit"]);
  t.is((await bed.item("web")).protectionState, "Protected");
});

test("Q-07 the expected set is the whole set, also when a part of it is through", async (t) => {
  const bed = await startTestBed(t);
  bed.simulator.addFault({
    failTask: {
      scenario: "UnplannedFailover",
      task: "VmFailover",
      machine: "app",
      serviceError: { code: "28031", message: "No cores." },
    },
  });
  const items = [ids.item("web"), ids.item("app")];
  const inputs = { items, expect: { count: 2, items: ["app", "web"] } };
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.create(bed.context(), inputs),
    { instanceOf: PartialFailureError },
  );
  const done = await failoverHandler.update(
    bed.context(),
    error?.id ?? "",
    error?.state as never,
    inputs,
  );
  t.like(done, { status: "commitPending", finished: true });
  t.is(verbs(bed).length, 3);
  const fewer = { ...inputs, expect: { count: 1 } };
  const refused = await t.throwsAsync(
    failoverHandler.update(bed.context(), error?.id ?? "", error?.state as never, fewer),
  );
  t.regex(refused?.message ?? "", /2 machines would move, 1 are expected.*EX-COUNT/);
});

test("Q-07 what becomes true only after an action has begun stops its verb as well, in the rule's words", async (t) => {
  const bed = await startTestBed(t);
  const drill = async (): Promise<void> => {
    const vault = await bed.vault();
    const operation = await vault.start(bed.context(), {
      verb: "testFailover",
      target: { kind: "item", item: await bed.item("web") },
      direction: "PrimaryToRecovery",
      networkId: ids.testNetwork,
      recoveryPoint: { kind: "Latest" },
    });
    await vault.follow(bed.context(), operation);
  };
  const late = beforeLook(bed.context(), 2, drill);
  const inputs = { items: [ids.item("web"), ids.item("app")] };
  const error = await t.throwsAsync<PartialFailureError>(failoverHandler.create(late, inputs), {
    instanceOf: PartialFailureError,
  });
  t.regex(
    error?.message ?? "",
    /Failover of web was not begun:\n- web: a test failover waits for its clean-up.*OP-CLEANUP/,
  );
  t.deepEqual(verbs(bed).toSorted(), ["POST testFailover", "POST unplannedFailover"]);
  t.is((await bed.item("app")).activeLocation, "Recovery", "the other one is not held up");
});
