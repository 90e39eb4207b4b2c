import type { ActionKind } from "../../recovery/action-kinds.ts";
import type { FindingFacts } from "../../recovery/findings.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { JobFacts } from "../../recovery/model.ts";
import { carriesOut, hasSucceeded } from "../../recovery/verbs.ts";
import type { MachineRecord } from "../action-inputs.ts";

/** A machine whose migration is complete: the service has forgotten its item, and only a job tells of it. */
export interface MigratedMachine {
  /** The item's name, in the case of the job. */
  readonly name: string;
  readonly friendlyName: string;
  readonly jobName: string;
  /** When the job ended, ISO 8601; empty when the service does not tell. */
  readonly endedAt: string;
}

/** Rules that say of an item that the vault has none of its name. */
const absences: readonly string[] = ["IT-UNKNOWN", "PL-ALLOWED"];

/**
 * The machines that a completion of migrations names and the vault has no more, because one of its jobs ended
 * their replication: this action's own, in a run that failed in part or was killed. They are through.
 */
export function migratedAmong(
  action: ActionKind,
  problems: readonly FindingFacts[],
  jobs: readonly JobFacts[],
): readonly MigratedMachine[] {
  if (action !== "CompleteMigration") return [];
  return problems
    .filter(({ rule }) => absences.includes(rule))
    .flatMap(({ subject }) => {
      const job = jobs.find(
        (each) =>
          hasSucceeded(each) &&
          carriesOut(each.scenarioName, "completeMigration") &&
          (sameId(each.targetObjectId, subject) || sameId(each.targetObjectName, subject)),
      );
      return job === undefined ? [] : [machineOf(subject, job)];
    });
}

function machineOf(subject: string, job: JobFacts): MigratedMachine {
  return {
    name: sameId(job.targetObjectName, subject) ? subject : job.targetObjectId,
    friendlyName: job.targetObjectName || subject,
    jobName: job.name,
    endedAt: job.endTime ?? "",
  };
}

/** By what a machine is known that the vault has no more. */
export type GoneMachine = Pick<MigratedMachine, "name" | "friendlyName">;

/** The machines of a record that were through, and of which the vault has no item any more. */
export function endedAmong(
  history: readonly MachineRecord[],
  problems: readonly FindingFacts[],
): readonly GoneMachine[] {
  return history
    .map(({ item, machine }) => ({ name: nameOf(item), friendlyName: machine }))
    .filter((each) => problems.some((problem) => speaksOf([each], problem)));
}

/** True for a problem that is none: the machine it speaks of is migrated, or was through before its protection ended. */
export function speaksOf(
  machines: readonly GoneMachine[],
  { rule, subject }: FindingFacts,
): boolean {
  return (
    absences.includes(rule) &&
    machines.some((each) => sameId(each.name, subject) || sameId(each.friendlyName, subject))
  );
}
