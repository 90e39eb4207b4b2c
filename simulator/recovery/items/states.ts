import type { ProtectedItem, ProtectionState, TestFailoverState } from "./item.ts";

/** What the service says about a state, and what it then offers, in its order. */
export interface StateRow {
  readonly description: string;
  readonly operations: readonly string[];
  /** `vmProtectionState` where it differs from the state itself. */
  readonly machineState?: ProtectionState;
}

const PENDING_COMMIT = [
  "CompleteMigration",
  "Commit",
  "DisableProtection",
  "ChangePit",
  "SwitchProtection",
];

/** The states of an A2A item (reference 6.1, 6.2; CH-A2A-UPEND). */
export const ITEM_STATES: Readonly<Record<ProtectionState, StateRow>> = {
  UnprotectedStatesBegin: { description: "Enabling protection", operations: [] },
  InitialReplicationInProgress: {
    description: "Initial replication is in progress",
    operations: ["DisableProtection"],
    machineState: "UnprotectedStatesBegin",
  },
  InitialReplicationRecoveryCompletionPending: {
    description: "Waiting for first recovery point",
    operations: ["DisableProtection"],
    machineState: "UnprotectedStatesBegin",
  },
  Protected: {
    description: "Protected",
    operations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
  },
  UnplannedFailoverCommitPendingStatesBegin: {
    description: "Failover completed",
    operations: PENDING_COMMIT,
  },
  UnplannedFailoverCommitted: {
    description: "Failover committed",
    operations: ["CompleteMigration", "DisableProtection", "SwitchProtection"],
  },
};

/** What the service says about the states of a test failover. */
export const TEST_FAILOVER_STATES: Readonly<Record<TestFailoverState, string>> = {
  None: "None",
  WaitingForCompletion: "Waiting for user input",
  MarkedForDeletion: "Cleaning up test environment",
};

/** What the item offers at this moment: nothing while a job runs, only the cleanup while a test waits. */
export function allowedOperations(item: ProtectedItem): readonly string[] {
  if (item.testFailoverState === "WaitingForCompletion" && item.scenario?.name === "TestFailover") {
    return ["TestFailoverCleanup"];
  }
  // CH-BUSY
  if (item.scenario !== null) return [];
  const offered = ITEM_STATES[item.protectionState].operations;
  return item.replication.resyncRequired ? ["RepairReplication", ...offered] : offered;
}
