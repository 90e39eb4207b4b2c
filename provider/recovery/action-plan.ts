import { type ActionKind, actionWords } from "./action-kinds.ts";
import { nextVerbs } from "./decision.ts";
import { isoDuration } from "./duration-words.ts";
import { itemIdentity, nameOf } from "./identity.ts";
import type { ItemFacts, JobFacts, RecoveryPlanFacts, Verb } from "./model.ts";
import { type MachinePlace, placeFrom, placeTo } from "./places.ts";
import type { Situation } from "./situation.ts";
import { hasSucceeded, verbOfScenario, verbWords } from "./verbs.ts";

/** The recovery point a machine goes to. */
export interface PlannedPoint {
  /** `latest`, `latestProcessed`, …, or `custom`. */
  readonly kind: string;
  /** Name of the point; empty for one that is made when the failover begins. */
  readonly name: string;
  /** Time of the data, ISO 8601; empty while unknown. */
  readonly time: string;
}

/** A thing that the action creates, removes or uses at the destination. */
export interface PlannedResource {
  readonly kind: string;
  readonly name: string;
  /** `existing`, `new` or `removed`. */
  readonly mark: "existing" | "new" | "removed";
}

export type { MachinePlace } from "./places.ts";

/** What an action will do to one machine. */
export interface MachinePlan {
  /** Identity of the item. */
  readonly item: string;
  readonly machine: string;
  /** State at the time of the preview, in the service's words. */
  readonly state: string;
  readonly from: MachinePlace;
  readonly to: MachinePlace;
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

/** What runs before or after a group of a recovery plan. */
export interface PlannedScript {
  readonly group: number;
  readonly when: "start" | "end";
  readonly name: string;
  readonly kind: string;
}

/** What an action will do: computed by check, shown by preview, kept with the record. */
export interface ActionPlan {
  /** One line: what happens to how many machines, from where to where. */
  readonly summary: string;
  readonly machines: readonly MachinePlan[];
  /** Manual actions, scripts and runbooks of the recovery plan that will run, in order. */
  readonly scripts: readonly PlannedScript[];
  /** Expected duration by the vault's past jobs, ISO 8601; empty when there are none. */
  readonly estimatedDuration: string;
  /** Inputs that are not known yet; the plan is complete when there are none. */
  readonly notKnownYet: readonly string[];
}

/** What the plan of a whole action is made from. */
export interface PlanSources {
  readonly action: ActionKind;
  readonly situations: readonly Situation[];
  readonly recoveryPlan?: RecoveryPlanFacts;
  readonly jobs: readonly JobFacts[];
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
  const verbs = [...new Set(sources.situations.flatMap(({ decision }) => verbsOf(decision)))];
  return {
    summary: summarize(sources, machines),
    machines,
    scripts: scriptsOf(sources, verbs),
    estimatedDuration: estimateDuration(verbs, sources.jobs, sources.recoveryPlan !== undefined),
    notKnownYet: [],
  };
}

/** The verbs that a decision starts, those that follow a running job included. */
export function verbsOf(decision: Situation["decision"]): readonly Verb[] {
  if (decision.kind === "start") return decision.verbs;
  return decision.kind === "follow" ? [decision.verb, ...decision.rest] : [];
}

/** Verbs that lead a machine or its replication to the other side; with others it stays where it is. */
const leadingVerbs: readonly Verb[] = [
  "testFailover",
  "plannedFailover",
  "unplannedFailover",
  "reprotect",
];

/** From where to where, in a few words; one place for a machine that stays where it is. */
export function routeOf({ from, to }: Pick<MachinePlan, "from" | "to">): string {
  return from.site === to.site ? `in ${from.site}` : `${from.site} → ${to.site}`;
}

function planMachine(situation: Situation, plan: RecoveryPlanFacts | undefined): MachinePlan {
  const { item, decision, recoveryPoint } = situation;
  const verbs = situation.changesRecoveryPoint
    ? (["changeRecoveryPoint", ...verbsOf(decision)] as const)
    : verbsOf(decision);
  const moves = verbs.some((verb) => verb === "unplannedFailover" || verb === "testFailover");
  const from = placeFrom(situation);
  const chosen = moves || situation.changesRecoveryPoint ? recoveryPoint : undefined;
  return {
    item: itemIdentity(item.vaultId, item.name),
    machine: item.friendlyName,
    state: item.protectionStateDescription || item.protectionState,
    from,
    to: verbs.some((verb) => leadingVerbs.includes(verb)) ? placeTo(situation) : from,
    steps: stepsOf(situation, verbs),
    ...(chosen === undefined
      ? {}
      : {
          recoveryPoint: {
            kind: chosen.kind === "Custom" ? "custom" : chosen.wanted,
            name: chosen.point?.name ?? "",
            time: chosen.time ?? "",
          },
        }),
    follows: decision.kind === "follow" ? decision.jobName : "",
    group: groupOf(item, plan),
    downtime: verbs.includes("unplannedFailover")
      ? "from the shutdown of the source until the machine runs at the other site"
      : "none",
    resources: resourcesOf(situation, verbs),
    next: nextVerbs(item, verbs).map((verb) => verbWords[verb].noun),
  };
}

function stepsOf(situation: Situation, verbs: readonly Verb[]): readonly string[] {
  return verbs.flatMap((verb) =>
    verb === "unplannedFailover" && situation.shutdownSource
      ? ["shut down the source (goes on if that fails)", verbWords[verb].step]
      : verb === "reprotect"
        ? [verbWords[verb].step, "wait until it is protected again"]
        : [verbWords[verb].step],
  );
}

function resourcesOf(situation: Situation, verbs: readonly Verb[]): readonly PlannedResource[] {
  const { item, destination } = situation;
  const listed = destination.resources.map(
    (each): PlannedResource => ({
      kind: each.kind,
      name: nameOf(each.id),
      mark: each.exists === false ? "new" : "existing",
    }),
  );
  const machine = (name: string, mark: PlannedResource["mark"]): PlannedResource => ({
    kind: "virtual machine",
    name,
    mark,
  });
  if (verbs.includes("unplannedFailover")) {
    return [...listed, machine(item.target.machineName, "new")];
  }
  if (verbs.includes("testFailover")) {
    return [...listed, machine(`${item.target.machineName}-test`, "new")];
  }
  return verbs.includes("reprotect") && destination.seedMachineId !== undefined
    ? [...listed, machine(nameOf(destination.seedMachineId), "removed")]
    : listed;
}

function groupOf(item: ItemFacts, plan: RecoveryPlanFacts | undefined): number {
  const boots = plan?.groups.filter((group) => group.type === "Boot") ?? [];
  return boots.findIndex((group) => group.itemNames.includes(item.name)) + 1;
}

function scriptsOf(sources: PlanSources, verbs: readonly Verb[]): readonly PlannedScript[] {
  if (sources.recoveryPlan === undefined) return [];
  const type = verbs.includes("testFailover") ? "TestFailover" : "UnplannedFailover";
  if (!verbs.includes("testFailover") && !verbs.includes("unplannedFailover")) return [];
  const direction = sources.action === "Failback" ? "RecoveryToPrimary" : "PrimaryToRecovery";
  let boot = 0;
  return sources.recoveryPlan.groups.flatMap((group) => {
    const number = group.type === "Boot" ? ++boot : 0;
    const planned = (when: "start" | "end"): PlannedScript[] =>
      (when === "start" ? group.startActions : group.endActions)
        .filter(
          (each) =>
            each.failoverTypes.includes(type) && each.failoverDirections.includes(direction),
        )
        .map(({ name, kind }) => ({ group: number, when, name, kind }));
    return [...planned("start"), ...planned("end")];
  });
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
  const title = actionWords[sources.action].title;
  const by =
    sources.recoveryPlan === undefined ? "" : ` of recovery plan ${sources.recoveryPlan.name}`;
  const count = machines.length === 1 ? machines[0]?.machine : `${machines.length} machines`;
  const routes = [...new Set(machines.map(routeOf))];
  const idle = sources.situations.every(({ decision }) => verbsOf(decision).length === 0);
  const note =
    idle && !sources.situations.some((each) => each.changesRecoveryPoint)
      ? " (nothing left to do)"
      : "";
  return `${title}${by}: ${count}, ${routes.join("; ")}${note}`;
}
