import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import type { Context } from "../../../provider/context.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import { failOver, posts, startHyperVBed } from "./hyper-v-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const item = ids.item("web");
const asked = { item, commit: "automatic" } as const;

/** A context whose run is cancelled as soon as something is told that fits. */
function cancelledAt(bed: TestBed, what: RegExp): Context {
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const watch = (text: string): void => {
    if (what.test(text)) aborter.abort();
  };
  return { ...context, log: { ...context.log, progress: watch, info: watch } };
}

/** Moves the clock until the failback has synchronized its data and waits. */
async function untilSuspended(bed: TestBed): Promise<void> {
  const vault = await bed.vault();
  for (let minutes = 0; minutes < 600; minutes += 1) {
    vault.forget();
    const jobs = await vault.jobs(bed.context());
    if (jobs.some((job) => job.state === "Suspended")) return;
    bed.simulator.clock.advance(60_000);
  }
  throw new Error("the failback never waited");
}

test("P-03 H-09 a provider that was killed while the data were synchronized: the next run follows, resumes once and ends it", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  // Killed: nothing comes into the state.
  await t.throwsAsync(failbackHandler.create(cancelledAt(bed, /\(\d+ of \d+\)/), asked));
  t.is(posts(bed, "plannedFailover"), 1);
  t.is(posts(bed, "resume"), 0);
  await untilSuspended(bed);
  const { inputs } = await failbackHandler.check(bed.context({ preview: true }), asked);
  t.regex(inputs.plan?.machines[0]?.follows ?? "", /^[0-9a-f-]{36}$/);
  const { state } = await failbackHandler.create(bed.context(), inputs);
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "plannedFailover"), 1);
  t.is(posts(bed, "resume"), 1);
});

test("P-03 H-09 a failback that was cancelled while it waited for its downtime keeps its job, and goes on with it", async (t) => {
  const bed = await startHyperVBed(t, "VmmToAzure");
  await failOver(bed);
  const error = await t.throwsAsync<PartialFailureError>(
    failbackHandler.create(cancelledAt(bed, /waits for the downtime/), asked),
    { instanceOf: PartialFailureError },
  );
  const state = error?.state as never as { jobs: readonly string[] };
  t.is(state.jobs.length, 1);
  t.is(posts(bed, "resume"), 0);
  const done = await failbackHandler.update(bed.context(), error?.id ?? "", state as never, asked);
  t.like(done, { status: "protected", finished: true });
  t.is(posts(bed, "plannedFailover"), 1);
  t.is(posts(bed, "resume"), 1);
});

test("P-03 H-09 an answer to the resumption that is lost is looked into: the downtime begins once", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  bed.simulator.addFault({ match: { method: "POST", path: "/resume" }, reset: "after" });
  const { state } = await failbackHandler.create(bed.context(), asked);
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "resume"), 1);
});

test("P-03 H-09 a resumption that never arrived is sent again, because the job waits still", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  bed.simulator.addFault({ match: { method: "POST", path: "/resume" }, reset: "before" });
  const { state } = await failbackHandler.create(bed.context(), asked);
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "plannedFailover"), 1);
});

test("P-03 H-09 a failback that somebody resumed in the portal is followed, and not resumed again", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  await t.throwsAsync(failbackHandler.create(cancelledAt(bed, /\(\d+ of \d+\)/), asked));
  await untilSuspended(bed);
  const vault = await bed.vault();
  const job = (await vault.jobs(bed.context())).find((each) => each.state === "Suspended");
  await vault.hyperV.resumeJob(bed.context(), job?.name ?? "", "by hand");
  const { state } = await failbackHandler.create(bed.context(), asked);
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "resume"), 1);
});

for (const kind of ["HyperVToAzure", "VmmToVmm"] as const) {
  test(`P-03 H-07 ${kind}: answers to a planned failover and to a reverse replication that are lost lead to their jobs`, async (t) => {
    const bed = await startHyperVBed(t, kind);
    for (const path of ["plannedFailover", "reProtect"]) {
      bed.simulator.addFault({ match: { method: "POST", path }, reset: "after" });
    }
    await failoverHandler.create(bed.context(), { item, mode: "planned", commit: "automatic" });
    if (kind === "VmmToVmm") await reprotectHandler.create(bed.context(), { item });
    else await failbackHandler.create(bed.context(), asked);
    t.is((await bed.item("web")).protectionState, "Protected");
    t.is(posts(bed, "plannedFailover"), kind === "VmmToVmm" ? 1 : 2);
    t.is(posts(bed, "reProtect"), 1);
  });
}
