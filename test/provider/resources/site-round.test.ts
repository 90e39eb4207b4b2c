import test, { type ExecutionContext } from "ava";
import { type Made, warningsOf } from "./bench.ts";
import { interruptInitialCopy } from "./interrupted-copy.ts";
import {
  bothGenerations,
  containerOf,
  type Generation,
  type SiteBench,
  siteItem,
  startSite,
} from "./site-bench.ts";
import { type OutsideSite, outsideSite } from "./site-outside.ts";

/** A protected machine, and somebody who moves it outside of any resource. */
interface Round {
  readonly site: SiteBench;
  readonly made: Made;
  readonly plan: Made;
  readonly portal: OutsideSite;
}

async function startRound(t: ExecutionContext, generation: Generation): Promise<Round> {
  const site = await startSite(t, generation);
  const { bench, containerId } = site;
  const back = generation === "VmwareToAzure" ? "" : await makeWayBack(site, containerId);
  const made = await bench.create("web", "ReplicatedItem", siteItem(site, "web-1"));
  const plan = await bench.create("shop", "RecoveryPlan", { groups: [{ items: [made.id] }] });
  return { site, made, plan, portal: await outsideSite(site, "web", back) };
}

async function makeWayBack({ bench }: SiteBench, containerId: string): Promise<string> {
  const policy = await bench.create("back", "ReplicationPolicy", {
    scenario: "VmwareToAzureClassic",
    failback: true,
  });
  await bench.create("home", "ProtectionContainerMapping", {
    sourceContainer: containerId,
    targetContainer: containerId,
    policy: policy.id,
  });
  return policy.id;
}

/** Refreshes a resource and says what an unchanged program would then change. */
async function differenceAfterRefresh({ bench }: SiteBench, made: Made): Promise<object> {
  const run = bench.anotherRun();
  const read = await made.handler.read(run, made.id, made.state);
  return await made.handler.diff(run, made.id, read?.state ?? {}, made.inputs);
}

const nothing = { changes: false, properties: {} };

for (const generation of bothGenerations) {
  test(`V-11 S-01 P-03 ${generation}: nothing is replaced or due wherever the machine runs, and the cycle closes with no difference`, async (t) => {
    const round = await startRound(t, generation);
    const { site, made, plan, portal } = round;
    const same = async (where: string): Promise<void> => {
      t.deepEqual(await differenceAfterRefresh(site, made), nothing, `the item, ${where}`);
      t.deepEqual(await differenceAfterRefresh(site, plan), nothing, `the plan, ${where}`);
    };
    await portal.failOver();
    await same("failed over");
    await portal.commit();
    await same("committed in Azure");
    const recovered = await recoveredName(site, portal);
    t.regex(recovered, /web-1/);
    await portal.reprotectToSite();
    await same("on its way back");
    t.is(await recoveredName(site, portal), recovered, "the machine in Azure stays known");
    await checkImport(t, round);
    await checkCreation(t, round);
    await portal.failBack();
    await same("failed back");
    await portal.commit();
    await same("committed at home");
    await portal.reprotectToAzure();
    await same("protected again");
    const read = await made.handler.read(site.bench.anotherRun(), made.id, made.state);
    t.deepEqual(read?.state, made.state, "as it began");
  });

  test(`P-04 P-05 ${generation}: a failover outside of Pulumi is told with its job, and the end of the item's protection leaves the machine alone`, async (t) => {
    const { site, made, plan, portal } = await startRound(t, generation);
    const { bench } = site;
    await portal.failOver();
    await made.handler.read(bench.anotherRun(), made.id, made.state);
    t.regex(warningsOf(bench), /web-1: runs in (westeurope|Microsoft Azure) now, .*by the job/);
    await portal.commit();
    // The classic way back ends by a request of its own kind.
    if (generation === "VmwareToAzureClassic") await portal.reprotectToSite();
    await plan.handler.delete(bench.anotherRun(), plan.id, plan.state);
    await made.handler.delete(bench.anotherRun(), made.id, made.state);
    t.regex(warningsOf(bench), /goes on running there/);
    t.is(await made.handler.read(bench.anotherRun(), made.id), undefined);
    const machines = bench.simulator.journal({ writesOnly: true, method: "DELETE" });
    t.false(machines.some(({ path }) => /virtualmachines/i.test(path)));
  });

  test(`S-01 P-03 ${generation}: a run that ends during the initial copy keeps the item, and the next one goes on`, async (t) => {
    const site = await startSite(t, generation);
    await interruptInitialCopy(t, site.bench, siteItem(site, "web-1"));
  });
}

/** An import by the id alone fits the program, although the service calls the machine otherwise now. */
async function checkImport(t: ExecutionContext, { site, made }: Round): Promise<void> {
  const run = site.bench.anotherRun();
  const read = await made.handler.read(run, made.id);
  t.regex(String(read?.inputs.machine), /^web-1$|\/replicationProtectableItems\/[^/]+$/);
  t.is(read?.inputs.container, containerOf(site.generation));
  t.is(read?.state.primaryLocation, "Microsoft Azure");
  const diff = await made.handler.diff(run, made.id, read?.state ?? {}, made.inputs);
  const replacing = Object.entries(diff.properties).filter(([, change]) => change.replace);
  t.deepEqual(replacing, [], "an imported item is not replaced");
}

/** Creating what exists begins nothing while its machine is away. */
async function checkCreation(t: ExecutionContext, { site }: Round): Promise<void> {
  const { bench } = site;
  bench.simulator.clearJournal();
  const again = bench.anotherRun();
  const { state } = await bench.create("web", "ReplicatedItem", siteItem(site, "web-1"), again);
  t.is(state.primaryLocation, "Microsoft Azure");
  t.deepEqual(bench.simulator.journal({ writesOnly: true }), []);
}

async function recoveredName({ bench }: SiteBench, portal: OutsideSite): Promise<string> {
  const run = bench.anotherRun();
  const azure = await run.sites.azure(run);
  const machine = await azure.recoveredMachine(run, await portal.item());
  return machine?.name ?? "";
}
