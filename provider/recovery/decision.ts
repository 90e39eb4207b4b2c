import { type ActionKind, actionWords } from "./action-kinds.ts";
import { sameId } from "./identity.ts";
import type { ItemFacts, JobFacts, RecoveryPlanFacts, Verb } from "./model.ts";
import { movesFrom, pathTo, positionAfter, reaches } from "./moves.ts";
import { type Position, positionOf } from "./position.ts";
import {
  carriesOut,
  failsOver,
  hasSucceeded,
  isJobOf,
  isRunning,
  verbJobsOf,
  verbOfScenario,
} from "./verbs.ts";

/** What an action has to do for one item, decided from what is there now. */
export type Decision =
  /** Verbs are to be started, in this order. */
  | { readonly kind: "start"; readonly verbs: readonly Verb[] }
  /** A matching job runs already: it is followed, then the remaining verbs are started. */
  | {
      readonly kind: "follow";
      readonly jobName: string;
      readonly verb: Verb;
      readonly rest: readonly Verb[];
    }
  /** The effect is there; `jobName` brought it about, when the vault still knows. */
  | {
      readonly kind: "done";
      readonly jobName?: string;
      readonly waitFor?: "protected";
      /** True when somebody cancelled what the action had begun. */
      readonly cancelled?: true;
    }
  /** Another job holds the item. */
  | { readonly kind: "busy"; readonly jobName: string; readonly scenario: string }
  /** No sequence of the action's verbs leads to its goal. */
  | { readonly kind: "impossible"; readonly position: Position };

/** What is asked of an action. */
export interface ActionAsk {
  readonly kind: ActionKind;
  /** True when the commit is part of it. */
  readonly commit: boolean;
  /**
   * Verbs that this action has already brought to a good end for the machine: never started again.
   * A machine that would need one of them has moved on since, and nothing is left to do for it.
   */
  readonly spent?: readonly Verb[];
  /** True when a reprotect may commit first what waits for its commit. */
  readonly commitFirst?: boolean;
  /** The running job of a recovery plan that the item belongs to; it holds the item also before its turn. */
  readonly heldBy?: HoldingJob;
}

/** A job that holds an item. */
export interface HoldingJob {
  readonly jobName: string;
  /** The service's name of what it does, such as `UnplannedFailover`. */
  readonly scenario: string;
}

/** The job that holds the item now, by the item's own word or by the vault's list. */
export function runningJobOf(item: ItemFacts, jobs: readonly JobFacts[]): HoldingJob | undefined {
  const held = item.currentScenario;
  if (held !== undefined && item.allowedOperations.length === 0) {
    return { jobName: held.jobName, scenario: held.name };
  }
  const job = jobs.find(
    (each) =>
      isRunning(each) && isJobOf(each, item) && verbOfScenario(each.scenarioName) !== undefined,
  );
  // A list may lag behind the item: an item that offers its moves again is idle.
  return job === undefined || item.allowedOperations.length > 0
    ? undefined
    : { jobName: job.name, scenario: job.scenarioName };
}

/** The jobs of recovery plans that hold their items, by item name; a drill that waits for its clean-up holds nothing. */
export function jobsHoldingItems(
  plans: readonly RecoveryPlanFacts[],
  jobs: readonly JobFacts[],
): ReadonlyMap<string, HoldingJob> {
  const held = new Map<string, HoldingJob>();
  for (const job of jobs.filter(isRunningPlanJob)) {
    const plan = plans.find(
      (each) =>
        sameId(each.name, job.targetObjectId) ||
        sameId(each.id, job.targetObjectId) ||
        sameId(each.name, job.targetObjectName),
    );
    for (const name of plan?.groups.flatMap((group) => group.itemNames) ?? []) {
      held.set(name, { jobName: job.name, scenario: job.scenarioName });
    }
  }
  return held;
}

/** True for a job of a recovery plan that runs and does not wait for a drill's clean-up. */
export function isRunningPlanJob(job: JobFacts): boolean {
  return (
    job.targetInstanceType === "RecoveryPlan" &&
    isRunning(job) &&
    job.state !== "Suspended" &&
    verbOfScenario(job.scenarioName) !== undefined
  );
}

/** Decides what an action has to do for one item: attach where it can, start only what is left (P-03). */
export function decide(ask: ActionAsk, item: ItemFacts, jobs: readonly JobFacts[]): Decision {
  const position = positionOf(item);
  const running = ask.heldBy ?? runningJobOf(item, jobs);
  if (running !== undefined) {
    const verb = verbsFor(ask).find((each) => carriesOut(running.scenario, each));
    if (verb === undefined) return { kind: "busy", ...running };
    const next = positionAfter(item.scenario, position, [verb]);
    const rest = next === undefined ? [] : wayToGoal(ask, item, next);
    // A job that leads away from the goal is somebody else's.
    if (rest === undefined) return { kind: "busy", ...running };
    return { kind: "follow", jobName: running.jobName, verb, rest };
  }
  const already = effectOf(ask, item, position, jobs);
  if (already !== undefined) return already;
  const verbs = wayToGoal(ask, item, position);
  if (ask.spent !== undefined && (verbs ?? ask.spent).some((verb) => ask.spent?.includes(verb))) {
    return wasCancelledLast(item, jobs) ? { kind: "done", cancelled: true } : { kind: "done" };
  }
  // A goal that is reached without the action's effect was never left: there is nothing to reprotect.
  return verbs === undefined || verbs.length === 0
    ? { kind: "impossible", position }
    : { kind: "start", verbs };
}

/** The verbs that the action may use. */
function verbsFor(ask: ActionAsk): readonly Verb[] {
  const { verbs } = actionWords[ask.kind];
  return ask.commitFirst === true ? ["commit", ...verbs] : verbs;
}

/** The verbs that lead from a position to the action's goal; undefined when none do. */
function wayToGoal(
  ask: ActionAsk,
  item: ItemFacts,
  position: Position,
): readonly Verb[] | undefined {
  const goal = actionWords[ask.kind].goal(ask.commit);
  return pathTo(item.scenario, position, goal, verbsFor(ask));
}

/** The decision when the effect is there already; undefined when it is not. */
function effectOf(
  ask: ActionAsk,
  item: ItemFacts,
  position: Position,
  jobs: readonly JobFacts[],
): Decision | undefined {
  const words = actionWords[ask.kind];
  const history = verbJobsOf(item, jobs).filter(({ job }) => hasSucceeded(job));
  const done = (is: (verb: Verb) => boolean, waitFor?: "protected"): Decision => {
    const jobName = history.find((each) => is(each.verb))?.job.name;
    return {
      kind: "done",
      ...(jobName === undefined ? {} : { jobName }),
      ...(waitFor === undefined ? {} : { waitFor }),
    };
  };
  const covered =
    position.standing === "protected" ||
    position.standing === "replicating" ||
    position.standing === "testing";
  const only =
    (verb: Verb) =>
    (each: Verb): boolean =>
      each === verb;
  const moved = (verb: Verb): boolean => failsOver([verb]);
  switch (ask.kind) {
    case "TestFailover":
      return position.standing === "testing" ? done(only("testFailover")) : undefined;
    case "TestFailoverCleanup":
      return position.standing === "testing" ? undefined : done(only("testFailoverCleanup"));
    case "Failover":
      return reaches(position, words.goal(ask.commit)) || (covered && position.away)
        ? done(moved)
        : undefined;
    case "Failback":
      return reaches(position, words.goal(ask.commit)) ||
        (covered && !position.away && wasReprotectedLast(history))
        ? done(moved)
        : undefined;
    case "CompleteMigration":
      // What is migrated is forgotten by the service: an item that is there is not.
      return undefined;
    case "Reprotect":
      return covered && (position.away || wasReprotectedLast(history))
        ? done(only("reprotect"), position.standing === "replicating" ? "protected" : undefined)
        : undefined;
  }
}

/** True when the newest verb that moved the machine was the cancellation of a failback. */
export function wasCancelledLast(item: ItemFacts, jobs: readonly JobFacts[]): boolean {
  const newest = verbJobsOf(item, jobs)
    .filter(({ job }) => hasSucceeded(job))
    .find(({ verb }) => failsOver([verb]) || verb === "cancelFailover" || verb === "reprotect");
  return newest?.verb === "cancelFailover";
}

/** True when the newest verb that moved the machine or turned its replication was a reprotect. */
function wasReprotectedLast(history: readonly { readonly verb: Verb }[]): boolean {
  const turning = (verb: Verb): boolean =>
    failsOver([verb]) || verb === "commit" || verb === "reprotect";
  return history.find(({ verb }) => turning(verb))?.verb === "reprotect";
}

/** The verbs that become legal when an action is through, for the plan's last line. */
export function nextVerbs(item: ItemFacts, verbs: readonly Verb[]): readonly Verb[] {
  const position = positionAfter(item.scenario, positionOf(item), verbs);
  return position === undefined ? [] : movesFrom(item.scenario, position);
}
