import test from "ava";
import { cancelFailoverHandler } from "../../../provider/actions/cancel-failover.ts";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { resynchronizeHandler } from "../../../provider/actions/resynchronize.ts";
import { blockersOf, posts, startHyperVBed, toAzureKinds } from "./hyper-v-world.ts";
import { recoverToAzure, startSiteBed } from "./site-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const item = ids.item("web");

/** Marks the machine web for resynchronization, as a log that is half as large as its disk does. */
async function mark(bed: TestBed): Promise<void> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ id: (await bed.item("web")).armId, resyncRequired: true });
  const url = `${bed.simulator.url}/_simulator/items`;
  const answer = await fetch(url, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

for (const kind of [...toAzureKinds, "VmmToVmm"] as const) {
  test(`H-05 ${kind}: a machine that is marked is resynchronized by hand, and the action ends when it is sound`, async (t) => {
    const bed = await startHyperVBed(t, kind);
    await mark(bed);
    t.true((await bed.item("web")).allowedOperations.includes("RepairReplication"));
    const checked = await resynchronizeHandler.check(bed.context({ preview: true }), { item });
    t.deepEqual(blockersOf(checked.inputs), []);
    t.regex(
      bed.told.info.join("\n"),
      /compare the disks with their copy and send what differs → wait until the copy is sound/,
    );
    const { id, state } = await resynchronizeHandler.create(bed.context(), checked.inputs);
    t.like(state, { status: "protected", finished: true });
    t.is(state.jobs.length, 1);
    const after = await bed.item("web");
    t.false(after.allowedOperations.includes("RepairReplication"));
    t.is(posts(bed, "repairReplication"), 1);
    const again = await resynchronizeHandler.check(bed.context(), { item }, checked.inputs);
    t.false((await resynchronizeHandler.diff(bed.context(), id, state, again.inputs)).changes);
  });
}

test("H-05 a machine that is not marked is left alone", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  const { state } = await resynchronizeHandler.create(bed.context(), { item });
  t.like(state, { status: "protected", finished: true });
  t.deepEqual(bed.writes(), []);
});

test("P-03 H-05 an answer that is lost does not resynchronize twice", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await mark(bed);
  bed.simulator.addFault({ match: { method: "POST", path: "repairReplication" }, reset: "after" });
  const { state } = await resynchronizeHandler.create(bed.context(), { item });
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "repairReplication"), 1);
});

test("FB-CANCEL a modernized VMware failback is taken back before its commit: the machine runs in Azure and is protected", async (t) => {
  const bed = await startSiteBed(t, "modernized");
  await recoverToAzure(bed);
  await reprotectHandler.create(bed.context(), { item });
  await failbackHandler.create(bed.context(), { item });
  const { inputs } = await cancelFailoverHandler.check(bed.context({ preview: true }), { item });
  t.deepEqual(blockersOf(inputs), []);
  t.regex(bed.told.info.join("\n"), /cancel the failback: the Azure machine web runs again/);
  const { state } = await cancelFailoverHandler.create(bed.context(), inputs);
  t.like(state, { status: "cancelled", finished: true });
  t.is((await bed.item("web")).protectionState, "Protected");
  t.is(posts(bed, "failoverCancel"), 1);
});

test("HV-CANCEL a failback of a Hyper-V machine is not cancelled, and neither is a failover: the reason is told before anything is sent", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  await failbackHandler.create(bed.context(), { item });
  const { inputs } = await cancelFailoverHandler.check(bed.context({ preview: true }), { item });
  t.true(blockersOf(inputs).some(([rule]) => rule === "HV-CANCEL"));
  await t.throwsAsync(cancelFailoverHandler.create(bed.context(), { item }), {
    message: /corrupt/,
  });
  t.is(posts(bed, "failoverCancel"), 0);
});
