import { ITEM_SCENARIOS } from "./item-scenarios.ts";
import { ASR, type Scenario, type TaskRow } from "./scenario.ts";

/** Keys of scenarios of machines that replicate from one VMM site to another. */
export type VmmScenarioName =
  | "VmmEnableDr"
  | "PrimaryIrCompletion"
  | "SecondaryIrCompletion"
  | "VmmTestFailover"
  | "VmmTestFailoverCleanup"
  | "VmmPlannedFailover"
  | "VmmUnplannedFailover"
  | "VmmChangePit"
  | "VmmCommitFailover"
  | "ReverseReplication"
  | "VmmDisableDr"
  | "VmmPurgeVm";

const FINALIZING: readonly TaskRow[] = [
  [
    "CompleteInitialReplicationTask",
    "CompleteInitialReplication",
    "Complete initial replication",
    15,
  ],
  [
    "ReplicaConfigurationPreflightChecksTask",
    "FailWorkflowOnIRFailureTask",
    "Finalizing initial replication",
    5,
  ],
  [
    "ReplicaConfigurationTask",
    "ReplicaConfiguration",
    "Complete network and post-replication configuration",
    35,
  ],
  ["UpdateDraStateTask", "UpdateDraState", "Updating the provider states", 5],
];

/** The scenario of other items under a key of its own: the same tasks do other things. */
function asOthers(name: keyof typeof ITEM_SCENARIOS, tasks?: readonly TaskRow[]): Scenario {
  const scenario = ITEM_SCENARIOS[name];
  return { jobScenario: name, ...scenario, ...(tasks && { tasks }) };
}

/**
 * Scenarios of machines between VMM sites: names and tasks from recordings (job-catalog, VMM>VMM), lengths
 * chosen (CH-DURATIONS).
 */
export const VMM_SCENARIOS: Readonly<Record<VmmScenarioName, Scenario>> = {
  VmmEnableDr: asOthers("EnableDr", [
    [
      "EnableProtectionPreflightChecksTask",
      "EnableProtectionPrerequisitesCheck",
      "Prerequisites check for enabling protection",
      5,
    ],
    [
      "CreateProtectionTargetTask",
      "CreateProtectionTarget",
      "Identifying the replication target",
      20,
    ],
    ["EnableProtectionTask", "EnableProtection", "Enable replication", 40],
    [
      "StartInitialReplicationTask",
      "VmStartInitialReplication",
      "Starting initial replication",
      20,
    ],
    ["UpdateDraStateTask", "UpdateDraState", "Updating the provider states", 5],
  ]),
  PrimaryIrCompletion: {
    friendlyName: "Finalize protection on the primary virtual machine",
    target: "ProtectionEntity",
    customDetails: ASR,
    shownAs: "EnableProtection",
    tasks: FINALIZING,
  },
  SecondaryIrCompletion: {
    friendlyName: "Finalize protection on the recovery virtual machine",
    target: "ProtectionEntity",
    customDetails: ASR,
    shownAs: "EnableProtection",
    tasks: FINALIZING,
  },
  VmmTestFailover: asOthers("TestFailover", [
    [
      "TestFailoverPreflightChecksTask",
      "VmTfoPrerequisitesCheck",
      "Prerequisites check for test failover",
      5,
    ],
    ["BeginTestFailoverTask", "VmTfoInitiateFailover", "Create test virtual machine", 40],
    ["PrepareTestProtectedEntitiesTask", "VmTfoPrepareTestVm", "Preparing the virtual machine", 30],
    ["BootTestProtectedEntitiesTask", "VmTfoBootTestVm", "Start the virtual machine", 30],
  ]),
  VmmTestFailoverCleanup: asOthers("TestFailoverCleanup"),
  VmmPlannedFailover: asOthers("PlannedFailover", [
    [
      "PlannedFailoverPreflightChecksTask",
      "VmPfoPrerequisitesCheck",
      "Prerequisites check for planned failover",
      5,
    ],
    ["ShutdownVmOnPrimary", "VmShutdownVmOnPrimary", "Shut down the virtual machine", 60],
    ["PrepareForFailoverTask", "VmPrepareForFailover", "Preparing for failover", 60],
    ["FailoverTask", "VmFailover", "Start failover", 30],
    ["StartVmOnSecondary", "VmFoStartVmOnSecondary", "Start the replica virtual machine", 30],
  ]),
  VmmUnplannedFailover: asOthers("UnplannedFailover"),
  VmmChangePit: asOthers("ChangePit"),
  VmmCommitFailover: asOthers("CommitFailover"),
  ReverseReplication: {
    friendlyName: "Reverse replication",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      ["", "VmReverseReplicationPrerequisitesCheck", "Prerequisites check", 5],
      ["", "VmCommit", "Commit", 8],
      ["", "VmPrepareForReverseReplication", "Preparing for reverse replication", 30],
      ["", "VmInitiateReverseReplication", "Start reverse replication", 40],
      ["", "UpdateDraState", "Updating the provider states", 5],
      ["", "VmShutdownVmOnSecondary", "Shut down the virtual machine", 20],
      ["", "VmStartInitialReplication", "Starting initial replication", 10],
    ],
  },
  VmmDisableDr: asOthers("DisableDr"),
  VmmPurgeVm: asOthers("PurgeVm"),
};

/** Which of them runs for what an item is asked to do. */
export const VMM_SCENARIO_OF = {
  EnableDr: "VmmEnableDr",
  IrCompletion: "PrimaryIrCompletion",
  TestFailover: "VmmTestFailover",
  TestFailoverCleanup: "VmmTestFailoverCleanup",
  PlannedFailover: "VmmPlannedFailover",
  UnplannedFailover: "VmmUnplannedFailover",
  ChangePit: "VmmChangePit",
  CommitFailover: "VmmCommitFailover",
  SwitchReplicationGroupProtection: "ReverseReplication",
  DisableDr: "VmmDisableDr",
  PurgeVm: "VmmPurgeVm",
} as const;
