import test from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { type ActionAsk, decide, nextVerbs } from "../../../provider/recovery/decision.ts";
import type { ItemFacts, JobFacts, Verb } from "../../../provider/recovery/model.ts";
import { positionOf, standingOf } from "../../../provider/recovery/position.ts";
import { projectItem } from "../../../provider/recovery/projection.ts";
import { offeredVerbs, verbOfScenario } from "../../../provider/recovery/verbs.ts";
import {
  hyperV,
  hyperVItem,
  hyperVItemAfter,
  hyperVScenarios,
  markedItem,
  roundOf,
  toAzure,
} from "./hyper-v-items.ts";
import { jobOf } from "./items.ts";
import { generations, siteItemAfter } from "./vmware-items.ts";

const ask = (kind: ActionKind, changes: Partial<ActionAsk> = {}): ActionAsk => ({
  kind,
  commit: false,
  ...changes,
});

const starting = test.macro({
  exec: (t, asked: ActionAsk, item: ItemFacts, verbs: readonly Verb[]) => {
    t.deepEqual(decide(asked, item, []), { kind: "start", verbs });
  },
  title: (name = "") => name,
});

const impossible = test.macro({
  exec: (t, asked: ActionAsk, item: ItemFacts, jobs: readonly JobFacts[] = []) => {
    t.is(decide(asked, item, jobs).kind, "impossible");
  },
  title: (name = "") => name,
});

/** The item while a job of this name holds it. */
const held = (item: ItemFacts, scenarioName: string): ItemFacts => ({
  ...item,
  allowedOperations: [],
  currentScenario: { name: scenarioName, jobName: "running" },
});

for (const scenario of hyperVScenarios) {
  test(
    `H-08 ${scenario}: a failover is unplanned unless it says otherwise`,
    starting,
    ask("Failover", { commit: true }),
    hyperVItem(scenario),
    ["unplannedFailover", "commit"],
  );
  test(
    `H-07 ${scenario}: a planned failover is asked for by its mode`,
    starting,
    ask("Failover", { commit: true, mode: "planned" }),
    hyperVItem(scenario),
    ["plannedFailover", "commit"],
  );
  test(
    `H-07 ${scenario}: replicas of a planned failover wait for their commit`,
    starting,
    ask("Failover", { commit: true, mode: "planned" }),
    hyperVItemAfter(scenario, 1),
    ["commit"],
  );
  test(
    `HV-COMMIT ${scenario}: a failback does not commit the failover before it`,
    impossible,
    ask("Failback", { commit: true }),
    hyperVItemAfter(scenario, 1),
  );
  test(
    `${scenario}: a machine that never left has nothing to fail back`,
    impossible,
    ask("Failback", { commit: true }),
    hyperVItem(scenario),
  );
  test(`S-03 S-04 S-06 ${scenario}: a full round keeps id and sides, ends where it began and offers the same again`, (t) => {
    const before = hyperVItem(scenario);
    const item = hyperVItemAfter(scenario, roundOf(scenario).length);
    t.deepEqual(positionOf(item), { standing: "protected", away: false });
    t.is(item.armId, before.armId);
    t.deepEqual(item.primary, before.primary);
    t.deepEqual(item.recovery, before.recovery);
    t.is(item.instanceType, before.instanceType);
    t.deepEqual(offeredVerbs(item), offeredVerbs(before));
  });
  test(`P-03 ${scenario}: a running failover is followed, whichever of the two was asked for`, (t) => {
    const item = held(hyperVItem(scenario), "PlannedFailover");
    t.deepEqual(decide(ask("Failover", { commit: true }), item, []), {
      kind: "follow",
      jobName: "running",
      verb: "plannedFailover",
      rest: ["commit"],
    });
    t.is(decide(ask("Failback", { commit: true }), item, []).kind, "busy");
  });
  test(`P-03 ${scenario}: a failover that was done is not done again because its mode has changed`, (t) => {
    const asked = ask("Failover", { mode: "planned", spent: ["unplannedFailover"] });
    t.deepEqual(decide(asked, hyperVItem(scenario), []), { kind: "done" });
  });
  test(`H-03 ${scenario}: a machine that is being finalized is not protected yet`, (t) => {
    const item = held(
      hyperVItem(scenario, {
        hyperV: hyperV({ machineProtectionState: "ReplicaConfigurationInProgress" }),
      }),
      "EnableProtection",
    );
    t.is(standingOf(item), "replicating");
    t.is(decide(ask("TestFailover"), item, []).kind, "busy");
  });
}

for (const scenario of toAzure) {
  test(
    `H-09 ${scenario}: a committed machine in Azure fails back by a planned failover, and replicates to Azure again`,
    starting,
    ask("Failback", { commit: true }),
    hyperVItemAfter(scenario, 2),
    ["plannedFailover", "commit", "reprotect"],
  );
  test(
    `H-09 ${scenario}: reverse replication can be left out`,
    starting,
    ask("Failback", { commit: true, reverseReplicate: false }),
    hyperVItemAfter(scenario, 2),
    ["plannedFailover", "commit"],
  );
  test(
    `H-09 ${scenario}: a failback without its commit ends before it`,
    starting,
    ask("Failback"),
    hyperVItemAfter(scenario, 2),
    ["plannedFailover"],
  );
  test(
    `HV-REVERSE ${scenario}: what has come home and offers its reverse replication gets it`,
    starting,
    ask("Failback", { commit: true }),
    hyperVItemAfter(scenario, 4),
    ["reprotect"],
  );
  test(
    `HV-REVERSE ${scenario}: a Reprotect does the same`,
    starting,
    ask("Reprotect"),
    hyperVItemAfter(scenario, 4),
    ["reprotect"],
  );
  test(
    `${scenario}: no reprotect comes before the failback`,
    impossible,
    ask("Reprotect", { commitFirst: true }),
    hyperVItemAfter(scenario, 2),
  );
  test(
    `HV-CANCEL ${scenario}: a failback cannot be cancelled`,
    impossible,
    ask("CancelFailover"),
    hyperVItemAfter(scenario, 3),
  );
  test(
    `${scenario}: no drill starts while the machine runs in Azure`,
    impossible,
    ask("TestFailover"),
    hyperVItemAfter(scenario, 2),
  );
  test(`H-09 X5 ${scenario}: what the service has reversed by itself after the commit is done`, (t) => {
    const item = hyperVItemAfter(scenario, 5);
    const jobs = [jobOf(item, "CommitFailover"), jobOf(item, "Failback", { name: "home" })];
    const failback = ask("Failback", { commit: true });
    t.deepEqual(decide(failback, item, jobs), { kind: "done", jobName: "home" });
    t.is(decide(ask("Reprotect"), item, jobs).kind, "done");
    // The vault forgets its jobs; the action's own record does not.
    t.deepEqual(decide({ ...failback, spent: ["plannedFailover", "commit"] }, item, []), {
      kind: "done",
    });
  });
  test(`A-12 ${scenario}: a failback is not through while the machine still replicates`, (t) => {
    const item = {
      ...hyperVItemAfter(scenario, 5),
      protectionState: "InitialReplicationInProgress",
    };
    const jobs = [jobOf(item, "ReprotectReplicationGroup"), jobOf(item, "Failback")];
    t.like(decide(ask("Failback", { commit: true }), item, jobs), {
      kind: "done",
      waitFor: "protected",
    });
  });
  test(`HV-COMMIT ${scenario}: a failback waits for the commit of the failover, and does not take it for its own`, (t) => {
    const item = held(hyperVItemAfter(scenario, 1), "CommitFailover");
    t.is(decide(ask("Failback", { commit: true }), item, []).kind, "busy");
  });
  test(`P-03 ${scenario}: a failback that waits for its user is followed, never begun again`, (t) => {
    const item = held(hyperVItemAfter(scenario, 2), "Failback");
    t.deepEqual(decide(ask("Failback", { commit: true }), item, []), {
      kind: "follow",
      jobName: "running",
      verb: "plannedFailover",
      rest: ["commit", "reprotect"],
    });
  });
}

const pair = "VmmToVmm";

test("S-06 VmmToVmm: a failover is reversed before its commit, or after it", (t) => {
  for (const count of [1, 2]) {
    const item = hyperVItemAfter(pair, count);
    t.deepEqual(decide(ask("Reprotect"), item, []), { kind: "start", verbs: ["reprotect"] });
    const reversed = projectItem(item, ["reprotect"]);
    t.deepEqual(positionOf(reversed), { standing: "protected", away: true });
    t.is(reversed.activeLocation, "Recovery");
  }
});
test(
  "S-06 VmmToVmm: a failback is planned unless it says otherwise",
  starting,
  ask("Failback", { commit: true }),
  hyperVItemAfter(pair, 3),
  ["plannedFailover", "commit"],
);
test(
  "S-06 VmmToVmm: a failback can be unplanned",
  starting,
  ask("Failback", { commit: true, mode: "unplanned" }),
  hyperVItemAfter(pair, 3),
  ["unplannedFailover", "commit"],
);
test(
  "H-09 VmmToVmm: a failback before the reverse replication leads nowhere",
  impossible,
  ask("Failback", { commit: true }),
  hyperVItemAfter(pair, 2),
);
test(
  "S-06 VmmToVmm: a drill is possible at the second site, too",
  starting,
  ask("TestFailover"),
  hyperVItemAfter(pair, 3),
  ["testFailover"],
);

test("V-02 a VMware failback takes its scenario's only verb, whatever mode it names", (t) => {
  for (const generation of generations) {
    const asked = ask("Failback", { commit: true, mode: "planned" });
    t.deepEqual(decide(asked, siteItemAfter(generation, 3), []), {
      kind: "start",
      verbs: [generation.failback, "commit"],
    });
  }
});

test("H-05 a marked copy is resynchronized, a sound one needs nothing", (t) => {
  for (const scenario of hyperVScenarios) {
    const marked = markedItem(scenario);
    t.deepEqual(decide(ask("Resynchronize"), marked, []), {
      kind: "start",
      verbs: ["resynchronize"],
    });
    t.true(nextVerbs(marked, []).includes("resynchronize"));
    const sound = projectItem(marked, ["resynchronize"]);
    const job = jobOf(sound, "RepairVMReplication");
    t.deepEqual(decide(ask("Resynchronize"), sound, [job]), { kind: "done", jobName: job.name });
    t.false(nextVerbs(sound, []).includes("resynchronize"));
  }
});

test("H-05 P-03 a resynchronization that runs is followed, one that the action has begun is waited for", (t) => {
  const marked = markedItem("HyperVToAzure");
  t.deepEqual(decide(ask("Resynchronize"), held(marked, "RepairVMReplication"), []), {
    kind: "follow",
    jobName: "running",
    verb: "resynchronize",
    rest: [],
  });
  t.deepEqual(decide(ask("Resynchronize", { spent: ["resynchronize"] }), marked, []), {
    kind: "done",
    waitFor: "protected",
  });
});

test("Q-03 a resynchronization whose job the service has lost is waited for, not begun once more", (t) => {
  t.deepEqual(decide({ ...ask("Resynchronize"), lostJob: true }, markedItem("HyperVToAzure"), []), {
    kind: "done",
    waitFor: "protected",
  });
});

test(
  "H-05 what runs in Azure has no copy at a Hyper-V site to compare it with",
  impossible,
  ask("Resynchronize"),
  hyperVItemAfter("HyperVToAzure", 2),
);

test("FB-CANCEL a modernized failback is cancelled before its commit, and once only", (t) => {
  const [modernized] = generations;
  const item = siteItemAfter(modernized, 4);
  t.deepEqual(decide(ask("CancelFailover"), item, []), {
    kind: "start",
    verbs: ["cancelFailover"],
  });
  const cancelled = projectItem(item, ["cancelFailover"]);
  const job = jobOf(cancelled, "CancelFailover");
  t.deepEqual(decide(ask("CancelFailover"), cancelled, [job]), { kind: "done", jobName: job.name });
  t.is(decide(ask("CancelFailover"), siteItemAfter(modernized, 5), []).kind, "impossible");
});

test("H-03 jobs that finish the first copy are no verb of anybody, a Failback job is a planned failover", (t) => {
  for (const name of ["EnableDr", "IrCompletion", "PrimaryIrCompletion", "SecondaryIrCompletion"]) {
    t.is(verbOfScenario(name), undefined, name);
  }
  t.is(verbOfScenario("Failback"), "plannedFailover");
  t.is(verbOfScenario("ReprotectReplicationGroup"), "reprotect");
  t.is(verbOfScenario("ReverseReplication"), "reprotect");
});
