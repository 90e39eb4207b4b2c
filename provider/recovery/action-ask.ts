import { type ActionKind, actionWords } from "./action-kinds.ts";
import { failoversOf } from "./capabilities.ts";
import type { ItemFacts, Verb } from "./model.ts";
import type { Goal } from "./moves.ts";
import { goesToAzure, isFromHyperV } from "./position.ts";
import { failoverVerbs, failsOver } from "./verbs.ts";

/** A planned failover shuts the source down first and stops if it cannot; an unplanned one goes on without it. */
export type FailoverMode = "planned" | "unplanned";

/** A job that holds an item. */
export interface HoldingJob {
  readonly jobName: string;
  /** The service's name of what it does, such as `UnplannedFailover`. */
  readonly scenario: string;
}

/** What is asked of an action. */
export interface ActionAsk {
  readonly kind: ActionKind;
  /** True when the commit is part of it. */
  readonly commit: boolean;
  /**
   * Verbs that this action has already brought to a good end for the machine: never started again.
   * A machine that would need one of them has moved on since, and nothing is left to do for it.
   */
  readonly spent?: readonly Verb[];
  /** True when the service has lost a job of this action for the machine: no history tells what it brought about. */
  readonly lostJob?: boolean;
  /** True when a reprotect may commit first what waits for its commit. */
  readonly commitFirst?: boolean;
  /** The running job of a recovery plan that the item belongs to; it holds the item also before its turn. */
  readonly heldBy?: HoldingJob;
  /**
   * Which failover: a Failover is unplanned unless it says otherwise, a Failback planned. A Failback whose
   * scenario has only one of the two takes that one.
   */
  readonly mode?: FailoverMode;
  /**
   * Whether a committed failback of a Hyper-V machine from Azure goes on until the machine replicates to
   * Azure again; default true. Other machines and failbacks without a commit know nothing of it.
   */
  readonly reverseReplicate?: boolean;
}

const modeVerbs: Readonly<Record<FailoverMode, Verb>> = {
  planned: "plannedFailover",
  unplanned: "unplannedFailover",
};

/** True when the failback is over only when the machine replicates to Azure again (H-09). */
export function reversesReplication(ask: ActionAsk, item: ItemFacts): boolean {
  return (
    ask.kind === "Failback" &&
    ask.commit &&
    ask.reverseReplicate !== false &&
    isFromHyperV(item) &&
    goesToAzure(item)
  );
}

/** The verbs that the action may start for the item. */
export function verbsFor(ask: ActionAsk, item: ItemFacts): readonly Verb[] {
  const verbs = actionWords[ask.kind].verbs.filter(
    (verb) => !failoverVerbs.includes(verb) || failoversFor(ask, item).includes(verb),
  );
  if (ask.kind === "Failback" && !reversesReplication(ask, item)) {
    return verbs.filter((verb) => verb !== "reprotect");
  }
  return ask.commitFirst === true && !verbs.includes("commit") ? ["commit", ...verbs] : verbs;
}

function failoversFor({ kind, mode }: ActionAsk, { scenario }: ItemFacts): readonly Verb[] {
  if (kind === "Failover") return [modeVerbs[mode ?? "unplanned"]];
  const known = failoversOf(scenario, true);
  return known.length > 1 ? [modeVerbs[mode ?? "planned"]] : known;
}

/** The verbs whose running job the action takes for its own: either failover brings the machine over. */
export function followedVerbs(ask: ActionAsk, item: ItemFacts): readonly Verb[] {
  const verbs = verbsFor(ask, item);
  return failsOver(actionWords[ask.kind].verbs)
    ? [...failoverVerbs, ...verbs.filter((verb) => !failoverVerbs.includes(verb))]
    : verbs;
}

/** Where the action wants the item to be. */
export function goalOf(ask: ActionAsk, item: ItemFacts): Goal {
  return reversesReplication(ask, item)
    ? { standings: ["protected"], away: false }
    : actionWords[ask.kind].goal(ask.commit);
}

/** True when the action has done the verb before; a failover is one, whatever its mode was then. */
export function isSpent({ spent = [] }: ActionAsk, verb: Verb): boolean {
  return spent.includes(verb) || (failsOver([verb]) && failsOver(spent));
}
