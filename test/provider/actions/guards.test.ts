import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import type { Context } from "../../../provider/context.ts";
import { BlockedError } from "../../../provider/errors.ts";
import { startWithPlan } from "./plan-bed.ts";
import { ids, startTestBed, type TestBed } from "./test-bed.ts";

const item = ids.item("web");
const network = ids.testNetwork;
const verbs = (bed: TestBed): readonly string[] =>
  bed
    .writes()
    .filter((each) => each.startsWith("POST "))
    .map((each) => each.slice("POST ".length));
const isTested = async (bed: TestBed, name: string): Promise<boolean> =>
  (await bed.item(name)).testFailoverState === "WaitingForCompletion";

/** The contexts of one run: what its checks declare, its deletes know. */
const runOf = (bed: TestBed): ((name: string, changes?: Partial<Context>) => Context) => {
  const declared = new Set<string>();
  return (name, changes = {}) =>
    bed.context({ declared, urn: `urn:pulumi:t::p::asr::${name}`, name, ...changes });
};

test("Q-08 a drill that is replaced or declared under another name takes the running test over; the old one leaves it alone", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { item, network };
  const first = runOf(bed)("drill");
  const checked = await testFailoverHandler.check(first, inputs);
  const old = await testFailoverHandler.create(first, checked.inputs);
  for (const [name, olds] of [
    ["drill", checked.inputs],
    ["renamed", undefined],
  ] as const) {
    const context = runOf(bed);
    if (olds !== undefined) await testFailoverHandler.check(context(name), inputs, olds);
    const anew = await testFailoverHandler.check(context(name), inputs);
    const made = await testFailoverHandler.create(context(name), anew.inputs);
    t.like(made.state, { status: "testing", finished: true });
    t.deepEqual(made.state.jobs, old.state.jobs, "it knows the job that began the test");
    await testFailoverHandler.delete(
      bed.context({ declared: context("x").declared }),
      old.id,
      old.state,
    );
    t.true(await isTested(bed, "web"));
    t.regex(bed.told.warnings.at(-1) ?? "", /web: its test goes on, a TestFailover of the program/);
  }
  t.deepEqual(verbs(bed), ["testFailover"]);
  // The next run's program declares none any more.
  await testFailoverHandler.delete(bed.context(), old.id, old.state);
  t.false(await isTested(bed, "web"));
  t.deepEqual(verbs(bed), ["testFailover", "testFailoverCleanup"]);
});

test("Q-08 an unchanged drill of a recovery plan keeps its test when another one of the same plan goes", async (t) => {
  const bed = await startWithPlan(t, ["database", "app"]);
  const inputs = { recoveryPlan: "shop", network };
  const checked = await testFailoverHandler.check(bed.context(), inputs);
  const made = await testFailoverHandler.create(bed.context(), checked.inputs);
  const context = runOf(bed);
  const before = bed.simulator.journal({}).length;
  await testFailoverHandler.check(context("drill"), inputs, checked.inputs);
  t.is(bed.simulator.journal({}).length, before, "an unchanged program asks nothing");
  await testFailoverHandler.delete(
    bed.context({ declared: context("x").declared }),
    made.id,
    made.state,
  );
  t.true(await isTested(bed, "app"));
  t.true(await isTested(bed, "database"));
});

test("Q-08 a replacement of an action takes over what is there and begins nothing that has ended since", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { item, commit: "automatic" as const };
  const replace = async () => {
    const context = runOf(bed);
    const preview = runOf(bed);
    await failoverHandler.check(preview("over", { preview: true }), inputs, first.inputs);
    const shown = await failoverHandler.check(preview("over", { preview: true }), inputs);
    await failoverHandler.check(context("over"), inputs, first.inputs);
    const anew = await failoverHandler.check(context("over"), inputs);
    return {
      blocks: shown.inputs.findings?.filter((each) => each.severity === "block") ?? [],
      failures: anew.failures.map((each) => each.reason),
      made: failoverHandler.create(context("over"), anew.inputs),
    };
  };
  const first = await failoverHandler.check(bed.context(), inputs);
  const over = await failoverHandler.create(bed.context(), first.inputs);
  const there = await replace();
  t.deepEqual(there.blocks, []);
  const { state } = await there.made;
  t.like(state, { status: "committed", finished: true });
  t.deepEqual(state.machines[0]?.jobs.slice(0, 1), over.state.machines[0]?.jobs.slice(0, 1));
  await failoverHandler.delete(bed.context(), over.id, over.state);
  await reprotectHandler.create(bed.context(), { item, cacheStorageAccount: ids.cacheWest });
  await failbackHandler.create(bed.context(), { item, commit: "automatic" });
  await reprotectHandler.create(bed.context(), { item, cacheStorageAccount: ids.cacheNorth });
  const before = verbs(bed).length;
  const renamed = await failoverHandler.check(bed.context({ preview: true }), inputs);
  t.regex(
    renamed.inputs.findings?.map((each) => each.text).join() ?? "",
    /web: it has gone this way before, last by job .*give it an alias. \[OP-AGAIN\]/,
  );
  const home = await replace();
  t.deepEqual(
    home.blocks.map((each) => each.rule),
    ["OP-REPLACE"],
  );
  t.regex(home.failures.join(), /OP-REPLACE/, "refused before the record goes");
  const error = await t.throwsAsync<BlockedError>(home.made, { instanceOf: BlockedError });
  t.regex(error?.message ?? "", /its failover would begin anew.*new trigger/);
  t.is(verbs(bed).length, before);
});

test("Q-08 an action that is given another machine treats that one alone, and says what becomes of the one before", async (t) => {
  const bed = await startTestBed(t);
  const first = await failoverHandler.check(bed.context(), { item });
  const { id, state } = await failoverHandler.create(bed.context(), first.inputs);
  const wanted = { item: ids.item("app") };
  const diff = await failoverHandler.diff(bed.context(), id, state, wanted);
  t.true(diff.changes);
  t.false(Object.values(diff.properties).some((each) => each.replace === true));
  const shown = await failoverHandler.check(bed.context({ preview: true }), wanted, first.inputs);
  t.deepEqual(
    shown.inputs.plan?.machines.map((each) => each.machine),
    ["app"],
  );
  t.true(
    shown.inputs.findings?.some(
      (each) =>
        each.text ===
        "web: the failover means it no more. It stays where it is; its record goes. [OP-DROPPED]",
    ),
  );
  const changed = await failoverHandler.update(bed.context(), id, state, wanted);
  t.deepEqual(
    changed.machines.map((each) => [each.machine, each.status]),
    [["app", "commitPending"]],
  );
  t.deepEqual(verbs(bed), ["unplannedFailover", "unplannedFailover"]);
});

test("Q-08 a drill that is given other machines cleans up those it means no more, and preview says so", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { items: [item, ids.item("app")], network };
  const first = await testFailoverHandler.check(bed.context(), inputs);
  const { id, state } = await testFailoverHandler.create(bed.context(), first.inputs);
  const wanted = { items: [ids.item("app"), ids.item("database")], network };
  const shown = await testFailoverHandler.check(
    bed.context({ preview: true }),
    wanted,
    first.inputs,
  );
  t.true(shown.inputs.findings?.some((each) => /^web: .*Its test is cleaned up\./.test(each.text)));
  const again = await testFailoverHandler.check(bed.context(), wanted, first.inputs);
  const changed = await testFailoverHandler.update(bed.context(), id, state, again.inputs);
  t.deepEqual(changed.machines.map((each) => [each.machine, each.status]).toSorted(), [
    ["app", "testing"],
    ["database", "testing"],
  ]);
  t.false(await isTested(bed, "web"));
  t.deepEqual(verbs(bed).toSorted(), [
    "testFailover",
    "testFailover",
    "testFailover",
    "testFailoverCleanup",
  ]);
});

test("A-03 a drill that is given another recovery point is cleaned up and runs again from there", async (t) => {
  const bed = await startTestBed(t);
  const first = await testFailoverHandler.check(bed.context(), { item, network });
  const { id, state } = await testFailoverHandler.create(bed.context(), first.inputs);
  const wanted = { item, network, recoveryPoint: "latestApplicationConsistent" };
  const shown = await testFailoverHandler.check(
    bed.context({ preview: true }),
    wanted,
    first.inputs,
  );
  t.deepEqual(
    shown.inputs.findings?.filter((each) => each.severity === "block"),
    [],
  );
  const again = await testFailoverHandler.update(bed.context(), id, state, shown.inputs);
  t.like(again, { status: "testing", finished: true });
  t.deepEqual(verbs(bed), ["testFailover", "testFailoverCleanup", "testFailover"]);
});

test("Q-08 Q-09 destroying a drill leaves the later drill of somebody else alone", async (t) => {
  const bed = await startTestBed(t);
  const { id, state } = await testFailoverHandler.create(bed.context(), { item, network });
  const vault = await bed.vault();
  const context = bed.context();
  const perform = async (request: Parameters<typeof vault.start>[1]): Promise<void> => {
    await vault.follow(context, await vault.start(context, request));
  };
  const target = async () => ({ kind: "item" as const, item: await bed.item("web") });
  await perform({ verb: "testFailoverCleanup", target: await target(), comments: "" });
  await perform({
    verb: "testFailover",
    target: await target(),
    direction: "PrimaryToRecovery",
    networkId: network,
    recoveryPoint: { kind: "Latest" },
  });
  await testFailoverHandler.delete(bed.context(), id, state);
  t.true(await isTested(bed, "web"));
  t.regex(
    bed.told.warnings.at(-1) ?? "",
    /web: the test that runs is not the one of this drill.*job .* of .* began it/,
  );
});
