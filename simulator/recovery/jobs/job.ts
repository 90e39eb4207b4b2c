import type { ProviderError, ServiceError } from "../../faults/fault-rule.ts";
import type { JsonObject } from "../../state/json.ts";
import type { ScenarioName } from "./scenarios.ts";

/** States of a job, as recorded. */
export type JobState =
  | "NotStarted"
  | "InProgress"
  | "Succeeded"
  | "CompletedWithInformation"
  | "PartiallySucceeded"
  | "Failed"
  | "Cancelled"
  | "Suspended";

/** States of a task, as recorded; `Other` is shown for a skipped one. */
export type TaskState = "NotStarted" | "InProgress" | "Succeeded" | "Failed" | "Other";

/** Why a task or job failed. */
export interface JobError {
  readonly service: ServiceError;
  readonly provider?: ProviderError;
  readonly at: number;
  readonly taskId: string;
}

/** One step of a job. */
export interface JobTask {
  readonly taskId: string;
  readonly name: string;
  friendlyName: string;
  readonly taskType: string;
  state: TaskState;
  startedAt: number | null;
  /** When its time is over; null also for a task that hangs. */
  dueAt: number | null;
  endedAt: number | null;
  errors: JobError[];
  /** Names of the jobs that run inside a group task. */
  children: string[];
  /** For group tasks of a recovery plan: the members that belong to the group. */
  members: readonly string[];
  groupType: string;
}

/** What a job works on. */
export type JobSubject =
  | { readonly kind: "item"; readonly lifecycleId: string }
  | { readonly kind: "plan"; readonly name: string }
  | { readonly kind: "object"; readonly path: readonly string[] };

/** A job of the vault. */
export interface Job {
  readonly name: string;
  readonly activityId: string;
  readonly scenario: ScenarioName;
  readonly subject: JobSubject;
  readonly targetObjectId: string;
  readonly targetObjectName: string;
  readonly affectedObjects: Readonly<Record<string, string>>;
  /** The request's body or what was derived from it; the effects of the tasks read it. */
  input: JsonObject;
  state: JobState;
  tasks: JobTask[];
  errors: JobError[];
  readonly createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Reason with which the job fails as soon as it starts. */
  refusal: ServiceError | null;
  /** Shown in the operation's `error` although it goes on. */
  warning: { code: string; message: string } | null;
  /** The job this one is a part of. */
  readonly parent: string | null;
  /** The task before which the job waits for its parent. */
  holdBefore: string | null;
  /** Set when the service has lost all record of the job, though the work goes on. */
  lost?: boolean;
  /** Fields of customDetails beyond the common ones. */
  details: JsonObject;
}

/** A long-running operation: what a client polls. */
export interface Operation {
  readonly name: string;
  readonly job: string;
  /** ARM path of the resource whose state is the result. */
  readonly resource: string;
}

/** Tells whether a job has come to an end. */
export function isFinished(job: Job): boolean {
  return job.endedAt !== null;
}
