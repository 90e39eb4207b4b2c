import { SiteError } from "../../../errors.ts";
import type { Verb } from "../../../recovery/model.ts";
import type { Situation } from "../../../recovery/situation.ts";
import { verbWords } from "../../../recovery/verbs.ts";
import type { StartedOperation } from "../../../sites/azure/site.ts";
import type { VerbRequest } from "../../../sites/azure/verb-request.ts";
import { throwIfCancelled } from "../../../waiting.ts";
import type { Evaluation } from "../../observation/evaluation.ts";
import type { Lane } from "../lanes/lane.ts";
import { isRefusal, looksAfterRefusal, lostRace } from "../lanes/race.ts";
import { noteMachine } from "../record/machine-record.ts";
import { noteBegin, type Run } from "../run.ts";
import { itemRequest, planRequest } from "./requests.ts";
import { findStartedJob } from "./started-job.ts";

/** A verb that is due. */
export interface VerbStep {
  readonly verb: Verb;
  /** The machine that it is due for; a recovery plan's verb is for all of its machines. */
  readonly situation: Situation;
}

/** How often a verb is sent, when no answer came and the service shows no trace of it. */
export const maximumStarts = 2;

/** Sends one verb; "halted" when nothing may be begun any more, undefined when it was not begun: no answer came and no trace of it shows, or another job was quicker. */
export async function send(
  run: Run,
  lane: Lane,
  evaluation: Evaluation,
  { verb, situation }: VerbStep,
): Promise<StartedOperation | "raced" | "halted" | undefined> {
  const { context, course, record } = run;
  throwIfCancelled(context);
  const request = await requestFor(run, lane, evaluation, { verb, situation });
  // Another machine may have failed meanwhile.
  if (course.halted !== undefined) return "halted";
  noteBegin(course, lane.items);
  for (const item of lane.items) noteMachine(record, item, { status: "inProgress", error: "" });
  context.log.progress(`${lane.name}: ${verbWords[verb].step}`);
  try {
    const operation = await evaluation.targets.vault.start(context, request);
    // Who is interrupted before the job shows a task knows what to look for.
    context.log.progress(
      `${lane.name}: its ${verbWords[verb].noun} runs as ${lane.byPlan ? "operation" : "job"} ${operation.operationId}`,
    );
    return operation;
  } catch (error) {
    if (isRefusal(error)) {
      if (await lostRace(run, lane, evaluation, verb, new Set(), looksAfterRefusal)) {
        return "raced";
      }
      throw error;
    }
    if (!(error instanceof SiteError) || !error.effectUnknown) throw error;
    const { vault, plan } = evaluation.targets;
    return findStartedJob(context, vault, {
      items: lane.items,
      verb,
      before: evaluation.jobs,
      ...(lane.byPlan && plan !== undefined ? { plan } : {}),
    });
  }
}

/** The error for a verb of which nobody knows whether it arrived. */
export function unansweredError(lane: Lane, verb: Verb): SiteError {
  return new SiteError(
    `${lane.name}: ${verbWords[verb].noun} was sent ${maximumStarts} times, no answer came, and the vault shows no job of it.`,
    {
      site: "azure",
      operation: verb,
      effectUnknown: true,
      hint: "Check the connection and run `pulumi up` again.",
    },
  );
}

async function requestFor(
  run: Run,
  lane: Lane,
  evaluation: Evaluation,
  { verb, situation }: VerbStep,
): Promise<VerbRequest> {
  const { targets, situations } = evaluation;
  return lane.byPlan && targets.plan !== undefined
    ? planRequest(verb, targets.plan, situations, run.inputs)
    : itemRequest(run.context, targets.site, targets.vault, verb, situation, run.inputs);
}
