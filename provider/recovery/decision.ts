import { type ActionKind, actionWords } from "./action-kinds.ts";
import { sameId } from "./identity.ts";
import type { ItemFacts, JobFacts, RecoveryPlanFacts, Verb } from "./model.ts";
import { movesFrom, pathTo, positionAfter, reaches } from "./moves.ts";
import { type Position, positionOf } from "./position.ts";
import { hasSucceeded, isJobOf, isRunning, verbJobsOf, verbOfScenario } from "./verbs.ts";

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
  | { readonly kind: "done"; readonly jobName?: string; readonly waitFor?: "protected" }
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
  const words = actionWords[ask.kind];
  const position = positionOf(item);
  const running = ask.heldBy ?? runningJobOf(item, jobs);
  if (running !== undefined) {
    const verb = verbOfScenario(running.scenario);
    if (verb === undefined || !words.verbs.includes(verb)) return { kind: "busy", ...running };
    const next = positionAfter(item.scenario, position, [verb]);
    const rest =
      next === undefined
        ? []
        : (pathTo(item.scenario, next, words.goal(ask.commit), words.verbs) ?? []);
    // A job that leads away from the goal is somebody else's.
    if (next !== undefined && !isTowards(ask, item, next)) return { kind: "busy", ...running };
    return { kind: "follow", jobName: running.jobName, verb, rest };
  }
  const already = effectOf(ask, item, position, jobs);
  if (already !== undefined) return already;
  const verbs = pathTo(item.scenario, position, words.goal(ask.commit), words.verbs);
  if (ask.spent !== undefined && (verbs ?? ask.spent).some((verb) => ask.spent?.includes(verb))) {
    return { kind: "done" };
  }
  // A goal that is reached without the action's effect was never left: there is nothing to reprotect.
  return verbs === undefined || verbs.length === 0
    ? { kind: "impossible", position }
    : { kind: "start", verbs };
}

function isTowards(ask: ActionAsk, item: ItemFacts, position: Position): boolean {
  const words = actionWords[ask.kind];
  return pathTo(item.scenario, position, words.goal(ask.commit), words.verbs) !== undefined;
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
  const last = (verb: Verb): string | undefined =>
    history.find((each) => each.verb === verb)?.job.name;
  const done = (verb: Verb, waitFor?: "protected"): Decision => {
    const jobName = last(verb);
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
  switch (ask.kind) {
    case "TestFailover":
      return position.standing === "testing" ? done("testFailover") : undefined;
    case "TestFailoverCleanup":
      return position.standing === "testing" ? undefined : done("testFailoverCleanup");
    case "Failover":
      return reaches(position, words.goal(ask.commit)) || (covered && position.away)
        ? done("unplannedFailover")
        : undefined;
    case "Failback":
      return reaches(position, words.goal(ask.commit)) ||
        (covered && !position.away && wasReprotectedLast(history))
        ? done("unplannedFailover")
        : undefined;
    case "Reprotect":
      return covered && (position.away || wasReprotectedLast(history))
        ? done("reprotect", position.standing === "replicating" ? "protected" : undefined)
        : undefined;
  }
}

/** True when the newest verb that moved the machine or turned its replication was a reprotect. */
function wasReprotectedLast(history: readonly { readonly verb: Verb }[]): boolean {
  const turning: readonly Verb[] = ["unplannedFailover", "plannedFailover", "commit", "reprotect"];
  return history.find(({ verb }) => turning.includes(verb))?.verb === "reprotect";
}

/** The verbs that become legal when an action is through, for the plan's last line. */
export function nextVerbs(item: ItemFacts, verbs: readonly Verb[]): readonly Verb[] {
  const position = positionAfter(item.scenario, positionOf(item), verbs);
  return position === undefined ? [] : movesFrom(item.scenario, position);
}
