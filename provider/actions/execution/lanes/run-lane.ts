import { isCarriedByPlans } from "../../../recovery/plan-groups.ts";
import { failsOver, verbWords } from "../../../recovery/verbs.ts";
import { pause } from "../../../waiting.ts";
import { forgetReached, isWhereAsked, noteReached } from "../../points-reached.ts";
import { noteChangedPoint } from "../record/outcome.ts";
import { noteStanding } from "../record/standing.ts";
import { noteFindings } from "../record/warnings.ts";
import { maximumStarts, send, unansweredError } from "../requests/send.ts";
import type { Run } from "../run.ts";
import { follow } from "./follow.ts";
import { beforeVerb, waitNowhere } from "./guards.ts";
import { type Lane, lanesApart } from "./lane.ts";
import { countIdleLook, noteEffectsOfLost } from "./lost-job.ts";
import { begins, nextStep } from "./next-step.ts";
import { observeLane } from "./observe-lane.ts";

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
