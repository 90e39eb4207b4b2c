import type { ItemFacts, RecoveryPlanFacts } from "../../recovery/model.ts";
import { goesByPlan, groupOf, startsOneByOne } from "../../recovery/plan-groups.ts";
import { failsOver } from "../../recovery/verbs.ts";
import type { Evaluation } from "../observation/evaluation.ts";
import { type Lane, lanesApart } from "./lanes/lane.ts";
import { unready } from "./lanes/readiness.ts";
import { noteFindings } from "./record/warnings.ts";
import type { Run } from "./run.ts";

/** Lanes that begin together, one stage after the other. */
export type Stages = readonly (readonly Lane[])[];

/**
 * One lane for a plan whose machines all stand alike, else one per machine: only what is left is treated.
 * What a recovery plan has left starts in the order of its groups, each behind what runs of the one before it.
 */
export function stagesOf(run: Run, { targets, count, situations, findings }: Evaluation): Stages {
  const { action, context, record } = run;
  const { plan } = targets;
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
  if (goesByPlan(action, plan, count, situations)) return [[whole]];
  const ordered = startsOneByOne(action, plan, count, situations).length > 0;
  const lanes = lanesApart(whole).map((lane, index) => ({
    ...lane,
    attaches: situations[index]?.decision.kind === "follow",
  }));
  return ordered
    ? lanesByGroup(lanes, plan)
    : [lanes.sort((left, right) => Number(right.attaches) - Number(left.attaches))];
}

/** Lanes for machines whose own jobs run on behind the failed job of their recovery plan: followed, no more. */
export function stagesOfRunning({ finishedVerbs }: Lane, items: readonly ItemFacts[]): Stages {
  const lanes = items.map(
    (item): Lane => ({
      name: item.friendlyName,
      items: [item],
      byPlan: false,
      attaches: true,
      finishedVerbs: new Map(finishedVerbs),
      readiness: unready(),
    }),
  );
  return lanes.length === 0 ? [] : [lanes];
}

/** Lanes that go on machine by machine where a recovery plan stopped to: in its order, unless they have started. */
export function inGroups(
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
