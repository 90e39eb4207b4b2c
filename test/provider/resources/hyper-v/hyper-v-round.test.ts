import test, { type ExecutionContext } from "ava";
import { BlockedError } from "../../../../provider/errors.ts";
import { type Made, warningsOf } from "../bench.ts";
import { interruptInitialCopy } from "../interrupted-copy.ts";
import { type HyperVBench, hyperVItem, startHyperV, type Way, ways } from "./hyper-v-bench.ts";
import { type OutsideHyperV, outsideHyperV } from "./hyper-v-outside.ts";

/** A protected machine with its plan, and somebody who moves it outside of any resource. */
interface Round {
  readonly site: HyperVBench;
  readonly made: Made;
  readonly plan: Made;
  readonly portal: OutsideHyperV;
}

async function startRound(t: ExecutionContext, way: Way): Promise<Round> {
  const site = await startHyperV(t, way);
  const made = await site.bench.create("sql", "ReplicatedItem", hyperVItem(site, "sql-1"));
  const plan = await site.bench.create("shop", "RecoveryPlan", { groups: [{ items: [made.id] }] });
  return { site, made, plan, portal: await outsideHyperV(site, "sql") };
}

const nothing = { changes: false, properties: {} };

/** Asserts that an unchanged program changes neither the item nor its plan now. */
function watch(t: ExecutionContext, { site, made, plan }: Round) {
  return async (where: string): Promise<void> => {
    for (const each of [made, plan]) {
      const run = site.bench.anotherRun();
      const read = await each.handler.read(run, each.id, each.state);
      const diff = await each.handler.diff(run, each.id, read?.state ?? {}, each.inputs);
      t.deepEqual(diff, nothing, `${each.handler.token}, ${where}`);
    }
    const run = site.bench.anotherRun();
    const imported = await made.handler.read(run, made.id);
    const diff = await made.handler.diff(run, made.id, imported?.state ?? {}, made.inputs);
    const replacing = Object.entries(diff.properties).filter(([, change]) => change.replace);
    t.deepEqual(replacing, [], `an import, ${where}`);
    site.bench.simulator.clearJournal();
    const again = site.bench.anotherRun();
    await site.bench.create("sql", "ReplicatedItem", hyperVItem(site, "sql-1"), again);
    t.deepEqual(site.bench.simulator.journal({ writesOnly: true }), [], `a creation, ${where}`);
  };
}

for (const way of ["HyperVToAzure", "VmmToAzure"] as const) {
  test(`V-11 P-03 ${way}: nothing is replaced or due wherever the machine runs, and the cycle closes with no difference`, async (t) => {
    const round = await startRound(t, way);
    const { site, made, portal } = round;
    const same = watch(t, round);
    await portal.failOver("PrimaryToRecovery");
    await same("failed over");
    await portal.commit();
    await same("committed in Azure");
    await portal.failBack();
    await same("failed back");
    await portal.commit();
    await same("committed at home");
    await portal.reverse("PrimaryToRecovery");
    await same("protected again");
    const read = await made.handler.read(site.bench.anotherRun(), made.id, made.state);
    const { replicationLag: _, ...recorded } = made.state;
    t.like(read?.state, recorded, "as it began");
  });
}

test("V-11 P-03 VmmToVmm: the item keeps its id and its sides while its machine runs at the second site and comes back", async (t) => {
  const round = await startRound(t, "VmmToVmm");
  const { site, made, portal } = round;
  const same = watch(t, round);
  const reading = async (): Promise<Record<string, unknown>> =>
    (await made.handler.read(site.bench.anotherRun(), made.id, made.state))?.state ?? {};
  await portal.plannedFailOver("PrimaryToRecovery");
  await same("failed over");
  await portal.commit();
  await portal.reverse("RecoveryToPrimary");
  await same("protected from the second site");
  t.like(await reading(), {
    armId: made.state.armId,
    activeLocation: "Recovery",
    protectionState: "Protected",
    primaryLocation: made.state.primaryLocation,
  });
  await portal.failOver("RecoveryToPrimary");
  await same("back at home");
  await portal.reverse("PrimaryToRecovery");
  await same("protected as it began");
  t.like(await reading(), { activeLocation: "Primary", protectionState: "Protected" });
});

test("P-04 P-05 a failover outside of Pulumi is told with its job, settings cannot change meanwhile, and the end of the protection leaves the machine alone", async (t) => {
  const { site, made, plan, portal } = await startRound(t, "HyperVToAzure");
  const { bench } = site;
  await portal.failOver("PrimaryToRecovery");
  const read = await made.handler.read(bench.anotherRun(), made.id, made.state);
  t.regex(warningsOf(bench), /sql-1: runs in Microsoft Azure now, .*by the job/);
  const target = { ...(made.inputs.target as object), machineName: "sql-dr" };
  const news = { ...made.inputs, target };
  const error = await t.throwsAsync(
    made.handler.update(bench.anotherRun(), made.id, read?.state ?? {}, news),
    { instanceOf: BlockedError },
  );
  t.regex(error.message, /is failed over to Microsoft Azure and not committed\..*\[ITEM-CHANGE\]/);
  await portal.commit();
  await plan.handler.delete(bench.anotherRun(), plan.id, plan.state);
  await made.handler.delete(bench.anotherRun(), made.id, made.state);
  t.regex(warningsOf(bench), /goes on running there/);
  t.is(await made.handler.read(bench.anotherRun(), made.id), undefined);
  const deletions = bench.simulator.journal({ writesOnly: true, method: "DELETE" });
  t.false(deletions.some(({ path }) => /virtualmachines/i.test(path)));
});

for (const way of ways) {
  test(`P-03 H-02 ${way}: a run that ends during the initial copy keeps the item, and the next one goes on`, async (t) => {
    const site = await startHyperV(t, way);
    await interruptInitialCopy(t, site.bench, hyperVItem(site, "sql-1"));
  });
}
