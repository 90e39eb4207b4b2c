import type { ProtectedItem, ProtectionState, TestFailoverState } from "./item.ts";
import type { ItemKind } from "./kinds.ts";

/** What the service says about a state. */
export interface StateRow {
  readonly description: string;
  /** `vmProtectionState` where it differs from the state itself. */
  readonly machineState?: ProtectionState;
}

/** The states of items and what the service says about them (reference 6.1). */
export const ITEM_STATES: Readonly<Record<ProtectionState, StateRow>> = {
  UnprotectedStatesBegin: { description: "Enabling protection" },
  InitialReplicationInProgress: {
    description: "Initial replication is in progress",
    machineState: "UnprotectedStatesBegin",
  },
  InitialReplicationRecoveryCompletionPending: {
    description: "Waiting for first recovery point",
    machineState: "UnprotectedStatesBegin",
  },
  Protected: { description: "Protected" },
  UnplannedFailoverCommitPendingStatesBegin: { description: "Failover completed" },
  UnplannedFailoverCommitted: { description: "Failover committed" },
  UnplannedFailoverCompletionFailed: { description: "Failover couldn't be completed" },
  CommitPendingStatesBegin: { description: "Planned failover finished" },
  PlannedFailoverStatesBegin: { description: "Planned failover committed" },
  PlannedFailoverCommitRequired: { description: "Planned failover finished" },
  RestoreFinalized: { description: "Failback finalized" },
};

/** What an item offers in its states, in the service's order. */
type Offers = Readonly<Partial<Record<ProtectionState, readonly string[]>>>;

const COPYING: Offers = {
  InitialReplicationInProgress: ["DisableProtection"],
  InitialReplicationRecoveryCompletionPending: ["DisableProtection"],
};

const COMMITTED = ["CompleteMigration", "DisableProtection", "SwitchProtection"];

const UNPLANNED: Offers = {
  UnplannedFailoverCommitPendingStatesBegin: [
    "CompleteMigration",
    "Commit",
    "DisableProtection",
    "ChangePit",
    "SwitchProtection",
  ],
  UnplannedFailoverCommitted: COMMITTED,
  UnplannedFailoverCompletionFailed: [
    "RepairReplication",
    "UnplannedFailover",
    "DisableProtection",
  ],
};

const FORWARD: Offers = {
  ...COPYING,
  ...UNPLANNED,
  Protected: ["UnplannedFailover", "DisableProtection", "TestFailover"],
};

/** Reference 6.2 to 6.4; CH-A2A-UPEND, CH-CLASSIC-UPEND, CH-RCM-FAILED-BACK. */
const OFFERS: Readonly<Record<ItemKind, Offers>> = {
  A2A: FORWARD,
  InMageRcm: FORWARD,
  InMageAzureV2: FORWARD,
  InMageRcmFailback: {
    ...COPYING,
    Protected: ["PlannedFailover", "DisableProtection"],
    CommitPendingStatesBegin: [
      "CompleteMigration",
      "Commit",
      "DisableProtection",
      "SwitchProtection",
      "CancelFailover",
    ],
    PlannedFailoverStatesBegin: COMMITTED,
  },
  InMage: {
    ...COPYING,
    ...UNPLANNED,
    Protected: ["UnplannedFailover", "DisableProtection"],
  },
};

/** What the service says about the states of a test failover. */
export const TEST_FAILOVER_STATES: Readonly<Record<TestFailoverState, string>> = {
  None: "None",
  WaitingForCompletion: "Waiting for user input",
  MarkedForDeletion: "Cleaning up test environment",
};

/** The operation that begins the way back. */
const BACK = "SwitchProtection";

/** What the item offers at this moment: nothing while a job runs, only the cleanup while a test waits. */
export function allowedOperations(item: ProtectedItem): readonly string[] {
  if (item.testFailoverState === "WaitingForCompletion" && item.scenario?.name === "TestFailover") {
    return ["TestFailoverCleanup"];
  }
  // CH-BUSY
  if (item.scenario !== null) return [];
  const all = OFFERS[item.kind][item.protectionState] ?? [];
  const offered = item.onPremises?.isOneWay ? all.filter((each) => each !== BACK) : all;
  return item.replication.resyncRequired ? ["RepairReplication", ...offered] : offered;
}
