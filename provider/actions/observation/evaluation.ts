import type { Context } from "../../context.ts";
import { durationMilliseconds } from "../../inputs/duration.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import { type ActionPlan, makePlan, verbsOf } from "../../recovery/action-plan.ts";
import { type HoldingJob, isRunningPlanJob, jobsHoldingItems } from "../../recovery/decision.ts";
import { type Finding, finding } from "../../recovery/findings.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { ItemFacts, JobFacts } from "../../recovery/model.ts";
import { scriptsOf, scriptWords, startsOneByOne } from "../../recovery/plan-groups.ts";
import { standingOf } from "../../recovery/position.ts";
import { checkAction, checkMachines } from "../../recovery/rules/rules.ts";
import type { Situation } from "../../recovery/situation.ts";
import { failsOver, hasSucceeded, verbJobsOf } from "../../recovery/verbs.ts";
import type { AnyActionInputs } from "../settings.ts";
import { withComingFixes } from "./coming-fixes.ts";
import { confirmationFindings } from "./confirmation.ts";
import { idleInputFindings } from "./idle-inputs.ts";
import {
  endedAmong,
  type GoneMachine,
  type MigratedMachine,
  migratedAmong,
  speaksOf,
} from "./migrated.ts";
import { type EvaluationOptions, type Observation, observeSituations } from "./situations.ts";
import { type ActionTargets, resolveTargets } from "./targets.ts";
import { takesPoint } from "./wanted-point.ts";

export type { EvaluationOptions } from "./situations.ts";

/** What an action would do now, and what speaks against it. */
export interface Evaluation {
  readonly targets: ActionTargets;
  /** Machines of the action, those included whose protection has ended after they were through. */
  readonly count: number;
  readonly situations: readonly Situation[];
  /** Machines whose migration this action has completed before: the vault has them no more. */
  readonly migrated: readonly MigratedMachine[];
  readonly jobs: readonly JobFacts[];
  readonly findings: readonly Finding[];
  readonly plan: ActionPlan;
}

/** Observes the machines, decides what is to be done for each, and runs the rules. Writes nothing. */
export async function evaluate(
  context: Context,
  action: ActionKind,
  inputs: AnyActionInputs,
  options: EvaluationOptions = {},
): Promise<Evaluation> {
  const resolved = await resolveTargets(context, inputs);
  const known = resolved.problems.every(({ rule }) => rule !== "VA-UNKNOWN");
  const [jobs, vaultItems] = known
    ? await Promise.all([resolved.vault.jobs(context), resolved.vault.items(context)])
    : [[], []];
  const migrated = migratedAmong(action, resolved.problems, jobs);
  const unmigrated = resolved.problems.filter((each) => !speaksOf(migrated, each));
  const ended = endedAmong(options.history ?? [], unmigrated);
  const gone = [...migrated, ...ended];
  const problems = unmigrated.filter((each) => !speaksOf(ended, each));
  const targets: ActionTargets = { ...resolved, problems };
  const held = jobs.some(isRunningPlanJob)
    ? jobsHoldingItems(await targets.vault.recoveryPlans(context), jobs)
    : new Map<string, HoldingJob>();
  const items = targets.items.filter((each) => {
    const identity = itemIdentity(each.vaultId, each.name);
    return !options.through?.has(identity) && (options.only?.has(identity) ?? true);
  });
  const observation = { context, action, inputs, options, targets, jobs, vaultItems, held };
  const situations = await observeSituations(observation, items);
  const count = targets.items.length + ended.length;
  const waived = inputs.waive ?? [];
  const findings = [
    ...targets.problems.map((problem) => finding(problem, waived)),
    ...checkAction(targets.subject, actionSituation(observation, situations, gone, count), waived),
    ...confirmationFindings(action, inputs, targets.subject, situations, migrated),
    ...idleInputFindings(action, inputs, situations, waived),
    ...withComingFixes(context, targets.vault.id, checkMachines(situations, waived)),
  ];
  const plan = makePlan({
    action,
    situations,
    jobs,
    count,
    now: targets.site.now(context),
    ...(targets.plan === undefined ? {} : { recoveryPlan: targets.plan }),
  });
  return { targets, count, situations, migrated, jobs, findings, plan };
}

function actionSituation(
  { context, action, inputs, options, targets, jobs }: Observation,
  situations: readonly Situation[],
  gone: readonly GoneMachine[],
  count: number,
): Parameters<typeof checkAction>[1] {
  const age = inputs.expect?.recoveryPointMaximumAge;
  const limit = age === undefined ? undefined : durationMilliseconds(age);
  const times = situations.flatMap(({ item, recoveryPoint }) =>
    recoveryPoint?.time === undefined ? [] : [[item.name, recoveryPoint.time] as const],
  );
  // A commit is not stopped because time has passed since the failover; what is only foreseen is judged later.
  const going = situations.filter(
    (each) => !each.projected && (takesPoint(each.decision) || movesToOtherPoint(each)),
  );
  const leftAt = going.flatMap((each) => {
    const begun = movesToOtherPoint(each) ? failoverJobOf(each.item, jobs)?.startTime : undefined;
    return begun === undefined ? [] : [[each.item.name, begun] as const];
  });
  return {
    action,
    items: targets.items,
    gone,
    ageOf: going.map(({ item }) => item),
    ...(targets.plan === undefined ? {} : { plan: targets.plan }),
    ...(inputs.recoveryPoint === undefined ? {} : { wantedPoint: inputs.recoveryPoint }),
    pointTimes: new Map(times),
    leftAt: new Map(leftAt),
    now: targets.site.now(context),
    // A lane looks at its own machines alone, and it was told when the action began.
    ...(options.only === undefined ? restOf(action, targets, count, situations) : {}),
    ...(inputs.expect === undefined
      ? {}
      : {
          expect: {
            ...(inputs.expect.items === undefined ? {} : { items: inputs.expect.items }),
            ...(inputs.expect.count === undefined ? {} : { count: inputs.expect.count }),
            ...(limit === undefined ? {} : { recoveryPointMaximumAgeMilliseconds: limit }),
          },
        }),
  };
}

/** The machines of a recovery plan that start one by one, and what the plan does not run for them. */
function restOf(
  action: ActionKind,
  { plan }: ActionTargets,
  count: number,
  situations: readonly Situation[],
): Pick<Parameters<typeof checkAction>[1], "rest"> {
  const alone = startsOneByOne(action, plan, count, situations);
  if (alone.length === 0) return {};
  const verbs = situations.flatMap(({ decision }) => verbsOf(decision));
  return {
    rest: {
      machines: alone.map((each) => each.friendlyName),
      scripts: scriptsOf(action, plan, verbs).map(scriptWords),
    },
  };
}

/** True for a machine that has failed over and is to go to another point. */
function movesToOtherPoint({ changesRecoveryPoint, item }: Situation): boolean {
  return changesRecoveryPoint && standingOf(item) === "failedOver";
}

/** The job by which the machine failed over last. */
function failoverJobOf(item: ItemFacts, jobs: readonly JobFacts[]): JobFacts | undefined {
  return verbJobsOf(item, jobs).find(({ verb, job }) => failsOver([verb]) && hasSucceeded(job))
    ?.job;
}
