import { mapAtMost } from "../../concurrency.ts";
import type { Context } from "../../context.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import { type Decision, decide, type HoldingJob } from "../../recovery/decision.ts";
import { itemIdentity, sameId } from "../../recovery/identity.ts";
import type { ItemFacts, JobFacts, Verb } from "../../recovery/model.ts";
import { isFromVmwareSite, positionOf, standingOf } from "../../recovery/position.ts";
import {
  type ChosenPoint,
  choosePoint,
  chooseReturnPoint,
  isRecoveryPointWord,
} from "../../recovery/recovery-point.ts";
import type { Situation } from "../../recovery/situation.ts";
import { failsOver } from "../../recovery/verbs.ts";
import type { AnyActionInputs } from "../settings.ts";
import { observeDestination } from "./destinations.ts";
import { type OnPremisesAsk, observeOnPremises } from "./on-premises.ts";
import { observeServers } from "./servers.ts";
import type { ActionTargets } from "./targets.ts";

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

/** What the observation of every machine of an action begins with. */
export interface Observation {
  readonly context: Context;
  readonly action: ActionKind;
  readonly inputs: AnyActionInputs;
  readonly options: EvaluationOptions;
  readonly targets: ActionTargets;
  readonly jobs: readonly JobFacts[];
  readonly vaultItems: readonly ItemFacts[];
  readonly held: ReadonlyMap<string, HoldingJob>;
}

/** Machines that are looked at at the same time. */
const maximumObservations = 20;

/** Looks at each machine, decides what is to be done for it, and adds what is known of its site. */
export async function observeSituations(
  observation: Observation,
  items: readonly ItemFacts[],
): Promise<readonly Situation[]> {
  const seen = await mapAtMost(maximumObservations, items, (item) =>
    situationOf(observation, item),
  );
  const asks = await mapAtMost(maximumObservations, seen, (each) => askOf(observation, each));
  // Asked for all machines together, so that calls do not grow with them.
  const sites = await observeOnPremises(observation.context, asks);
  return seen.map((situation, index) => {
    const onPremises = sites[index];
    return onPremises === undefined ? situation : { ...situation, onPremises };
  });
}

async function askOf(
  { context, action, inputs, targets }: Observation,
  { item, decision, projected, destination }: Situation,
): Promise<OnPremisesAsk> {
  const { site, vault } = targets;
  const ask = { site, vault, action, item, decision, inputs, projected, destination };
  const reprotects =
    isFromVmwareSite(item) && decision.kind === "start" && decision.verbs.includes("reprotect");
  return reprotects
    ? { ...ask, servers: await observeServers(context, site, vault, item, inputs) }
    : ask;
}

async function situationOf(observation: Observation, live: ItemFacts): Promise<Situation> {
  const { context, action, inputs, options, targets, jobs, vaultItems } = observation;
  const projection = context.preview
    ? context.projections?.get(itemIdentity(live.vaultId, live.name))
    : undefined;
  const item = projection ?? live;
  const decision = decisionOf(observation, live, item, projection === undefined ? jobs : []);
  const changesRecoveryPoint =
    options.olds !== undefined &&
    options.olds.recoveryPoint !== inputs.recoveryPoint &&
    decision.kind !== "follow" &&
    standingOf(item) !== "protected";
  const moves =
    decision.kind === "start" &&
    (failsOver(decision.verbs) || decision.verbs.includes("testFailover"));
  const choosesPoint = projection === undefined && (changesRecoveryPoint || moves);
  const [recoveryPoint, policies, destination] = await Promise.all([
    pointOf(observation, item, changesRecoveryPoint, choosesPoint, moves),
    moves ? targets.vault.policies(context) : [],
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
    ...(recoveryPoint === undefined ? {} : { recoveryPoint }),
    changesRecoveryPoint,
    ...(action === "TestFailover" && testNetworkId !== "" ? { testNetworkId } : {}),
    ...(policy === undefined ? {} : { policy }),
    destination,
    manages: inputs.manage ?? [],
    byPlan: targets.plan !== undefined,
    companions: targets.items,
    vaultItems,
    projected: projection !== undefined,
  };
}

function decisionOf(
  { action, inputs, options, held }: Observation,
  live: ItemFacts,
  item: ItemFacts,
  jobs: readonly JobFacts[],
): Decision {
  const heldBy = held.get(live.name);
  const spent = options.spent?.get(itemIdentity(live.vaultId, live.name));
  const ask = {
    kind: action,
    commit: inputs.commit === "automatic",
    commitFirst: inputs.manage?.includes("commit") ?? false,
    ...(spent === undefined ? {} : { spent }),
    ...(heldBy === undefined ? {} : { heldBy }),
  };
  return decide(ask, item, jobs);
}

/** The recovery point that a machine will go to; the points are read only where the wish does not say it all. */
async function pointOf(
  { context, inputs, targets }: Observation,
  item: ItemFacts,
  changes: boolean,
  chooses: boolean,
  moves: boolean,
): Promise<ChosenPoint | undefined> {
  // A machine that has failed over can only go to a point that exists: the latest is the newest one.
  const asked = inputs.recoveryPoint ?? "latest";
  const wanted = changes && asked === "latest" ? "latestProcessed" : asked;
  if (!chooses && isRecoveryPointWord(wanted)) return undefined;
  // The latest point is made when the failover begins; the item itself tells up to when its data reach.
  const latest = wanted === "latest" && item.replicationLagMeasuredAt !== undefined;
  const points = chooses && !latest ? await targets.vault.recoveryPoints(context, item) : [];
  const returns = moves && isFromVmwareSite(item) && positionOf(item).away;
  return returns ? chooseReturnPoint(wanted, item, points) : choosePoint(wanted, item, points);
}
