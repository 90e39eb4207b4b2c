import { mapAtMost } from "../../concurrency.ts";
import type { Context } from "../../context.ts";
import { BlockedError } from "../../errors.ts";
import { type ActionKind, actionWords } from "../../recovery/action-kinds.ts";
import { verbsOf } from "../../recovery/action-plan.ts";
import { blockers } from "../../recovery/findings.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { Verb } from "../../recovery/model.ts";
import type { ServerPlacement } from "../../recovery/placement.ts";
import { placeFrom, placeTo } from "../../recovery/places.ts";
import { pause } from "../../waiting.ts";
import { type Evaluation, evaluate } from "../observation/evaluation.ts";
import { lookAnew } from "../observation/on-premises-vcenter.ts";
import type { AnyActionInputs } from "../settings.ts";
import { runLane } from "./lane.ts";
import { isCarriedByPlans, type Lane, lanesApart } from "./lanes.ts";
import { noteFailure } from "./outcome.ts";
import { rulesOfLanes } from "./readiness.ts";
import { type OpenRecord, openMachine, putMachine } from "./record.ts";

/** One run of an action. */
export interface Run {
  readonly context: Context;
  readonly action: ActionKind;
  readonly inputs: AnyActionInputs;
  readonly record: OpenRecord;
  /** Inputs of the run before, when this run changes what that one did. */
  readonly olds?: AnyActionInputs;
  /** Verbs that this run has brought to a good end for any machine. */
  readonly finishedVerbs: Set<Verb>;
  /** Verbs that the action has brought to a good end before, by item identity; never started again. */
  readonly spent?: ReadonlyMap<string, readonly Verb[]>;
  /** Where the servers lie that carry machines back to their site, by item name. */
  readonly placement: Map<string, ServerPlacement>;
}

/** Machines that are treated at the same time; the service throttles long before it runs out of breath. */
const maximumLanes = 20;

/**
 * Brings every machine of the action to its goal: attaches to what runs, starts what is left, follows it.
 * `through` holds the identities of items that are left alone. What preview saw of the vCenters is looked at anew.
 * Throws BlockedError when a rule forbids it. Machines fail one by one: the others go on, the record
 * tells each one's outcome, and the failures are thrown together at the end.
 */
export async function runAction(run: Run, through: ReadonlySet<string>): Promise<void> {
  const { record, context } = run;
  await lookAnew(context);
  const evaluation = await evaluateWhenIdle(run, through);
  record.startedAt ||= context.clock.now().toISOString();
  record.waivedFindings = evaluation.findings.filter((each) => each.waived).map(({ text }) => text);
  for (const situation of evaluation.situations) {
    const { item } = situation;
    const identity = itemIdentity(item.vaultId, item.name);
    if (!record.machines.some((each) => each.item === identity)) {
      const places = [placeFrom(situation).site, placeTo(situation).site] as const;
      putMachine(record, openMachine(item, ...places));
    }
  }
  const failures: unknown[] = [];
  const carry = (lane: Lane): Promise<readonly Lane[]> =>
    runLane(run, lane).catch((error: unknown) => {
      failures.push(error);
      noteFailure(record, lane.items, error);
      return [];
    });
  for (let lanes = lanesOf(run, evaluation); lanes.length > 0; ) {
    lanes = (await mapAtMost(maximumLanes, lanes, carry)).flat();
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) {
    throw new AggregateError(failures, failures.map((each) => String(each)).join("\n"));
  }
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
    const blocking = blockers(evaluation.findings);
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

/** One lane for a plan whose machines all stand alike, else one per machine: only what is left is treated. */
function lanesOf(run: Run, { targets, situations }: Evaluation): readonly Lane[] {
  const [first, ...others] = situations.map(({ decision }) => verbsOf(decision));
  const alike = others.every((each) => each.join() === first?.join());
  const together =
    targets.plan !== undefined &&
    run.action !== "Reprotect" &&
    alike &&
    isCarriedByPlans(first?.[0]) &&
    situations.length === targets.items.length &&
    !situations.some((each) => each.changesRecoveryPoint);
  const whole: Lane = {
    name: targets.subject,
    items: situations.map(({ item }) => item),
    byPlan: true,
    finishedVerbs: new Map(),
    readiness: { refusals: 0, fixed: new Set(), startedAt: new Map() },
  };
  return together ? [whole] : lanesApart(whole);
}
