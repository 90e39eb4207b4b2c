import test, { type ExecutionContext } from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import type { RecoveryPlanActionSpecification } from "../../../provider/sites/azure/specifications.ts";
import { failPlanTask, failTask, sentFor, statuses, unfinished } from "./partial-failure.ts";
import { planned, startWithPlan } from "./plan-bed.ts";
import { ids, type TestBed } from "./test-bed.ts";

const recoveryPlan = "shop";
const plan = { recoveryPlan } as const;

/** What the plan runs around its groups; a simulated runbook does nothing. */
const runbook: RecoveryPlanActionSpecification = {
  name: "warm up",
  failoverTypes: ["UnplannedFailover", "TestFailover"],
  failoverDirections: ["PrimaryToRecovery", "RecoveryToPrimary"],
  details: {
    kind: "runbook",
    runbookId: `${ids.vault.replace(/\/providers.*/, "")}/providers/Microsoft.Automation/automationAccounts/dr/runbooks/warm-up`,
    fabricLocation: "Recovery",
  },
};

/** The plan runs its runbook behind the group of the database. */
async function addRunbook(bed: TestBed): Promise<void> {
  const vault = await bed.vault();
  const items = await Promise.all(planned.map((name) => bed.item(name)));
  const [shop] = await vault.recoveryPlans(bed.context());
  await vault.updateRecoveryPlan(bed.context(), recoveryPlan, {
    primaryFabricId: shop?.primaryFabricId ?? "",
    recoveryFabricId: shop?.recoveryFabricId ?? "",
    groups: items.map((item, index) => ({
      type: "Boot",
      items: [{ armId: item.armId, machineId: item.machineId }],
      startActions: [],
      endActions: index === 0 ? [runbook] : [],
    })),
  });
  bed.simulator.clearJournal();
}

test("Q-04 one machine of a plan fails: the record tells each one's own outcome, preview shows the rest without the plan's runbooks, and the re-run treats it alone", async (t) => {
  const bed = await startWithPlan(t);
  await addRunbook(bed);
  failTask(bed, "database");
  const failed = await unfinished(failoverHandler.create(bed.context(), plan));
  t.deepEqual(statuses(failed.state), {
    app: "commitPending",
    database: "failed",
    web: "commitPending",
  });
  t.regex(failed.message, /^recovery plan shop: failover failed for database\.\ndatabase: .*28031/);
  for (const { machine, error, recoveryTime, jobs } of failed.state.machines) {
    t.is(error === "", machine !== "database");
    t.is(recoveryTime === "", machine === "database");
    t.is(jobs.length, 2, "the plan's job and its own inside that");
  }
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop"]);
  bed.told.warnings.length = 0;

  const preview = bed.context({ preview: true });
  await failoverHandler.diff(preview, failed.id, failed.state, plan);
  const [shown = ""] = bed.told.info.slice(-2);
  t.regex(
    shown,
    /^Failover of recovery plan shop: 1 of 3 machines left, northeurope → westeurope\n/,
  );
  t.regex(shown, /one by one, each group after the one before it/);
  t.regex(shown, /\n {2}1 +database /);
  t.notRegex(shown, /warm up/);
  const [warning = ""] = bed.told.warnings;
  t.regex(
    warning,
    /database is treated by itself.*runbook "warm up" \(end of group 1\).*\[PL-REST\]/,
  );
  // Check sees no record: what it foresees for changed inputs is the same.
  const { inputs } = await failoverHandler.check(preview, { ...plan, commit: "automatic" }, plan);
  t.regex(inputs.plan?.summary ?? "", /: 3 machines, /);
  t.deepEqual(inputs.plan?.scripts, []);

  bed.told.warnings.length = 0;
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, plan);
  t.like(done, { status: "commitPending", finished: true });
  t.regex(bed.told.warnings.join("\n"), /\[PL-REST\]/);
  t.regex(done.warnings.join("\n"), /\[PL-REST\]/);
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "database"]);

  // The plan offers no commit of what it did not do for all of them.
  const committed = await failoverHandler.update(bed.context(), failed.id, done, {
    ...plan,
    commit: "automatic",
  });
  t.like(committed, { status: "committed", finished: true });
  t.deepEqual(sentFor(bed, "failoverCommit").toSorted(), [...planned].toSorted());
});

test("Q-04 after a plan's job failed for one machine the same run goes on with the others by default, and with stop it ends there", async (t) => {
  for (const onFailure of ["continue", "stop"] as const) {
    const bed = await startWithPlan(t);
    failTask(bed, "app");
    const inputs = { ...plan, commit: "automatic" as const, onFailure };
    const failed = await unfinished(failoverHandler.create(bed.context(), inputs));
    const goesOn = onFailure === "continue";
    const other = goesOn ? "committed" : "inProgress";
    t.deepEqual(statuses(failed.state), { app: "failed", database: other, web: other });
    t.deepEqual(sentFor(bed, "failoverCommit").toSorted(), goesOn ? ["database", "web"] : []);
    const done = await failoverHandler.update(bed.context(), failed.id, failed.state, inputs);
    t.like(done, { status: "committed", finished: true });
    t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "app"]);
    t.deepEqual(sentFor(bed, "failoverCommit").toSorted(), ["app", "database", "web"]);
  }
});

test("Q-04 machines that the plan's job did not reach are treated in the same run, or stand as they are with stop", async (t) => {
  for (const onFailure of ["continue", "stop"] as const) {
    const bed = await startWithPlan(t);
    const over = await failoverHandler.create(bed.context(), plan);
    // The service ends the plan's commit behind its first group, in which the machine failed.
    failTask(bed, "database", "VmCommit", "CommitFailover");
    failPlanTask(bed, "CommitFailover", "Unknown");
    const inputs = { ...plan, commit: "automatic" as const, onFailure };
    const failed = await unfinished(
      failoverHandler.update(bed.context(), over.id, over.state, inputs),
    );
    const other = onFailure === "continue" ? "committed" : "inProgress";
    t.deepEqual(statuses(failed.state), { app: other, database: "failed", web: other });
    t.deepEqual(
      sentFor(bed, "failoverCommit").toSorted(),
      onFailure === "continue" ? ["app", "shop", "web"] : ["shop"],
    );
    const done = await failoverHandler.update(bed.context(), failed.id, failed.state, inputs);
    t.like(done, { status: "committed", finished: true });
    t.is(done.machines.filter((each) => each.status === "committed").length, 3);
  }
});

test("Q-04 Q-03 what a plan's failed job did to each machine is kept also when the vault answers nothing more behind it", async (t) => {
  const bed = await startWithPlan(t);
  failTask(bed, "database");
  const context = bed.context();
  const progress = (text: string): void => {
    if (!/Finaliz|End/i.test(text)) return;
    bed.simulator.addFault({
      match: { method: "GET", path: "replicationProtectedItems" },
      times: 0,
      respond: { status: 403, body: { error: { code: "Forbidden", message: "Not now." } } },
    });
  };
  const inputs = { ...plan, commit: "automatic" as const };
  const failed = await unfinished(
    failoverHandler.create({ ...context, log: { ...context.log, progress } }, inputs),
  );
  t.deepEqual(statuses(failed.state), {
    app: "inProgress",
    database: "failed",
    web: "inProgress",
  });
  t.regex(failed.message, /failover failed for database[\s\S]*28031[\s\S]*Forbidden/);
  bed.simulator.clearFaults();
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, inputs);
  t.like(done, { status: "committed", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "database"]);
});

test("Q-04 a plan whose own check failed failed for all of its machines, and is run as a whole again", async (t) => {
  const bed = await startWithPlan(t);
  failPlanTask(bed, "UnplannedFailover", "RpSrsPrerequisitesCheck");
  const failed = await unfinished(failoverHandler.create(bed.context(), plan));
  t.deepEqual(statuses(failed.state), { app: "failed", database: "failed", web: "failed" });
  for (const { error } of failed.state.machines) t.regex(error, /170001/);
  await failoverHandler.diff(bed.context({ preview: true }), failed.id, failed.state, plan);
  t.regex(bed.told.info.join("\n"), /recovery plan shop: 3 machines, /);
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, plan);
  t.like(done, { status: "commitPending", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "shop"]);
});

test("Q-04 a plan that failed although its machines are through says so in a warning that stays", async (t) => {
  const bed = await startWithPlan(t);
  failPlanTask(bed, "UnplannedFailover", "EndRecoveryPlanTask");
  const failed = await unfinished(failoverHandler.create(bed.context(), plan));
  t.true(Object.values(statuses(failed.state)).every((each) => each === "commitPending"));
  const done = await failoverHandler.update(bed.context(), failed.id, failed.state, plan);
  t.like(done, { status: "commitPending", finished: true });
  t.regex(done.warnings.join("\n"), /recovery plan shop: failover failed\. .*170001/);
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop"]);
});

test("Q-04 A-02 a drill of a plan with one failure is repeated for that machine, and its destroy removes every copy", async (t) => {
  const bed = await startWithPlan(t);
  const inputs = { ...plan, network: ids.testNetwork };
  failTask(bed, "app", "VmTfoPrepareTestVm", "TestFailover");
  const failed = await unfinished(testFailoverHandler.create(bed.context(), inputs));
  t.deepEqual(statuses(failed.state), { app: "failed", database: "testing", web: "testing" });
  const done = await testFailoverHandler.update(bed.context(), failed.id, failed.state, inputs);
  t.like(done, { status: "testing", finished: true });
  t.deepEqual(sentFor(bed, "testFailover"), ["shop", "app"]);
  await testFailoverHandler.delete(bed.context(), failed.id, done);
  for (const name of planned) {
    t.not((await bed.item(name)).testFailoverState, "WaitingForCompletion");
  }
});

async function failedOver(t: ExecutionContext): Promise<TestBed> {
  const bed = await startWithPlan(t);
  await failoverHandler.create(bed.context(), { ...plan, commit: "automatic" });
  bed.simulator.clearJournal();
  return bed;
}

test("Q-04 reprotect and failback of a plan: one that fails leaves the others to onFailure, the re-run treats what is left", async (t) => {
  const bed = await failedOver(t);
  const back = { ...plan, cacheStorageAccount: ids.cacheWest };
  const task = "SwitchReplicationGroupProtectionPreflightTask";
  failTask(bed, "database", task, "SwitchReplicationGroupProtection");
  const failed = await unfinished(reprotectHandler.create(bed.context(), back));
  t.deepEqual(statuses(failed.state), { app: "protected", database: "failed", web: "protected" });
  t.is(sentFor(bed, "switchprotection").length, 3);
  const done = await reprotectHandler.update(bed.context(), failed.id, failed.state, back);
  t.like(done, { status: "protected", finished: true });
  t.is(sentFor(bed, "switchprotection").length, 4);

  failTask(bed, "web");
  const home = { ...plan, commit: "automatic" as const, onFailure: "stop" as const };
  const broken = await unfinished(failbackHandler.create(bed.context(), home));
  t.deepEqual(statuses(broken.state), { app: "inProgress", database: "inProgress", web: "failed" });
  const returned = await failbackHandler.update(bed.context(), broken.id, broken.state, home);
  t.like(returned, { status: "committed", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "web"]);
});
