import { mapAtMost } from "../../concurrency.ts";
import type { Context } from "../../context.ts";
import { BlockedError } from "../../errors.ts";
import { type ActionKind, actionWords } from "../../recovery/action-kinds.ts";
import { blockers } from "../../recovery/findings.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { RecoveryPlanFacts, Verb } from "../../recovery/model.ts";
import type { ServerPlacement } from "../../recovery/placement.ts";
import { placeFrom, placeTo } from "../../recovery/places.ts";
import { goesByPlan, groupOf, startsOneByOne } from "../../recovery/plan-groups.ts";
import { failsOver } from "../../recovery/verbs.ts";
import { pause } from "../../waiting.ts";
import { type Evaluation, evaluate } from "../observation/evaluation.ts";
import { lookAnew } from "../observation/on-premises-vcenter.ts";
import { replacementFindings } from "../replacement.ts";
import type { AnyActionInputs } from "../settings.ts";
import { type Course, noteEnd } from "./course.ts";
import { runLane } from "./lane.ts";
import { type Lane, lanesApart } from "./lanes.ts";
import { noteMigratedBefore } from "./migrated.ts";
import { noteFailure, noteFindings, noteStanding } from "./outcome.ts";
import { PlanFailure } from "./plan-failure.ts";
import { rulesOfLanes, unready } from "./readiness.ts";
import { isThrough, type OpenRecord, openMachine, putMachine } from "./record.ts";

/** One run of an action. */
export interface Run {
  readonly context: Context;
  readonly action: ActionKind;
  readonly inputs: AnyActionInputs;
  readonly record: OpenRecord;
  /** Inputs of the run before, when this run changes what that one did. */
  readonly olds?: AnyActionInputs;
  /** True when it makes what replaces an action that has run: it takes over what is there, and begins nothing. */
  readonly replaces?: boolean;
  /** Verbs that this run has brought to a good end for any machine. */
  readonly finishedVerbs: Set<Verb>;
  /** What its lanes know of each other. */
  readonly course: Course;
  /** Verbs that the action has brought to a good end before, by item identity; never started again. */
  readonly spent?: ReadonlyMap<string, readonly Verb[]>;
  /** Where the servers lie that carry machines back to their site, by item name. */
  readonly placement: Map<string, ServerPlacement>;
}

/** Lanes that begin together, one stage after the other. */
type Stages = readonly (readonly Lane[])[];

/** Machines that are treated at the same time; the service throttles long before it runs out of breath. */
const maximumLanes = 20;

/**
 * Brings every machine of the action to its goal: attaches to what runs, starts what is left, follows it.
 * `through` holds the identities of items that are left alone. What preview saw of the vCenters is looked at anew.
 * Throws BlockedError when a rule forbids it. Machines fail one by one: the others go on unless `onFailure` says
 * `stop`, the record tells each one's outcome, and the failures are thrown together at the end.
 */
export async function runAction(run: Run, through: ReadonlySet<string>): Promise<void> {
  const { record, context, course } = run;
  await lookAnew(context);
  const evaluation = await evaluateWhenIdle(run, through);
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
      else if (lane.byPlan && error.ofMachines && course.halted === undefined) {
        return await stagesOfRest(run, lane, error).catch((trouble: unknown) => {
          fail(trouble);
          return [];
        });
      }
      return [];
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
  const { context, action, inputs, olds, spent } = run;
  for (;;) {
    const evaluation = await evaluate(context, action, inputs, {
      through,
      ...(olds === undefined ? {} : { olds }),
      ...(spent === undefined ? {} : { spent }),
    });
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
    const waiting = evaluation.findings.find(
      (each) => each.severity === "wait" && !rulesOfLanes.includes(each.rule),
    );
    if (waiting === undefined) return evaluation;
    await pause(context, `${waiting.subject}: ${waiting.fact}`);
    evaluation.targets.vault.forget();
  }
}

/** Lanes that go on machine by machine where a recovery plan stopped to: in its order, unless they have started. */
function inGroups(
  { finishedVerbs, byPlan }: Lane,
  lanes: readonly Lane[],
  plan: RecoveryPlanFacts | undefined,
): Stages {
  if (lanes.length === 0) return [];
  const verbs = [...finishedVerbs.keys()];
  const started = failsOver(verbs) || verbs.includes("testFailover");
  return byPlan && !started ? lanesByGroup(lanes, plan) : [lanes];
}

/** One stage for each group of the recovery plan, in its order. */
function lanesByGroup(lanes: readonly Lane[], plan: RecoveryPlanFacts | undefined): Stages {
  const groups = new Map<number, Lane[]>();
  for (const lane of lanes) {
    const group = lane.items[0] === undefined ? 0 : groupOf(lane.items[0], plan);
    groups.set(group, [...(groups.get(group) ?? []), lane]);
  }
  return [...groups].sort(([left], [right]) => left - right).map(([, each]) => each);
}

/**
 * One lane for a plan whose machines all stand alike, else one per machine: only what is left is treated.
 * What a recovery plan has left starts in the order of its groups. What runs already is followed at once.
 */
function stagesOf(run: Run, { targets, situations, findings }: Evaluation): Stages {
  const { action, context, record } = run;
  const { plan, items } = targets;
  noteFindings(context, record, findings);
  if (situations.length === 0) return [];
  const whole: Lane = {
    name: targets.subject,
    items: situations.map(({ item }) => item),
    byPlan: true,
    attaches: situations.some(({ decision }) => decision.kind === "follow"),
    finishedVerbs: new Map(),
    readiness: unready(),
  };
  if (goesByPlan(action, plan, items.length, situations)) return [[whole]];
  const ordered = startsOneByOne(action, plan, items.length, situations).length > 0;
  const lanes = lanesApart(whole).map((lane, index) => ({
    ...lane,
    attaches: situations[index]?.decision.kind === "follow",
  }));
  const waiting = lanes.filter(({ attaches }) => !attaches);
  const [first = [], ...later] = ordered ? lanesByGroup(waiting, plan) : [waiting];
  return [[...lanes.filter(({ attaches }) => attaches), ...first], ...later];
}
