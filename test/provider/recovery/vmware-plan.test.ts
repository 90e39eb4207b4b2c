import test from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { makePlan } from "../../../provider/recovery/action-plan.ts";
import { decide } from "../../../provider/recovery/decision.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { planText } from "../../../provider/recovery/plan-text.ts";
import { chooseReturnPoint } from "../../../provider/recovery/recovery-point.ts";
import type { Situation } from "../../../provider/recovery/situation.ts";
import { pointAt } from "./items.ts";
import { now } from "./situations.ts";
import { generations, onPremises, siteItem, siteItemAfter } from "./vmware-items.ts";

const points = [
  pointAt("2026-01-10T11:55:00Z"),
  { ...pointAt("2026-01-10T11:30:00Z", "ApplicationConsistent"), multiVmConsistent: false },
  { ...pointAt("2026-01-10T11:00:00Z", "ApplicationConsistent"), multiVmConsistent: true },
];

function situation(
  action: ActionKind,
  item: ItemFacts,
  changes: Partial<Situation> & { readonly commit?: boolean; readonly wanted?: string } = {},
): Situation {
  const { commit = false, wanted = "latest", ...rest } = changes;
  return {
    action,
    item,
    decision: decide({ kind: action, commit }, item, []),
    now,
    shutdownSource: true,
    recoveryPoint: chooseReturnPoint(wanted, item, points),
    changesRecoveryPoint: false,
    destination: {
      resources: [],
      eligibilityErrors: [],
      runningMachineId: "/subscriptions/s/resourceGroups/prod-dr/providers/x/y/web-azure",
      runningMachineLocation: "westeurope",
      runningMachineSize: "Standard_D2s_v5",
      runningMachinePowerState: "running",
    },
    byPlan: false,
    companions: [item],
    vaultItems: [item],
    projected: false,
    ...rest,
  };
}

const plan = (each: Situation) => makePlan({ action: each.action, situations: [each], jobs: [] });
const text = (each: Situation): string => planText(plan(each), now);
const resources = (each: Situation): unknown =>
  plan(each).machines[0]?.resources.map(({ kind, name, mark }) => `${kind} ${name} ${mark}`);

for (const generation of generations) {
  const { scenario } = generation;
  test(`P-01 ${scenario}: a failover leads from the site's name to the Azure region`, (t) => {
    const shown = text(situation("Failover", siteItem(generation)));
    t.regex(shown, /Failover: web, plant-one → westeurope/);
    t.regex(shown, /direction: from the site to Azure \(derived\)/);
    t.regex(shown, /creates: virtual machine web/);
  });

  test(`V-03 V-05 V-07 ${scenario}: a failback shows its direction, stops the Azure machine and names it where the commit removes it`, (t) => {
    const shown = text(situation("Failback", siteItemAfter(generation, 3), { commit: true }));
    for (const part of [
      "Failback: web, westeurope → plant-one",
      "direction: from Azure to the site (derived)",
      "shut down the Azure machine web-azure → fail back: the machine boots at plant-one",
      "wait until the Azure machine web-azure is seen stopped → commit (removes the Azure machine web-azure",
      "removes: Azure virtual machine web-azure",
      "downtime: from the shutdown of the machine in Azure until it runs at plant-one",
      "afterwards possible: reprotect",
    ]) {
      t.true(shown.includes(part), `${part} is missing in:\n${shown}`);
    }
  });

  test(`V-07 ${scenario}: without the commit nothing is removed, the commit alone names what it removes`, (t) => {
    const open = situation("Failback", siteItemAfter(generation, 3));
    t.notRegex(text(open), /removes/);
    const commit = situation("Failback", siteItemAfter(generation, 4), { commit: true });
    t.regex(text(commit), /removes: Azure virtual machine web-azure/);
    t.regex(text(commit), /Failback: web, in plant-one/);
  });

  test(`R-03 ${scenario}: the reprotect to the site says whether the machine there is the old one or a new one with a full download`, (t) => {
    const there = situation("Reprotect", siteItemAfter(generation, 2));
    t.regex(text(there), /reprotect to plant-one, into the existing machine web →/);
    t.deepEqual(resources(there), ["virtual machine at plant-one web existing"]);
    const gone = situation(
      "Reprotect",
      siteItemAfter(generation, 2, { onPremises: onPremises({ sourceDeleted: true }) }),
    );
    t.regex(text(gone), /into a new machine \(full download: the one at the site is gone\)/);
    t.deepEqual(resources(gone), ["virtual machine at plant-one web new"]);
    t.regex(text(gone), /Reprotect: web, westeurope → plant-one/);
  });

  test(`V-09 ${scenario}: the reprotect after the failback leads to Azure again and removes nothing`, (t) => {
    const shown = text(situation("Reprotect", siteItemAfter(generation, 5)));
    t.regex(shown, /Reprotect: web, plant-one → westeurope/);
    t.regex(shown, /direction: from the site to Azure/);
    t.regex(shown, /steps: reprotect towards Azure → wait until it is protected again/);
    t.notRegex(shown, /removes/);
  });
}

const [modernized] = generations;

test("V-04 the latest point is crash-consistent, and costs nothing that could be had", (t) => {
  const latest = situation("Failback", siteItemAfter(modernized, 3));
  t.regex(text(latest), /recovery point: latest: crash-consistent, the least loss$/m);
});

test("V-04 an application-consistent point tells its time, its age and that later data are lost", (t) => {
  const wanted = "latestApplicationConsistent";
  const shown = text(situation("Failback", siteItemAfter(modernized, 3), { wanted }));
  t.regex(shown, /latestApplicationConsistent of 2026-01-10T11:30:00Z \(loses 30 min\)/);
  t.regex(shown, /application-consistent, its latest one; what was written after it is lost/);
});

test("V-04 a replication group goes to its members' own latest points, or to its latest common one", (t) => {
  const group = { multiVmGroupName: "shop", multiVmGroupCreatedByUser: true };
  const item = siteItemAfter(modernized, 3, group);
  t.regex(
    chooseReturnPoint("latest", item, points).meaning ?? "",
    /each machine of group shop goes to its own/,
  );
  const common = chooseReturnPoint("latestApplicationConsistent", item, points);
  t.is(common.time, "2026-01-10T11:00:00Z");
  t.regex(common.meaning ?? "", /the latest that all of group shop have/);
});

test("V-04 a point that a failback does not know is refused instead of taken for another", (t) => {
  for (const wanted of ["latestProcessed", "latestCrashConsistent", "2026-01-10T11:00:00Z"]) {
    const { problem } = chooseReturnPoint(wanted, siteItemAfter(modernized, 3), points);
    t.regex(problem ?? "", /goes to latest or latestApplicationConsistent only/);
  }
});

test("V-10 the plan says that the agent's registration is waited for", (t) => {
  const item = siteItemAfter(modernized, 1, {
    onPremises: onPremises({ agentRegisteredAfterFailover: false }),
  });
  t.regex(
    text(situation("Reprotect", item)),
    /steps: wait until its mobility agent has registered → reprotect to plant-one/,
  );
});

test("IT-AZVM what the reprotect puts right by itself stands among its steps", (t) => {
  const base = situation("Reprotect", siteItemAfter(modernized, 2));
  const stopped = {
    ...base,
    destination: { ...base.destination, runningMachinePowerState: "deallocated" },
  };
  t.notRegex(text(stopped), /start the Azure machine/);
  t.regex(
    text({ ...stopped, manages: ["startAzureMachine"] }),
    /steps: start the Azure machine web-azure → reprotect/,
  );
});

test("modernized: a reprotect before the commit of the failback says what the service removes", (t) => {
  const shown = text(situation("Reprotect", siteItemAfter(modernized, 4)));
  t.regex(shown, /the service commits the failback and removes the Azure machine web-azure/);
  t.regex(shown, /removes: Azure virtual machine web-azure/);
});
