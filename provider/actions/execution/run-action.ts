import { mapAtMost } from "../../concurrency.ts";
import { BlockedError } from "../../errors.ts";
import { actionWords } from "../../recovery/action-kinds.ts";
import { blockers } from "../../recovery/findings.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import { placeFrom, placeTo } from "../../recovery/places.ts";
import { pause } from "../../waiting.ts";
import { type Evaluation, evaluate } from "../observation/evaluation.ts";
import { lookAnew } from "../observation/on-premises-vcenter.ts";
import { replacementFindings } from "../replacement.ts";
import type { Lane } from "./lanes/lane.ts";
import { PlanFailure } from "./lanes/plan-failure.ts";
import { waitBefore } from "./lanes/readiness.ts";
import { runLane } from "./lanes/run-lane.ts";
import { isThrough, openMachine, putMachine } from "./record/machine-record.ts";
import { noteMigratedBefore } from "./record/migrated.ts";
import { noteFailure, noteReopening, noteStanding } from "./record/standing.ts";
import { lookOf, noteEnd, type Run } from "./run.ts";
import { inGroups, type Stages, stagesOf, stagesOfRunning } from "./stages.ts";

/** Machines that are treated at the same time; the service throttles long before it runs out of breath. */
const maximumLanes = 20;

/**
 * Brings every machine of the action to its goal: attaches to what runs, starts what is left, follows it.
 * What preview saw of the vCenters is looked at anew.
 * Throws BlockedError when a rule forbids it. Machines fail one by one: the others go on unless `onFailure` says
 * `stop`, the record tells each one's outcome, and the failures are thrown together at the end.
 */
export async function runAction(run: Run): Promise<void> {
  const { record, context, course } = run;
  await lookAnew(context);
  const evaluation = await evaluateWhenIdle(run, run.through);
  record.startedAt ||= context.clock.now().toISOString();
  record.waivedFindings = evaluation.findings.filter((each) => each.waived).map(({ text }) => text);
  openMachines(run, evaluation);
  const failures: unknown[] = [];
  const fail = (error: unknown): void => {
    failures.push(error);
    noteEnd(course, run.inputs, error);
  };
  const carry = async (lane: Lane): Promise<Stages> => {
    if (course.halted !== undefined && !lane.attaches) return [];
    try {
      const lanes = await runLane(run, lane);
      return inGroups(lane, lanes, evaluation.targets.plan);
    } catch (error) {
      fail(error);
      if (!(error instanceof PlanFailure)) noteFailure(record, lane.items, error);
      if (!(error instanceof PlanFailure) || !lane.byPlan) return [];
      // What failed besides the machines, such as a script, somebody has to look at first.
      if (!error.ofMachines) course.halted ??= "failure";
      if (course.halted !== undefined) return stagesOfRunning(lane, error.running);
      return await stagesOfRest(run, lane, error).catch((trouble: unknown) => {
        fail(trouble);
        return stagesOfRunning(lane, error.running);
      });
    }
  };
  for (let stages = stagesOf(run, evaluation); stages.length > 0; ) {
    const [stage = [], ...later] = stages;
    const next = (await mapAtMost(maximumLanes, stage, carry)).flat();
    stages = [...next, ...later];
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) {
    throw new AggregateError(failures, failures.map((each) => String(each)).join("\n"));
  }
}

/** Opens the records of machines that have none, and notes where those stand that are through already. */
function openMachines(run: Run, { situations, migrated, targets }: Evaluation): void {
  const { record, action } = run;
  for (const each of migrated) noteMigratedBefore(run, targets.vault.id, each);
  for (const situation of situations) {
    const { item, decision } = situation;
    const identity = itemIdentity(item.vaultId, item.name);
    if (!record.machines.some((each) => each.item === identity)) {
      const places = [placeFrom(situation).site, placeTo(situation).site] as const;
      putMachine(record, openMachine(item, ...places));
    }
    if (decision.kind === "done") noteStanding(record, action, situation);
    noteReopening(record, situation);
  }
}

/**
 * What a recovery plan's failed job has left of machines that did not fail themselves: those that it did not
 * reach, and what is still to be done for those that it moved.
 */
async function stagesOfRest(run: Run, lane: Lane, failure: PlanFailure): Promise<Stages> {
  const settled = run.record.machines.filter((each) => isThrough(each) || each.status === "failed");
  const evaluation = await evaluateWhenIdle(run, new Set(settled.map((each) => each.item)));
  const stages = stagesOf(run, evaluation);
  return stages.map((lanes) =>
    lanes.map((each) => {
      const [item] = each.items;
      const own = item && failure.ended.get(itemIdentity(item.vaultId, item.name));
      const finished = own === undefined ? [] : ([[failure.verb, own]] as const);
      return { ...each, finishedVerbs: new Map([...lane.finishedVerbs, ...finished]) };
    }),
  );
}

/** Evaluates, waits while other jobs hold the machines, and refuses what a rule forbids. */
async function evaluateWhenIdle(run: Run, through: ReadonlySet<string>): Promise<Evaluation> {
  const { context, action, inputs } = run;
  for (;;) {
    const evaluation = await evaluate(context, action, inputs, { ...lookOf(run), through });
    const blocking = blockers([
      ...evaluation.findings,
      ...(run.replaces === true ? replacementFindings(action, evaluation.situations) : []),
    ]);
    if (blocking.length > 0) {
      const list = blocking.map((each) => `- ${each.text}`).join("\n");
      throw new BlockedError(
        `${actionWords[action].title} of ${evaluation.targets.subject} was not begun:\n${list}`,
        blocking,
      );
    }
    const waiting = waitBefore(evaluation.findings);
    if (waiting === undefined) return evaluation;
    await pause(context, `${waiting.subject}: ${waiting.fact}`);
    evaluation.targets.vault.forget();
  }
}
