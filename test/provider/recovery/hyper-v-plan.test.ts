import test from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { makePlan, verbsOf } from "../../../provider/recovery/action-plan.ts";
import { type ActionAsk, decide } from "../../../provider/recovery/decision.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { planText } from "../../../provider/recovery/plan-text.ts";
import { choosePointFor } from "../../../provider/recovery/point-choice.ts";
import type { FailbackChoices, Situation } from "../../../provider/recovery/situation.ts";
import { hyperVItem, hyperVItemAfter, markedItem, toAzure } from "./hyper-v-items.ts";
import { committedItem, failedOverItem, pointAt, protectedItem } from "./items.ts";
import { now } from "./situations.ts";
import { generations, siteItemAfter } from "./vmware-items.ts";

const points = [
  pointAt("2026-01-10T11:55:00Z"),
  pointAt("2026-01-10T11:30:00Z", "ApplicationConsistent"),
];

type Changes = Partial<ActionAsk> & {
  readonly wanted?: string;
  readonly failback?: Partial<FailbackChoices>;
};

function situation(action: ActionKind, item: ItemFacts, changes: Changes = {}): Situation {
  const { wanted = "latest", failback, ...ask } = changes;
  const decision = decide({ commit: false, ...ask, kind: action }, item, []);
  return {
    action,
    item,
    decision,
    now,
    shutdownSource: true,
    recoveryPoint: choosePointFor(wanted, item, points, verbsOf(decision), now),
    changesRecoveryPoint: false,
    destination: {
      resources: [],
      eligibilityErrors: [],
      runningMachineId: "/subscriptions/s/resourceGroups/prod-dr/providers/x/y/web-azure",
      runningMachineLocation: "westeurope",
      runningMachineSize: "Standard_D2s_v5",
    },
    failback: {
      dataSynchronization: "beforeDowntime",
      createMachineIfAbsent: false,
      ...failback,
    },
    byPlan: false,
    companions: [item],
    vaultItems: [item],
    projected: false,
  };
}

const text = (each: Situation): string =>
  planText(makePlan({ action: each.action, situations: [each], jobs: [] }), now);

const showing = test.macro({
  exec: (t, each: Situation, ...parts: readonly string[]) => {
    const shown = text(each);
    for (const part of parts) t.true(shown.includes(part), `${part} is missing in:\n${shown}`);
  },
  title: (name = "") => name,
});

for (const scenario of toAzure) {
  test(
    `P-01 H-07 ${scenario}: a planned failover shuts the source down first, stops if it cannot, and loses nothing`,
    showing,
    situation("Failover", hyperVItem(scenario), { commit: true, mode: "planned" }),
    "Failover: web, plant-one → westeurope",
    "direction: from the site to Azure (derived)",
    "steps: shut down the source (stops if that fails) → send its last changes → planned failover: the machine starts in Azure → commit (deletes all recovery points, cannot be undone)",
    "recovery point: latest: the last changes are sent after the shutdown: nothing is lost",
    "creates: virtual machine web",
    "downtime: from the shutdown of the source",
    "afterwards possible: failback, migration",
  );
  test(
    `P-01 H-08 ${scenario}: an unplanned failover goes on without its source, and says the age of its data`,
    showing,
    situation("Failover", hyperVItem(scenario)),
    "shut down the source (goes on if that fails) → fail over: the machine starts in Azure",
    "latest (data up to 2026-01-10T11:56:00.000Z, 4 min ago)",
    "afterwards possible: change of recovery point, commit, migration",
  );
  test(
    `P-01 H-09 ${scenario}: a failback synchronizes before the downtime, commits, removes the Azure machine by name and replicates again`,
    showing,
    situation("Failback", hyperVItemAfter(scenario, 2), { commit: true }),
    "Failback: web, westeurope → plant-one",
    "direction: from Azure to the site (derived)",
    "steps: synchronize the data while the Azure machine web-azure runs on → shut down the Azure machine web-azure → send the rest → fail back: the machine starts at plant-one → commit (removes the Azure machine web-azure with its disks and all recovery points, cannot be undone) → reverse replication: replicate to Azure again → wait until it is protected again",
    "removes: Azure virtual machine web-azure",
    "recovery point: latest: all that the machine has in Azure: nothing is lost",
    "downtime: from the shutdown of the machine in Azure, when most of its data are home, until it runs at plant-one",
    "afterwards possible: test failover, planned failover, failover",
  );
  test(
    `HV-SYNC HV-ALTERNATE ${scenario}: a failback to another host downloads the disks during the downtime and makes the machine`,
    showing,
    situation("Failback", hyperVItemAfter(scenario, 2), {
      failback: {
        dataSynchronization: "duringDowntime",
        createMachineIfAbsent: true,
        alternateHost: { name: "host-2", providerId: "/host-2" },
      },
    }),
    "steps: create the machine at host host-2 of plant-one if absent → shut down the Azure machine web-azure → download its disks as a whole → fail back: the machine starts at host host-2 of plant-one",
    "creates: virtual machine at host-2 web",
    "downtime: from the shutdown of the machine in Azure, through the download of its disks, until it runs at host host-2 of plant-one",
    "afterwards possible: commit",
  );
  test(`${scenario}: a failback without its commit removes nothing, the commit alone names what it removes`, (t) => {
    t.notRegex(text(situation("Failback", hyperVItemAfter(scenario, 2))), /removes/);
    const commit = situation("Failback", hyperVItemAfter(scenario, 3), { commit: true });
    t.regex(text(commit), /removes: Azure virtual machine web-azure/);
    t.regex(text(commit), /downtime: none/);
  });
  test(
    `H-09 ${scenario}: the reverse replication after a failback leads to Azure and removes nothing`,
    showing,
    situation("Reprotect", hyperVItemAfter(scenario, 4)),
    "Reprotect: web, plant-one → westeurope",
    "direction: from the site to Azure (derived)",
    "steps: reverse replication: replicate to Azure again → wait until it is protected again",
  );
  test(`${scenario}: an older point is possible towards Azure, on the way home there is one only`, (t) => {
    const wanted = "latestApplicationConsistent";
    const planned = ["plannedFailover"] as const;
    const over = choosePointFor(wanted, hyperVItem(scenario), points, planned, now);
    t.is(over.time, "2026-01-10T11:30:00Z");
    const home = choosePointFor(wanted, hyperVItemAfter(scenario, 2), points, planned, now);
    t.like(home, { wanted, kind: "Latest", time: now.toISOString() });
  });
}

test(
  "P-01 S-06 VmmToVmm: a failover names both sites, and the replica that is there",
  showing,
  situation("Failover", hyperVItem("VmmToVmm"), { mode: "planned" }),
  "Failover: web, plant-one → plant-two",
  "planned failover: the machine starts at plant-two",
  "afterwards possible: commit, reverse replication, migration",
);
test(
  "P-01 S-06 VmmToVmm: a reverse replication before the commit says that it commits by itself",
  showing,
  situation("Reprotect", hyperVItemAfter("VmmToVmm", 1)),
  "Reprotect: web, plant-two → plant-one",
  "steps: reverse replication: replicate from plant-two to plant-one (commits the failover by itself: deletes all recovery points, cannot be undone) → wait until it is protected again",
);
test("P-01 S-06 VmmToVmm: after the commit there is nothing left for the reverse replication to commit", (t) => {
  const shown = text(situation("Reprotect", hyperVItemAfter("VmmToVmm", 2)));
  t.regex(shown, /steps: reverse replication: replicate from plant-two to plant-one → wait/);
  t.regex(shown, /afterwards possible: test failover, failback/);
});
test(
  "P-01 S-06 VmmToVmm: a failback leads to the first site, planned",
  showing,
  situation("Failback", hyperVItemAfter("VmmToVmm", 3), { commit: true }),
  "Failback: web, plant-two → plant-one",
  "shut down the source (stops if that fails) → send its last changes → planned failover: the machine starts at plant-one → commit (deletes",
);
test("S-06 VmmToVmm: two clouds of one VMM server are told apart by their names", (t) => {
  const item = hyperVItem("VmmToVmm");
  const vmm = { fabricName: "vmm", fabricFriendlyName: "vmm-1" };
  const oneServer = {
    ...item,
    primary: { ...item.primary, ...vmm, containerFriendlyName: "gold" },
    recovery: { ...item.recovery, ...vmm, containerFriendlyName: "spare" },
  };
  t.regex(text(situation("Failover", oneServer)), /web, vmm-1 \(gold\) → vmm-1 \(spare\)/);
});
test("S-06 VmmToVmm: the service takes no older point, and the plan says what an unplanned failover loses", (t) => {
  const item = hyperVItem("VmmToVmm");
  const chosen = choosePointFor("latestProcessed", item, points, ["unplannedFailover"], now);
  t.like(chosen, { kind: "Latest", time: "2026-01-10T11:56:00.000Z" });
  t.regex(text(situation("Failover", item)), /latest: what has arrived at the other site/);
});

test(
  "H-05 a resynchronization says what it does, moves nothing and stops nothing",
  showing,
  situation("Resynchronize", markedItem("HyperVToAzure")),
  "Resynchronization: web, in plant-one",
  "resynchronize: compare the disks with their copy and send what differs → wait until the copy is sound",
  "downtime: none",
);

const [modernized] = generations;
test(
  "FB-CANCEL the cancellation of a failback says what runs again and what is lost",
  showing,
  situation("CancelFailover", siteItemAfter(modernized, 4)),
  "Cancellation of the failback: web, plant-one → westeurope",
  "cancel the failback: the Azure machine web-azure runs again, what was written at plant-one since is lost",
  "downtime: from the shutdown of the machine at plant-one until it runs in Azure",
);

for (const item of [failedOverItem(), committedItem()]) {
  test(
    `S-08 the completion of a migration between regions says what stays and what ends, ${item.protectionState}`,
    showing,
    situation("CompleteMigration", item),
    "Completion of the migration: web, in westeurope",
    "complete the migration: web stays in westeurope; replication, recovery points and the way back end for good",
    `removes: replicated item ${protectedItem().name}`,
  );
}
test(
  "S-08 a Hyper-V machine can stay in Azure for good",
  showing,
  situation("CompleteMigration", hyperVItemAfter("HyperVToAzure", 2)),
  "complete the migration: web-azure stays in Azure",
);
test(
  "S-08 a machine of a VMM cloud can stay at the second site for good",
  showing,
  situation("CompleteMigration", hyperVItemAfter("VmmToVmm", 2)),
  "complete the migration: web stays at plant-two",
);
