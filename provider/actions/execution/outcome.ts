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
import { failoverVerbs, isJobOf, verbJobsOf, verbOfScenario } from "../../recovery/verbs.ts";
import type { OperationOutcome, VaultSite } from "../../sites/azure/site.ts";
import type { MachineRecord } from "../action-inputs.ts";
import {
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
 * The machines' own jobs inside a recovery plan's job that moved them: they tell what the plan's job
 * does not, each machine's recovery point and when it ran. Empty for any other job.
 */
export async function memberJobs(
  context: Context,
  vault: VaultSite,
  { job }: OperationOutcome,
): Promise<readonly JobFacts[]> {
  const verb = job === undefined ? undefined : verbOfScenario(job.scenarioName);
  if (job === undefined || verb === undefined || !measuredVerbs.includes(verb)) return [];
  const names = new Set(job.tasks.flatMap(({ jobName }) => jobName ?? []));
  const jobs = await mapAtMost(maximumReads, [...names], (name) => vault.job(context, name));
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
  for (const warning of outcome.warnings) {
    if (record.warnings.includes(warning)) continue;
    record.warnings = [...record.warnings, warning];
    context.log.warn(warning);
  }
  if (verb === "completeMigration" && outcome.succeeded) noteMigrated(record, items);
  const { job } = outcome;
  if (job === undefined) return;
  noteJob(record, job.name);
  for (const item of items) {
    const own = members.find((each) => isJobOf(each, item)) ?? job;
    updateMachine(record, item, (each) =>
      measuredVerbs.includes(verb)
        ? measure(each, item, own, job)
        : { ...each, jobs: each.jobs.includes(job.name) ? each.jobs : [...each.jobs, job.name] },
    );
  }
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

/** Rules about what a failback has left, which only a look between failback and commit can tell. */
const afterFailback: readonly string[] = ["FB-TOOLS"];

/** Tells what has come to light since the action began, and writes it into the record as warnings. */
export function noteFindings(
  context: Context,
  record: OpenRecord,
  findings: readonly Finding[],
): void {
  for (const { rule, text } of findings) {
    if (!afterFailback.includes(rule) || record.warnings.includes(text)) continue;
    record.warnings = [...record.warnings, text];
    context.log.warn(text);
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

/** Writes into the record where a machine stands, and the job that brought it there before this run. */
export function noteStanding(
  record: OpenRecord,
  action: ActionKind,
  { item, decision }: Situation,
): void {
  const jobName = decision.kind === "done" ? (decision.jobName ?? "") : "";
  updateMachine(record, item, (each) => ({
    ...each,
    status: decision.kind === "done" ? statusIn(action, item, decision.cancelled) : "inProgress",
    error: "",
    jobs: jobName !== "" && each.jobs.length === 0 ? [jobName] : each.jobs,
  }));
  noteJob(record, jobName);
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

/** Writes into the record why machines did not get where the action wants them. */
export function noteFailure(record: OpenRecord, items: readonly ItemFacts[], error: unknown): void {
  const failed = error instanceof SiteError;
  const text = error instanceof Error ? error.message : String(error);
  for (const item of items) {
    updateMachine(record, item, (each) => ({
      ...each,
      status: failed ? "failed" : "inProgress",
      error: failed ? text : "",
    }));
  }
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
