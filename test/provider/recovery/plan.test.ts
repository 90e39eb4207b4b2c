import test from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { makePlan, unknownPlan } from "../../../provider/recovery/action-plan.ts";
import { decide } from "../../../provider/recovery/decision.ts";
import type { ItemFacts, JobFacts, RecoveryPlanFacts } from "../../../provider/recovery/model.ts";
import { planText } from "../../../provider/recovery/plan-text.ts";
import { choosePoint } from "../../../provider/recovery/recovery-point.ts";
import type { Situation } from "../../../provider/recovery/situation.ts";
import { committedItem, jobOf, pointAt, protectedItem } from "./items.ts";

const now = new Date("2026-01-10T12:00:00Z");
const points = [
  pointAt("2026-01-10T11:55:00Z"),
  pointAt("2026-01-10T11:00:00Z", "ApplicationConsistent"),
];

function situation(
  action: ActionKind,
  item: ItemFacts,
  commit = false,
  wanted = "latest",
): Situation {
  return {
    action,
    item,
    decision: decide({ kind: action, commit }, item, []),
    now,
    shutdownSource: true,
    recoveryPoint: choosePoint(wanted, item, points),
    changesRecoveryPoint: false,
    destination: {
      resources: [{ kind: "resource group", id: "/rg/prod", exists: false }],
      eligibilityErrors: [],
      seedMachineId: "/vm/web",
    },
    byPlan: false,
    companions: [item],
    vaultItems: [item],
    projected: false,
  };
}

const text = (
  situations: readonly Situation[],
  jobs: readonly JobFacts[] = [],
  recoveryPlan?: RecoveryPlanFacts,
) =>
  planText(
    makePlan({
      action: situations[0]?.action ?? "Failover",
      situations,
      jobs,
      ...(recoveryPlan === undefined ? {} : { recoveryPlan }),
    }),
    now,
  );

test("P-01 the plan of a failover tells from, to, size, address, point, steps and what comes next", (t) => {
  const shown = text([situation("Failover", protectedItem(), true)]);
  for (const part of [
    "Failover: web, northeurope → westeurope",
    "Standard_D2s_v5",
    "westeurope-vnet 10.2.0.4",
    "shut down the source (goes on if that fails) → fail over → commit",
    "afterwards possible: reprotect",
    "creates: resource group prod, virtual machine web",
  ]) {
    t.true(shown.includes(part), `${part} is missing in:\n${shown}`);
  }
});

test("A-04 the plan names the recovery point and its age", (t) => {
  t.regex(
    text([situation("Failover", protectedItem())]),
    /latest \(data up to 2026-01-10T11:56:00.000Z, 4 min ago\)/,
  );
  t.regex(
    text([situation("Failover", protectedItem(), false, "latestApplicationConsistent")]),
    /latestApplicationConsistent of 2026-01-10T11:00:00Z \(loses 1 h\)/,
  );
});

test("A-11 the plan of a reprotect marks each resource of the target as existing or new", (t) => {
  const plan = makePlan({
    action: "Reprotect",
    situations: [situation("Reprotect", committedItem())],
    jobs: [],
  });
  t.deepEqual(plan.machines[0]?.resources, [
    { kind: "resource group", name: "prod", mark: "new" },
    { kind: "virtual machine", name: "web", mark: "removed" },
  ]);
  t.is(plan.machines[0]?.from.site, "westeurope");
  t.is(plan.machines[0]?.to.site, "northeurope");
});

test("P-01 a recovery plan shows its groups in order and the scripts around them", (t) => {
  const action = {
    name: "warm the cache",
    kind: "script" as const,
    failoverTypes: ["UnplannedFailover"],
    failoverDirections: ["PrimaryToRecovery" as const],
    description: "",
    scriptPath: "",
    runbookId: "",
    fabricLocation: "Recovery" as const,
    timeout: "",
  };
  const boot = (name: string, endActions: readonly (typeof action)[] = []) => ({
    type: "Boot" as const,
    itemNames: [name],
    startActions: [],
    endActions,
  });
  const recoveryPlan: RecoveryPlanFacts = {
    id: "p",
    name: "orders",
    friendlyName: "orders",
    primaryFabricId: "",
    recoveryFabricId: "",
    primaryZone: "",
    recoveryZone: "",
    allowedOperations: [],
    groups: [boot("database"), boot("web", [action])],
  };
  const shown = text(
    ["web", "database"].map((name) => situation("Failover", protectedItem({ name }))),
    [],
    recoveryPlan,
  );
  t.true(shown.indexOf("database") < shown.indexOf("web"));
  t.regex(shown, /script at the end of group 2: warm the cache/);
});

test("the duration is estimated from the vault's past jobs and left out without any", (t) => {
  const item = protectedItem();
  const jobs = [jobOf(item, "UnplannedFailover")];
  t.regex(text([situation("Failover", item)], jobs), /takes about 5 min/);
  t.notRegex(text([situation("Failover", item)]), /takes about/);
});

test("the plan of five hundred machines fits one screen", (t) => {
  const situations = Array.from({ length: 500 }, (_, index) =>
    situation("Failover", protectedItem({ name: `vm${index}` })),
  );
  const shown = text(situations);
  t.true(shown.split("\n").length < 50);
  t.regex(shown, /and 480 more/);
});

test("unknown inputs give a plan that says what is not known yet", (t) => {
  const shown = planText(unknownPlan("Failover", ["items[0]"]), now);
  t.regex(shown, /not known yet \(items\[0\]\)/);
});
