import { SiteError } from "../../errors.ts";
import { verbsOf } from "../../recovery/action-plan.ts";
import type { ItemFacts, Verb } from "../../recovery/model.ts";
import { isCarriedByPlans } from "../../recovery/plan-groups.ts";
import { standingOf } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import { failsOver, hasSucceeded, isJobOf, verbWords } from "../../recovery/verbs.ts";
import type { StartedOperation } from "../../sites/azure/site.ts";
import { pause } from "../../waiting.ts";
import type { Evaluation } from "../observation/evaluation.ts";
import { forgetReached, isWhereAsked, noteReached } from "../points-reached.ts";
import { noteBegin } from "./course.ts";
import { beginDowntime } from "./downtime.ts";
import { beforeVerb, waitNowhere } from "./guards.ts";
import { type Lane, lanesApart } from "./lanes.ts";
import { afterLoss, countIdleLook, noteEffectsOfLost, noteLoss } from "./lost-job.ts";
import { observeLane } from "./observe-lane.ts";
import {
  memberJobs,
  noteChangedPoint,
  noteFindings,
  noteOutcome,
  noteRemoval,
  noteStanding,
} from "./outcome.ts";
import { notePlacement } from "./placement.ts";
import { isOfPlan, settlePlanFailure } from "./plan-failure.ts";
import { lostRace, ownJobs } from "./race.ts";
import { noteRefusal } from "./readiness.ts";
import { noteJob } from "./record.ts";
import type { Run } from "./run.ts";
import { maximumStarts, send, unansweredError } from "./send.ts";

/** What a lane does next. */
type Step =
  | { readonly kind: "settled" }
  | {
      readonly kind: "wait";
      readonly waitsFor: string;
      readonly afterJob?: true;
      /** True while the job of somebody else holds the machine. */
      readonly foreign?: true;
      /** The verb whose job the service has lost. */
      readonly lost?: Verb;
    }
  | { readonly kind: "follow"; readonly jobName: string; readonly verb: Verb }
  | { readonly kind: "nowhere"; readonly item: ItemFacts }
  | { readonly kind: "start"; readonly verb: Verb; readonly situation: Situation };

/** Looks at an item that does not show what its job has done, before that is told as news. */
const looksBeforeTold = 3;

/**
 * Observe, decide, act; again until every machine of the lane is where the action wants it. Answers the lanes
 * that go on from here: none, or one per machine where the next verb is none of recovery plans.
 */
export async function runLane(run: Run, lane: Lane): Promise<readonly Lane[]> {
  const { context } = run;
  let unanswered = 0;
  let looksAfterJob = 0;
  for (;;) {
    // The service forgets what is migrated: there is nothing left to look at.
    if (lane.finishedVerbs.has("completeMigration")) return [];
    const evaluation = await observeLane(run, lane);
    const { vault } = evaluation.targets;
    for (const situation of evaluation.situations) {
      noteStanding(run.record, run.action, situation);
      if (isWhereAsked(situation)) noteReached(run.points, run.inputs, [situation.item]);
    }
    const step = nextStep(lane, evaluation.situations);
    if (run.course.halted !== undefined && begins(step)) return [];
    switch (step.kind) {
      case "settled":
        // Also when a run before this one changed the point and was killed before it wrote that down.
        for (const situation of evaluation.situations) {
          noteChangedPoint(run.record, situation, evaluation.jobs);
        }
        await noteEffectsOfLost(run, lane, evaluation.targets, evaluation.situations);
        return [];
      case "wait":
        if (step.lost !== undefined) countIdleLook(lane, step.lost, evaluation);
        looksAfterJob = step.afterJob === true ? looksAfterJob + 1 : 0;
        // A state that lags for a look or two is no news.
        if (looksAfterJob === looksBeforeTold) context.log.info(`${lane.name}: ${step.waitsFor}.`);
        await pause(context, `${lane.name}: ${step.waitsFor}`);
        vault.forget();
        break;
      case "follow":
        context.log.info(
          `${lane.name}: follows the ${verbWords[step.verb].noun} that runs already as job ${step.jobName}.`,
        );
        await follow(run, lane, evaluation, { operationId: step.jobName }, step.verb);
        break;
      case "nowhere":
        // It was fit when the action began.
        await pause(context, waitNowhere(run, lane, step.item, evaluation));
        vault.forget();
        break;
      case "start": {
        if (lane.byPlan && !isCarriedByPlans(step.verb)) return lanesApart(lane);
        const verdict = await beforeVerb(run, lane, step.verb, evaluation);
        if (verdict.kind === "apart") return lanesApart(lane);
        if (verdict.kind === "wait") {
          await pause(context, verdict.waitsFor);
          vault.forget();
          break;
        }
        noteFindings(context, run.record, evaluation.findings);
        const operation = await send(run, lane, evaluation, step);
        unanswered = operation === undefined ? unanswered + 1 : 0;
        if (unanswered >= maximumStarts) throw unansweredError(lane, step.verb);
        if (operation === undefined || operation === "halted") break;
        // Also when it is interrupted now: its job runs on.
        const moves = failsOver([step.verb]);
        if (moves && operation !== "raced") noteReached(run.points, run.inputs, lane.items);
        const raced =
          operation === "raced" ||
          (await follow(run, lane, evaluation, operation, step.verb)) === "raced";
        if (raced && moves) forgetReached(run.points, lane.items);
        // The machines of a plan do not stand alike any more.
        if (raced && lane.byPlan) return lanesApart(lane);
        // At once: a commit deletes the points.
        if (lane.finishedVerbs.has("changeRecoveryPoint") && step.verb === "changeRecoveryPoint") {
          noteChangedPoint(run.record, step.situation, []);
          noteReached(run.points, run.inputs, lane.items);
        }
      }
    }
  }
}

/** True for a step that begins something, or waits to begin it: none is taken once the run is halted. */
function begins(step: Step): boolean {
  return (
    step.kind === "start" ||
    step.kind === "nowhere" ||
    (step.kind === "wait" && step.foreign === true)
  );
}

function nextStep(lane: Lane, situations: readonly Situation[]): Step {
  const changing = situations.find((each) => each.changesRecoveryPoint);
  if (changing !== undefined && !lane.finishedVerbs.has("changeRecoveryPoint")) {
    return startOrWait(lane, "changeRecoveryPoint", changing);
  }
  for (const situation of situations) {
    const { decision, item } = situation;
    if (decision.kind === "follow") {
      if (lane.readiness.lostJobs.get(decision.verb)?.jobName === decision.jobName) {
        return startOrWait(lane, decision.verb, situation);
      }
      return { kind: "follow", jobName: decision.jobName, verb: decision.verb };
    }
    if (decision.kind === "busy") {
      const waitsFor = `job ${decision.jobName} (${decision.scenario}) holds it`;
      return { kind: "wait", waitsFor, foreign: true };
    }
    if (decision.kind === "impossible") {
      const last = [...lane.finishedVerbs.keys()].at(-1);
      const lost = [...lane.readiness.lostJobs.keys()].at(-1);
      if (lost !== undefined) return startOrWait(lane, lost, situation);
      if (last !== undefined) return startOrWait(lane, last, situation);
      return { kind: "nowhere", item };
    }
  }
  const starting = situations.find(({ decision }) => verbsOf(decision).length > 0);
  const [verb] = starting === undefined ? [] : verbsOf(starting.decision);
  if (starting !== undefined && verb !== undefined) {
    return startOrWait(lane, verb, starting);
  }
  const replicating = situations.find(
    ({ decision }) => decision.kind === "done" && decision.waitFor !== undefined,
  );
  return replicating === undefined
    ? { kind: "settled" }
    : { kind: "wait", waitsFor: replicationWords(replicating.item) };
}

/** A verb is begun once: after its job only its effect is waited for, also when the service has lost that job. */
function startOrWait(lane: Lane, verb: Verb, situation: Situation): Step {
  if (lane.finishedVerbs.has(verb)) {
    return { kind: "wait", waitsFor: unshown(lane, verb, situation.item), afterJob: true };
  }
  if (lane.readiness.lostJobs.has(verb)) {
    return { kind: "wait", waitsFor: afterLoss(lane, verb), lost: verb };
  }
  return { kind: "start", verb, situation };
}

/** A job is through before the machine is: what its item shows still, and which job it was. */
function unshown(lane: Lane, verb: Verb, item: ItemFacts): string {
  const state = item.protectionStateDescription || item.protectionState;
  const health =
    item.replicationHealth === "Critical" ? ", its replication health is critical" : "";
  return `the ${verbWords[verb].noun} has ended well (job ${lane.finishedVerbs.get(verb)}), and the service still shows the machine as "${state}"${health}`;
}

function replicationWords(item: ItemFacts): string {
  const { hyperV, initialReplicationPercent: percent, protectionState } = item;
  if (standingOf(item) === "protected") return "its resynchronization runs, its copy is not sound";
  // The service calls a Hyper-V machine protected before its network and settings are applied.
  const finalizes = hyperV !== undefined && protectionState === "Protected";
  const state = finalizes
    ? `its protection is finalized (${hyperV.machineProtectionStateDescription || hyperV.machineProtectionState})`
    : item.protectionStateDescription.toLowerCase();
  return percent === undefined || finalizes ? state : `${state} (${percent} %)`;
}

/**
 * Follows an operation to its end and writes what it tells into the record. "raced" means that it failed because
 * the job of somebody else was quicker.
 */
async function follow(
  run: Run,
  lane: Lane,
  evaluation: Evaluation,
  operation: StartedOperation,
  verb: Verb,
): Promise<"raced" | undefined> {
  const { context, record } = run;
  const { vault } = evaluation.targets;
  noteBegin(run.course, lane.items);
  noteJob(record, operation.operationId);
  const outcome = await vault.follow(context, operation, beginDowntime(context, vault, lane.name));
  vault.forget();
  if (outcome.lost === true) {
    noteLoss(run, lane, verb, operation.operationId, evaluation.situations);
    return undefined;
  }
  const members = lane.byPlan || isOfPlan(outcome) ? await memberJobs(context, vault, outcome) : [];
  if (!outcome.succeeded) {
    const own = ownJobs(operation.operationId, outcome);
    if (await lostRace(run, lane, evaluation, verb, own, 1)) {
      // Those machines of a plan that it did move are told of all the same.
      const moved = lane.items.filter((item) =>
        members.some((job) => isJobOf(job, item) && hasSucceeded(job)),
      );
      noteOutcome(context, record, moved, outcome, verb, members);
      return "raced";
    }
  }
  noteOutcome(context, record, lane.items, outcome, verb, members);
  const [first] = evaluation.situations;
  if (!outcome.succeeded) {
    const again =
      verb === "reprotect" && noteRefusal(context, lane.readiness, first?.item, outcome);
    if (again) return undefined;
    if (lane.byPlan || isOfPlan(outcome)) {
      const failure = await settlePlanFailure(run, lane, evaluation, outcome, members, verb);
      if (failure === undefined) return undefined;
      throw failure;
    }
    throw new SiteError(`${lane.name}: ${verbWords[verb].noun} failed. ${outcome.failure}`, {
      site: "azure",
      operation: verb,
      jobErrors: outcome.job?.errors ?? [],
      hint: "Mend the cause and run `pulumi up` again: it goes on with what is left.",
    });
  }
  // Behind a lost job of a recovery plan its machines' own jobs are followed: each speaks of one machine only.
  if (!lane.readiness.lostJobs.has(verb)) {
    lane.finishedVerbs.set(verb, outcome.job?.name ?? operation.operationId);
  }
  for (const situation of evaluation.situations) {
    noteRemoval(record, situation, verb);
    if (verb === "reprotect") await notePlacement(run, evaluation.targets, situation);
  }
  return undefined;
}
