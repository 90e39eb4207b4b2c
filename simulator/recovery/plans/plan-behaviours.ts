import type { Simulation } from "../../simulation.ts";
import { listAt, objectAt, textAt, valueAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import type { ProtectedItem } from "../items/item.ts";
import { startItemJob } from "../items/item-job.ts";
import type { ItemKind } from "../items/kinds.ts";
import { allowedOperations } from "../items/states.ts";
import type { Behaviour, TaskOutcome, Verdict } from "../jobs/behaviour.ts";
import type { Behaviours } from "../jobs/behaviours.ts";
import { isFinished, type Job, type JobTask } from "../jobs/job.ts";
import { releaseJob } from "../jobs/run.ts";
import { itemWithLifecycle } from "../vault/find.ts";
import type { RecoveryPlan } from "./plan.ts";
import { FAILBACK_WAIT, failbackInput } from "./plan-failback.ts";
import { fitsDirection, membersOf, planOf } from "./plan-operations.ts";
import type { PlanGroupType } from "./plan-tasks.ts";
import { AFTERWARDS, DIRECTED, MEMBER_WORK } from "./plan-work.ts";

/** Every machine must offer the verb, on the side the direction starts from. */
function checkMembers(_simulation: Simulation, vault: Vault, job: Job): TaskOutcome {
  const plan = planOf(vault, job);
  const work = MEMBER_WORK[job.scenario];
  if (!plan || !work) return undefined;
  // CH-PLAN-DIRECTION
  const reverse = textAt(job.input, "failoverDirection")?.toLowerCase() === "recoverytoprimary";
  const starts = work.operation !== "PlannedFailover";
  const unready = membersOf(vault, plan).filter(
    (item) =>
      !allowedOperations(item).includes(work.operation) ||
      ((starts || item.hyperV !== undefined) &&
        DIRECTED.includes(work.operation) &&
        !fitsDirection(plan, item, reverse)),
  );
  if (unready.length === 0) return undefined;
  return {
    failed: {
      code: "25037",
      message: `The operation '${work.operation}' is not allowed on ${unready.map((item) => `'${item.friendlyName}' (${item.protectionState}, from ${activeFabric(item)})`).join(", ")}.`,
      possibleCauses:
        "Machines of the recovery plan are not in the state, or not on the side, that the operation starts from.",
      recommendedAction:
        "Bring all machines of the recovery plan into the required state and retry the operation.",
    },
  };
}

/** The fabric that a machine runs in: Hyper-V machines keep their sides for life. */
function activeFabric({ hyperV, activeLocation, ...item }: ProtectedItem): string {
  return hyperV && activeLocation === "Recovery" ? item.recoveryFabricName : item.fabricName;
}

/** Starts or releases the jobs of a group's machines. */
function beginGroup(simulation: Simulation, vault: Vault, job: Job, task: JobTask): void {
  const work = MEMBER_WORK[job.scenario];
  if (!work) return;
  const children = { ...objectAt(job.input, "children") };
  const holdBefore = work.holds?.[task.groupType as PlanGroupType];
  // A restarted plan runs failed machines anew, in the group that starts their jobs.
  const restarts =
    work.holds === undefined || job.tasks.find(({ groupType }) => groupType !== "") === task;
  for (const lifecycleId of task.members) {
    const known = vault.jobs[textAt(children, lifecycleId) ?? ""];
    const again = restarts && (known?.state === "Failed" || known?.state === "Cancelled");
    if (known && !again) {
      task.children.push(known.name);
      releaseJob(simulation, vault, known, holdBefore);
      continue;
    }
    const item = itemWithLifecycle(vault, lifecycleId);
    if (!item) continue;
    const child = startItemJob(simulation, vault, item, {
      scenario: work.scenario,
      operation: work.operation,
      parent: job.name,
      ...(holdBefore !== undefined && { holdBefore }),
      input: {
        ...job.input,
        ...failbackInput(job),
        pointType: pointTypeFor(job, item.kind),
        testJob: item.scenario?.job,
      },
    });
    children[lifecycleId] = child.name;
    task.children.push(child.name);
  }
  job.input = { ...job.input, children };
}

/** The kind of point that a request names for machines of a kind, else the first it names. */
function pointTypeFor(job: Job, kind: ItemKind): string | undefined {
  const details = listAt(job.input, "providerSpecificDetails");
  const own = details.find(
    (each) => textAt(each, "instanceType")?.toLowerCase() === kind.toLowerCase(),
  );
  return textAt(own ?? details[0], "recoveryPointType");
}

/** A machine that failed does not stop the others. */
function endGroup(_simulation: Simulation, vault: Vault, job: Job, task: JobTask): TaskOutcome {
  const children = task.children.flatMap((name) => vault.jobs[name] ?? []);
  job.warning ??= children.find((child) => child.warning !== null)?.warning ?? null;
  const error = children.find((child) => child.state === "Failed")?.errors[0];
  return error ? { failed: error.service, goOn: true } : undefined;
}

/** CH-PLAN-PARTLY */
function verdict(vault: Vault, job: Job): Verdict | undefined {
  const names = Object.values(objectAt(job.input, "children") ?? {}).map(String);
  const children = names.flatMap((name) => vault.jobs[name] ?? []);
  const failed = children.filter(
    (child) => child.state === "Failed" || child.state === "Cancelled",
  );
  const [first] = failed;
  if (!first)
    return children.some((child) => child.state === "CompletedWithInformation")
      ? { state: "CompletedWithInformation" }
      : undefined;
  const state = failed.length === children.length ? "Failed" : "PartiallySucceeded";
  return { state, ...(first.errors[0] && { error: first.errors[0] }) };
}

/** CH-PLAN-STOPPED */
function releaseChildren(simulation: Simulation, vault: Vault, job: Job): void {
  for (const name of Object.values(objectAt(job.input, "children") ?? {})) {
    const child = vault.jobs[String(name)];
    if (child && !isFinished(child)) releaseJob(simulation, vault, child);
  }
}

function finished(simulation: Simulation, vault: Vault, job: Job, succeeded: boolean): void {
  if (job.state === "Failed") releaseChildren(simulation, vault, job);
  const plan = planOf(vault, job);
  if (!plan || plan.scenario?.job !== job.name) return;
  const after = AFTERWARDS[job.scenario];
  const before = listAt(job.input, "operationsBefore").map(String);
  plan.scenario.status = succeeded ? (after?.status ?? "Succeeded") : "Failed";
  plan.scenario.description = succeeded ? (after?.description ?? "Completed") : "Failed";
  plan.allowedOperations = succeeded ? (after?.operations ?? before) : before;
  if (!succeeded) return;
  if (job.scenario === "PlanUnplannedFailover") plan.lastUnplannedFailoverAt = simulation.now;
  if (job.scenario === "PlanPlannedFailover" || job.scenario === "PlanFailback")
    plan.lastPlannedFailoverAt = simulation.now;
  if (job.scenario === "PlanTestFailover") plan.lastTestFailoverAt = simulation.now;
}

// CH-PLAN-ACTIONS
const suspend = (_simulation: Simulation, _vault: Vault, job: Job): void => {
  job.state = "Suspended";
};

const planAction: Behaviour = {
  begin: { Unknown: beginGroup, ManualAction: suspend },
  end: { RpSrsPrerequisitesCheck: checkMembers, Unknown: endGroup },
  verdict: (_simulation, vault, job) => verdict(vault, job),
  finished,
};

const savePlan: Behaviour = {
  finished: (_simulation, vault, job, succeeded) => {
    if (!succeeded) return;
    const plan = valueAt(job.input, "plan") as RecoveryPlan;
    vault.plans[plan.name.toLowerCase()] = structuredClone(plan);
  },
};

/** What the jobs of recovery plans do. */
export const PLAN_BEHAVIOURS: Behaviours = {
  SaveRecoveryPlan: savePlan,
  UpdateRecoveryPlan: savePlan,
  DeleteRecoveryPlan: {
    finished: (_simulation, vault, job, succeeded) => {
      if (succeeded) delete vault.plans[(textAt(job.input, "name") ?? "").toLowerCase()];
    },
  },
  PlanUnplannedFailover: planAction,
  PlanTestFailover: planAction,
  PlanTestFailoverCleanup: planAction,
  PlanCommitFailover: planAction,
  PlanPlannedFailover: planAction,
  PlanFailback: {
    ...planAction,
    skip: FAILBACK_WAIT.skip,
    begin: { ...planAction.begin, ...FAILBACK_WAIT.begin },
    end: { ...planAction.end, ...FAILBACK_WAIT.end },
  },
  PlanCancelFailover: planAction,
};
