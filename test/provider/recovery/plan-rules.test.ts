import test from "ava";
import type { ItemFacts, RecoveryPlanFacts } from "../../../provider/recovery/model.ts";
import { checkAction } from "../../../provider/recovery/rules/rules.ts";
import { hyperVItem, toAzure } from "./hyper-v-items.ts";
import { protectedItem } from "./items.ts";
import { now } from "./situations.ts";

const plan = (groups: readonly (readonly string[])[]): RecoveryPlanFacts => ({
  id: "p",
  name: "orders",
  friendlyName: "orders",
  primaryFabricId: "",
  recoveryFabricId: "",
  primaryZone: "",
  recoveryZone: "",
  allowedOperations: [],
  groups: [
    { type: "Shutdown", itemNames: [], startActions: [], endActions: [] },
    { type: "Failover", itemNames: [], startActions: [], endActions: [] },
    ...groups.map((itemNames) => ({
      type: "Boot" as const,
      itemNames,
      startActions: [],
      endActions: [],
    })),
  ],
});

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `vm${index}`);

const told = (
  recoveryPlan: RecoveryPlanFacts,
  items: readonly ItemFacts[],
  wantedPoint?: string,
): readonly string[] =>
  checkAction("recovery plan orders", {
    action: "Failover",
    plan: recoveryPlan,
    items,
    ageOf: [],
    pointTimes: new Map(),
    now,
    ...(wantedPoint === undefined ? {} : { wantedPoint }),
  }).map((each) => each.text);

const machines = (count: number): readonly ItemFacts[] =>
  names(count).map((name) => protectedItem({ name }));

test("PL-LIMITS a plan of 100 machines in 7 groups is taken; shutdown and failover are no groups of it", (t) => {
  const groups = names(7).map((_, index) => names(100).filter((__, place) => place % 7 === index));
  t.deepEqual(told(plan(groups), machines(100)), []);
});

test("PL-LIMITS the 101st machine is too many, also when the vault does not replicate it any more", (t) => {
  const [first] = told(plan([names(101)]), machines(100));
  t.regex(first ?? "", /it has 101 items in 1 groups; the service takes 100 and 7.*\[PL-LIMITS\]/);
});

test("PL-LIMITS the 8th group is too many", (t) => {
  const groups = names(8).map((name) => [name]);
  t.regex(told(plan(groups), machines(8))[0] ?? "", /8 items in 8 groups/);
});

for (const scenario of toAzure) {
  test(`PL-POINT a plan of Hyper-V machines does not know the crash-consistent point (${scenario})`, (t) => {
    const items = [hyperVItem(scenario)];
    const orders = plan([["web"]]);
    for (const known of ["latest", "latestProcessed", "latestApplicationConsistent"]) {
      t.deepEqual(told(orders, items, known), [], known);
    }
    const [first] = told(orders, items, "latestCrashConsistent");
    t.regex(
      first ?? "",
      /does not know latestCrashConsistent.*Use one of "latest", "latestProcessed", "latestApplicationConsistent"\. \(recoveryPoint\) \[PL-POINT\]/,
    );
  });
}

test("PL-POINT a plan of machines of Azure knows the crash-consistent point, and no given one", (t) => {
  const orders = plan([["web"]]);
  t.deepEqual(told(orders, [protectedItem()], "latestCrashConsistent"), []);
  t.regex(
    told(orders, [protectedItem()], "2026-01-01T00:00:00Z")[0] ?? "",
    /no given recovery point.*\[PL-POINT\]/,
  );
});
