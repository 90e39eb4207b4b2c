import test from "ava";
import fc from "fast-check";
import { goalOf } from "../../../provider/recovery/action-ask.ts";
import { type ActionKind, actionWords } from "../../../provider/recovery/action-kinds.ts";
import { capabilities } from "../../../provider/recovery/capabilities.ts";
import { type ActionAsk, decide, nextVerbs } from "../../../provider/recovery/decision.ts";
import type { ItemFacts, Scenario, Verb } from "../../../provider/recovery/model.ts";
import { reaches } from "../../../provider/recovery/moves.ts";
import { positionOf } from "../../../provider/recovery/position.ts";
import { projectItem } from "../../../provider/recovery/projection.ts";
import { offeredVerbs, verbWords } from "../../../provider/recovery/verbs.ts";
import { hyperVItem, hyperVScenarios } from "./hyper-v-items.ts";
import { jobOf, protectedItem } from "./items.ts";
import { generations, siteItem } from "./vmware-items.ts";

const items: readonly ItemFacts[] = [
  protectedItem(),
  ...generations.map((generation) => siteItem(generation)),
  ...hyperVScenarios.map((scenario) => hyperVItem(scenario)),
];

/** Every action but the one after which the service forgets the item. */
const kinds = (Object.keys(actionWords) as ActionKind[]).filter(
  (each) => each !== "CompleteMigration",
);
const verbs: readonly Verb[] = (Object.keys(verbWords) as Verb[]).filter(
  (each) => each !== "completeMigration" && each !== "disable",
);

const asks: fc.Arbitrary<ActionAsk> = fc.record(
  {
    kind: fc.constantFrom(...kinds),
    commit: fc.boolean(),
    commitFirst: fc.boolean(),
    mode: fc.constantFrom("planned" as const, "unplanned" as const),
    reverseReplicate: fc.boolean(),
  },
  { requiredKeys: ["kind", "commit"] },
);

/** Verbs that were tried one after the other, and whether the copy was then marked for resynchronization. */
const histories = fc.record({
  verbs: fc.array(fc.constantFrom(...verbs), { maxLength: 12 }),
  marked: fc.boolean(),
});

/** The item after those of the verbs that were legal when their turn came. */
function wander(
  start: ItemFacts,
  { verbs: wanted, marked }: { readonly verbs: readonly Verb[]; readonly marked: boolean },
): ItemFacts {
  const item = wanted.reduce(
    (now, verb) => (nextVerbs(now, []).includes(verb) ? projectItem(now, [verb]) : now),
    start,
  );
  return marked && positionOf(item).standing === "protected"
    ? { ...item, allowedOperations: ["RepairReplication", ...item.allowedOperations] }
    : item;
}

const jobsOf = (item: ItemFacts, done: readonly Verb[]) =>
  done.map((verb) => jobOf(item, verbWords[verb].jobScenarios[0] ?? "")).toReversed();

for (const start of items) {
  const { scenario } = start;

  test(`P-03 ${scenario}: wherever a machine stands, an action starts each verb once, as the service offers it, and is then done`, (t) => {
    fc.assert(
      fc.property(histories, asks, (history, ask) => {
        const item = wander(start, history);
        const decision = decide(ask, item, []);
        if (decision.kind !== "start") return;
        t.is(new Set(decision.verbs).size, decision.verbs.length);
        let now = item;
        for (const verb of decision.verbs) {
          t.true(offeredVerbs(now).includes(verb), `${verb} in ${now.protectionState}`);
          now = projectItem(now, [verb]);
        }
        t.true(reaches(positionOf(now), goalOf(ask, now)));
        t.is(decide(ask, now, jobsOf(now, decision.verbs)).kind, "done");
        // The vault's history may be gone: the action's own record is enough.
        t.is(decide({ ...ask, spent: decision.verbs }, now, []).kind, "done");
      }),
    );
  });

  test(`P-03 ${scenario}: what an action has spent it never starts again, wherever the machine was moved`, (t) => {
    const spent = fc.subarray([...verbs]);
    fc.assert(
      fc.property(histories, asks, spent, (history, ask, before) => {
        const decision = decide({ ...ask, spent: before }, wander(start, history), []);
        const again = decision.kind === "start" ? decision.verbs : [];
        t.deepEqual(
          again.filter((verb) => before.includes(verb)),
          [],
        );
      }),
    );
  });

  test(`P-03 ${scenario}: while a job of its own verb runs, an action starts nothing`, (t) => {
    fc.assert(
      fc.property(histories, asks, (history, ask) => {
        const item = wander(start, history);
        const decision = decide(ask, item, []);
        if (decision.kind !== "start") return;
        const [verb] = decision.verbs;
        const name = verbWords[verb ?? "disable"].jobScenarios[0] ?? "";
        const held = {
          ...item,
          allowedOperations: [],
          currentScenario: { name, jobName: "running" },
        };
        t.deepEqual(decide(ask, held, []), {
          kind: "follow",
          jobName: "running",
          verb: verb ?? "disable",
          rest: decision.verbs.slice(1),
        });
      }),
    );
  });

  test(`A-13 V-11 H-09 ${scenario}: wherever a machine stands, a way leads home and to a protected machine`, (t) => {
    fc.assert(
      fc.property(histories, (history) => {
        let item = wander(start, { ...history, marked: false });
        const steps: readonly ActionKind[] = [
          "TestFailoverCleanup",
          "Failover",
          "Reprotect",
          "Failback",
          "Reprotect",
        ];
        for (const kind of steps) {
          const decision = decide({ kind, commit: true, commitFirst: true }, item, []);
          if (decision.kind === "start") item = projectItem(item, decision.verbs);
        }
        t.deepEqual(positionOf(item), { standing: "protected", away: false });
        t.deepEqual(offeredVerbs(item).toSorted(), offeredVerbs(start).toSorted());
      }),
    );
  });
}

test("every scenario that has moves is among those that these properties hold for", (t) => {
  const live = (Object.keys(capabilities) as Scenario[]).filter(
    (each) => capabilities[each].moves.length > 0,
  );
  t.deepEqual(items.map((item) => item.scenario).toSorted(), live.toSorted());
});
