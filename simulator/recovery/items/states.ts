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
  // Only as vmProtectionState, while protection is finalized.
  ReplicaConfigurationInProgress: { description: "Configuring the replica" },
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

/** The state of an item's machine, `vmProtectionState`. */
export function machineStateOf(item: ProtectedItem): ProtectionState {
  if (item.hyperV?.finalizing) return "ReplicaConfigurationInProgress";
  return ITEM_STATES[item.protectionState].machineState ?? item.protectionState;
}

/** What an item offers in its states, in the service's order; `state/Primary` where it depends on the side. */
type Offers = Readonly<
  Partial<Record<ProtectionState | `${ProtectionState}/Primary`, readonly string[]>>
>;

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

const HYPER_V: Offers = {
  ...COPYING,
  Protected: ["PlannedFailover", "UnplannedFailover", "DisableProtection", "TestFailover"],
};

const PENDING = ["CompleteMigration", "Commit", "DisableProtection", "ChangePit"];
const AWAY = ["CompleteMigration", "DisableProtection", "Failback"];

/** CH-HV-COMMITTED, CH-HV-FAILED-BACK */
const TO_AZURE: Offers = {
  ...HYPER_V,
  UnplannedFailoverCommitPendingStatesBegin: PENDING,
  PlannedFailoverCommitRequired: PENDING,
  "PlannedFailoverCommitRequired/Primary": ["Commit", "DisableProtection"],
  UnplannedFailoverCommitted: AWAY,
  PlannedFailoverStatesBegin: AWAY,
  RestoreFinalized: ["ReverseReplicate", "DisableProtection"],
};

const EITHER_SIDE_PENDING = [
  "CompleteMigration",
  "ReverseReplicate",
  "Commit",
  "DisableProtection",
  "ChangePit",
];
const EITHER_SIDE_COMMITTED = ["CompleteMigration", "ReverseReplicate", "DisableProtection"];

const BETWEEN_SITES: Offers = {
  ...HYPER_V,
  UnplannedFailoverCommitPendingStatesBegin: EITHER_SIDE_PENDING,
  PlannedFailoverCommitRequired: EITHER_SIDE_PENDING,
  UnplannedFailoverCommitted: EITHER_SIDE_COMMITTED,
  PlannedFailoverStatesBegin: EITHER_SIDE_COMMITTED,
};

/** Reference 6.2 to 6.6; CH-A2A-UPEND, CH-CLASSIC-UPEND, CH-RCM-FAILED-BACK. */
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
  HyperVReplicaAzure: TO_AZURE,
  HyperVReplica2012R2: BETWEEN_SITES,
  HyperVReplica2012: BETWEEN_SITES,
  // CH-RETIRED
  San: { Protected: ["DisableProtection"] },
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
  const all = offersOf(item);
  const offered = item.onPremises?.isOneWay ? all.filter((each) => each !== BACK) : all;
  return item.replication.resyncRequired ? ["RepairReplication", ...offered] : offered;
}

function offersOf({ kind, protectionState, activeLocation }: ProtectedItem): readonly string[] {
  const offers = OFFERS[kind];
  const atHome = activeLocation === "Primary" ? offers[`${protectionState}/Primary`] : undefined;
  return atHome ?? offers[protectionState] ?? [];
}
