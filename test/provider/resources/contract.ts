import test, { type ExecutionContext } from "ava";
import type { WorldDocument } from "../../../simulator/index.ts";
import { type Bench, handlerOf, type Made, makePair, type Pair, startBench } from "./bench.ts";

/** One resource type with what its contract is tried with. */
export interface ContractCase {
  readonly type: string;
  /** What tells this case from others of its type. */
  readonly kind?: string;
  /** A world of its own, in which there is no pair of regions. */
  readonly world?: WorldDocument;
  /** Inputs as a user gives them, with the name of the resource. */
  readonly make: (pair: Pair, bench: Bench) => Given | Promise<Given>;
  /** An input to change, and whether that replaces the resource; absent when nothing can change. */
  readonly change?: { readonly inputs: object; readonly replaces: boolean };
}

interface Given {
  readonly name: string;
  readonly inputs: object;
}

interface Tried {
  readonly bench: Bench;
  readonly made: Made;
  readonly name: string;
  readonly given: object;
}

async function makeOne(t: ExecutionContext, each: ContractCase): Promise<Tried> {
  const bench = await startBench(t, each.world);
  const pair = each.world === undefined ? await makePair(bench) : ({} as Pair);
  const { name, inputs } = await each.make(pair, bench);
  return { bench, name, given: inputs, made: await bench.create(name, each.type, inputs) };
}

function writes(bench: Bench): number {
  return bench.simulator.journal({ writesOnly: true }).length;
}

/** Writes the tests that hold for every set-up resource. */
export function testContract(each: ContractCase): void {
  const { type } = each;
  const title = each.kind === undefined ? type : `${each.kind} ${type}`;

  test(`${title}: a check writes nothing, and an unchanged one asks nothing`, async (t) => {
    const { bench, made, name, given } = await makeOne(t, each);
    bench.simulator.clearJournal();
    const run = bench.anotherRun({ name, preview: true });
    const checked = await made.handler.check(run, { ...given }, made.inputs);
    t.deepEqual(checked.failures, []);
    t.deepEqual(checked.inputs, made.inputs, "an unchanged program has unchanged inputs");
    t.is(bench.simulator.journal().length, 0, "no request was sent");
    const fresh = await made.handler.check(bench.anotherRun({ name, preview: true }), { ...given });
    t.deepEqual(fresh.failures, []);
    t.is(writes(bench), 0);
  });

  test(`${title}: what was created shows no difference, before and after a refresh`, async (t) => {
    const { bench, made } = await makeOne(t, each);
    const { handler, id, inputs, state } = made;
    const run = bench.anotherRun();
    t.deepEqual(await handler.diff(run, id, state, inputs), { changes: false, properties: {} });
    const read = await handler.read(run, id, state);
    t.is(read?.id, id);
    t.deepEqual(read?.state, state, "create and read agree");
    t.deepEqual(await handler.diff(run, id, read?.state ?? {}, inputs), {
      changes: false,
      properties: {},
    });
  });

  test(`${title}: an import by the id alone gives inputs that fit the program`, async (t) => {
    const { bench, made } = await makeOne(t, each);
    const run = bench.anotherRun();
    const shouted = made.id.replace("/subscriptions/", "/Subscriptions/");
    const read = await made.handler.read(run, shouted);
    t.is(read?.id, made.id);
    const diff = await made.handler.diff(run, made.id, read?.state ?? {}, made.inputs);
    const replacing = Object.entries(diff.properties).filter(([, change]) => change.replace);
    t.deepEqual(replacing, [], "an imported resource is not replaced");
  });

  test(`${title}: P-03 creating again what exists already changes nothing`, async (t) => {
    const { bench, made, name, given } = await makeOne(t, each);
    bench.simulator.clearJournal();
    const again = await bench.create(name, type, given, bench.anotherRun());
    t.is(again.id, made.id);
    t.deepEqual(again.state, made.state);
    t.is(writes(bench), 0);
  });

  test(`${title}: an unfinished creation asks for an update, and the update finishes it`, async (t) => {
    const { bench, made } = await makeOne(t, each);
    const { handler, id, inputs, state } = made;
    const phase = type === "ReplicatedItem" ? "replicating" : "creating";
    const run = bench.anotherRun();
    const diff = await handler.diff(run, id, { ...state, phase }, inputs);
    t.true(diff.changes);
    t.deepEqual(diff.properties, {});
    t.truthy(diff.reason);
    t.deepEqual(await handler.update(run, id, { ...state, phase }, inputs), state);
  });

  test(`${title}: deleting twice is in order, and a deleted one is read as gone`, async (t) => {
    const { bench, made } = await makeOne(t, each);
    const { handler, id, state } = made;
    await handler.delete(bench.anotherRun(), id, state);
    t.is(await handler.read(bench.anotherRun(), id), undefined);
    const gone = await handler.read(bench.anotherRun(), id, state);
    // Whoever ended a protection: while it is recorded, it is not begun again by itself.
    if (type === "ReplicatedItem") t.is(gone?.state.protectionState, "Disabled");
    else t.is(gone, undefined);
    const before = writes(bench);
    await t.notThrowsAsync(handler.delete(bench.anotherRun(), id, state));
    t.is(writes(bench), before);
  });

  const { change } = each;
  if (change === undefined) return;
  const effect = change.replaces ? "replaces it" : "updates it in place";
  test(`${title}: changing ${Object.keys(change.inputs).join(", ")} ${effect}`, async (t) => {
    const { bench, made, name, given } = await makeOne(t, each);
    const { handler, id, inputs, state } = made;
    const run = bench.anotherRun({ name });
    const checked = await handlerOf(type).check(run, { ...given, ...change.inputs }, inputs);
    t.deepEqual(checked.failures, []);
    const diff = await handler.diff(run, id, state, checked.inputs);
    t.true(diff.changes);
    const replaces = Object.values(diff.properties).some((each) => each.replace === true);
    t.is(replaces, change.replaces);
    if (replaces) return;
    const updated = await handler.update(run, id, state, checked.inputs);
    const after = bench.anotherRun();
    t.deepEqual((await handler.diff(after, id, updated, checked.inputs)).properties, {});
    const read = await handler.read(after, id, updated);
    t.deepEqual((await handler.diff(after, id, read?.state ?? {}, checked.inputs)).properties, {});
  });
}
