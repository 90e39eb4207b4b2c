import { ASR, type Scenario } from "./scenario.ts";

/** Keys of scenarios of protected items. */
export type ItemScenarioName =
  | "EnableDr"
  | "UpdateVmProperties"
  | "TestFailover"
  | "TestFailoverCleanup"
  | "UnplannedFailover"
  | "PlannedFailover"
  | "CancelFailover"
  | "CommitFailover"
  | "ChangePit"
  | "SwitchReplicationGroupProtection"
  | "DisableDr"
  | "PurgeVm"
  | "RepairVMReplication"
  | "UpdateMobilityService"
  | "AddDisks"
  | "RemoveDisks"
  | "ResolveHealthErrors";

/**
 * Scenarios of protected items: names from recordings (job-catalog), totals within recorded durations,
 * shares per task chosen (CH-DURATIONS, CH-SCENARIO-NAMES).
 */
export const ITEM_SCENARIOS: Readonly<Record<ItemScenarioName, Scenario>> = {
  EnableDr: {
    friendlyName: "Enable replication",
    target: "ProtectionEntity",
    customDetails: ASR,
    shownAs: "EnableProtection",
    tasks: [
      [
        "EnableProtectionPreflightChecksTask",
        "EnableProtectionPrerequisitesCheck",
        "Prerequisites check for enabling protection",
        5,
      ],
      [
        "CreateProtectionTargetTask",
        "CreateProtectionTarget",
        "Installing Mobility Service and preparing target",
        300,
      ],
      ["EnableProtectionTask", "EnableProtection", "Enable replication", 240],
      [
        "StartInitialReplicationTask",
        "VmStartInitialReplication",
        "Starting initial replication",
        50,
      ],
      ["UpdateDraStateTask", "UpdateDraState", "Updating the provider states", 5],
    ],
  },
  UpdateVmProperties: {
    friendlyName: "Update the virtual machine",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [["", "UpdateVmPropertiesTask", "Update the virtual machine properties", 10]],
  },
  TestFailover: {
    friendlyName: "Test failover",
    target: "ProtectionEntity",
    customDetails: "TestFailoverJobDetails",
    tasks: [
      [
        "TestFailoverPreflightChecksTask",
        "VmTfoPrerequisitesCheck",
        "Prerequisites check for test failover",
        5,
      ],
      ["BeginTestFailoverTask", "VmTfoInitiateFailover", "Starting test failover", 40],
      [
        "PrepareTestProtectedEntitiesTask",
        "VmTfoPrepareTestVm",
        "Creating test virtual machine",
        75,
      ],
      ["BootTestProtectedEntitiesTask", "VmTfoBootTestVm", "Start the virtual machine", 60],
    ],
  },
  TestFailoverCleanup: {
    friendlyName: "Test failover cleanup",
    target: "ProtectionEntity",
    customDetails: "TestFailoverJobDetails",
    tasks: [
      [
        "TestFailoverCleanupPreflightChecksTask",
        "VmTfoCleanupPreflightsCheck",
        "Prerequisites check for test failover cleanup",
        2,
      ],
      ["EndTestFailoverTask", "VmTfoEndFailover", "Ending test failover", 18],
      [
        "CleanupTestProtectedEntitiesTask",
        "VmTfoDeleteTestVm",
        "Clean up the test virtual machine",
        40,
      ],
    ],
  },
  UnplannedFailover: {
    friendlyName: "Failover",
    target: "ProtectionEntity",
    customDetails: "FailoverJobDetails",
    tasks: [
      ["", "VmUfoPrerequisitesCheck", "Prerequisites check for failover", 5],
      ["ShutdownVmOnPrimaryForUFO", "VmShutdownVmOnPrimary", "Shut down the virtual machine", 60],
      [
        "PrepareForUnPlannedFailoverTask",
        "VmPrepareForUnPlannedFailover",
        "Synchronizing the latest changes",
        40,
      ],
      ["FailoverTask", "VmFailover", "Start failover", 75],
      ["StartVmOnSecondary", "VmFoStartVmOnSecondary", "Start the replica virtual machine", 60],
    ],
  },
  // The failback of a modernized machine; recorded within 358 to 1275 seconds.
  PlannedFailover: {
    friendlyName: "Planned failover",
    target: "ProtectionEntity",
    customDetails: "FailoverJobDetails",
    tasks: [
      [
        "PlannedFailoverPreflightChecksTask",
        "VmPfoPrerequisitesCheck",
        "Prerequisites check for planned failover",
        5,
      ],
      ["", "VmPrepareProtectedEntitiesTask", "Preparing the protected virtual machine", 60],
      ["PrepareForFailoverTask", "VmPrepareForFailover", "Preparing for failover", 195],
      ["FailoverTask", "VmFailover", "Start failover", 120],
      ["StartVmOnSecondary", "VmFoStartVmOnSecondary", "Start the replica virtual machine", 60],
    ],
  },
  CancelFailover: {
    friendlyName: "Cancel failover",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      ["", "CancelFailoverPrerequisitesCheck", "Prerequisite check", 1],
      ["", "CancelFailoverTask", "Cancelling the failover", 60],
    ],
  },
  CommitFailover: {
    friendlyName: "Commit",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      ["", "VmCommitPrerequisitesCheck", "Prerequisite check", 2],
      ["", "VmCommit", "Commit", 8],
    ],
  },
  ChangePit: {
    friendlyName: "Change the recovery point",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      ["", "ChangePitPreflightCheck", "Change the prerequisites check", 2],
      ["", "ShutdownVmRecovery", "Shutdown the virtual machine on recovery", 30],
      ["", "CancelFailoverRecovery", "Cancel failover recovery", 28],
      ["", "VmFailover", "Start failover", 60],
      ["", "VmFoStartVmOnSecondary", "Start the replica virtual machine", 60],
    ],
  },
  SwitchReplicationGroupProtection: {
    friendlyName: "Reprotect",
    target: "ProtectionEntity",
    customDetails: "SwitchProtectionJobDetails",
    tasks: [
      [
        "SwitchReplicationGroupProtectionPreflightTask",
        "SwitchReplicationGroupProtectionPreflightTask",
        "Prerequisite check",
        10,
      ],
      ["CommitFailoverTask", "VmCommitFailover", "Committing failover", 10],
      ["DiscoverReplicaTask", "DiscoverReplicaTask", "Discovering replica virtual machine", 60],
      [
        "GetSwitchProtectionRequirementsTask",
        "GetSwitchProtectionRequirementsTask",
        "Getting reprotection requirements",
        40,
      ],
      ["ProtectReplicaTask", "ProtectReplicaTask", "Reprotecting virtual machine", 310],
    ],
  },
  DisableDr: {
    friendlyName: "Disable replication",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      [
        "DisableProtectionOnPrimaryTask",
        "DisableProtectionOnPrimary",
        "Disable replication on the source location",
        60,
      ],
      [
        "DisableProtectionOnSecondaryTask",
        "DisableProtectionOnSecondary",
        "Disable replication on the target location",
        30,
      ],
      ["UpdateDraStateTask", "UpdateDraState", "Updating the provider states", 5],
    ],
  },
  PurgeVm: {
    friendlyName: "Remove the virtual machine from the vault",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [["", "PurgeVmTask", "Removing protection data for the virtual machine", 110]],
  },
  RepairVMReplication: {
    friendlyName: "Resynchronize the virtual machine",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      ["", "RepairVmReplicationTask", "Starting resynchronization for the virtual machine", 30],
    ],
  },
  UpdateMobilityService: {
    friendlyName: "Update Mobility Service",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      ["UpdateMobilityServiceTask", "UpdateMobilityServiceTask", "Updating Mobility Service", 120],
    ],
  },
  AddDisks: {
    friendlyName: "Add disks",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [["", "AddDisksTask", "Enabling replication of the disks", 60]],
  },
  RemoveDisks: {
    friendlyName: "Remove disks",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [["", "RemoveDisksTask", "Disabling replication of the disks", 30]],
  },
  ResolveHealthErrors: {
    friendlyName: "Resolve health errors",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [["", "ResolveHealthErrorsTask", "Resolving health errors", 10]],
  },
};
