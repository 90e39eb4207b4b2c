import test, { type ExecutionContext } from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import type { Context } from "../../../provider/context.ts";
import { nameOf } from "../../../provider/recovery/identity.ts";
import { bodiesOf, type HyperVKind, posts, startHyperVBed, toAzureKinds } from "./hyper-v-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const names = ["app", "web"];
const plan = { recoveryPlan: "shop", commit: "automatic" } as const;

/** A test bed with the recovery plan `shop`: app, then web. */
async function startWithPlan(t: ExecutionContext, kind: HyperVKind): Promise<TestBed> {
  const bed = await startHyperVBed(t, kind);
  const items = await Promise.all(names.map((name) => bed.item(name)));
  const fabric = (name = ""): string => `${ids.vault}/replicationFabrics/${name}`;
  await (await bed.vault()).putRecoveryPlan(bed.context(), "shop", {
    primaryFabricId: fabric(items[0]?.primary.fabricName),
    recoveryFabricId:
      kind === "VmmToVmm" ? fabric(items[0]?.recovery.fabricName) : "Microsoft Azure",
    groups: items.map((item) => ({
      type: "Boot",
      items: [{ armId: item.armId, machineId: item.hyperV?.machineGuid ?? "" }],
      startActions: [],
      endActions: [],
    })),
  });
  bed.simulator.clearJournal();
  return bed;
}

const directions = (bed: TestBed, verb: string): readonly unknown[] =>
  bodiesOf(bed, verb).map(
    (each) => (each as { properties: { failoverDirection: string } }).properties.failoverDirection,
  );

for (const kind of toAzureKinds) {
  test(`H-07 H-09 ${kind}: a recovery plan is drilled, goes to Azure planned, comes home, and each machine is replicated there again`, async (t) => {
    const bed = await startWithPlan(t, kind);
    const drill = await testFailoverHandler.create(bed.context(), {
      recoveryPlan: "shop",
      network: ids.testNetwork,
    });
    t.like(drill.state, { status: "testing", finished: true });
    await testFailoverHandler.delete(bed.context(), drill.id, drill.state);
    const over = await failoverHandler.create(bed.context(), { ...plan, mode: "planned" });
    t.like(over.state, { status: "committed", finished: true });
    const home = await failbackHandler.create(bed.context(), plan);
    t.like(home.state, { status: "protected", finished: true });
    t.deepEqual(home.state.machines.map((each) => nameOf(each.removed)).toSorted(), names);
    t.deepEqual(directions(bed, "plannedFailover"), ["PrimaryToRecovery", "RecoveryToPrimary"]);
    t.deepEqual(directions(bed, "reProtect"), ["PrimaryToRecovery", "PrimaryToRecovery"]);
    t.is(posts(bed, "failoverCommit"), 2);
    t.is(posts(bed, "resume"), 1);
    for (const name of names) t.is((await bed.item(name)).protectionState, "Protected");
  });
}

test("S-06 H-08 H-09 a recovery plan goes to the second VMM site and returns by its own direction", async (t) => {
  const bed = await startWithPlan(t, "VmmToVmm");
  const over = await failoverHandler.create(bed.context(), plan);
  t.like(over.state, { status: "committed", finished: true });
  const back = await reprotectHandler.create(bed.context(), { recoveryPlan: "shop" });
  t.like(back.state, { status: "protected", finished: true });
  const home = await failbackHandler.create(bed.context(), plan);
  t.like(home.state, { status: "committed", finished: true });
  const again = await reprotectHandler.create(bed.context(), { recoveryPlan: "shop" });
  t.like(again.state, { status: "protected", finished: true });
  t.deepEqual(directions(bed, "unplannedFailover"), ["PrimaryToRecovery"]);
  t.deepEqual(directions(bed, "plannedFailover"), ["RecoveryToPrimary"]);
  t.is(posts(bed, "reProtect"), 4);
});

test("P-03 H-09 a plan's failback that waits for its downtime is found by the next run, resumed once and never begun again", async (t) => {
  const bed = await startWithPlan(t, "HyperVToAzure");
  await failoverHandler.create(bed.context(), plan);
  const aborter = new AbortController();
  const context: Context = bed.context({ signal: aborter.signal });
  const watch = (text: string): void => {
    if (/waits for the downtime/.test(text)) aborter.abort();
  };
  const log = { ...context.log, progress: watch };
  await t.throwsAsync(failbackHandler.create({ ...context, log }, plan));
  t.is(posts(bed, "resume"), 0);
  const { inputs } = await failbackHandler.check(bed.context({ preview: true }), plan);
  t.regex(inputs.plan?.machines[0]?.follows ?? "", /^[0-9a-f-]{36}$/);
  const { state } = await failbackHandler.create(bed.context(), inputs);
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "plannedFailover"), 1);
  t.is(posts(bed, "resume"), 1);
});

test("Q-03 P-03 H-09 a plan's failback whose answer is lost leads to the plan's own job, which its machines' jobs wait for", async (t) => {
  const bed = await startWithPlan(t, "HyperVToAzure");
  await failoverHandler.create(bed.context(), plan);
  bed.simulator.addFault({ match: { method: "POST", path: "plannedFailover" }, reset: "after" });
  const { state } = await failbackHandler.create(bed.context(), plan);
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "plannedFailover"), 1);
  t.is(posts(bed, "resume"), 1);
});
