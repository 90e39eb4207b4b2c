import type { ExecutionContext } from "ava";
import { PartialFailureError } from "../../../provider/errors.ts";
import { type Bench, handlerOf } from "./bench.ts";

/** Asserts that a run which ends during the initial copy keeps the item, and that the next one goes on with it. */
export async function interruptInitialCopy(
  t: ExecutionContext,
  bench: Bench,
  itemInputs: object,
): Promise<void> {
  const item = handlerOf("ReplicatedItem");
  const aborter = new AbortController();
  const run = bench.anotherRun({ signal: aborter.signal, name: "web" });
  const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    if (bench.log.some(({ text }) => /initial replication/.test(text))) aborter.abort();
    return run.clock.sleep(milliseconds, signal);
  };
  const impatient = { ...run, clock: { ...run.clock, sleep } };
  const { inputs } = await item.check(run, { ...itemInputs });
  const error = await t.throwsAsync(item.create(impatient, inputs), {
    instanceOf: PartialFailureError,
  });
  const state = { ...error?.state } as Record<string, unknown>;
  t.is(state.phase, "replicating");
  const finished = await item.update(bench.anotherRun(), error?.id ?? "", state, inputs);
  t.is(finished.protectionState, "Protected");
  const puts = bench.simulator
    .journal({ method: "PUT" })
    .filter(({ path }) => /replicationprotecteditems/i.test(path));
  t.is(puts.length, 1);
}
