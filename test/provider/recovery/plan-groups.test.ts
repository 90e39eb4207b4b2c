import test from "ava";
import { makePlan } from "../../../provider/recovery/action-plan.ts";
import type { Decision } from "../../../provider/recovery/decision.ts";
import type { RecoveryPlanFacts } from "../../../provider/recovery/model.ts";
import { goesByPlan, scriptWords, startsOneByOne } from "../../../provider/recovery/plan-groups.ts";
import { checkAction } from "../../../provider/recovery/rules/rules.ts";
import type { Situation } from "../../../provider/recovery/situation.ts";
import { protectedItem } from "./items.ts";
import { now, situation } from "./situations.ts";

const runbook = {
  name: "warm up",
  kind: "runbook",
  failoverTypes: ["UnplannedFailover"],
  failoverDirections: ["PrimaryToRecovery"],
  description: "",
  scriptPath: "",
  runbookId: "/runbook",
  fabricLocation: "Recovery",
  timeout: "",
} as const;

/** Three groups of a machine each; a runbook behind the first. */
const plan: RecoveryPlanFacts = {
  id: "p",
  name: "shop",
  friendlyName: "shop",
  primaryFabricId: "",
  recoveryFabricId: "",
  primaryZone: "",
  recoveryZone: "",
  allowedOperations: ["UnplannedFailover", "TestFailover"],
  groups: ["web", "app", "database"].map((name, index) => ({
    type: "Boot",
    itemNames: [name],
    startActions: [],
    endActions: index === 0 ? [runbook] : [],
  })),
};

const start = (...verbs: Extract<Decision, { kind: "start" }>["verbs"]): Decision => ({
  kind: "start",
  verbs,
});
const done: Decision = { kind: "done" };

const stand = (name: string, decision: Decision): Situation =>
  situation("Failover", protectedItem({ name, friendlyName: name }), { decision });

const machines = (...decisions: readonly Decision[]): readonly Situation[] =>
  decisions.map((decision, index) => stand(["web", "app", "database"][index] ?? "", decision));

test("Q-04 a recovery plan carries what all of its machines need alike, and nothing else", (t) => {
  const over = start("unplannedFailover");
  const by = (...decisions: readonly Decision[]): boolean =>
    goesByPlan("Failover", plan, 3, machines(...decisions));
  t.true(by(over, over, over));
  t.false(by(over, over, done));
  t.false(by(over, over), "one is through and left out");
  t.false(goesByPlan("Failover", undefined, 3, machines(over, over, over)));
  t.false(by(start("reprotect"), start("reprotect"), start("reprotect")));
  // It offers the commit of what its own job did, and only while that waits.
  const commit = start("commit");
  t.false(by(commit, commit, commit));
  const ended = { ...plan, allowedOperations: [...plan.allowedOperations, "Commit"] };
  t.true(goesByPlan("Failover", ended, 3, machines(commit, commit, commit)));
});

test("Q-04 machines that start count as treated one by one; a commit or a reprotect starts none", (t) => {
  const alone = (...decisions: readonly Decision[]): readonly string[] =>
    startsOneByOne("Failover", plan, 3, machines(...decisions)).map((each) => each.name);
  const over = start("unplannedFailover", "commit");
  t.deepEqual(alone(done, over, over), ["app", "database"]);
  t.deepEqual(alone(start("commit"), over, done), ["app"]);
  t.deepEqual(alone(done, start("commit"), done), []);
  t.deepEqual(alone(done, start("reprotect"), done), []);
  t.deepEqual(alone(over, over, over), []);
});

test("Q-04 the plan of a rest counts what is left, goes group after group and runs no runbook; PL-REST names it", (t) => {
  const over = start("unplannedFailover");
  const sources = { action: "Failover", recoveryPlan: plan, jobs: [], count: 3, now } as const;
  const whole = makePlan({ ...sources, situations: machines(over, over, over) });
  t.is(whole.summary, "Failover of recovery plan shop: 3 machines, northeurope → westeurope");
  t.deepEqual(whole.scripts.map(scriptWords), ['runbook "warm up" (end of group 1)']);
  t.is(whole.oneByOne, undefined);
  t.is(whole.madeAt, now.toISOString());
  const rest = makePlan({ ...sources, situations: machines(done, over, over) });
  t.is(
    rest.summary,
    "Failover of recovery plan shop: 2 of 3 machines left, northeurope → westeurope",
  );
  t.deepEqual(rest.scripts, []);
  t.true(rest.oneByOne);
  const none = makePlan({ ...sources, situations: [] });
  t.is(none.summary, "Failover of recovery plan shop: 3 machines (nothing left to do)");

  const told = (scripts: readonly string[]) =>
    checkAction("recovery plan shop", {
      action: "Failover",
      plan,
      items: [],
      ageOf: [],
      pointTimes: new Map(),
      now,
      rest: { machines: ["app", "database"], scripts },
    }).filter(({ rule }) => rule === "PL-REST");
  const [found] = told(whole.scripts.map(scriptWords));
  t.is(found?.severity, "warn");
  t.regex(
    found?.text ?? "",
    /^recovery plan shop: .*app, database are treated by themselves, group after group, .*runbook "warm up" \(end of group 1\)\. Do by hand.*\[PL-REST\]$/,
  );
  t.deepEqual(told([]), []);
});
