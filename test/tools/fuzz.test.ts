import test from "ava";
import fc from "fast-check";
import { type Feed, feedTarget } from "../../tools/fuzz/feed.ts";
import { mutated, mutations } from "../../tools/fuzz/mutate.ts";
import { shorten } from "../../tools/fuzz/shorten.ts";
import type { TargetCounts, Trouble } from "../../tools/fuzz/target.ts";
import { targets } from "../../tools/fuzz/targets.ts";

/** A part of what `npm run fuzz` feeds, always the same inputs: the promise, the target, and how many. */
const parts: readonly (readonly [title: string, target: string, runs: number])[] = [
  ["Q-10 every handler's check answers any inputs, and writes nothing", "check", 120],
  ["Q-10 every check answers Pulumi, whatever inputs and site do", "dynamic-host", 60],
  ["Q-10 every handler compares any state with any inputs", "diff", 150],
  ["Q-10 any setting is read, or refused without telling a secret", "settings", 300],
  ["Q-10 whatever a vault holds is read and judged", "azure-answers", 40],
  ["Q-11 any file is a world that runs, or its wrong line is told", "world-text", 40],
  ["Q-11 any document is a world that runs, or its wrong place is told", "world-document", 40],
  ["Q-11 the simulator answers any request and stays whole", "simulator", 25],
  ["Q-11 any answer of a vCenter is read, or refused in words", "vcenter-answers", 25],
];

for (const [title, target, runs] of parts) {
  test.serial(title, async (t) => {
    t.timeout(600_000);
    const counts = await feedTarget({ target, runs, seed: 4 });
    t.deepEqual(counts.troubles.map(textOf), []);
    const { exceptions, hangs, wrong, failures, results } = counts;
    t.deepEqual({ exceptions, hangs, wrong }, { exceptions: 0, hangs: 0, wrong: 0 });
    t.is(failures + results, runs);
    t.true(failures > 0 && results > 0, "inputs of both kinds were fed");
  });
}

function textOf({ kind, text, input, seed, path }: Trouble): string {
  return `${kind}: ${text} (--seed ${seed} --path ${path}) ${input}`;
}

test("every target is a part of the test", (t) => {
  t.deepEqual(parts.map(([, target]) => target).toSorted(), Object.keys(targets).toSorted());
});

/** Feeds the fixture, which does these deeds. */
async function feedFixture(deeds: string, changes: Partial<Feed> = {}): Promise<TargetCounts> {
  process.env.FUZZ_FIXTURE_DEEDS = deeds;
  const module = new URL("./fuzz-fixture.ts", import.meta.url).href;
  return await feedTarget({ target: "fixture", module, runs: 40, seed: 1, ...changes });
}

test.serial("inputs are counted by their answers, and the same seed gives the same", async (t) => {
  const counts = await feedFixture("take,refuse");
  t.is(counts.runs, 40);
  t.is(counts.failures + counts.results, 40);
  t.deepEqual(await feedFixture("take,refuse"), counts);
});

test.serial(
  "of what is thrown or untrue the smallest input is told, and how to see it again",
  async (t) => {
    for (const [deed, kind] of [
      ["throw", "exception"],
      ["lie", "wrong"],
    ] as const) {
      const { troubles, exceptions, wrong } = await feedFixture(`take,${deed}`);
      t.true(exceptions + wrong > 1, "all of them are counted");
      t.is(troubles.length, 1, "and told once");
      const [{ seed = 0, path = "" } = {}] = troubles;
      t.like(troubles[0], { kind, input: `{"deed": "${deed}", "size": 11}` });
      const again = await feedFixture(`take,${deed}`, { runs: 1, seed, path });
      t.is(again.troubles[0]?.input, troubles[0]?.input);
    }
  },
);

test.serial("a prototype that was written to is a wrong answer", async (t) => {
  const { wrong, troubles } = await feedFixture("pollute", { runs: 1 });
  t.is(wrong, 1);
  t.regex(troubles[0]?.text ?? "", /polluted/);
});

test.serial("an input that never ends is ended, and the ones behind it are fed", async (t) => {
  for (const deed of ["hang", "wait"]) {
    const { hangs, runs } = await feedFixture(`take,take,take,${deed}`, { hangSeconds: 1 });
    t.is(hangs, 3, "so many are endured");
    t.true(runs > 3);
  }
});

test("changes of an input leave the input as it was, and are no others the next time", (t) => {
  const input = { name: "web", groups: [{ items: ["a", "b"] }] };
  const before = JSON.stringify(input);
  fc.assert(
    fc.property(mutations(4), (changes) => {
      const first = shorten(mutated(input, changes));
      t.is(shorten(mutated(input, changes)), first);
      t.is(JSON.stringify(input), before);
      t.true(first.length < 20_000);
    }),
    { seed: 1, numRuns: 200 },
  );
});
