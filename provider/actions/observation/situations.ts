import { mapAtMost } from "../../concurrency.ts";
import type { Context } from "../../context.ts";
import type { ActionAsk } from "../../recovery/action-ask.ts";
import { type ActionKind, actionWords } from "../../recovery/action-kinds.ts";
import { type Decision, decide, type HoldingJob } from "../../recovery/decision.ts";
import { itemIdentity, nameOf, sameId } from "../../recovery/identity.ts";
import type { ItemFacts, JobFacts, Verb } from "../../recovery/model.ts";
import { isFromVmwareSite, standingOf } from "../../recovery/position.ts";
import type { ChosenPoint } from "../../recovery/recovery-point.ts";
import type { Situation } from "../../recovery/situation.ts";
import { failsOver } from "../../recovery/verbs.ts";
import type { MachineRecord } from "../action-inputs.ts";
import { askedPoint, type PointsReached } from "../points-reached.ts";
import type { AnyActionInputs } from "../settings.ts";
import { observeDestination } from "./destinations.ts";
import { failbackChoices } from "./failback-choices.ts";
import { observeHyperV } from "./hyper-v.ts";
import { type OnPremisesAsk, observeOnPremises } from "./on-premises.ts";
import { observeServers } from "./servers.ts";
import type { ActionTargets } from "./targets.ts";
import { takesPoint, wantedPoint } from "./wanted-point.ts";

/** How an evaluation is made. */
export interface EvaluationOptions {
  /** The inputs of the run before, when this is a change of an action that has run. */
  readonly olds?: AnyActionInputs;
  /** The points that machines were brought to since, where that run did not end; the others are at that of `olds`. */
  readonly points?: PointsReached;
  /** Item identities that are through and are left alone. */
  readonly through?: ReadonlySet<string>;
  /** Records of machines that are through: those whose protection has ended since are history, and no problem. */
  readonly history?: readonly MachineRecord[];
  /** Verbs that the action has brought to a good end before, by item identity. */
  readonly spent?: ReadonlyMap<string, readonly Verb[]>;
  /** Item identities of which the service has lost a job of the action. */
  readonly lost?: ReadonlySet<string>;
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
  const [sites, hosts] = await Promise.all([
    observeOnPremises(observation.context, asks),
    observeHyperV(observation.context, observation.targets.vault, seen),
  ]);
  return seen.map((situation, index) => {
    const [onPremises, hyperV] = [sites[index], hosts[index]];
    return {
      ...situation,
      ...(onPremises === undefined ? {} : { onPremises }),
      ...(hyperV === undefined ? {} : { hyperV }),
    };
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
  const identity = itemIdentity(live.vaultId, live.name);
  const projection = context.preview ? context.projections?.get(identity) : undefined;
  const item = projection ?? live;
  const decision = decisionOf(observation, live, item, projection === undefined ? jobs : []);
  const asksForOtherPoint =
    options.olds !== undefined &&
    failsOver(actionWords[action].verbs) &&
    (options.points?.get(identity) ?? askedPoint(options.olds)) !== askedPoint(inputs) &&
    decision.kind !== "follow" &&
    standingOf(item) !== "protected";
  const projected = projection !== undefined;
  const wish = { item, decision, changes: asksForOtherPoint, projected };
  const [recoveryPoint, policies, destination, failback] = await Promise.all([
    wantedPoint(context, targets, inputs, wish),
    takesPoint(decision) ? targets.vault.policies(context) : [],
    projected
      ? { resources: [], eligibilityErrors: [] }
      : observeDestination(context, targets.site, targets.vault, action, item, decision, inputs),
    action === "Failback" ? failbackChoices(context, targets.vault, item, inputs) : undefined,
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
    // A run that was killed behind the change finds it made.
    changesRecoveryPoint: asksForOtherPoint && !isAt(item, recoveryPoint),
    ...(action === "TestFailover" && testNetworkId !== "" ? { testNetworkId } : {}),
    ...(policy === undefined ? {} : { policy }),
    destination,
    manages: inputs.manage ?? [],
    ...(failback === undefined ? {} : { failback }),
    ...(inputs.mode === undefined ? {} : { mode: inputs.mode }),
    byPlan: targets.plan !== undefined,
    companions: targets.items,
    vaultItems,
    projected,
  };
}

/** True when the machine has failed over to this very point; the service names points by other containers then. */
function isAt(item: ItemFacts, recoveryPoint: ChosenPoint | undefined): boolean {
  const name = recoveryPoint?.point?.name;
  return name !== undefined && sameId(nameOf(item.failoverRecoveryPointId ?? ""), name);
}

function decisionOf(
  { action, inputs, options, held }: Observation,
  live: ItemFacts,
  item: ItemFacts,
  jobs: readonly JobFacts[],
): Decision {
  const heldBy = held.get(live.name);
  const identity = itemIdentity(live.vaultId, live.name);
  const spent = options.spent?.get(identity);
  const ask = {
    ...wishOf(action, inputs),
    ...(spent === undefined ? {} : { spent }),
    ...(heldBy === undefined ? {} : { heldBy }),
    ...(options.lost?.has(identity) === true ? { lostJob: true } : {}),
  };
  return decide(ask, item, jobs);
}

/** What the inputs ask of an action, whatever the machine. */
function wishOf(action: ActionKind, inputs: AnyActionInputs): ActionAsk {
  const { commit, manage, mode, reverseReplicate } = inputs;
  return {
    kind: action,
    commit: commit === "automatic",
    commitFirst: manage?.includes("commit") ?? false,
    ...(mode === undefined ? {} : { mode }),
    ...(reverseReplicate === undefined ? {} : { reverseReplicate }),
  };
}
