import test, { type ExecutionContext } from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import { planned, startWithPlan } from "./plan-bed.ts";
import { ids, startTestBed, type TestBed } from "./test-bed.ts";

const item = ids.item("web");
const commit = "automatic";
const job = "by the job [0-9a-f-]{36} \\([^()]+, 20\\d\\d-[^ ]+Z\\)";
const telling = (text: string): RegExp => new RegExp(text.replaceAll("JOB", job));

/** Somebody at the portal; the actions' handlers stand for his clicks, in another process. */
const elsewhere = {
  commit: (bed: TestBed) => failoverHandler.create(bed.context(), { item, commit }),
  reprotect: (bed: TestBed) =>
    reprotectHandler.create(bed.context(), { item, cacheStorageAccount: ids.cacheWest }),
  failBack: (bed: TestBed) => failbackHandler.create(bed.context(), { item }),
  disable: async (bed: TestBed) => {
    const vault = await bed.vault();
    await vault.disableProtection(bed.context(), await bed.item("web"));
  },
  cleanUp: async (bed: TestBed) => {
    const vault = await bed.vault();
    const context = bed.context();
    const target = { kind: "item", item: await bed.item("web") } as const;
    await vault.follow(
      context,
      await vault.start(context, { verb: "testFailoverCleanup", target, comments: "" }),
    );
  },
};

type Deed = keyof typeof elsewhere;

interface Row {
  readonly by: readonly Deed[];
  readonly status: string;
  readonly tells: RegExp;
}

const ofFailover: readonly Row[] = [
  {
    by: ["commit"],
    status: "committed",
    tells: telling("^web: its failover was committed elsewhere JOB\\.$"),
  },
  {
    by: ["commit", "reprotect"],
    status: "committed",
    tells: telling("^web: its failover was committed .* JOB; since then: reprotect JOB\\.$"),
  },
  {
    by: ["commit", "reprotect", "failBack"],
    status: "committed",
    tells: telling("was committed .* JOB; since then: reprotect JOB, failover JOB\\.$"),
  },
  {
    by: ["disable"],
    status: "ended",
    tells: telling(
      "^web: its failover was ended with the machine's protection elsewhere JOB; it stays where it ran\\.$",
    ),
  },
];

const ofDrill: readonly Row[] = [
  {
    by: ["cleanUp"],
    status: "cleanedUp",
    tells: telling("^web: its test failover was cleaned up elsewhere JOB\\.$"),
  },
  {
    by: ["cleanUp", "commit"],
    status: "cleanedUp",
    tells: telling("was cleaned up .* JOB; since then: failover JOB, commit JOB\\.$"),
  },
];

async function refreshAfter(
  t: ExecutionContext,
  row: Row,
  kind: "Failover" | "TestFailover",
): Promise<void> {
  const bed = await startTestBed(t);
  const handler = (
    kind === "Failover" ? failoverHandler : testFailoverHandler
  ) as typeof failoverHandler;
  const inputs = kind === "Failover" ? { item } : { item, network: ids.testNetwork };
  const { id, state } = await handler.create(bed.context(), inputs);
  for (const each of row.by) await elsewhere[each](bed);
  const [before, told] = [bed.writes().length, bed.told.warnings.length];
  const read = await handler.read(bed.context(), id, state);
  t.like(read?.state, { status: row.status, finished: true });
  t.deepEqual(read?.state.jobs, state.jobs, "what it did stays history");
  const warnings = bed.told.warnings.slice(told);
  t.is(warnings.length, 1, warnings.join("\n"));
  t.regex(warnings[0] ?? "", row.tells);
  const again = await handler.read(bed.context(), id, read?.state);
  t.deepEqual([again?.state, bed.told.warnings.length], [read?.state, told + 1], "told once");
  const diff = await handler.diff(bed.context(), id, read?.state ?? state, inputs);
  t.false(diff.changes);
  const recorded = { ...inputs, timeout: "PT1H" };
  const kept = await handler.update(bed.context(), id, read?.state ?? state, recorded);
  t.deepEqual(
    kept.machines,
    read?.state.machines,
    "a change that is only recorded keeps the history",
  );
  t.is(bed.writes().length, before, "nothing is sent");
}

for (const [kind, rows] of [
  ["Failover", ofFailover],
  ["TestFailover", ofDrill],
] as const) {
  for (const row of rows) {
    test(`Q-05 P-05 a ${kind} that somebody ended by ${row.by.join(", ")} is ${row.status} after a refresh, which names each job and its time; nothing is sent`, (t) =>
      refreshAfter(t, row, kind));
  }
}

test("Q-05 a Failover whose recovery plan somebody deleted keeps its machines, and refresh says by which job and how to go on", async (t) => {
  const bed = await startWithPlan(t);
  const inputs = { recoveryPlan: "shop" };
  const { id, state } = await failoverHandler.create(bed.context(), inputs);
  const vault = await bed.vault();
  await vault.removeRecoveryPlan(bed.context(), "shop");
  const read = await failoverHandler.read(bed.context(), id, state);
  t.deepEqual(read?.state, state);
  t.regex(
    bed.told.warnings.at(-1) ?? "",
    telling(
      "^recovery plan shop: it was deleted elsewhere JOB\\. What it left open stays so: [a-z, ]+\\. To go on, name them in `items`",
    ),
  );
  const kept = await failoverHandler.update(bed.context(), id, state, {
    ...inputs,
    timeout: "PT1H",
  });
  t.deepEqual(kept.machines, state.machines);
  const refused = { ...inputs, commit } as const;
  await t.throwsAsync(failoverHandler.update(bed.context(), id, state, refused), {
    code: "Blocked",
    message: /PL-UNKNOWN/,
  });
  const named = { items: planned.map(ids.item), commit } as const;
  const done = await failoverHandler.update(bed.context(), id, state, named);
  t.like(done, { status: "committed", finished: true });
  t.is(bed.writes().filter((each) => each === "POST unplannedFailover").length, 1);
});

test("Q-05 the copies of a drill are removed also when somebody deleted its recovery plan meanwhile", async (t) => {
  const bed = await startWithPlan(t);
  const inputs = { recoveryPlan: "shop", network: ids.testNetwork };
  const { id, state } = await testFailoverHandler.create(bed.context(), inputs);
  const vault = await bed.vault();
  await vault.removeRecoveryPlan(bed.context(), "shop");
  await testFailoverHandler.delete(bed.context(), id, state);
  for (const name of planned)
    t.not((await bed.item(name)).testFailoverState, "WaitingForCompletion");
  t.is(bed.writes().filter((each) => each === "POST testFailoverCleanup").length, planned.length);
});

/** A failover that its run left while its job was under way. */
async function interrupted(t: ExecutionContext) {
  const bed = await startTestBed(t);
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const log = { ...context.log, progress: (text: string) => /of 5/.test(text) && aborter.abort() };
  const error = await t.throwsAsync<PartialFailureError>(
    failoverHandler.create({ ...context, log }, { item }),
    { instanceOf: PartialFailureError },
  );
  const kept = error?.state as Awaited<ReturnType<typeof failoverHandler.create>>["state"];
  return { bed, id: error?.id ?? "", state: kept };
}

test("Q-05 an action that names a machine whose protection somebody ended is refused with the job that ended it", async (t) => {
  const bed = await startTestBed(t);
  await elsewhere.disable(bed);
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), { item });
  t.regex(
    inputs.findings?.[0]?.text ?? "",
    telling(
      "no replicated item of this name: its protection was ended JOB\\. Protect .*\\[IT-UNKNOWN\\]",
    ),
  );
});

test("Q-06 an interrupted Failover stays unfinished after a refresh, also when it was finished and moved on elsewhere; the next run records that and sends nothing", async (t) => {
  const { bed, id, state } = await interrupted(t);
  const unfinished = async (): Promise<void> => {
    const read = await failoverHandler.read(bed.context(), id, state);
    t.like(read?.state, { finished: false, jobs: state.jobs });
    const diff = await failoverHandler.diff(bed.context(), id, read?.state ?? state, { item });
    t.true(diff.changes);
    t.regex(
      diff.reason ?? "",
      new RegExp(`web is not finished.*job ${state.jobs[0]}.*is followed`),
    );
  };
  await unfinished();
  await elsewhere.commit(bed);
  await elsewhere.reprotect(bed);
  await unfinished();
  const before = bed.writes().length;
  const done = await failoverHandler.update(bed.context(), id, state, { item });
  t.like(done, { finished: true, status: "committed" });
  t.like(done.machines[0], { machine: "web", status: "committed", error: "" });
  t.is(bed.writes().length, before);
});

test("Q-06 Q-05 a Failover that was killed before anything was in the state attaches to what somebody else made of it meanwhile", async (t) => {
  const { bed } = await interrupted(t);
  await elsewhere.commit(bed);
  const before = bed.writes().length;
  const { inputs, failures } = await failoverHandler.check(bed.context({ preview: true }), {
    item,
  });
  t.deepEqual([failures, inputs.plan?.machines[0]?.steps], [[], []]);
  const { state } = await failoverHandler.create(bed.context(), { item });
  t.like(state, { finished: true, status: "committed" });
  t.regex(state.jobs[0] ?? "", /^[0-9a-f-]{36}$/);
  t.is(bed.writes().length, before);
});
