import { mapAtMost } from "../../concurrency.ts";
import type { Context } from "../../context.ts";
import { durationMilliseconds } from "../../inputs/duration.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import { type ActionPlan, makePlan } from "../../recovery/action-plan.ts";
import {
  decide,
  type HoldingJob,
  isRunningPlanJob,
  jobsHoldingItems,
} from "../../recovery/decision.ts";
import { type Finding, finding } from "../../recovery/findings.ts";
import { itemIdentity, sameId } from "../../recovery/identity.ts";
import type { ItemFacts, JobFacts, Verb } from "../../recovery/model.ts";
import { standingOf } from "../../recovery/position.ts";
import { choosePoint, isRecoveryPointWord } from "../../recovery/recovery-point.ts";
import { checkAction, checkMachines } from "../../recovery/rules/rules.ts";
import type { Situation } from "../../recovery/situation.ts";
import type { AnyActionInputs } from "../settings.ts";
import { observeDestination } from "./destinations.ts";
import { observeOnPremises } from "./on-premises.ts";
import { type ActionTargets, resolveTargets } from "./targets.ts";

/** What an action would do now, and what speaks against it. */
export interface Evaluation {
  readonly targets: ActionTargets;
  readonly situations: readonly Situation[];
  readonly jobs: readonly JobFacts[];
  readonly findings: readonly Finding[];
  readonly plan: ActionPlan;
}

/** How an evaluation is made. */
export interface EvaluationOptions {
  /** The inputs of the run before, when this is a change of an action that has run. */
  readonly olds?: AnyActionInputs;
  /** Item identities that are through and are left alone. */
  readonly through?: ReadonlySet<string>;
  /** Verbs that the action has brought to a good end before, by item identity. */
  readonly spent?: ReadonlyMap<string, readonly Verb[]>;
  /** Item identities that alone are looked at. */
  readonly only?: ReadonlySet<string>;
}

/** Machines that are looked at at the same time. */
const maximumObservations = 20;

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
  const seen = await mapAtMost(maximumObservations, items, (item) =>
    situationOf(observation, item),
  );
  const situations = await withTheirSites(observation, seen);
  const waived = inputs.waive ?? [];
  const findings = [
    ...targets.problems.map((problem) => finding(problem, waived)),
    ...checkAction(
      targets.subject,
      actionSituation(context, action, inputs, targets, situations),
      waived,
    ),
    ...checkMachines(situations, waived),
  ];
  const plan = makePlan({
    action,
    situations,
    jobs,
    ...(targets.plan === undefined ? {} : { recoveryPlan: targets.plan }),
  });
  return { targets, situations, jobs, findings, plan };
}

interface Observation {
  readonly context: Context;
  readonly action: ActionKind;
  readonly inputs: AnyActionInputs;
  readonly options: EvaluationOptions;
  readonly targets: ActionTargets;
  readonly jobs: readonly JobFacts[];
  readonly vaultItems: readonly ItemFacts[];
  readonly held: ReadonlyMap<string, HoldingJob>;
}

async function situationOf(observation: Observation, live: ItemFacts): Promise<Situation> {
  const { context, action, inputs, options, targets, jobs, vaultItems } = observation;
  const projection = context.preview
    ? context.projections?.get(itemIdentity(live.vaultId, live.name))
    : undefined;
  const item = projection ?? live;
  const heldBy = observation.held.get(live.name);
  const spent = options.spent?.get(itemIdentity(live.vaultId, live.name));
  const ask = {
    kind: action,
    commit: inputs.commit === "automatic",
    ...(spent === undefined ? {} : { spent }),
    ...(heldBy === undefined ? {} : { heldBy }),
  };
  const decision = decide(ask, item, projection === undefined ? jobs : []);
  const changesRecoveryPoint =
    options.olds !== undefined &&
    options.olds.recoveryPoint !== inputs.recoveryPoint &&
    decision.kind !== "follow" &&
    standingOf(item) !== "protected";
  const failsOver =
    decision.kind === "start" &&
    decision.verbs.some((verb) => verb === "unplannedFailover" || verb === "testFailover");
  // A machine that has failed over can only go to a point that exists: the latest is the newest one.
  const asked = inputs.recoveryPoint ?? "latest";
  const wanted = changesRecoveryPoint && asked === "latest" ? "latestProcessed" : asked;
  // The latest point is made when the failover begins; the item itself tells up to when its data reach.
  const latest = wanted === "latest" && item.replicationLagMeasuredAt !== undefined;
  const choosesPoint = projection === undefined && (changesRecoveryPoint || failsOver);
  const [points, policies, destination] = await Promise.all([
    choosesPoint && !latest ? targets.vault.recoveryPoints(context, item) : [],
    failsOver ? targets.vault.policies(context) : [],
    projection === undefined
      ? observeDestination(context, targets.site, targets.vault, action, item, decision, inputs)
      : { resources: [], eligibilityErrors: [] },
  ]);
  const policy = policies.find((each) => sameId(each.id, item.policyId));
  const testNetworkId = inputs.network ?? item.target.testNetworkId;
  return {
    action,
    item,
    decision,
    now: targets.site.now(context),
    shutdownSource: inputs.shutdownSource ?? true,
    ...(choosesPoint || !isRecoveryPointWord(wanted)
      ? { recoveryPoint: choosePoint(wanted, item, points) }
      : {}),
    changesRecoveryPoint,
    ...(action === "TestFailover" && testNetworkId !== "" ? { testNetworkId } : {}),
    ...(policy === undefined ? {} : { policy }),
    destination,
    byPlan: targets.plan !== undefined,
    companions: targets.items,
    vaultItems,
    projected: projection !== undefined,
  };
}

/** Adds what is known of the sites of VMware machines: asked for all machines together, so that calls do not grow with them. */
async function withTheirSites(
  { context, action, inputs, targets }: Observation,
  situations: readonly Situation[],
): Promise<readonly Situation[]> {
  const { site, vault } = targets;
  const sites = await observeOnPremises(
    context,
    situations.map(({ item, decision, projected }) => ({
      ...{ site, vault, action, item, decision, inputs, projected },
    })),
  );
  return situations.map((situation, index) => {
    const onPremises = sites[index];
    return onPremises === undefined ? situation : { ...situation, onPremises };
  });
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
