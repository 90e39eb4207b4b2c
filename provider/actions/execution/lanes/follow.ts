import { SiteError } from "../../../errors.ts";
import type { Verb } from "../../../recovery/model.ts";
import { hasSucceeded, isJobOf, verbWords } from "../../../recovery/verbs.ts";
import type { StartedOperation } from "../../../sites/azure/site.ts";
import type { Evaluation } from "../../observation/evaluation.ts";
import { memberJobs, noteOutcome, noteRemoval } from "../record/outcome.ts";
import { notePlacement } from "../record/placement.ts";
import { noteJob } from "../record/record.ts";
import { noteBegin, type Run } from "../run.ts";
import { beginDowntime } from "./downtime.ts";
import type { Lane } from "./lane.ts";
import { noteLoss } from "./lost-job.ts";
import { isOfPlan, settlePlanFailure } from "./plan-failure.ts";
import { lostRace, ownJobs } from "./race.ts";
import { noteRefusal } from "./readiness.ts";

/**
 * Follows an operation to its end and writes what it tells into the record. "raced" means that it failed because
 * the job of somebody else was quicker.
 */
export async function follow(
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
  const outcome = await vault.follow(context, operation, {
    what: `the ${verbWords[verb].noun} of ${lane.name}`,
    attend: beginDowntime(context, vault, lane.name),
  });
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
