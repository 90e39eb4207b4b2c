import { mapAtMost } from "../../concurrency.ts";
import type { Context } from "../../context.ts";
import { SiteError } from "../../errors.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import { isoDuration, isoSeconds } from "../../recovery/duration-words.ts";
import type { Finding } from "../../recovery/findings.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { ItemFacts, JobFacts, Verb } from "../../recovery/model.ts";
import { returnsHome } from "../../recovery/plan-steps.ts";
import { goesToAzure, isFromHyperV, standingOf } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import {
  failoverVerbs,
  hasSucceeded,
  isJobOf,
  verbJobsOf,
  verbOfScenario,
} from "../../recovery/verbs.ts";
import type { OperationOutcome, VaultSite } from "../../sites/azure/site.ts";
import type { MachineRecord } from "../action-inputs.ts";
import { isInterruption } from "./course.ts";
import {
  isThrough,
  machineStatus,
  measure,
  noteJob,
  type OpenRecord,
  openMachine,
  putMachine,
} from "./record.ts";

/** Verbs whose job tells the recovery point and the time that a recovery took. */
const measuredVerbs: readonly Verb[] = [...failoverVerbs, "testFailover"];

/** Jobs that are read at the same time. */
const maximumReads = 20;

/**
 * The machines' own jobs inside a recovery plan's job that moved them, or that failed: they tell what the plan's
 * job does not, each machine's recovery point, when it ran and what became of it. Empty for any other job.
 */
export async function memberJobs(
  context: Context,
  vault: VaultSite,
  { job, succeeded }: OperationOutcome,
): Promise<readonly JobFacts[]> {
  const verb = job === undefined ? undefined : verbOfScenario(job.scenarioName);
  const tells = verb !== undefined && (measuredVerbs.includes(verb) || !succeeded);
  if (job === undefined || !tells) return [];
  const names = new Set(job.tasks.flatMap(({ jobName }) => jobName ?? []));
  const jobs = await mapAtMost(maximumReads, [...names], async (name) => {
    try {
      return await vault.job(context, name);
    } catch (error) {
      // Why the plan failed must not be lost for want of what it did to one of its machines.
      if (succeeded || !(error instanceof SiteError)) throw error;
      return undefined;
    }
  });
  return jobs.filter((each) => each !== undefined);
}

/** Writes into the record what a followed job told: warnings, jobs, measured times. */
export function noteOutcome(
  context: Context,
  record: OpenRecord,
  items: readonly ItemFacts[],
  outcome: OperationOutcome,
  verb: Verb,
  members: readonly JobFacts[] = [],
): void {
  for (const warning of outcome.warnings) noteWarning(context, record, warning);
  if (verb === "completeMigration" && outcome.succeeded) noteMigrated(record, items);
  const { job, succeeded } = outcome;
  if (job === undefined) return;
  noteJob(record, job.name);
  for (const item of items) {
    const own = members.find((each) => isJobOf(each, item));
    // A recovery plan that failed may not have come to this machine.
    if (!succeeded && own === undefined && job.targetInstanceType === "RecoveryPlan") continue;
    const names = succeeded || own === undefined ? [job.name] : [job.name, own.name];
    const moved = succeeded || (own !== undefined && hasSucceeded(own));
    updateMachine(record, item, (each) => {
      const jobs = [...new Set([...each.jobs, ...names])];
      return measuredVerbs.includes(verb) && moved
        ? measure({ ...each, jobs }, item, own ?? job, job)
        : { ...each, jobs };
    });
  }
}

/** Tells a warning and writes it into the record, once. */
export function noteWarning(context: Context, record: OpenRecord, text: string): void {
  if (record.warnings.includes(text)) return;
  record.warnings = [...record.warnings, text];
  context.log.warn(text);
}

/**
 * Writes into the record the point that a machine was moved to, which the job of the change does not tell, and
 * that job as the vault lists it, also when a run before this one was killed before it wrote that down.
 */
export function noteChangedPoint(
  record: OpenRecord,
  { item, recoveryPoint }: Situation,
  listed: readonly JobFacts[],
): void {
  const point = recoveryPoint?.point;
  if (point === undefined) return;
  const change = verbJobsOf(item, listed).find(({ verb }) => verb === "changeRecoveryPoint");
  noteJob(record, change?.job.name ?? "");
  updateMachine(record, item, (each) => {
    const before = Date.parse(each.recoveryPointTime);
    const lost = (Date.parse(point.time) - before) / 1000;
    return {
      ...each,
      jobs: change === undefined ? each.jobs : [...new Set([...each.jobs, change.job.name])],
      recoveryPoint: point.name,
      recoveryPointTime: point.time,
      dataLoss: Number.isFinite(lost) ? isoDuration(isoSeconds(each.dataLoss) - lost) : "",
    };
  });
}

function noteMigrated(record: OpenRecord, items: readonly ItemFacts[]): void {
  for (const item of items) {
    updateMachine(record, item, (each) => ({ ...each, status: "migrated", error: "" }));
  }
}

/**
 * Rules whose findings come to light when the action is on its way: what a failback has left, which only a look
 * between failback and commit can tell, and what a recovery plan does not run because its rest goes without it.
 */
const rulesOnTheWay: readonly string[] = ["FB-TOOLS", "PL-REST"];

/** Tells what has come to light since the action began, and writes it into the record as warnings. */
export function noteFindings(
  context: Context,
  record: OpenRecord,
  findings: readonly Finding[],
): void {
  for (const { rule, text } of findings) {
    if (rulesOnTheWay.includes(rule)) noteWarning(context, record, text);
  }
}

/** Writes into the record which machine in Azure went away with the end of a failback. */
export function noteRemoval(record: OpenRecord, situation: Situation, verb: Verb): void {
  const { item, destination } = situation;
  const ends = verb === "commit" || (verb === "reprotect" && standingOf(item) === "failedOver");
  if (!ends || !returnsHome(situation, [verb])) return;
  const removed = destination.runningMachineId ?? item.onPremises?.azureMachineId ?? "";
  updateMachine(record, item, (each) => ({ ...each, removed }));
}

/**
 * Writes into the record where a machine stands that is through or whose job runs, and the job that brought it
 * there before this run. One that something is still to be begun for keeps the record it has.
 */
export function noteStanding(
  record: OpenRecord,
  action: ActionKind,
  { item, decision, changesRecoveryPoint }: Situation,
): void {
  // What failed before its point was changed has failed still.
  if (decision.kind === "done" && changesRecoveryPoint) return;
  if (decision.kind !== "done") {
    if (decision.kind === "follow") noteMachine(record, item, { status: "inProgress", error: "" });
    return;
  }
  const { jobName = "", cancelled } = decision;
  updateMachine(record, item, (each) => {
    // Somebody else mended what had failed.
    const foreign = each.jobs.length === 0 || each.status === "failed";
    return {
      ...each,
      status: statusIn(action, item, cancelled),
      error: "",
      jobs:
        jobName !== "" && foreign && !each.jobs.includes(jobName)
          ? [...each.jobs, jobName]
          : each.jobs,
    };
  });
  noteJob(record, jobName);
}

/** Writes into the record that something is to be done again for a machine that was through: it has to be, still. */
export function noteReopening(
  record: OpenRecord,
  { item, decision, changesRecoveryPoint }: Situation,
): void {
  if (decision.kind === "done" && !changesRecoveryPoint) return;
  updateMachine(record, item, (each) =>
    isThrough(each) ? { ...each, status: "inProgress" } : each,
  );
}

/** Where a machine stands as its action sees it; one that was moved on by a later action is through. */
function statusIn(action: ActionKind, item: ItemFacts, cancelled = false): string {
  if (cancelled || action === "CancelFailover") return "cancelled";
  const status = machineStatus(item);
  if (action === "Reprotect" || action === "Resynchronize") return status;
  if (action === "TestFailover" || action === "TestFailoverCleanup") {
    return status === "testing" ? status : "cleanedUp";
  }
  // A Hyper-V machine that came home from Azure is replicated there again by the failback itself.
  if (action === "Failback" && isFromHyperV(item) && goesToAzure(item)) {
    return status === "testing" ? "protected" : status;
  }
  return status === "commitPending" || status === "failed" ? status : "committed";
}

/** Writes into the record why machines did not get where the action wants them; an interruption is no reason. */
export function noteFailure(record: OpenRecord, items: readonly ItemFacts[], error: unknown): void {
  if (isInterruption(error)) return;
  const text = error instanceof Error ? error.message : String(error);
  for (const item of items) noteMachine(record, item, { status: "failed", error: text });
}

/** Writes a part of a machine's record. */
export function noteMachine(
  record: OpenRecord,
  item: ItemFacts,
  part: Partial<Pick<MachineRecord, "status" | "error">>,
): void {
  updateMachine(record, item, (each) => ({ ...each, ...part }));
}

function updateMachine(
  record: OpenRecord,
  item: ItemFacts,
  change: (machine: MachineRecord) => MachineRecord,
): void {
  const identity = itemIdentity(item.vaultId, item.name);
  const machine = record.machines.find((each) => each.item === identity) ?? openMachine(item);
  putMachine(record, change(machine));
}
