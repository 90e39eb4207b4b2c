import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { declaredAt } from "../../tools/sweep/program.ts";
import { stories } from "../../tools/sweep/stories.ts";
import { sweep } from "../../tools/sweep/sweep.ts";
import type { Moment } from "../../tools/sweep/tap.ts";
import { countsOf, isBad, trialText } from "../../tools/sweep/tell.ts";
import { type TroubleName, troubles } from "../../tools/sweep/troubles.ts";
import { judge } from "../../tools/sweep/verdict.ts";
import { makeEngineFolder } from "../support/engine.ts";

const standing = {
  protectionState: "Protected",
  activeLocation: "Primary",
  testFailoverState: "None",
  allowedOperations: [],
};

test("a verb that the service took once more was started twice, one that is missing is lost", (t) => {
  const undisturbed = { verbs: ["web/unplannedFailover", "web/failoverCommit"], items: {} };
  t.deepEqual(judge(undisturbed, undisturbed), { startedTwice: [], lost: [] });
  const verbs = ["web/unplannedFailover", "web/unplannedFailover"];
  t.deepEqual(judge(undisturbed, { verbs, items: {} }), {
    startedTwice: ["web/unplannedFailover"],
    lost: ["web/failoverCommit"],
  });
});

test("a machine that ended elsewhere is lost", (t) => {
  const away = { ...standing, activeLocation: "Recovery" };
  const { lost } = judge(
    { verbs: [], items: { web: away } },
    { verbs: [], items: { web: standing } },
  );
  t.is(lost.length, 1);
  t.regex(lost[0] ?? "", /^web is .*Primary/);
});

/** A part of the whole: the requests that ask for a deed, and the first reading one. */
const parts: readonly (readonly [site: string, trouble: TroubleName, step: string])[] = [
  ["regions", "provider", "failover"],
  ["regions", "provider", "change of point"],
  ["regions", "fault", "commit"],
  ["vmware-modernized", "provider", "failback"],
  ["hyperv-HyperVToAzure", "provider", "failback"],
];

for (const [site, trouble, name] of parts) {
  const disturbed =
    trouble === "provider" ? "whose provider is killed at a request" : "with a fault at a request";
  test.serial(
    `P-03 a ${name} (${site}) ${disturbed} starts nothing twice, loses nothing, and goes on by the next pulumi up`,
    async (t) => {
      t.timeout(600_000);
      const story = stories.find((each) => each.site === site && each.carrier === "item");
      if (story === undefined) throw new Error(`There is no story of ${site}.`);
      const folder = mkdtempSync(join(tmpdir(), "sweep-test-"));
      t.teardown(() => rmSync(folder, { recursive: true, force: true }));
      const selection = { every: 1_000, steps: [name] };
      const trials = await sweep(story, troubles[trouble], folder, selection, () => undefined);
      t.true((countsOf(trials)["points tried"] ?? 0) >= 6, "the first request and the verb's");
      t.deepEqual(trials.filter(isBad).map(trialText), []);
    },
  );
}

test("a story's program declares what its steps so far have made and not taken out", (t) => {
  const story = stories.find(({ site, carrier }) => site === "regions" && carrier === "plan");
  if (story === undefined) throw new Error("There is no story of a plan between regions.");
  const at = (step: string): readonly string[] =>
    declaredAt(
      story,
      story.steps.findIndex(({ name }) => name === step),
    ).map(({ name }) => name);
  t.deepEqual(at("drill"), ["plan", "drill"]);
  t.deepEqual(at("clean-up"), ["plan"]);
  t.deepEqual(at("commit"), ["plan", "over"]);
});

/** A part of the whole: the request before the verb, and the verb's, each at one moment. */
const realRuns: readonly (readonly [victim: "engine" | "terminal", how: string, moment: Moment])[] =
  [
    ["engine", "dies", "between"],
    ["terminal", "is ended by ^C", "between"],
  ];

for (const [victim, how, moment] of realRuns) {
  test.serial(
    `Q-01 Q-02 a pulumi up that ${how} at the verb of a failover, or right before, is finished by the next; its provider ends by itself and sends no further verb`,
    async (t) => {
      t.timeout(600_000);
      const story = stories.find(({ site, carrier }) => site === "regions" && carrier === "item");
      if (story === undefined) throw new Error("There is no story of a machine between regions.");
      const failover = story.steps.filter(({ name }) => name === "failover");
      const folder = makeEngineFolder("sweep-test");
      t.teardown(() => rmSync(folder, { recursive: true, force: true }));
      const trials = await sweep(
        { ...story, steps: failover },
        troubles[victim],
        folder,
        { every: 0, disturbances: [moment] },
        () => undefined,
      );
      t.regex(
        trials.map(({ struck }) => struck).join(),
        /^request \d+ \(GET .*,request \d+ \(POST web\/unplannedFailover\)$/,
      );
      t.deepEqual(trials.filter(isBad).map(trialText), []);
      const unlocked = victim === "engine" ? ["pulumi cancel"] : [];
      for (const { commands } of trials) t.deepEqual(commands, unlocked);
    },
  );
}
