import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import fc from "fast-check";
import { createClock } from "../../simulator/clock/virtual-clock.ts";
import { createSimulation, type Simulation } from "../../simulator/simulation.ts";
import { applyChange, catchUp, copyOfState } from "../../simulator/state/difference.ts";
import { keepState } from "../../simulator/state/keep.ts";
import { emptyState } from "../../simulator/world/populate.ts";

const scalar = fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.boolean(), fc.constant(null));
const field = fc.constantFrom("a", "b", "c", "d");
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(field, tie("value"), { noNullPrototype: true }),
  ),
}));
const resources = fc.dictionary(
  field,
  fc.record({ location: fc.string({ maxLength: 2 }), properties: json }),
  { noNullPrototype: true },
);
const documents = fc.record({ vaults: json, counter: fc.nat(), resources });

test("The changes between two states, applied to the first, make the second, and there are none after that", (t) => {
  fc.assert(
    fc.property(documents, documents, (before, after) => {
      const copy = copyOfState(before);
      const restored = JSON.parse(JSON.stringify(before));
      const changes = JSON.parse(JSON.stringify(catchUp(copy, after)));
      for (const change of changes) applyChange(restored, change);
      t.deepEqual(restored, after);
      t.deepEqual(copy, after);
      t.deepEqual(catchUp(copy, after), []);
    }),
  );
});

test("A change deep in an object, in a list or at its front is found, however it was made", (t) => {
  const state = {
    vaults: { v: { items: { i: { nics: [{ name: "one", address: "" }] } }, events: ["old"] } },
    resources: { r: { location: "x", properties: { size: 1 } as Record<string, number> } },
  };
  const copy = copyOfState(state);
  const [nic] = state.vaults.v.items.i.nics;
  if (nic) nic.address = "10.0.0.4";
  state.vaults.v.events.unshift("new");
  state.resources.r.properties = { size: 2 };
  t.deepEqual(catchUp(copy, state), [
    {
      at: ["vaults", "v", "items", "i", "nics"],
      from: 0,
      remove: 1,
      insert: [{ name: "one", address: "10.0.0.4" }],
    },
    { at: ["vaults", "v", "events"], from: 0, remove: 0, insert: ["new"] },
    { at: ["resources", "r"], set: { location: "x", properties: { size: 2 } } },
  ]);
});

function newSimulation(): Simulation {
  const clock = createClock({ setting: "stepped", startMs: 1 });
  return createSimulation(clock, emptyState({ subscriptions: [] }, "log"), 1);
}

function newStateFile(): string {
  return join(mkdtempSync(join(tmpdir(), "simulator-log-")), "state.json");
}

/** The state that lies in the files. */
function keptIn(stateFile: string): unknown {
  return keepState(stateFile).read();
}

/** A state file with a log of so many changes after the snapshot, left as by a kill. */
function killedAfter(changes: number): { stateFile: string; log: string; simulation: Simulation } {
  const stateFile = newStateFile();
  const simulation = newSimulation();
  const keeper = keepState(stateFile);
  for (let saves = 0; saves <= changes; saves += 1) {
    simulation.state.counter = saves;
    simulation.changed = true;
    keeper.save(simulation);
  }
  keeper.release();
  return { stateFile, log: `${stateFile}.log`, simulation };
}

test("What was changed after the snapshot is read from the log, and a clean end leaves one whole file", (t) => {
  const { stateFile, log, simulation } = killedAfter(3);
  t.is(JSON.parse(readFileSync(stateFile, "utf8")).counter, 0);
  const keeper = keepState(stateFile);
  t.deepEqual(keeper.read(), simulation.state);
  keeper.finish(simulation);
  keeper.release();
  t.false(existsSync(log));
  t.is(JSON.parse(readFileSync(stateFile, "utf8")).counter, 3);
  t.deepEqual(keptIn(stateFile), simulation.state);
});

test("A last line of the log that is cut off was never answered and does not count", (t) => {
  const { stateFile, log } = killedAfter(2);
  appendFileSync(log, '[{"at":["counter"],"se');
  t.like(keptIn(stateFile), { counter: 2 });
});

test("A broken line within the log is refused with file and line", (t) => {
  const { stateFile, log } = killedAfter(2);
  const [head, first, second] = readFileSync(log, "utf8").split("\n");
  writeFileSync(log, `${head}\n${first?.slice(5)}\n${second}\n`);
  t.throws(() => keptIn(stateFile), {
    message: /state\.json\.log:2: the log of the state file is not readable .* Delete it/,
  });
});

test("The log of another snapshot counts for nothing", (t) => {
  const older = killedAfter(2);
  const newer = killedAfter(0);
  writeFileSync(newer.log, readFileSync(older.log));
  t.like(keptIn(newer.stateFile), { counter: 0 });
});

test("A snapshot that a kill cut off before it was in its place counts for nothing", (t) => {
  const { stateFile, log, simulation } = killedAfter(2);
  writeFileSync(`${stateFile}.tmp`, '{"version":');
  t.deepEqual(keptIn(stateFile), simulation.state);
  t.true(existsSync(log));
});

test("A log that has grown long becomes a new snapshot", (t) => {
  const { stateFile, log, simulation } = killedAfter(0);
  const keeper = keepState(stateFile);
  for (const seed of ["a".repeat(5_000_000), "short", "last"]) {
    simulation.state.vaults[seed.slice(0, 1)] = { name: seed } as never;
    simulation.changed = true;
    keeper.save(simulation);
    keeper.save(simulation);
  }
  keeper.release();
  t.true(readFileSync(log, "utf8").length < 1000);
  t.deepEqual(keptIn(stateFile), simulation.state);
});

test("Requests that are handled together share one write, which is done before any is answered", async (t) => {
  const stateFile = newStateFile();
  const simulation = newSimulation();
  const keeper = keepState(stateFile);
  keeper.save(simulation);
  const answers = [1, 2, 3].map((counter) => {
    simulation.state.counter = counter;
    simulation.changed = true;
    return keeper.saved(simulation);
  });
  await answers[0];
  const lines = readFileSync(`${stateFile}.log`, "utf8").trim().split("\n");
  t.is(lines.length, 2);
  t.true(lines[1]?.includes('"set":3'));
  await Promise.all(answers);
  keeper.release();
});
