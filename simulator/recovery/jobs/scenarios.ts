/** Kinds of objects a job is about. */
export type TargetInstanceType =
  | "ProtectionEntity"
  | "ProtectionProfile"
  | "RecoveryPlan"
  | "Server"
  | "Network"
  | "Vault"
  | "Other";

/** One task of a scenario: id (empty = a new GUID each time), name, friendly name, virtual seconds it takes. */
export type TaskRow = readonly [
  taskId: string,
  name: string,
  friendlyName: string,
  seconds: number,
];

/** A kind of job. */
export interface Scenario {
  readonly friendlyName: string;
  readonly target: TargetInstanceType;
  readonly customDetails: string;
  readonly tasks: readonly TaskRow[];
  /** The name shown in an item's currentScenario, if it is not the scenario's. */
  readonly shownAs?: string;
  /** The name shown in the job, if it is not the table's key. */
  readonly jobScenario?: string;
}

const ASR = "AsrJobDetails";

/** Keys of the scenario table. */
export type ScenarioName =
  | "CreateSite"
  | "UnregisterFabric"
  | "PurgeVMM"
  | "CreateProtectionContainer"
  | "RemoveProtectionContainer"
  | "AddProtectionProfile"
  | "ModifyProtectionProfile"
  | "RemoveProtectionProfile"
  | "AssociateProtectionProfile"
  | "UpdateProtectionContainerMapping"
  | "DissociateProtectionProfile"
  | "PurgeProtectionProfileAssociation"
  | "NetworkPairing"
  | "NetworkUnPairing"
  | "RefreshVaultHealth"
  | "UpdateVaultSettings"
  | "ExportJobs"
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
  | "AddDisks"
  | "RemoveDisks"
  | "ResolveHealthErrors"
  | "SaveRecoveryPlan"
  | "UpdateRecoveryPlan"
  | "DeleteRecoveryPlan"
  | "PlanUnplannedFailover"
  | "PlanTestFailover"
  | "PlanTestFailoverCleanup"
  | "PlanCommitFailover"
  | "PlanPlannedFailover"
  | "PlanReverseReplication"
  | "PlanCancelFailover";

/**
 * Scenarios and their tasks: names from recordings (job-catalog), totals within recorded durations,
 * shares per task chosen (CH-DURATIONS, CH-SCENARIO-NAMES). Keys beginning with `Plan` are the same
 * scenarios run by a recovery plan.
 */
export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  CreateSite: {
    friendlyName: "Create a site",
    target: "Server",
    customDetails: ASR,
    tasks: [["", "CreateSiteTask", "Creating the site", 70]],
  },
  UnregisterFabric: {
    friendlyName: "Delete server",
    target: "Server",
    customDetails: ASR,
    tasks: [["", "UnregisterFabricTask", "Deleting the server", 20]],
  },
  PurgeVMM: {
    friendlyName: "Delete the server",
    target: "Server",
    customDetails: ASR,
    tasks: [["", "PurgeVmmTask", "Deleting the server", 20]],
  },
  CreateProtectionContainer: {
    friendlyName: "Create a protection container",
    target: "Other",
    customDetails: ASR,
    tasks: [["", "CreateProtectionContainerTask", "Creating the protection container", 5]],
  },
  RemoveProtectionContainer: {
    friendlyName: "Remove the protection container",
    target: "Other",
    customDetails: ASR,
    tasks: [["", "RemoveProtectionContainerTask", "Removing the protection container", 5]],
  },
  AddProtectionProfile: {
    friendlyName: "Create replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "AddProtectionProfilePreflightsCheckTask",
        "AddProtectionProfilePreflightsCheckTask",
        "Prerequisites check for creating the replication policy",
        0,
      ],
      [
        "AddProtectionProfileTask",
        "AddProtectionProfileTask",
        "Creating the replication policy",
        1,
      ],
    ],
  },
  ModifyProtectionProfile: {
    friendlyName: "Modify settings of the replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "ModifyProtectionProfilePreflightChecksTask",
        "ModifyProtectionProfilePreflightChecksTask",
        "Prerequisites check for updating the replication policy",
        0,
      ],
      [
        "ModifyProtectionProfileAssociationParentTask",
        "ModifyProtectionProfileAssociationParentTask",
        "Updating replication configuration",
        1,
      ],
      [
        "ModifyProtectionProfileTask",
        "ModifyProtectionProfileTask",
        "Updating the replication policy settings",
        1,
      ],
    ],
  },
  RemoveProtectionProfile: {
    friendlyName: "Remove the replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "RemoveProtectionProfilePreflightsCheckTask",
        "RemoveProtectionProfilePreflightsCheckTask",
        "Checking prerequisites for replication policy removal",
        0,
      ],
      [
        "RemoveProtectionProfileTask",
        "RemoveProtectionProfileTask",
        "Removing the replication policy",
        1,
      ],
    ],
  },
  AssociateProtectionProfile: {
    friendlyName: "Associate replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "CloudPairingWfPreflightChecksTask",
        "CloudPairingPrerequisitesCheck",
        "Check protection prerequisites",
        1,
      ],
      ["CloudPairingWfPrepareSiteTask", "CloudPairingPrepareSite", "Prepare the server", 19],
      [
        "CloudPairingWfPrepareCloudForPairingTask",
        "CloudPairingPrepareCloud",
        "Prepare for configuring protection",
        10,
      ],
      [
        "CloudPairingWfPairCloudsTask",
        "CloudPairingPairClouds",
        "Configure the protection settings",
        30,
      ],
    ],
  },
  UpdateProtectionContainerMapping: {
    friendlyName: "Update the protection container mapping",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [["", "UpdateProtectionContainerMappingTask", "Updating the mapping", 5]],
  },
  DissociateProtectionProfile: {
    friendlyName: "Dissociate replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "CloudUnpairingWfPreflightChecksTask",
        "CloudUnpairingPrerequisitesCheck",
        "Prerequisites check for dissociating the replication policy",
        1,
      ],
      [
        "CloudUnpairingWfUnpairCloudsTask",
        "CloudUnpairingUnpairClouds",
        "Remove the protection configuration",
        20,
      ],
      [
        "CloudUnpairingWfCleanupCloudsTask",
        "CloudUnpairingCleanupClouds",
        "Clean up the protection configuration",
        10,
      ],
      [
        "CloudUnpairingWfCleanupSiteTask",
        "CloudUnpairingCleanupSite",
        "Clean up the configuration",
        10,
      ],
    ],
  },
  PurgeProtectionProfileAssociation: {
    friendlyName: "Purge association between the replication policy and containers",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "PurgeCloudPairPreflightChecksTask",
        "PurgeCloudPairPreflightChecksTask",
        "Performing initial checks",
        1,
      ],
      ["PurgeCloudPairTask", "PurgeCloudPairTask", "Removing the protection configuration", 9],
    ],
  },
  NetworkPairing: {
    friendlyName: "Map Networks",
    target: "Network",
    customDetails: ASR,
    tasks: [["", "ModifyVMNetworksPairingStatusTask", "Map network", 2]],
  },
  NetworkUnPairing: {
    friendlyName: "Remove map",
    target: "Network",
    customDetails: ASR,
    tasks: [["", "ModifyVMNetworksUnPairingStatusTask", "Unmap network", 2]],
  },
  RefreshVaultHealth: {
    friendlyName: "Refresh vault health",
    target: "Vault",
    customDetails: ASR,
    tasks: [
      ["RefreshFailoverHealthTask", "RefreshFailoverHealthTask", "Refreshing failover health", 1],
    ],
  },
  UpdateVaultSettings: {
    friendlyName: "Update vault settings",
    target: "Vault",
    customDetails: ASR,
    tasks: [["", "UpdateVaultSettingsTask", "Updating vault settings", 1]],
  },
  ExportJobs: {
    friendlyName: "Export jobs",
    target: "Other",
    customDetails: "ExportJobDetails",
    tasks: [["", "ExportJobsTask", "Exporting jobs", 1]],
  },
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
  PlannedFailover: {
    friendlyName: "Planned failover",
    target: "ProtectionEntity",
    customDetails: "FailoverJobDetails",
    tasks: [
      [
        "PlannedFailoverPreflightChecksTask",
        "VmPfoPrerequisitesCheck",
        "Prerequisites check for planned failover",
        1,
      ],
    ],
  },
  CancelFailover: {
    friendlyName: "Cancel failover",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [["", "CancelFailoverPrerequisitesCheck", "Prerequisite check", 1]],
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
  SaveRecoveryPlan: {
    friendlyName: "Save a recovery plan",
    target: "RecoveryPlan",
    customDetails: ASR,
    tasks: [["", "SaveRecoveryPlanTask", "Save a recovery plan task", 0]],
  },
  UpdateRecoveryPlan: {
    friendlyName: "Save a recovery plan",
    target: "RecoveryPlan",
    customDetails: ASR,
    tasks: [["", "SaveRecoveryPlanTask", "Save a recovery plan task", 0]],
  },
  DeleteRecoveryPlan: {
    friendlyName: "Delete a recovery plan",
    target: "RecoveryPlan",
    customDetails: ASR,
    tasks: [["", "DeleteRecoveryPlanTask", "Delete a recovery plan task", 0]],
  },
  PlanUnplannedFailover: {
    friendlyName: "Failover",
    target: "RecoveryPlan",
    customDetails: ASR,
    jobScenario: "UnplannedFailover",
    shownAs: "UnplannedFailover",
    tasks: [
      ["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 5],
      ["", "RpEnvironmentCreationTask", "Create the environment", 5],
      ["", "EndRecoveryPlanTask", "Finalizing the recovery plan", 2],
    ],
  },
  PlanTestFailover: {
    friendlyName: "Test failover",
    target: "RecoveryPlan",
    customDetails: "TestFailoverJobDetails",
    jobScenario: "TestFailover",
    shownAs: "TestFailover",
    tasks: [
      ["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 5],
      ["", "RpTfoNetworkCreation", "Create the test environment", 5],
      ["", "EndRecoveryPlanTask", "Finalizing the recovery plan", 2],
    ],
  },
  PlanTestFailoverCleanup: {
    friendlyName: "Test failover cleanup",
    target: "RecoveryPlan",
    customDetails: "TestFailoverJobDetails",
    jobScenario: "TestFailoverCleanup",
    shownAs: "TestFailoverCleanup",
    tasks: [
      ["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 5],
      ["", "RpTfoDeleteTestNetwork", "Clean up the test environment", 5],
      ["", "EndRecoveryPlanTask", "Finalizing the recovery plan", 2],
    ],
  },
  PlanCommitFailover: {
    friendlyName: "Commit",
    target: "RecoveryPlan",
    customDetails: ASR,
    jobScenario: "CommitFailover",
    shownAs: "CommitFailover",
    tasks: [],
  },
  PlanPlannedFailover: {
    friendlyName: "Planned failover",
    target: "RecoveryPlan",
    customDetails: ASR,
    jobScenario: "PlannedFailover",
    shownAs: "PlannedFailover",
    tasks: [["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 1]],
  },
  PlanReverseReplication: {
    friendlyName: "Reverse replication",
    target: "RecoveryPlan",
    customDetails: ASR,
    jobScenario: "ReverseReplication",
    shownAs: "ReverseReplication",
    tasks: [["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 1]],
  },
  PlanCancelFailover: {
    friendlyName: "Cancel failover",
    target: "RecoveryPlan",
    customDetails: ASR,
    jobScenario: "CancelFailover",
    shownAs: "CancelFailover",
    tasks: [["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 1]],
  },
};

/** The scenario with that key. */
export function scenarioOf(name: ScenarioName): Scenario {
  return SCENARIOS[name];
}
