import test from "ava";
import fc from "fast-check";
import { type ActionKind, actionWords } from "../../../provider/recovery/action-kinds.ts";
import { type ActionAsk, decide, nextVerbs } from "../../../provider/recovery/decision.ts";
import type { ItemFacts, Verb } from "../../../provider/recovery/model.ts";
import { isReversed, positionOf } from "../../../provider/recovery/position.ts";
import { projectItem } from "../../../provider/recovery/projection.ts";
import { offeredVerbs, verbWords } from "../../../provider/recovery/verbs.ts";
import { jobOf } from "./items.ts";
import { type Generation, generations, roundOf, siteItem, siteItemAfter } from "./vmware-items.ts";

const [modernized, classic] = generations;

const starting = test.macro({
  exec: (t, ask: ActionAsk, item: ItemFacts, verbs: readonly Verb[]) => {
    t.deepEqual(decide(ask, item, []), { kind: "start", verbs });
  },
  title: (name = "") => name,
});

const impossible = test.macro({
  exec: (t, ask: ActionAsk, item: ItemFacts) => {
    t.is(decide(ask, item, []).kind, "impossible");
  },
  title: (name = "") => name,
});

const ask = (kind: ActionKind, commit = false): ActionAsk => ({ kind, commit });

for (const generation of generations) {
  const { scenario, failback } = generation;
  test(
    `${scenario}: a machine of the site is failed over and committed`,
    starting,
    ask("Failover", true),
    siteItem(generation),
    ["unplannedFailover", "commit"],
  );
  test(
    `R-02 ${scenario}: a committed failover is reprotected towards the site`,
    starting,
    ask("Reprotect"),
    siteItemAfter(generation, 2),
    ["reprotect"],
  );
  test(
    `V-02 V-03 ${scenario}: a reprotected machine fails back by ${failback}`,
    starting,
    ask("Failback", true),
    siteItemAfter(generation, 3),
    [failback, "commit"],
  );
  test(
    `V-02 ${scenario}: a failback before the reprotect leads nowhere`,
    impossible,
    ask("Failback", true),
    siteItemAfter(generation, 2),
  );
  test(
    `V-09 ${scenario}: a machine that came home is reprotected towards Azure`,
    starting,
    ask("Reprotect"),
    siteItemAfter(generation, 5),
    ["reprotect"],
  );
  test(`V-11 ${scenario}: a full round ends where it began and can begin again`, (t) => {
    const item = siteItemAfter(generation, 6);
    t.deepEqual(positionOf(item), { standing: "protected", away: false });
    t.is(item.instanceType, generation.forward);
    t.deepEqual(decide(ask("Failover"), item, []), {
      kind: "start",
      verbs: ["unplannedFailover"],
    });
  });
  test(`V-03 ${scenario}: the direction is told by the wire name, not by a region`, (t) => {
    const away = siteItemAfter(generation, 3);
    t.is(away.instanceType, generation.reversed);
    t.true(isReversed(away));
    t.deepEqual(positionOf(away), { standing: "protected", away: true });
    t.deepEqual(positionOf(siteItemAfter(generation, 4)), { standing: "failedOver", away: false });
    t.deepEqual(positionOf(siteItemAfter(generation, 5)), { standing: "committed", away: false });
  });
  test(
    `${scenario}: no drill starts while the machine runs in Azure`,
    impossible,
    ask("TestFailover"),
    siteItemAfter(generation, 3),
  );
}

test(
  "IT-COMMITTED modernized: what waits for its commit is reprotected at once",
  starting,
  ask("Reprotect"),
  siteItemAfter(modernized, 1),
  ["reprotect"],
);
test(
  "IT-COMMITTED classic: what waits for its commit is not reprotected",
  impossible,
  ask("Reprotect"),
  siteItemAfter(classic, 1),
);
test(
  "IT-COMMITTED classic: the reprotect commits first when it may",
  starting,
  { ...ask("Reprotect"), commitFirst: true },
  siteItemAfter(classic, 1),
  ["commit", "reprotect"],
);

test("P-03 a running planned failover is followed by a Failback and keeps a Failover away", (t) => {
  const item = {
    ...siteItemAfter(modernized, 3),
    allowedOperations: [],
    currentScenario: { name: "PlannedFailover", jobName: "running" },
  };
  t.deepEqual(decide(ask("Failback", true), item, []), {
    kind: "follow",
    jobName: "running",
    verb: "plannedFailover",
    rest: ["commit"],
  });
  t.is(decide(ask("Failover", true), item, []).kind, "busy");
});

test("P-03 a running unplanned failover of a classic machine in Azure is a failback, not a failover", (t) => {
  const item = {
    ...siteItemAfter(classic, 3),
    allowedOperations: [],
    currentScenario: { name: "UnplannedFailover", jobName: "running" },
  };
  t.like(decide(ask("Failback"), item, []), { kind: "follow", verb: "unplannedFailover" });
  t.is(decide(ask("Failover"), item, []).kind, "busy");
});

test("P-03 a failback that is there already is recognised with its job", (t) => {
  for (const generation of generations) {
    const item = siteItemAfter(generation, 4);
    const scenarioName = verbWords[generation.failback].jobScenarios[0] ?? "";
    const jobs = [jobOf(item, scenarioName, { name: "back" }), jobOf(item, "UnplannedFailover")];
    t.deepEqual(decide(ask("Failback"), item, jobs), { kind: "done", jobName: "back" });
  }
});

test("FB-CANCEL a failback that was cancelled is not begun again by the action that had begun it", (t) => {
  const item = projectItem(siteItemAfter(modernized, 4), ["cancelFailover"]);
  t.deepEqual(positionOf(item), { standing: "protected", away: true });
  const jobs = [jobOf(item, "CancelFailover"), jobOf(item, "PlannedFailover")];
  t.deepEqual(decide({ ...ask("Failback", true), spent: ["plannedFailover"] }, item, jobs), {
    kind: "done",
    cancelled: true,
  });
});

test("S-09 a completed migration ends the graph: nothing leads on", (t) => {
  t.true(nextVerbs(siteItemAfter(modernized, 2), []).includes("completeMigration"));
  t.deepEqual(nextVerbs(siteItemAfter(modernized, 2), ["completeMigration"]), []);
});

const kinds = fc.constantFrom<ActionKind>("TestFailover", "Failover", "Reprotect", "Failback");
const asks = fc.record({ kind: kinds, commit: fc.boolean(), commitFirst: fc.boolean() });
const verbs = fc.constantFrom<Verb>(
  "testFailover",
  "testFailoverCleanup",
  "unplannedFailover",
  "plannedFailover",
  "changeRecoveryPoint",
  "commit",
  "cancelFailover",
  "reprotect",
);

/** The item after those of the verbs that were legal when their turn came. */
function wander(generation: Generation, wanted: readonly Verb[]): ItemFacts {
  return wanted.reduce(
    (item, verb) => (nextVerbs(item, []).includes(verb) ? projectItem(item, [verb]) : item),
    siteItem(generation),
  );
}

for (const generation of generations) {
  test(`${generation.scenario}: from wherever a machine stands, no path starts a verb that the service does not offer there`, (t) => {
    fc.assert(
      fc.property(fc.array(verbs, { maxLength: 12 }), asks, (history, asked) => {
        let item = wander(generation, history);
        const decision = decide(asked, item, []);
        if (decision.kind !== "start") return;
        t.is(new Set(decision.verbs).size, decision.verbs.length);
        for (const verb of decision.verbs) {
          t.true(offeredVerbs(item).includes(verb), `${verb} in ${item.protectionState}`);
          item = projectItem(item, [verb]);
        }
        const { standings } = actionWords[asked.kind].goal(asked.commit);
        t.true(standings.includes(positionOf(item).standing));
      }),
    );
  });

  test(`V-11 ${generation.scenario}: wherever a machine stands, a way leads home and to a protected machine`, (t) => {
    fc.assert(
      fc.property(fc.array(verbs, { maxLength: 12 }), (history) => {
        let item = wander(generation, history);
        for (const kind of ["Failover", "Reprotect", "Failback", "Reprotect"] as const) {
          const testing = decide(ask("TestFailoverCleanup"), item, []);
          if (testing.kind === "start") item = projectItem(item, testing.verbs);
          const decision = decide({ ...ask(kind, true), commitFirst: true }, item, []);
          if (decision.kind === "start") item = projectItem(item, decision.verbs);
        }
        t.deepEqual(positionOf(item), { standing: "protected", away: false });
        t.is(item.instanceType, generation.forward);
        t.deepEqual(offeredVerbs(item).toSorted(), offeredVerbs(siteItem(generation)).toSorted());
      }),
    );
  });
}

test("every verb of a round is offered when its turn comes", (t) => {
  for (const generation of generations) {
    roundOf(generation).forEach((verb, index) => {
      t.true(offeredVerbs(siteItemAfter(generation, index)).includes(verb), verb);
    });
  }
});
