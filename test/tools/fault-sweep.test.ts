import { rmSync } from "node:fs";
import test from "ava";
import { unclear } from "../../tools/sweep/clarity.ts";
import { directRunner } from "../../tools/sweep/direct-run.ts";
import { makeFolderInMemory } from "../../tools/sweep/folder-in-memory.ts";
import { deedsOf, type StepJob } from "../../tools/sweep/step-jobs.ts";
import { stories } from "../../tools/sweep/stories.ts";
import { sweep } from "../../tools/sweep/sweep.ts";
import { isBad, trialText } from "../../tools/sweep/tell.ts";
import { troubles } from "../../tools/sweep/troubles.ts";

const clear =
  'web: failover failed. web, task "Start failover": 539: The operation failed. Mend the cause and run `pulumi up` again.';
const subjects = ["web", "shop"];

test("Q-03 an error is clear that names machine, cause and remedy", (t) => {
  t.deepEqual(unclear(clear, { subjects, cause: "539" }), []);
  t.deepEqual(unclear("Failed.", { subjects, cause: "539" }), [
    "it names none of web, shop",
    'it does not say "539"',
    "it does not say what to do next",
  ]);
});

const additions: readonly (readonly [addition: string, what: string])[] = [
  ["\n    at follow (lane.ts:12:3)", "it shows a stack trace"],
  [" undefined", "it shows the word undefined"],
  [' {"error": 1}', "it shows raw JSON"],
  [" [object Object]", "it shows [object …]"],
  [" Sent to ?api-version=1", "it shows the query of an address"],
  [`\n${clear}`, "it says a thing twice"],
  [" word".repeat(1_000), "it has 5117 characters"],
];

for (const [addition, what] of additions) {
  test(`Q-03 an error is not clear when ${what}`, (t) => {
    const [first, ...others] = unclear(`${clear}${addition}`, { subjects });
    t.deepEqual(others, []);
    t.is(first?.replace(/\d+/, ""), what.replace(/\d+/, ""));
  });
}

const job = (changes: Partial<StepJob>): StepJob => ({
  name: "job-1",
  vault: "/vaults/orders",
  scenario: "UnplannedFailover",
  subject: "item",
  target: "web",
  state: "Succeeded",
  tasks: [],
  createdAt: 0,
  ...changes,
});

test("Q-03 the job that a fault has spoilt may be begun once more, and no other", (t) => {
  const spoilt = { scenario: "UnplannedFailover", target: "web" };
  const failed = job({ state: "Failed" });
  t.deepEqual(deedsOf([failed, job({})], spoilt), ["web/unplannedFailover"]);
  t.deepEqual(deedsOf([failed, job({})]).length, 2);
  t.deepEqual(deedsOf([failed, job({ state: "Failed" }), job({})], spoilt).length, 2);
  t.deepEqual(deedsOf([job({}), job({})], spoilt).length, 2);
});

test("Q-03 of a recovery plan's spoilt job the machines that it moved count as moved, the others do not", (t) => {
  const jobs = [
    job({ name: "whole", subject: "plan", target: "shop", state: "PartiallySucceeded" }),
    job({ parent: "whole" }),
    job({ parent: "whole", target: "app", state: "Cancelled" }),
    job({ target: "app" }),
  ];
  t.deepEqual(deedsOf(jobs, { scenario: "UnplannedFailover", target: "shop" }), [
    "app/unplannedFailover",
    "web/unplannedFailover",
  ]);
});

const every = ["lost", "failed", "cancelled", "stale in everything", "truncated"];

/** A part of the whole: first and last task of each job, the requests that ask for a deed, the first reading one. */
const parts: readonly (readonly [
  site: string,
  carrier: string,
  step: string,
  disturbances: readonly string[],
])[] = [
  ["regions", "item", "failover", every],
  ["regions", "plan", "failover", ["lost", "failed"]],
  ["hyperv-VmmToVmm", "item", "failover", every],
];

for (const [site, carrier, name, disturbances] of parts) {
  test.serial(
    `Q-03 with each fault of the service a ${name} of one ${carrier} (${site}) ends well or in one clear error, after which the next run does`,
    async (t) => {
      t.timeout(600_000);
      const story = stories.find((each) => each.site === site && each.carrier === carrier);
      if (story === undefined) throw new Error(`There is no story of ${site}.`);
      const folder = makeFolderInMemory();
      t.teardown(() => rmSync(folder, { recursive: true, force: true }));
      const trouble = { ...troubles.fault, runner: directRunner };
      const selection = { every: 1_000, steps: [name], disturbances };
      const trials = await sweep(story, trouble, folder, selection, () => undefined);
      const tried = new Set(trials.map(({ disturbance }) => disturbance));
      t.deepEqual([...tried].toSorted(), disturbances.toSorted());
      t.deepEqual(trials.filter(isBad).map(trialText), []);
    },
  );
}
