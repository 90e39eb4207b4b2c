import test from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { blockers } from "../../../provider/recovery/findings.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { actionRules } from "../../../provider/recovery/rules/plan-rules.ts";
import { checkAction, checkMachine, machineRules } from "../../../provider/recovery/rules/rules.ts";
import {
  committedItem,
  itemWithoutDrill,
  protectedItem,
  replicatingItem,
  reprotectedItem,
} from "./items.ts";
import { now, situation } from "./situations.ts";

const passing = test.macro({
  exec: (t, action: ActionKind, item: ItemFacts) => {
    t.deepEqual(checkMachine(situation(action, item)), []);
  },
  title: (_, action: ActionKind) => `no rule finds anything against a ${action} in good order`,
});
test(passing, "Failover", protectedItem());
test(passing, "TestFailover", protectedItem());
test(passing, "Reprotect", committedItem());
test(passing, "Failback", reprotectedItem());

const setting = {
  action: "Failover",
  items: [protectedItem()],
  ageOf: [protectedItem()],
  pointTimes: new Map([["web", "2026-01-10T11:00:00Z"]]),
  now,
} as const;

test("P-02 a blocker that is waived by its id weighs as a warning and says so", (t) => {
  const [found] = checkMachine(situation("Failover", replicatingItem()), ["OP-ALLOWED"]);
  t.like(found, { rule: "OP-ALLOWED", severity: "warn", waived: true });
  t.regex(found?.text ?? "", /waived/);
});

test("P-02 a warning never blocks", (t) => {
  const found = checkMachine(situation("Failover", itemWithoutDrill(), { shutdownSource: false }));
  t.is(found.length, 2);
  t.deepEqual(blockers(found), []);
});

test("EX-ITEMS EX-COUNT EX-POINT-AGE the expected blast radius is checked by items, number and age of the points", (t) => {
  const rules = (expect: object): readonly string[] =>
    checkAction("x", { ...setting, expect }).map((each) => each.rule);
  t.deepEqual(
    rules({ items: ["web"], count: 1, recoveryPointMaximumAgeMilliseconds: 7_200_000 }),
    [],
  );
  t.deepEqual(rules({ items: ["web", "app"] }), ["EX-ITEMS"]);
  t.deepEqual(rules({ count: 3 }), ["EX-COUNT"]);
  t.deepEqual(rules({ recoveryPointMaximumAgeMilliseconds: 60_000 }), ["EX-POINT-AGE"]);
});

test("Q-07 EX-ITEMS a machine is expected by its item's name or, where only one is called so, by its own", (t) => {
  const [one, two] = ["1f3a", "2b4c"].map((name) => ({ ...protectedItem(), name }));
  const told = (items: readonly (typeof one)[], expected: readonly string[]): readonly string[] =>
    checkAction("x", {
      ...setting,
      items: items.flatMap((each) => each ?? []),
      expect: { items: expected },
    }).map((each) => each.fact);
  t.deepEqual(told([one], ["web"]), []);
  t.deepEqual(told([one], ["/vaults/v/items/1F3A"]), []);
  t.deepEqual(told([one, two], ["1f3a", "2b4c"]), []);
  t.deepEqual(told([one, two], ["web"]), [
    "the machines are not the expected ones (not expected: web (1f3a), web (2b4c); missing: web).",
  ]);
});

test("Q-07 EX-POINT-AGE the age of a point is counted to when the machine left its source, where that is past", (t) => {
  const rules = (leftAt: string): readonly string[] =>
    checkAction("x", {
      ...setting,
      leftAt: new Map([["web", leftAt]]),
      expect: { recoveryPointMaximumAgeMilliseconds: 60_000 },
    }).map((each) => each.rule);
  t.deepEqual(rules("2026-01-10T11:00:50Z"), []);
  t.deepEqual(rules("2026-01-10T11:01:10Z"), ["EX-POINT-AGE"]);
});

test("PL-EMPTY PL-LIMITS PL-POINT a recovery plan takes no given point, has machines and keeps the service's limits", (t) => {
  const plan = {
    id: "p",
    name: "orders",
    friendlyName: "orders",
    primaryFabricId: "",
    recoveryFabricId: "",
    primaryZone: "",
    recoveryZone: "",
    allowedOperations: [],
    groups: Array.from({ length: 8 }, () => ({
      type: "Boot" as const,
      itemNames: [],
      startActions: [],
      endActions: [],
    })),
  };
  const rules = checkAction("plan", {
    ...setting,
    plan,
    items: [],
    wantedPoint: "2026-01-01T00:00:00Z",
  }).map((each) => each.rule);
  t.deepEqual(rules, ["PL-EMPTY", "PL-LIMITS", "PL-POINT"]);
});

test("every rule has an id of its own, a source and a summary", (t) => {
  const ids = [...machineRules, ...actionRules].map((rule) => rule.id);
  t.is(new Set(ids).size, ids.length);
  for (const rule of [...machineRules, ...actionRules]) {
    t.true(rule.summary.endsWith("."), rule.id);
    t.not(rule.source, "");
  }
});
