import { SiteError } from "../../errors.ts";
import { verbsOf } from "../../recovery/action-plan.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { ItemFacts, Verb } from "../../recovery/model.ts";
import { standingOf } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import { verbWords } from "../../recovery/verbs.ts";
import type { StartedOperation } from "../../sites/azure/site.ts";
import type { VerbRequest } from "../../sites/azure/verb-request.ts";
import { pause, throwIfCancelled } from "../../waiting.ts";
import { type Evaluation, evaluate } from "../observation/evaluation.ts";
import { beginDowntime } from "./downtime.ts";
import { isCarriedByPlans, type Lane, lanesApart } from "./lanes.ts";
import {
  memberJobs,
  noteChangedPoint,
  noteFindings,
  noteOutcome,
  noteRemoval,
  noteStanding,
} from "./outcome.ts";
import { notePlacement } from "./placement.ts";
import { makeReady, noteRefusal } from "./readiness.ts";
import { noteJob } from "./record.ts";
import { itemRequest, planRequest } from "./requests.ts";
import type { Run } from "./run.ts";
import { findStartedJob } from "./started-job.ts";

/** What a lane does next. */
type Step =
  | { readonly kind: "settled" }
  | { readonly kind: "wait"; readonly waitsFor: string; readonly afterJob?: true }
  | { readonly kind: "follow"; readonly jobName: string; readonly verb: Verb }
  | { readonly kind: "start"; readonly verb: Verb; readonly situation: Situation };

/** How often a verb is sent, when no answer came and the service shows no trace of it. */
const maximumStarts = 2;

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
    for (const situation of evaluation.situations) noteStanding(run.record, run.action, situation);
    const step = nextStep(lane, evaluation.situations);
    switch (step.kind) {
      case "settled":
        // Also when a run before this one changed the point and was killed before it wrote that down.
        for (const situation of evaluation.situations) {
          noteChangedPoint(run.record, situation, evaluation.jobs);
        }
        return [];
      case "wait":
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
      case "start": {
        if (lane.byPlan && !isCarriedByPlans(step.verb)) return lanesApart(lane);
        const { site } = evaluation.targets;
        const readying = { context, site, inputs: run.inputs, readiness: lane.readiness };
        const waitsFor = await makeReady(readying, step.verb, evaluation.situations);
        if (waitsFor !== undefined) {
          await pause(context, waitsFor);
          vault.forget();
          break;
        }
        noteFindings(context, run.record, evaluation.findings);
        const operation = await start(run, lane, evaluation, step);
        unanswered = operation === undefined ? unanswered + 1 : 0;
        if (operation !== undefined) await follow(run, lane, evaluation, operation, step.verb);
        else if (unanswered >= maximumStarts) throw unansweredError(lane, step.verb);
        // At once: a commit deletes the points.
        if (lane.finishedVerbs.has("changeRecoveryPoint") && step.verb === "changeRecoveryPoint") {
          noteChangedPoint(run.record, step.situation, []);
        }
      }
    }
  }
}

function nextStep(lane: Lane, situations: readonly Situation[]): Step {
  const changing = situations.find((each) => each.changesRecoveryPoint);
  if (changing !== undefined && !lane.finishedVerbs.has("changeRecoveryPoint")) {
    return { kind: "start", verb: "changeRecoveryPoint", situation: changing };
  }
  for (const { decision, item } of situations) {
    if (decision.kind === "follow") {
      return { kind: "follow", jobName: decision.jobName, verb: decision.verb };
    }
    if (decision.kind === "busy") {
      return { kind: "wait", waitsFor: `job ${decision.jobName} (${decision.scenario}) holds it` };
    }
    if (decision.kind === "impossible") {
      const last = [...lane.finishedVerbs.keys()].at(-1);
      if (last !== undefined)
        return { kind: "wait", waitsFor: unshown(lane, last, item), afterJob: true };
      throw new SiteError(
        `${item.friendlyName}: its state "${item.protectionStateDescription}" leads nowhere.`,
        { site: "azure", operation: "observe", hint: "Look at the item in the vault." },
      );
    }
  }
  const starting = situations.find(({ decision }) => verbsOf(decision).length > 0);
  const [verb] = starting === undefined ? [] : verbsOf(starting.decision);
  if (starting !== undefined && verb !== undefined) {
    return lane.finishedVerbs.has(verb)
      ? { kind: "wait", waitsFor: unshown(lane, verb, starting.item), afterJob: true }
      : { kind: "start", verb, situation: starting };
  }
  const replicating = situations.find(
    ({ decision }) => decision.kind === "done" && decision.waitFor !== undefined,
  );
  return replicating === undefined
    ? { kind: "settled" }
    : { kind: "wait", waitsFor: replicationWords(replicating.item) };
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

/** Sends one verb; undefined when no answer came and the service shows no trace of it. */
async function start(
  run: Run,
  lane: Lane,
  evaluation: Evaluation,
  step: Extract<Step, { kind: "start" }>,
): Promise<StartedOperation | undefined> {
  const { context } = run;
  throwIfCancelled(context);
  const request = await requestFor(run, lane, evaluation, step);
  context.log.progress(`${lane.name}: ${verbWords[step.verb].step}`);
  try {
    return await evaluation.targets.vault.start(context, request);
  } catch (error) {
    if (!(error instanceof SiteError) || !error.effectUnknown) throw error;
    const { vault } = evaluation.targets;
    return findStartedJob(context, vault, lane.items, step.verb, evaluation.jobs, lane.byPlan);
  }
}

function unansweredError(lane: Lane, verb: Verb): SiteError {
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
  step: Extract<Step, { kind: "start" }>,
): Promise<VerbRequest> {
  const { targets, situations } = evaluation;
  return lane.byPlan && targets.plan !== undefined
    ? planRequest(step.verb, targets.plan, situations, run.inputs)
    : itemRequest(run.context, targets.site, targets.vault, step.verb, step.situation, run.inputs);
}

/** The lane's machines and what is to be done for them, asked of the service anew. */
async function observeLane(run: Run, lane: Lane): Promise<Evaluation> {
  const { context, action, inputs, olds, spent } = run;
  const names = lane.items.map((item) => itemIdentity(item.vaultId, item.name));
  const evaluation = await evaluate(context, action, inputs, {
    only: new Set(names),
    ...(olds === undefined ? {} : { olds }),
    ...(spent === undefined ? {} : { spent }),
  });
  if (evaluation.situations.length < names.length) {
    throw new SiteError(`${lane.name}: the vault does not replicate the machine any more.`, {
      site: "azure",
      operation: action,
      hint: "See in the vault's jobs who disabled its protection.",
    });
  }
  return evaluation;
}

/** Follows an operation to its end and writes what it tells into the record. */
async function follow(
  run: Run,
  lane: Lane,
  evaluation: Evaluation,
  operation: StartedOperation,
  verb: Verb,
): Promise<void> {
  const { context, record } = run;
  const { vault } = evaluation.targets;
  noteJob(record, operation.operationId);
  const outcome = await vault.follow(context, operation, beginDowntime(context, vault, lane.name));
  vault.forget();
  const members = lane.byPlan ? await memberJobs(context, vault, outcome) : [];
  noteOutcome(context, record, lane.items, outcome, verb, members);
  const [first] = evaluation.situations;
  if (!outcome.succeeded) {
    const again =
      verb === "reprotect" && noteRefusal(context, lane.readiness, first?.item, outcome);
    if (again) return;
    throw new SiteError(`${lane.name}: ${verbWords[verb].noun} failed. ${outcome.failure}`, {
      site: "azure",
      operation: verb,
      jobErrors: outcome.job?.errors ?? [],
      hint: "Mend the cause and run `pulumi up` again: it goes on with what is left.",
    });
  }
  lane.finishedVerbs.set(verb, outcome.job?.name ?? operation.operationId);
  run.finishedVerbs.add(verb);
  for (const situation of evaluation.situations) {
    noteRemoval(record, situation, verb);
    if (verb === "reprotect") await notePlacement(run, evaluation.targets, situation);
  }
}
