import { CancelledError, DeadlineError } from "../../errors.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import type { MachineRecord } from "../action-inputs.ts";
import type { AnyActionInputs } from "../settings.ts";

/** What the lanes of one run know of each other. */
export interface Course {
  /**
   * Why nothing more is begun: a machine failed and the inputs say `stop`, or the run was cancelled or came to its
   * deadline. Absent while everything may begin.
   */
  halted?: "failure" | "interruption";
  /** Identities of the items that a verb was sent for in this run, or a job followed. */
  readonly begun: Set<string>;
  /** Records of the machines that were through when the run began. */
  history: readonly MachineRecord[];
}

/** The course of a run that begins. */
export function newCourse(): Course {
  return { begun: new Set(), history: [] };
}

/** True for an end of waiting, by which nothing has failed: the jobs run on. */
export function isInterruption(error: unknown): boolean {
  return error instanceof CancelledError || error instanceof DeadlineError;
}

/** Notes what the end of a lane means for the others: `onFailure` decides about failures. */
export function noteEnd(course: Course, { onFailure }: AnyActionInputs, error: unknown): void {
  if (isInterruption(error)) course.halted = "interruption";
  else if (onFailure === "stop") course.halted ??= "failure";
}

/** Notes that something is done for these machines from now on. */
export function noteBegin(course: Course, items: readonly ItemFacts[]): void {
  for (const item of items) course.begun.add(itemIdentity(item.vaultId, item.name));
}
