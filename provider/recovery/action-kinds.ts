import type { Verb } from "./model.ts";
import type { Goal } from "./moves.ts";

/** The actions that move or test machines. */
export type ActionKind = "TestFailover" | "Failover" | "Reprotect" | "Failback";

/** What an action wants and which verbs it may use for it. */
export interface ActionWords {
  readonly verbs: readonly Verb[];
  /** Where the action wants an item; `commit` asks for the commit as well. */
  goal(commit: boolean): Goal;
  /** As a heading: "Failover". */
  readonly title: string;
  /** What has become of a machine for which nothing is left to do. */
  readonly done: string;
}

const failedOver = (commit: boolean): Goal["standings"] =>
  commit ? ["committed"] : ["failedOver", "committed"];

/** Every action with its verbs and its goal. */
export const actionWords: Readonly<Record<ActionKind, ActionWords>> = {
  TestFailover: {
    verbs: ["testFailover"],
    goal: () => ({ standings: ["testing"] }),
    title: "Test failover",
    done: "is being tested already",
  },
  Failover: {
    verbs: ["unplannedFailover", "commit"],
    goal: (commit) => ({ standings: failedOver(commit), away: true }),
    title: "Failover",
    done: "has failed over already",
  },
  Reprotect: {
    verbs: ["reprotect"],
    goal: () => ({ standings: ["protected"] }),
    title: "Reprotect",
    done: "is reprotected already",
  },
  Failback: {
    verbs: ["unplannedFailover", "commit"],
    goal: (commit) => ({ standings: failedOver(commit), away: false }),
    title: "Failback",
    done: "has failed back already",
  },
};
