import type { Context } from "../../context.ts";
import { durationMilliseconds } from "../../inputs/duration.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import { type ActionPlan, makePlan } from "../../recovery/action-plan.ts";
import { type HoldingJob, isRunningPlanJob, jobsHoldingItems } from "../../recovery/decision.ts";
import { type Finding, finding } from "../../recovery/findings.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { JobFacts } from "../../recovery/model.ts";
import { checkAction, checkMachines } from "../../recovery/rules/rules.ts";
import type { Situation } from "../../recovery/situation.ts";
import type { AnyActionInputs } from "../settings.ts";
import { withComingFixes } from "./coming-fixes.ts";
import { confirmationFindings } from "./confirmation.ts";
import { idleInputFindings } from "./idle-inputs.ts";
import { type EvaluationOptions, observeSituations } from "./situations.ts";
import { type ActionTargets, resolveTargets } from "./targets.ts";

export type { EvaluationOptions } from "./situations.ts";

/** What an action would do now, and what speaks against it. */
export interface Evaluation {
  readonly targets: ActionTargets;
  readonly situations: readonly Situation[];
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
  const targets = await resolveTargets(context, inputs);
  const known = targets.problems.every(({ rule }) => rule !== "VA-UNKNOWN");
  const [jobs, vaultItems] = known
    ? await Promise.all([targets.vault.jobs(context), targets.vault.items(context)])
    : [[], []];
  const held = jobs.some(isRunningPlanJob)
    ? jobsHoldingItems(await targets.vault.recoveryPlans(context), jobs)
    : new Map<string, HoldingJob>();
  const items = targets.items.filter((each) => {
    const identity = itemIdentity(each.vaultId, each.name);
    return !options.through?.has(identity) && (options.only?.has(identity) ?? true);
  });
  const observation = { context, action, inputs, options, targets, jobs, vaultItems, held };
  const situations = await observeSituations(observation, items);
  const waived = inputs.waive ?? [];
  const findings = [
    ...targets.problems.map((problem) => finding(problem, waived)),
    ...checkAction(
      targets.subject,
      actionSituation(context, action, inputs, targets, situations),
      waived,
    ),
    ...confirmationFindings(action, inputs, targets.subject, situations),
    ...idleInputFindings(action, inputs, situations, waived),
    ...withComingFixes(context, targets.vault.id, checkMachines(situations, waived)),
  ];
  const plan = makePlan({
    action,
    situations,
    jobs,
    ...(targets.plan === undefined ? {} : { recoveryPlan: targets.plan }),
  });
  return { targets, situations, jobs, findings, plan };
}

function actionSituation(
  context: Context,
  action: ActionKind,
  inputs: AnyActionInputs,
  targets: ActionTargets,
  situations: readonly Situation[],
): Parameters<typeof checkAction>[1] {
  const age = inputs.expect?.recoveryPointMaximumAge;
  const limit = age === undefined ? undefined : durationMilliseconds(age);
  const times = situations.flatMap(({ item, recoveryPoint }) =>
    recoveryPoint?.time === undefined ? [] : [[item.name, recoveryPoint.time] as const],
  );
  const starting = situations.filter(({ decision }) => decision.kind === "start");
  return {
    action,
    items: targets.items,
    ageOf: starting.map(({ item }) => item),
    ...(targets.plan === undefined ? {} : { plan: targets.plan }),
    ...(inputs.recoveryPoint === undefined ? {} : { wantedPoint: inputs.recoveryPoint }),
    pointTimes: new Map(times),
    now: targets.site.now(context),
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
