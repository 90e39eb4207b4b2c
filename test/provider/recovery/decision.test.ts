import test from "ava";
import fc from "fast-check";
import { type ActionKind, actionWords } from "../../../provider/recovery/action-kinds.ts";
import { decide, nextVerbs } from "../../../provider/recovery/decision.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { positionOf, standingOf } from "../../../provider/recovery/position.ts";
import { projectItem } from "../../../provider/recovery/projection.ts";
import { verbWords } from "../../../provider/recovery/verbs.ts";
import { committedItem, failedOverItem, jobOf, protectedItem, reprotectedItem } from "./items.ts";

const ask = (kind: ActionKind, commit = false) => ({ kind, commit });

const starting = test.macro({
  exec: (t, kind: ActionKind, commit: boolean, item: ItemFacts, verbs: readonly string[]) => {
    t.deepEqual(decide(ask(kind, commit), item, []), { kind: "start", verbs } as never);
  },
  title: (name = "") => name,
});

test(
  "A-01 a protected machine is failed over by one verb",
  starting,
  "Failover",
  false,
  protectedItem(),
  ["unplannedFailover"],
);
test("an automatic commit follows the failover", starting, "Failover", true, protectedItem(), [
  "unplannedFailover",
  "commit",
]);
test(
  "a failover that waits for its commit is only committed",
  starting,
  "Failover",
  true,
  failedOverItem(),
  ["commit"],
);
test(
  "A-10 a committed failover is reprotected without a direction being asked for",
  starting,
  "Reprotect",
  false,
  committedItem(),
  ["reprotect"],
);
test("Q-03 what a lost job has brought about counts without a history; what it has not is still to be done", (t) => {
  const lost = { ...ask("Reprotect"), lostJob: true };
  t.deepEqual(decide(ask("Reprotect"), protectedItem(), []).kind, "impossible");
  t.deepEqual(decide(lost, protectedItem(), []), { kind: "done" });
  t.deepEqual(decide(lost, committedItem(), []), { kind: "start", verbs: ["reprotect"] });
});

test(
  "A-13 a reprotected machine fails back by the same verb",
  starting,
  "Failback",
  true,
  reprotectedItem(),
  ["unplannedFailover", "commit"],
);

test("A-13 a full cycle of projected verbs ends where it began", (t) => {
  const verbs = ["unplannedFailover", "commit", "reprotect"] as const;
  const item = projectItem(protectedItem(), [...verbs, ...verbs]);
  t.deepEqual(positionOf(item), { standing: "protected", away: false });
  t.deepEqual(item.primary, protectedItem().primary);
});

test("P-03 a running job of the same verb is followed instead of starting another", (t) => {
  const item = protectedItem({
    allowedOperations: [],
    currentScenario: { name: "UnplannedFailover", jobName: "running" },
  });
  t.deepEqual(decide(ask("Failover", true), item, []), {
    kind: "follow",
    jobName: "running",
    verb: "unplannedFailover",
    rest: ["commit"],
  });
});

test("P-03 a job that only the vault's list shows is found as well", (t) => {
  const item = protectedItem({ allowedOperations: [] });
  const job = jobOf(item, "UnplannedFailover", { name: "listed", state: "InProgress" });
  t.like(decide(ask("Failover"), item, [job]), { kind: "follow", jobName: "listed" });
});

test("another job that holds the machine is waited for", (t) => {
  const item = protectedItem({
    allowedOperations: [],
    currentScenario: { name: "TestFailover", jobName: "drill" },
  });
  t.deepEqual(decide(ask("Failover"), item, []), {
    kind: "busy",
    jobName: "drill",
    scenario: "TestFailover",
  });
});

test("P-03 the effect of a failover that is there already is recognised with its job", (t) => {
  const item = failedOverItem();
  const job = jobOf(item, "UnplannedFailover");
  t.deepEqual(decide(ask("Failover"), item, [job]), { kind: "done", jobName: job.name });
  t.deepEqual(decide(ask("Failover", true), reprotectedItem(), [job]), {
    kind: "done",
    jobName: job.name,
  });
});

test("P-03 a failback that ended and was reprotected is recognised by the vault's history", (t) => {
  const item = protectedItem();
  const jobs = [jobOf(item, "SwitchReplicationGroupProtection"), jobOf(item, "UnplannedFailover")];
  t.is(decide(ask("Failback"), item, jobs).kind, "done");
  t.is(decide(ask("Reprotect"), item, jobs).kind, "done");
  t.is(decide(ask("Failback"), item, []).kind, "impossible");
});

test("P-03 a verb that succeeded before is not started again when somebody moved the machine on", (t) => {
  const spent = { kind: "Failover", commit: true, spent: ["unplannedFailover"] } as const;
  t.deepEqual(decide(spent, protectedItem(), []), { kind: "done" });
  t.deepEqual(decide(spent, failedOverItem(), []), { kind: "start", verbs: ["commit"] });
});

test("A-12 a reprotect whose job has ended is not done while the machine still replicates", (t) => {
  const item = { ...reprotectedItem(), protectionState: "InitialReplicationInProgress" };
  t.like(decide(ask("Reprotect"), item, []), { kind: "done", waitFor: "protected" });
});

test("states that the provider does not know lead nowhere instead of somewhere wrong", (t) => {
  const item = protectedItem({ protectionState: "SomethingNew" });
  t.is(standingOf(item), "unknown");
  for (const kind of ["Failover", "Failback", "Reprotect", "TestFailover"] as const) {
    t.is(decide(ask(kind, true), item, []).kind, "impossible");
  }
});

test("what is legal next is told for the end of the action", (t) => {
  t.deepEqual(nextVerbs(protectedItem(), ["unplannedFailover"]), [
    "changeRecoveryPoint",
    "commit",
    "completeMigration",
  ]);
  t.deepEqual(nextVerbs(protectedItem(), ["unplannedFailover", "commit"]), [
    "reprotect",
    "completeMigration",
  ]);
});

test("P-03 whatever happened before, an action never starts a verb twice on the way to its goal", (t) => {
  const verbs = fc.constantFrom(
    "unplannedFailover",
    "commit",
    "reprotect",
    "testFailover",
    "testFailoverCleanup",
  );
  const kinds = fc.constantFrom<ActionKind>("TestFailover", "Failover", "Reprotect", "Failback");
  fc.assert(
    fc.property(fc.array(verbs, { maxLength: 8 }), kinds, fc.boolean(), (history, kind, commit) => {
      let item = protectedItem();
      for (const verb of history) {
        // Only moves that the service offers can have happened.
        const offered = nextVerbs(item, []);
        if (offered.includes(verb)) item = projectItem(item, [verb]);
      }
      const decision = decide(ask(kind, commit), item, []);
      if (decision.kind !== "start") return;
      t.is(new Set(decision.verbs).size, decision.verbs.length);
      t.true(decision.verbs.every((verb) => actionWords[kind].verbs.includes(verb)));
      const jobs = decision.verbs.map((verb) => jobOf(item, verbWords[verb].jobScenarios[0] ?? ""));
      const after = decide(ask(kind, commit), projectItem(item, decision.verbs), jobs.toReversed());
      t.is(after.kind, "done");
    }),
  );
});
