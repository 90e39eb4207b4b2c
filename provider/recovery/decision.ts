import {
  type ActionAsk,
  followedVerbs,
  goalOf,
  type HoldingJob,
  isSpent,
  verbsFor,
} from "./action-ask.ts";
import { effectOf, wasCancelledLast } from "./effects.ts";
import { sameId } from "./identity.ts";
import type { ItemFacts, JobFacts, RecoveryPlanFacts, Verb } from "./model.ts";
import { movesFrom, pathTo, positionAfter } from "./moves.ts";
import { type Position, positionOf } from "./position.ts";
import { needsResynchronization } from "./resynchronization.ts";
import { carriesOut, failsOver, isJobOf, isRunning, verbOfScenario } from "./verbs.ts";

export type { ActionAsk, FailoverMode, HoldingJob } from "./action-ask.ts";
export { wasCancelledLast } from "./effects.ts";

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

/** The verbs that a decision starts, those that follow a running job included. */
export function verbsOf(decision: Decision): readonly Verb[] {
  if (decision.kind === "start") return decision.verbs;
  return decision.kind === "follow" ? [decision.verb, ...decision.rest] : [];
}

/** The job that holds the item now, by the item's own word or by the vault's list. */
function runningJobOf(item: ItemFacts, jobs: readonly JobFacts[]): HoldingJob | undefined {
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
    const plan = plans.find((each) => isJobOfPlan(job, each));
    for (const name of plan?.groups.flatMap((group) => group.itemNames) ?? []) {
      held.set(name, { jobName: job.name, scenario: job.scenarioName });
    }
  }
  return held;
}

/** True for a job of this recovery plan: the service calls a job's target by id or by name. */
export function isJobOfPlan(job: JobFacts, plan: RecoveryPlanFacts): boolean {
  return (
    job.targetInstanceType === "RecoveryPlan" &&
    (sameId(plan.name, job.targetObjectId) ||
      sameId(plan.id, job.targetObjectId) ||
      sameId(plan.name, job.targetObjectName))
  );
}

/** True for a job of a recovery plan that runs and does not wait for a drill's clean-up. */
export function isRunningPlanJob(job: JobFacts): boolean {
  const verb = verbOfScenario(job.scenarioName);
  return (
    job.targetInstanceType === "RecoveryPlan" &&
    isRunning(job) &&
    verb !== undefined &&
    // A failback that waits for its downtime is suspended as well, and holds its machines.
    !(job.state === "Suspended" && verb === "testFailover")
  );
}

/** Decides what an action has to do for one item: attach where it can, start only what is left (P-03). */
export function decide(ask: ActionAsk, item: ItemFacts, jobs: readonly JobFacts[]): Decision {
  const position = positionOf(item);
  const running = ask.heldBy ?? runningJobOf(item, jobs);
  if (running !== undefined) {
    const verb = followedVerbs(ask, item).find((each) => carriesOut(running.scenario, each));
    if (verb === undefined) return { kind: "busy", ...running };
    const next = positionAfter(item.scenario, position, [verb]);
    const rest = next === undefined ? [] : wayToGoal(ask, item, next);
    // A job that leads away from the goal, or only to where the machine is to begin, is somebody else's.
    if (rest === undefined || failsOver(rest)) return { kind: "busy", ...running };
    return { kind: "follow", jobName: running.jobName, verb, rest };
  }
  const already = effectOf(ask, item, position, jobs);
  if (already !== undefined) return already;
  const verbs = wayToGoal(ask, item, position) ?? [];
  if (ask.lostJob === true && verbs.length === 0 && isCovered(position)) {
    return position.standing === "replicating"
      ? { kind: "done", waitFor: "protected" }
      : { kind: "done" };
  }
  const spent =
    verbs.length === 0 ? (ask.spent ?? []).length > 0 : verbs.some((verb) => isSpent(ask, verb));
  if (spent) {
    return wasCancelledLast(item, jobs) ? { kind: "done", cancelled: true } : { kind: "done" };
  }
  if (ask.kind === "Resynchronize" && canBegin(item, position, "resynchronize")) {
    return { kind: "start", verbs: ["resynchronize"] };
  }
  // A goal that is reached without the action's effect was never left: there is nothing to reprotect.
  return verbs.length === 0 ? { kind: "impossible", position } : { kind: "start", verbs };
}

const isCovered = ({ standing }: Position): boolean =>
  standing === "protected" || standing === "replicating";

const canBegin = (item: ItemFacts, position: Position, verb: Verb): boolean =>
  movesFrom(item.scenario, position).includes(verb);

/** The verbs that lead from a position to the action's goal; undefined when none do. */
function wayToGoal(
  ask: ActionAsk,
  item: ItemFacts,
  position: Position,
): readonly Verb[] | undefined {
  const verbs = pathTo(item.scenario, position, goalOf(ask, item), verbsFor(ask, item));
  // An action moves a machine once, and at first: a way back never goes to the other site before, nor does
  // it commit what waits there for its commit.
  return verbs !== undefined && failsOver(verbs.slice(1)) ? undefined : verbs;
}

/**
 * The verbs that become legal when an action is through, for the plan's last line; a resynchronization only
 * while the copy is marked for it.
 */
export function nextVerbs(item: ItemFacts, verbs: readonly Verb[]): readonly Verb[] {
  const position = positionAfter(item.scenario, positionOf(item), verbs);
  if (position === undefined) return [];
  const marked = verbs.length === 0 && needsResynchronization(item);
  return movesFrom(item.scenario, position).filter((verb) => marked || verb !== "resynchronize");
}
