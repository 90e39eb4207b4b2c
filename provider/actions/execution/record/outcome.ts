import { mapAtMost } from "../../../concurrency.ts";
import type { Context } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import { isoDuration, isoSeconds } from "../../../recovery/duration-words.ts";
import type { ItemFacts, JobFacts, Verb } from "../../../recovery/model.ts";
import { returnsHome } from "../../../recovery/plan-steps.ts";
import { standingOf } from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import {
  failoverVerbs,
  hasSucceeded,
  isJobOf,
  verbJobsOf,
  verbOfScenario,
} from "../../../recovery/verbs.ts";
import type { OperationOutcome, VaultSite } from "../../../sites/azure/site.ts";
import { measure, updateMachine } from "./machine-record.ts";
import { noteJob, type OpenRecord } from "./record.ts";
import { noteWarning } from "./warnings.ts";

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

/** Writes into the record which machine in Azure went away with the end of a failback. */
export function noteRemoval(record: OpenRecord, situation: Situation, verb: Verb): void {
  const { item, destination } = situation;
  const ends = verb === "commit" || (verb === "reprotect" && standingOf(item) === "failedOver");
  if (!ends || !returnsHome(situation, [verb])) return;
  const removed = destination.runningMachineId ?? item.onPremises?.azureMachineId ?? "";
  updateMachine(record, item, (each) => ({ ...each, removed }));
}
