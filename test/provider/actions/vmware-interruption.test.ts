import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import type { Context } from "../../../provider/context.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import { recoverToAzure, setAzurePower, siteKinds, startSiteBed } from "./site-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const item = ids.item("web");
const failbackVerbs = { modernized: "plannedFailover", classic: "unplannedFailover" } as const;

const posts = (bed: TestBed, verb: string): number =>
  bed.writes().filter((each) => each === `POST ${verb}`).length;

/** A context whose run is cancelled as soon as a task of a job is told. */
function cancelledAtTask(bed: TestBed): Context {
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const progress = (text: string): void => {
    if (/\(\d+ of \d+\)/.test(text)) aborter.abort();
  };
  return { ...context, log: { ...context.log, progress } };
}

async function reprotected(bed: TestBed): Promise<void> {
  await recoverToAzure(bed);
  await reprotectHandler.create(bed.context(), { item });
  bed.simulator.clearJournal();
}

for (const kind of siteKinds) {
  const verb = failbackVerbs[kind];

  test(`P-03 ${kind}: a reprotect that was interrupted is followed by the next run, which sends nothing`, async (t) => {
    const bed = await startSiteBed(t, kind);
    await recoverToAzure(bed);
    const error = await t.throwsAsync<PartialFailureError>(
      reprotectHandler.create(cancelledAtTask(bed), { item }),
      { instanceOf: PartialFailureError },
    );
    t.is(posts(bed, "reProtect"), 1);
    const state = error?.state as never;
    const done = await reprotectHandler.update(bed.context(), error?.id ?? "", state, { item });
    t.like(done, { status: "protected", finished: true });
    t.is(posts(bed, "reProtect"), 1);
    t.regex(done.placement?.web?.azureMachineId ?? "", /virtualMachines\/web$/);
  });

  test(`P-03 ${kind}: a failback whose record was lost is found as a running job and followed`, async (t) => {
    const bed = await startSiteBed(t, kind);
    await reprotected(bed);
    await t.throwsAsync(failbackHandler.create(cancelledAtTask(bed), { item }));
    const { inputs } = await failbackHandler.check(bed.context({ preview: true }), { item });
    t.regex(inputs.plan?.machines[0]?.follows ?? "", /^[0-9a-f-]{36}$/);
    const { state } = await failbackHandler.create(bed.context(), { item });
    t.like(state, { status: "commitPending", finished: true });
    t.is(posts(bed, verb), 1);
  });

  test(`P-03 ${kind}: an answer to a failback that is lost leads to its job, not to a second failback`, async (t) => {
    const bed = await startSiteBed(t, kind);
    await reprotected(bed);
    bed.simulator.addFault({ match: { method: "POST", path: verb }, reset: "after" });
    const { state } = await failbackHandler.create(bed.context(), { item });
    t.like(state, { status: "commitPending", finished: true });
    t.is(posts(bed, verb), 1);
  });

  test(`P-03 ${kind}: an answer to a reprotect that is lost leads to its job, not to a second reprotect`, async (t) => {
    const bed = await startSiteBed(t, kind);
    await recoverToAzure(bed);
    bed.simulator.addFault({ match: { method: "POST", path: "reProtect" }, reset: "after" });
    const { state } = await reprotectHandler.create(bed.context(), { item });
    t.like(state, { status: "protected", finished: true });
    t.is(posts(bed, "reProtect"), 1);
  });

  test(`P-06 ${kind}: a failback that fails tells machine, code and cause, and the next run tries again`, async (t) => {
    const bed = await startSiteBed(t, kind);
    await reprotected(bed);
    bed.simulator.addFault({
      failTask: {
        scenario: kind === "modernized" ? "PlannedFailover" : "UnplannedFailover",
        task: "VmFailover",
        machine: "web",
        serviceError: {
          code: "8038",
          message: "The virtual machine could not be started.",
          possibleCauses: "The host has too little memory.",
          recommendedAction: "Free memory on the host.",
        },
      },
    });
    const error = await t.throwsAsync<PartialFailureError>(
      failbackHandler.create(bed.context(), { item }),
      { instanceOf: PartialFailureError },
    );
    t.regex(error?.message ?? "", /web.*8038.*too little memory.*Free memory/s);
    // The failed failback has shut the machine in Azure down already; a person starts it again.
    await setAzurePower(bed, "web", "start");
    const state = error?.state as never;
    const done = await failbackHandler.update(bed.context(), error?.id ?? "", state, { item });
    t.like(done, { status: "commitPending", finished: true });
  });

  test(`P-01 ${kind}: once failback and reprotect have run, an unchanged program shows no difference`, async (t) => {
    const bed = await startSiteBed(t, kind);
    const asked = { item, commit: "automatic" as const };
    const over = await failoverHandler.check(bed.context(), asked);
    const done = await failoverHandler.create(bed.context(), over.inputs);
    const reprotect = await reprotectHandler.check(bed.context(), { item });
    const back = await reprotectHandler.create(bed.context(), reprotect.inputs);
    const failback = await failbackHandler.check(bed.context(), asked);
    const home = await failbackHandler.create(bed.context(), failback.inputs);
    const context = bed.context({ preview: true });
    const again = [
      await failoverHandler.check(context, asked, over.inputs),
      await reprotectHandler.check(context, { item }, reprotect.inputs),
      await failbackHandler.check(context, asked, failback.inputs),
    ] as const;
    const differences = [
      await failoverHandler.diff(context, done.id, done.state, again[0].inputs),
      await reprotectHandler.diff(context, back.id, back.state, again[1].inputs),
      await failbackHandler.diff(context, home.id, home.state, again[2].inputs),
    ];
    t.deepEqual(
      differences.map((each) => each.changes),
      [false, false, false],
    );
  });
}

test("FB-CANCEL P-05 a failback that somebody cancelled is told on refresh and not begun again", async (t) => {
  const bed = await startSiteBed(t, "modernized");
  await reprotected(bed);
  const { id, state } = await failbackHandler.create(bed.context(), { item });
  t.is(state.status, "commitPending");
  const vault = await bed.vault();
  const operation = await vault.start(bed.context(), {
    verb: "cancelFailover",
    target: { kind: "item", item: await bed.item("web") },
  });
  await vault.follow(bed.context(), operation);
  const read = await failbackHandler.read(bed.context(), id, state);
  t.is(read?.state.status, "cancelled");
  t.regex(bed.told.warnings.join(), /web: its failback was cancelled elsewhere by the job/);
  const again = await failbackHandler.update(bed.context(), id, state, {
    item,
    commit: "automatic",
  });
  t.like(again, { status: "cancelled", finished: true });
  t.is(posts(bed, "plannedFailover"), 1);
});
