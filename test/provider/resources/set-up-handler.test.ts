import test from "ava";
import { PartialFailureError } from "../../../provider/errors.ts";
import { handlerOf, itemInputs, makePair, startBench } from "./bench.ts";

test("P-03 a creation that is cancelled on its way is kept, and the next update finishes it", async (t) => {
  const bench = await startBench(t);
  await bench.create("shop", "Vault", { location: "westeurope" });
  const fabric = handlerOf("Fabric");
  const aborter = new AbortController();
  const run = bench.anotherRun({ name: "ne", signal: aborter.signal });
  const { inputs } = await fabric.check(run, { location: "northeurope" });
  const impatient = {
    ...run,
    clock: {
      ...run.clock,
      sleep: (milliseconds: number, signal?: AbortSignal) => {
        aborter.abort();
        return run.clock.sleep(milliseconds, signal);
      },
    },
  };
  const error = await t.throwsAsync(fabric.create(impatient, inputs), {
    instanceOf: PartialFailureError,
    message: /northeurope|fabric ne|job|Cancelled/,
  });
  t.like(error?.state, { phase: "creating", location: "northeurope" });
  const id = error?.id ?? "";
  const state = (error?.state ?? {}) as Record<string, unknown>;
  const diff = await fabric.diff(run, id, state, inputs);
  t.true(diff.changes);
  const later = bench.anotherRun();
  bench.simulator.clock.advance(600_000);
  const finished = await fabric.update(later, id, state, inputs);
  t.is(finished.phase, undefined);
  t.is(finished.friendlyName, "North Europe");
  const puts = bench.simulator
    .journal({ method: "PUT" })
    .filter(({ path }) => /replicationfabrics/i.test(path));
  t.is(puts.length, 1);
});

test("a replacement under the same name lets the old one go first", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const run = bench.anotherRun({ name: "ne" });
  const { handler, id, state, inputs } = pair.primary;
  const moved = await handler.diff(run, id, state, { ...inputs, location: "uksouth" });
  t.true(moved.deleteBeforeReplace);
  const renamed = await handler.diff(run, id, state, { ...inputs, name: "other" });
  t.is(renamed.deleteBeforeReplace, undefined);
});

test("a disk that was attached and is not replicated makes an update due, unless the program leaves it out", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const disk = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/new";
  const state = { ...made.state, unprotectedDisks: [disk] };
  const diff = await made.handler.diff(bench.context, made.id, state, made.inputs);
  t.deepEqual(diff, { changes: true, properties: {}, reason: "not replicated yet: new" });
  const chosen = { ...made.inputs, disks: [{ disk: `${disk}-other` }] };
  const left = await made.handler.diff(
    bench.context,
    made.id,
    { ...state, disks: chosen.disks },
    chosen,
  );
  t.false(left.changes);
});

test("P-05 an unchanged item that is away is no reason for an update, whatever its disks", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const state = { ...made.state, activeLocation: "Recovery", unprotectedDisks: ["/x"] };
  t.false((await made.handler.diff(bench.context, made.id, state, made.inputs)).changes);
});
