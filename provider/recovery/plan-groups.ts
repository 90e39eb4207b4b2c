import type { ActionKind } from "./action-kinds.ts";
import { verbsOf } from "./decision.ts";
import { sameId } from "./identity.ts";
import type { ItemFacts, RecoveryPlanFacts, Verb } from "./model.ts";
import type { Situation } from "./situation.ts";
import { failsOver, verbWords } from "./verbs.ts";

/** What runs before or after a group of a recovery plan. */
export interface PlannedScript {
  readonly group: number;
  readonly when: "start" | "end";
  readonly name: string;
  readonly kind: string;
}

/** Boot group of an item in the recovery plan, beginning with 1; 0 without a plan. */
export function groupOf(item: ItemFacts, plan: RecoveryPlanFacts | undefined): number {
  const boots = plan?.groups.filter((group) => group.type === "Boot") ?? [];
  return boots.findIndex((group) => group.itemNames.some((each) => sameId(each, item.name))) + 1;
}

/** Verbs that the service does machine by machine only, also for a recovery plan. */
const verbsOfItems: readonly Verb[] = [
  "reprotect",
  "completeMigration",
  "cancelFailover",
  "resynchronize",
];

/** True for a verb that a recovery plan can carry for all of its machines. */
export function isCarriedByPlans(verb: Verb | undefined): boolean {
  return verb === undefined || !verbsOfItems.includes(verb);
}

/** Verbs that a recovery plan offers only while its own job has left something to end. */
const endingVerbs: readonly Verb[] = ["commit", "testFailoverCleanup"];

/** False for the end of something that the plan did not do, or not for all of its machines: it would be refused. */
function offersEnd({ allowedOperations }: RecoveryPlanFacts, verb: Verb | undefined): boolean {
  if (verb === undefined || !endingVerbs.includes(verb)) return true;
  return verbWords[verb].allowedOperations.some((each) => allowedOperations.includes(each));
}

/**
 * True when one job of the recovery plan does what is to be done: all of its machines stand alike, and plans can
 * carry what comes next. `count` is the number of the action's machines, those that are through included.
 */
export function goesByPlan(
  action: ActionKind,
  plan: RecoveryPlanFacts | undefined,
  count: number,
  situations: readonly Situation[],
): boolean {
  const [first, ...others] = situations.map(({ decision }) => verbsOf(decision));
  return (
    plan !== undefined &&
    action !== "Reprotect" &&
    others.every((each) => each.join() === first?.join()) &&
    isCarriedByPlans(first?.[0]) &&
    (offersEnd(plan, first?.[0]) ||
      situations.some(({ decision }) => decision.kind === "follow")) &&
    situations.length === count &&
    !situations.some((each) => each.changesRecoveryPoint)
  );
}

/** Verbs that start machines, or copies of them, beside the failovers. */
const startingVerbs: readonly Verb[] = ["testFailover", "cancelFailover"];

/** True when something is left that starts the machine somewhere else, or from another point in time. */
function starts({ decision, changesRecoveryPoint }: Situation): boolean {
  const verbs = verbsOf(decision);
  return (
    changesRecoveryPoint || failsOver(verbs) || verbs.some((verb) => startingVerbs.includes(verb))
  );
}

/**
 * The machines that start, one by one, what a recovery plan no longer starts as a whole; empty when the plan's
 * own job does it, and for verbs that start no machine, whose order does not matter.
 */
export function startsOneByOne(
  action: ActionKind,
  plan: RecoveryPlanFacts | undefined,
  count: number,
  situations: readonly Situation[],
): readonly ItemFacts[] {
  if (plan === undefined || goesByPlan(action, plan, count, situations)) return [];
  return situations.filter(starts).map(({ item }) => item);
}

/** The service's words for what a recovery plan's actions run with. */
const failoverTypes: readonly (readonly [Verb, string])[] = [
  ["testFailover", "TestFailover"],
  ["plannedFailover", "PlannedFailover"],
  ["unplannedFailover", "UnplannedFailover"],
];

/** What a recovery plan runs around its groups when it carries these verbs, in order. */
export function scriptsOf(
  action: ActionKind,
  plan: RecoveryPlanFacts | undefined,
  verbs: readonly Verb[],
): readonly PlannedScript[] {
  const type = failoverTypes.find(([verb]) => verbs.includes(verb))?.[1];
  if (plan === undefined || type === undefined) return [];
  const direction = action === "Failback" ? "RecoveryToPrimary" : "PrimaryToRecovery";
  let boot = 0;
  return plan.groups.flatMap((group) => {
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

/** A script, runbook or manual action with its place: `script "warm up" (end of group 1)`. */
export function scriptWords({ kind, name, when, group }: PlannedScript): string {
  const what = kind === "manual" ? "manual action" : kind;
  return `${what} "${name}" (${when} of ${group === 0 ? "all groups" : `group ${group}`})`;
}
