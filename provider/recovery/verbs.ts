import { sameId } from "./identity.ts";
import type { ItemFacts, JobFacts, Verb } from "./model.ts";

/** What a verb is called by the service and by us. */
export interface VerbWords {
  /** Entries of `allowedOperations` that offer it (site-recovery reference, section 14, row 5). */
  readonly allowedOperations: readonly string[];
  /** Scenario names of its jobs and of `currentScenario` (section 9). */
  readonly jobScenarios: readonly string[];
  /** As a step of a plan: "fail over". */
  readonly step: string;
  /** As a noun: "failover". */
  readonly noun: string;
}

/** Every verb with its words. */
export const verbWords: Readonly<Record<Verb, VerbWords>> = {
  testFailover: {
    allowedOperations: ["TestFailover"],
    jobScenarios: ["TestFailover"],
    step: "test failover",
    noun: "test failover",
  },
  testFailoverCleanup: {
    allowedOperations: ["TestFailoverCleanup"],
    jobScenarios: ["TestFailoverCleanup"],
    step: "clean up the test",
    noun: "test failover cleanup",
  },
  plannedFailover: {
    allowedOperations: ["PlannedFailover", "Failback"],
    jobScenarios: ["PlannedFailover", "Failback"],
    step: "planned failover",
    noun: "planned failover",
  },
  unplannedFailover: {
    allowedOperations: ["UnplannedFailover"],
    jobScenarios: ["UnplannedFailover"],
    step: "fail over",
    noun: "failover",
  },
  commit: {
    allowedOperations: ["Commit", "FinalizeFailback"],
    jobScenarios: ["CommitFailover", "FinalizeFailback"],
    step: "commit (deletes all recovery points, cannot be undone)",
    noun: "commit",
  },
  cancelFailover: {
    allowedOperations: ["CancelFailover"],
    jobScenarios: ["CancelFailover"],
    step: "cancel the failover",
    noun: "cancellation",
  },
  changeRecoveryPoint: {
    allowedOperations: ["ChangePit"],
    jobScenarios: ["ChangePit"],
    step: "change the recovery point",
    noun: "change of recovery point",
  },
  reprotect: {
    allowedOperations: ["SwitchProtection", "ReverseReplicate"],
    jobScenarios: [
      "SwitchReplicationGroupProtection",
      "SwitchProtection",
      "ReprotectReplicationGroup",
      "ReverseReplication",
    ],
    step: "reprotect",
    noun: "reprotect",
  },
  resynchronize: {
    allowedOperations: ["RepairReplication"],
    jobScenarios: ["RepairVMReplication", "RepairReplication"],
    step: "resynchronize",
    noun: "resynchronization",
  },
  disable: {
    allowedOperations: ["DisableProtection"],
    jobScenarios: ["DisableDr", "PurgeVm"],
    step: "disable protection",
    noun: "disabling of protection",
  },
  completeMigration: {
    allowedOperations: ["CompleteMigration"],
    // The service ends a migration by ending protection; its job has that name.
    jobScenarios: ["CompleteMigration", "DisableDr"],
    step: "complete the migration",
    noun: "migration",
  },
};

/** Verbs that take a machine to the other site; which of them an item knows, its scenario decides. */
export const failoverVerbs: readonly Verb[] = ["plannedFailover", "unplannedFailover"];

/** True when one of the verbs takes the machine to the other site. */
export function failsOver(verbs: readonly Verb[]): boolean {
  return verbs.some((verb) => failoverVerbs.includes(verb));
}

/** True when the service offers the verb for this item now. */
export function isOffered(item: ItemFacts, verb: Verb): boolean {
  return verbWords[verb].allowedOperations.some((each) => item.allowedOperations.includes(each));
}

/** The verbs that the service offers for this item now, in the table's order. */
export function offeredVerbs(item: ItemFacts): readonly Verb[] {
  return (Object.keys(verbWords) as Verb[]).filter((verb) => isOffered(item, verb));
}

/** The verb that a job of this scenario name carries out; undefined for the jobs of set-up. */
export function verbOfScenario(scenarioName: string): Verb | undefined {
  return (Object.keys(verbWords) as Verb[]).find((verb) =>
    verbWords[verb].jobScenarios.includes(scenarioName),
  );
}

/** True when a job of this scenario name carries the verb out; some names stand for two verbs. */
export function carriesOut(scenarioName: string, verb: Verb): boolean {
  return verbWords[verb].jobScenarios.includes(scenarioName);
}

const runningStates = new Set(["NotStarted", "InProgress", "Suspended", "Cancelling"]);
const succeededStates = new Set(["Succeeded", "CompletedWithInformation", "PartiallySucceeded"]);

/** True while a job runs. */
export function isRunning(job: JobFacts): boolean {
  return runningStates.has(job.state);
}

/** True when a job ended well. */
export function hasSucceeded(job: JobFacts): boolean {
  return succeededStates.has(job.state);
}

/** True for a job that succeeded for every machine of it; of one that did in part the machines' own jobs tell. */
export function hasWhollySucceeded(job: JobFacts): boolean {
  return hasSucceeded(job) && job.state !== "PartiallySucceeded";
}

/** By what a job's item is known, also when the vault has it no more. */
export type JobTarget = Pick<ItemFacts, "name" | "armId">;

/** True when the job is one of this item: by the item's name, which the service writes as the target's id. */
export function isJobOf(job: JobFacts, item: JobTarget): boolean {
  return (
    sameId(job.targetObjectId, item.name) ||
    sameId(job.targetObjectId, item.armId) ||
    job.machines.some((machine) => sameId(machine.itemName, item.name))
  );
}

/** The item's jobs that carried out a verb, newest first. */
export function verbJobsOf(
  item: JobTarget,
  jobs: readonly JobFacts[],
): readonly { readonly verb: Verb; readonly job: JobFacts }[] {
  return jobs
    .filter((job) => isJobOf(job, item))
    .flatMap((job) => {
      const verb = verbOfScenario(job.scenarioName);
      return verb === undefined ? [] : [{ verb, job }];
    });
}
