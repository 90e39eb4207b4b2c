import { type ActionKind, actionWords } from "./action-kinds.ts";
import { nextVerbs, verbsOf } from "./decision.ts";
import { isoDuration } from "./duration-words.ts";
import { itemIdentity } from "./identity.ts";
import type { ItemFacts, JobFacts, RecoveryPlanFacts, Verb } from "./model.ts";
import { positionAfter } from "./moves.ts";
import { type MachinePlace, placeFrom, placeTo } from "./places.ts";
import { groupOf, type PlannedScript, scriptsOf, startsOneByOne } from "./plan-groups.ts";
import { type PlannedResource, resourcesOf } from "./plan-resources.ts";
import { downtimeOf, stepsOf } from "./plan-steps.ts";
import { goesToAzure, isBetweenRegions, isFromHyperV, positionOf } from "./position.ts";
import type { Situation } from "./situation.ts";
import { failsOver, hasSucceeded, verbOfScenario, verbWords } from "./verbs.ts";

/** The recovery point a machine goes to. */
export interface PlannedPoint {
  /** `latest`, `latestProcessed`, …, or `custom`. */
  readonly kind: string;
  /** Name of the point; empty for one that is made when the failover begins. */
  readonly name: string;
  /** Time of the data, ISO 8601; empty while unknown. */
  readonly time: string;
  /** What the choice means for the data, where kind and time do not say it; else empty. */
  readonly meaning: string;
}

export { verbsOf } from "./decision.ts";
export type { MachinePlace } from "./places.ts";
export type { PlannedScript } from "./plan-groups.ts";
export type { PlannedResource } from "./plan-resources.ts";

/** Which way a machine, its copy or its replication goes; always derived, never asked for. */
export type PlannedDirection = "betweenRegions" | "betweenSites" | "toAzure" | "fromAzure";

/** What an action will do to one machine. */
export interface MachinePlan {
  /** Identity of the item. */
  readonly item: string;
  readonly machine: string;
  /** State at the time of the preview, in the service's words. */
  readonly state: string;
  readonly from: MachinePlace;
  readonly to: MachinePlace;
  /** Which way it goes: `betweenRegions`, `betweenSites`, from a site `toAzure`, or back to it `fromAzure`. */
  readonly direction: PlannedDirection;
  /** Steps in order; empty when nothing is left to do. */
  readonly steps: readonly string[];
  readonly recoveryPoint?: PlannedPoint;
  /** The job that is followed instead of starting one; empty when one is started. */
  readonly follows: string;
  /** Boot group in the recovery plan, beginning with 1; 0 without a plan. */
  readonly group: number;
  /** When the machine is not available because of the action. */
  readonly downtime: string;
  /** Resources at the destination. */
  readonly resources: readonly PlannedResource[];
  /** What is legal afterwards. */
  readonly next: readonly string[];
}

/** What an action will do: computed by check, shown by preview, kept with the record. */
export interface ActionPlan {
  /** One line: what happens to how many machines, from where to where. */
  readonly summary: string;
  readonly machines: readonly MachinePlan[];
  /** Manual actions, scripts and runbooks of the recovery plan that will run, in order. */
  readonly scripts: readonly PlannedScript[];
  /**
   * True when the machines of a recovery plan are treated one by one, group after group, because they do not
   * stand alike any more; the plan's own job and what it runs are left out then.
   */
  readonly oneByOne?: boolean;
  /** Expected duration by the vault's past jobs, ISO 8601; empty when there are none. */
  readonly estimatedDuration: string;
  /** Inputs that are not known yet; the plan is complete when there are none. */
  readonly notKnownYet: readonly string[];
  /** When it was made, by the service's clock, ISO 8601: what jobs before that did was not of this action. */
  readonly madeAt?: string;
}

/** What the plan of a whole action is made from. */
export interface PlanSources {
  readonly action: ActionKind;
  readonly situations: readonly Situation[];
  readonly recoveryPlan?: RecoveryPlanFacts;
  readonly jobs: readonly JobFacts[];
  /** Number of the action's machines, those that are through included; default: as many as there are situations. */
  readonly count?: number;
  readonly now?: Date;
}

/** The plan of an action whose inputs are not known yet. */
export function unknownPlan(action: ActionKind, paths: readonly string[]): ActionPlan {
  return {
    summary: `${actionWords[action].title}: not known yet (${paths.join(", ")})`,
    machines: [],
    scripts: [],
    estimatedDuration: "",
    notKnownYet: paths,
  };
}

/** Makes the plan of an action from what is known of each machine. */
export function makePlan(sources: PlanSources): ActionPlan {
  const machines = sources.situations
    .map((situation) => planMachine(situation, sources.recoveryPlan))
    .sort((left, right) => left.group - right.group);
  const { action, situations, recoveryPlan, jobs, now, count = situations.length } = sources;
  const verbs = [...new Set(situations.flatMap(({ decision }) => verbsOf(decision)))];
  const oneByOne = startsOneByOne(action, recoveryPlan, count, situations).length > 0;
  return {
    summary: summarize(sources, machines),
    machines,
    scripts: oneByOne ? [] : scriptsOf(action, recoveryPlan, verbs),
    ...(oneByOne ? { oneByOne } : {}),
    estimatedDuration: estimateDuration(verbs, jobs, recoveryPlan !== undefined && !oneByOne),
    notKnownYet: [],
    ...(now === undefined ? {} : { madeAt: now.toISOString() }),
  };
}

/** True when a verb leads the machine, its copy or its replication to the other side. */
const leads = (verbs: readonly Verb[]): boolean =>
  failsOver(verbs) ||
  verbs.some((verb) => ["testFailover", "reprotect", "cancelFailover"].includes(verb));

/** From where to where, in a few words; one place for a machine that stays where it is. */
export function routeOf({ from, to }: Pick<MachinePlan, "from" | "to">): string {
  return from.site === to.site ? `in ${from.site}` : `${from.site} → ${to.site}`;
}

function planMachine(situation: Situation, plan: RecoveryPlanFacts | undefined): MachinePlan {
  const { item, decision, recoveryPoint } = situation;
  const verbs = situation.changesRecoveryPoint
    ? (["changeRecoveryPoint", ...verbsOf(decision)] as const)
    : verbsOf(decision);
  const moves = failsOver(verbs) || verbs.includes("testFailover");
  const from = placeFrom(situation);
  const chosen = moves || situation.changesRecoveryPoint ? recoveryPoint : undefined;
  return {
    item: itemIdentity(item.vaultId, item.name),
    machine: item.friendlyName,
    state: item.protectionStateDescription || item.protectionState,
    from,
    to: leads(verbs) ? placeTo(situation) : from,
    direction: directionOf(situation),
    steps: stepsOf(situation, verbs),
    ...(chosen === undefined
      ? {}
      : {
          recoveryPoint: {
            kind: chosen.kind === "Custom" ? "custom" : chosen.wanted,
            name: chosen.point?.name ?? "",
            time: chosen.time ?? "",
            meaning: chosen.meaning ?? "",
          },
        }),
    follows: decision.kind === "follow" ? decision.jobName : "",
    group: groupOf(item, plan),
    downtime: downtimeOf(situation, verbs),
    resources: resourcesOf(situation, verbs),
    next: nextWords(item, verbs),
  };
}

/** What is legal afterwards; a failover to the machine's own site is a failback. */
function nextWords(item: ItemFacts, verbs: readonly Verb[]): readonly string[] {
  const after = positionAfter(item.scenario, positionOf(item), verbs);
  const home = !isBetweenRegions(item) && after?.away === true;
  const words = nextVerbs(item, verbs).map((verb) => {
    if (home && failsOver([verb])) return "failback";
    return verb === "reprotect" && isFromHyperV(item)
      ? "reverse replication"
      : verbWords[verb].noun;
  });
  return [...new Set(words)];
}

/** A failover of a site's machine leads to Azure, a failback home; a reprotect to where it does not run. */
function directionOf({ action, item }: Situation): PlannedDirection {
  if (isBetweenRegions(item)) return "betweenRegions";
  if (!goesToAzure(item)) return "betweenSites";
  const returns = action === "Failback" || (action === "Reprotect" && positionOf(item).away);
  return returns ? "fromAzure" : "toAzure";
}

/** Median duration of past jobs, added up over the verbs. */
function estimateDuration(
  verbs: readonly Verb[],
  jobs: readonly JobFacts[],
  byPlan: boolean,
): string {
  let seconds = 0;
  for (const verb of verbs) {
    const past = jobs
      .filter((job) => hasSucceeded(job) && verbOfScenario(job.scenarioName) === verb)
      .filter(
        (job) => byPlan === (job.targetInstanceType === "RecoveryPlan") || verb === "reprotect",
      )
      .map((job) => (Date.parse(job.endTime ?? "") - Date.parse(job.startTime ?? "")) / 1000)
      .filter((each) => Number.isFinite(each) && each >= 0)
      .sort((left, right) => left - right);
    const median = past[Math.floor(past.length / 2)];
    if (median === undefined) return "";
    seconds += median;
  }
  return verbs.length === 0 ? "" : isoDuration(seconds);
}

function summarize(sources: PlanSources, machines: readonly MachinePlan[]): string {
  const { action, situations, recoveryPlan, count: total = machines.length } = sources;
  const by = recoveryPlan === undefined ? "" : ` of recovery plan ${recoveryPlan.name}`;
  const waiting = new Set(
    situations
      .filter((each) => each.decision.kind !== "done" || each.changesRecoveryPoint)
      .map(({ item }) => itemIdentity(item.vaultId, item.name)),
  );
  const left = machines.filter((each) => waiting.has(each.item));
  const partly = left.length > 0 && left.length < total;
  const all = total === 1 ? (machines[0]?.machine ?? "1 machine") : `${total} machines`;
  const count = partly ? `${left.length} of ${total} machines left` : all;
  const routes = [...new Set((partly ? left : machines).map(routeOf))];
  const route = routes.length === 0 ? "" : `, ${routes.join("; ")}`;
  const note = left.length === 0 ? " (nothing left to do)" : "";
  return `${actionWords[action].title}${by}: ${count}${route}${note}`;
}
