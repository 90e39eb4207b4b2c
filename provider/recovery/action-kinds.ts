import type { Verb } from "./model.ts";
import type { Goal } from "./moves.ts";

/** The actions that move or test machines. */
export type ActionKind =
  | "TestFailover"
  | "TestFailoverCleanup"
  | "Failover"
  | "Reprotect"
  | "Failback"
  | "CompleteMigration"
  | "CancelFailover"
  | "Resynchronize";

/** What an action wants and which verbs it may use for it. */
export interface ActionWords {
  readonly verbs: readonly Verb[];
  /** Where the action wants an item; `commit` asks for the commit as well. */
  goal(commit: boolean): Goal;
  /** As a heading: "Failover". */
  readonly title: string;
}

const failedOver = (commit: boolean): Goal["standings"] =>
  commit ? ["committed"] : ["failedOver", "committed"];

/** Every action with its verbs and its goal. */
export const actionWords: Readonly<Record<ActionKind, ActionWords>> = {
  TestFailover: {
    verbs: ["testFailover"],
    goal: () => ({ standings: ["testing"] }),
    title: "Test failover",
  },
  TestFailoverCleanup: {
    verbs: ["testFailoverCleanup"],
    goal: () => ({ standings: ["protected"] }),
    title: "Clean-up of the test failover",
  },
  Failover: {
    // Which of the two is sent, the mode decides.
    verbs: ["unplannedFailover", "plannedFailover", "commit"],
    goal: (commit) => ({ standings: failedOver(commit), away: true }),
    title: "Failover",
  },
  Reprotect: {
    verbs: ["reprotect"],
    goal: () => ({ standings: ["protected"] }),
    title: "Reprotect",
  },
  Failback: {
    // Each scenario knows one of the two, and the graph decides; between VMM sites the mode does.
    verbs: ["unplannedFailover", "plannedFailover", "commit", "reprotect"],
    goal: (commit) => ({ standings: failedOver(commit), away: false }),
    title: "Failback",
  },
  CompleteMigration: {
    verbs: ["completeMigration"],
    goal: () => ({ standings: ["migrated"] }),
    title: "Completion of the migration",
  },
  CancelFailover: {
    verbs: ["cancelFailover"],
    goal: () => ({ standings: ["protected"], away: true }),
    title: "Cancellation of the failback",
  },
  Resynchronize: {
    // It ends where it begins: whether there is anything to do, the state of the copy decides.
    verbs: ["resynchronize"],
    goal: () => ({ standings: ["protected"] }),
    title: "Resynchronization",
  },
};
