import test from "ava";
import fc from "fast-check";
import { type ActionKind, actionWords } from "../../../provider/recovery/action-kinds.ts";
import { capabilityOf } from "../../../provider/recovery/capabilities.ts";
import { type ActionAsk, decide, nextVerbs } from "../../../provider/recovery/decision.ts";
import { blockers } from "../../../provider/recovery/findings.ts";
import type { ItemFacts, RetiredScenario, Verb } from "../../../provider/recovery/model.ts";
import { projectItem } from "../../../provider/recovery/projection.ts";
import { checkMachine, machineRules } from "../../../provider/recovery/rules/rules.ts";
import { liveScenarios, retiredScenarios } from "../../../provider/recovery/rules/scenario-sets.ts";
import { verbWords } from "../../../provider/recovery/verbs.ts";
import { hyperVItem, hyperVItemAfter, hyperVScenarios } from "./hyper-v-items.ts";
import { failback, found, hyperVSituation } from "./hyper-v-situations.ts";
import { protectedItem, reprotectedItem } from "./items.ts";
import { situation } from "./situations.ts";
import { generations, siteItem, siteItemAfter } from "./vmware-items.ts";

const actions = Object.keys(actionWords) as readonly ActionKind[];

const retiredItem = (scenario: RetiredScenario): ItemFacts =>
  protectedItem({ scenario, instanceType: "San", allowedOperations: ["DisableProtection"] });

for (const [scenario, year, instead] of [
  ["VmmToVmmSan", /since 2018/, /HyperVToAzure/],
  ["VmwareToVmwareScout", /since 2020/, /VmwareToAzure/],
  ["ClassicPortal", /since 2018/, /Recovery Services vault/],
] as const) {
  test(`SC-RETIRED S-05 S-07 every action on a machine of ${scenario} is refused with year, source and replacement`, (t) => {
    for (const action of actions.filter((each) => each !== "TestFailoverCleanup")) {
      const told = checkMachine(situation(action, retiredItem(scenario)));
      t.deepEqual(
        told.map((each) => [each.rule, each.severity]),
        [["SC-RETIRED", "block"]],
        action,
      );
      t.regex(told[0]?.fact ?? "", year);
      t.regex(told[0]?.fact ?? "", /Source: Microsoft/);
      t.regex(told[0]?.remedy ?? "", instead);
    }
  });
}

for (const scenario of ["VmmToAzure", "VmmToVmm"] as const) {
  test(`SC-OLD S-04 S-06 a failover of ${scenario} says since when it is not the way to begin with`, (t) => {
    const [first] = found("SC-OLD", hyperVSituation("Failover", hyperVItem(scenario)));
    t.is(first?.severity, "warn");
    t.is(first?.subject, "site plant-one");
    t.regex(first?.text ?? "", /since 2023-03-01; its API still has it/);
  });
}

test("SC-OLD nothing is said of scenarios that are current", (t) => {
  const hyperV = hyperVSituation("Failover", hyperVItem("HyperVToAzure"));
  t.deepEqual(found("SC-OLD", hyperV), []);
  t.deepEqual(found("SC-OLD", situation("Failover", protectedItem())), []);
});

test("OP-INPUT P-02 a planned failover is refused where the scenario has none, and nothing else is said of it", (t) => {
  for (const item of [protectedItem(), ...generations.map((each) => siteItem(each))]) {
    const asked: ActionAsk = { kind: "Failover", commit: false, mode: "planned" };
    const stops = blockers(
      checkMachine(
        situation("Failover", item, { decision: decide(asked, item, []), mode: "planned" }),
      ),
    );
    t.deepEqual(
      stops.map((each) => each.rule),
      ["OP-INPUT"],
      item.scenario,
    );
    t.true(stops[0]?.fact.includes(capabilityOf(item.scenario).title));
    t.is(stops[0]?.path, "mode");
  }
});

test("OP-INPUT an unplanned failback from Azure is said to be planned all the same", (t) => {
  const away = hyperVItemAfter("HyperVToAzure", 2);
  const [first] = found("OP-INPUT", hyperVSituation("Failback", away, {}, { mode: "unplanned" }));
  t.is(first?.severity, "warn");
  const between = hyperVItemAfter("VmmToVmm", 3);
  const mode = { mode: "unplanned" } as const;
  t.deepEqual(found("OP-INPUT", hyperVSituation("Failback", between, {}, mode)), []);
});

test("OP-INPUT what is for Hyper-V machines from Azure is refused for every other machine", (t) => {
  const wishes = failback({
    dataSynchronization: "duringDowntime",
    createMachineIfAbsent: true,
    alternateHost: { name: "host-2" },
  });
  for (const item of [
    reprotectedItem(),
    siteItemAfter(generations[0], 3),
    hyperVItemAfter("VmmToVmm", 3),
  ]) {
    t.deepEqual(
      found("OP-INPUT", situation("Failback", item, wishes)).map((each) => each.path),
      ["dataSynchronization", "createMachineIfAbsent", "alternateHost"],
      item.scenario,
    );
  }
});

test("OP-INPUT a recovery plan takes no other host", (t) => {
  const away = hyperVItemAfter("HyperVToAzure", 2);
  const wishes = failback({ createMachineIfAbsent: true, alternateHost: { name: "host-2" } });
  const [first] = found("OP-INPUT", hyperVSituation("Failback", away, { ...wishes, byPlan: true }));
  t.is(first?.severity, "block");
  t.regex(first?.text ?? "", /one by one/);
});

const everyItem: readonly ItemFacts[] = [
  protectedItem(),
  ...generations.map((generation) => siteItem(generation)),
  ...hyperVScenarios.map((scenario) => hyperVItem(scenario)),
];

for (const start of everyItem) {
  test(`MG-ONEWAY S-08 after a completed migration nothing of ${start.scenario} comes back, and one rule says so`, (t) => {
    const migrated = projectItem(start, ["unplannedFailover", "commit", "completeMigration"]);
    for (const action of ["Failback", "Reprotect"] as const) {
      const stops = blockers(checkMachine(situation(action, migrated)));
      t.deepEqual(
        stops.map((each) => each.rule),
        ["MG-ONEWAY"],
        action,
      );
      t.regex(stops[0]?.text ?? "", /its migration is complete/);
    }
  });
}

const verbs = (Object.keys(verbWords) as readonly Verb[]).filter((each) => each !== "disable");

/** The item after those of the verbs that were legal when their turn came. */
const wander = (start: ItemFacts, wanted: readonly Verb[]): ItemFacts =>
  wanted.reduce(
    (now, verb) => (nextVerbs(now, []).includes(verb) ? projectItem(now, [verb]) : now),
    start,
  );

for (const start of everyItem) {
  test(`P-02 OP-ALLOWED wherever a machine of ${start.scenario} stands, an action that leads nowhere is stopped with a reason`, (t) => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...verbs), { maxLength: 12 }),
        fc.constantFrom(...actions.filter((each) => each !== "TestFailoverCleanup")),
        fc.constantFrom("planned" as const, "unplanned" as const, undefined),
        fc.boolean(),
        (history, kind, mode, commit) => {
          const item = wander(start, history);
          const ask: ActionAsk = { kind, commit, ...(mode === undefined ? {} : { mode }) };
          const decision = decide(ask, item, []);
          if (decision.kind !== "impossible") return;
          const told = checkMachine(
            situation(kind, item, { decision, ...(mode === undefined ? {} : { mode }) }),
          );
          t.true(
            told.some((each) => each.severity !== "warn" && each.remedy !== ""),
            `${kind} ${mode} of ${item.protectionState} ${item.activeLocation}: ${told.map((each) => each.text).join("; ")}`,
          );
        },
      ),
    );
  });
}

test("every rule is about scenarios that there are, and those about region to region fire for no other", (t) => {
  const all: readonly string[] = [...liveScenarios, ...retiredScenarios];
  for (const rule of machineRules) {
    t.true(rule.scenarios?.every((each) => all.includes(each)) ?? true, rule.id);
  }
  for (const start of everyItem.filter(({ scenario }) => scenario !== "AzureToAzure")) {
    for (const action of actions) {
      const item = wander(start, ["unplannedFailover", "commit"]);
      const rules = checkMachine(situation(action, item)).map((each) => each.rule);
      const strange = ["A2-REPROTECT", "A2-REVERSE", "A2-SOURCE", "A2-CACHE", "A2-NEW"];
      t.deepEqual(
        rules.filter((each) => strange.includes(each)),
        [],
      );
    }
  }
});
