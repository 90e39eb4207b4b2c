import type { ProviderError, ServiceError } from "../../faults/fault-rule.ts";
import type { Simulation } from "../../simulation.ts";
import type { Vault } from "../../state/model.ts";
import type { Job, JobError, JobState, JobTask } from "./job.ts";

/** A task that failed; with `goOn` the job continues and reports it as a warning. */
export interface Failure {
  readonly failed: ServiceError;
  readonly provider?: ProviderError;
  readonly goOn?: boolean;
}

/** How a task came out: done, failed, or not over yet although its time is. */
export type TaskOutcome = Failure | "wait" | undefined;

/** What a task does to the world. */
export type TaskWork<T> = (simulation: Simulation, vault: Vault, job: Job, task: JobTask) => T;

/** How a job ended that ran to its last task, if not simply well. */
export interface Verdict {
  readonly state: JobState;
  readonly error?: JobError;
}

/** What the jobs of one scenario do; names in the tables are task names. */
export interface Behaviour {
  /** Whether a task is passed over when its turn comes. */
  readonly skip?: Readonly<Record<string, TaskWork<boolean>>>;
  /** What happens when a task begins. */
  readonly begin?: Readonly<Record<string, TaskWork<void>>>;
  /** What happens when a task's time is over. */
  readonly end?: Readonly<Record<string, TaskWork<TaskOutcome>>>;
  /** How the job ended, where its tasks alone do not tell. */
  readonly verdict?: (simulation: Simulation, vault: Vault, job: Job) => Verdict | undefined;
  /** What happens when the job is over. */
  readonly finished?: (simulation: Simulation, vault: Vault, job: Job, succeeded: boolean) => void;
}
