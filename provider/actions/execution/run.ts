import type { Context } from "../../context.ts";
import { CancelledError, DeadlineError } from "../../errors.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { ItemFacts, Verb } from "../../recovery/model.ts";
import type { ServerPlacement } from "../../recovery/placement.ts";
import type { EvaluationOptions } from "../observation/evaluation.ts";
import type { PointsReached } from "../points-reached.ts";
import type { AnyActionInputs } from "../settings.ts";
import { emptyRecord, type OpenRecord } from "./record/record.ts";

/** What the lanes of one run know of each other. */
export interface Course {
  /**
   * Why nothing more is begun: a machine failed and the inputs say `stop`, or the run was cancelled or came to its
   * deadline. Absent while everything may begin.
   */
  halted?: "failure" | "interruption";
  /** Identities of the items that a verb was sent for in this run, or a job followed. */
  readonly begun: Set<string>;
}

/** One run of an action. */
export interface Run {
  readonly context: Context;
  readonly action: ActionKind;
  readonly inputs: AnyActionInputs;
  readonly record: OpenRecord;
  /** Identities of the items that were through when the run began: they are left alone. */
  readonly through: ReadonlySet<string>;
  /** Inputs of the run before, when this run changes what that one did. */
  readonly olds?: AnyActionInputs;
  /** True when it makes what replaces an action that has run: it takes over what is there, and begins nothing. */
  readonly replaces?: boolean;
  /** The recovery points that machines were brought to, by this run and by those before it that did not end. */
  readonly points: PointsReached;
  /** What its lanes know of each other. */
  readonly course: Course;
  /** Verbs that the action has brought to a good end before, by item identity; never started again. */
  readonly spent?: ReadonlyMap<string, readonly Verb[]>;
  /** Where the servers lie that carry machines back to their site, by item name. */
  readonly placement: Map<string, ServerPlacement>;
}

/** What every look at the machines has to know of the run. */
export function lookOf({ record, through, points, olds, spent }: Run): EvaluationOptions {
  return {
    points,
    history: record.machines.filter(({ item }) => through.has(item)),
    ...(olds === undefined ? {} : { olds }),
    ...(spent === undefined ? {} : { spent }),
  };
}

/** A run of an action that has not run yet, or runs again from its beginning. */
export function newRun(context: Context, action: ActionKind, inputs: AnyActionInputs): Run {
  return {
    context,
    action,
    inputs,
    record: emptyRecord(),
    through: new Set(),
    course: { begun: new Set() },
    points: new Map(),
    placement: new Map(),
  };
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
