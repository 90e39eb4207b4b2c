import { ASR, type Scenario } from "./scenario.ts";

/** Keys of scenarios of Hyper-V machines that other machines do not have, or have with other tasks. */
export type HyperVItemScenarioName =
  | "HyperVEnableDr"
  | "IrCompletion"
  | "HyperVPlannedFailover"
  | "HyperVFailback"
  | "ReprotectReplicationGroup";

/**
 * Scenarios of Hyper-V machines that replicate to Azure: names and tasks recorded (job-catalog, HyperVSite>Azure and
 * VMM>Azure), lengths chosen (CH-DURATIONS). Of the failback of a single machine only its success was recorded
 * (CH-HV-FAILBACK-JOB).
 */
export const HYPER_V_ITEM_SCENARIOS: Readonly<Record<HyperVItemScenarioName, Scenario>> = {
  HyperVEnableDr: {
    jobScenario: "EnableDr",
    shownAs: "EnableProtection",
    friendlyName: "Enable replication",
    target: "ProtectionEntity",
    customDetails: ASR,
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
        "Identifying the replication target",
        10,
      ],
      ["EnableProtectionTask", "EnableProtection", "Enable replication", 40],
      [
        "StartInitialReplicationTask",
        "VmStartInitialReplication",
        "Starting initial replication",
        50,
      ],
      ["UpdateDraStateTask", "UpdateDraState", "Updating the provider states", 5],
    ],
  },
  IrCompletion: {
    shownAs: "EnableProtection",
    friendlyName: "Finalize protection on the virtual machine",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      [
        "CompleteInitialReplicationTask",
        "CompleteInitialReplication",
        "Complete initial replication",
        30,
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
        60,
      ],
      ["UpdateDraStateTask", "UpdateDraState", "Updating the provider states", 5],
    ],
  },
  HyperVPlannedFailover: {
    jobScenario: "PlannedFailover",
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
      ["ShutdownVmOnPrimary", "VmShutdownVmOnPrimary", "Shut down the virtual machine", 60],
      ["PrepareForFailoverTask", "VmPrepareForFailover", "Preparing for failover", 60],
      ["FailoverTask", "VmFailover", "Start failover", 120],
      ["StartVmOnSecondary", "VmFoStartVmOnSecondary", "Start the replica virtual machine", 60],
    ],
  },
  HyperVFailback: {
    jobScenario: "PlannedFailover",
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
      ["", "PrepareVmOnPremForFailback", "Preparing the on-premises virtual machine", 30],
      ["", "DataSync", "Data synchronization", 240],
      ["", "WaitForUserInputForFailback", "Waiting for user input", 1],
      ["ShutdownVmOnPrimary", "VmShutdownVmOnPrimary", "Shut down the virtual machine", 60],
      ["PrepareForFailoverTask", "VmPrepareForFailover", "Preparing for failover", 120],
      ["FailoverTask", "VmFailover", "Start failover", 60],
      ["StartVmOnSecondary", "VmFoStartVmOnSecondary", "Start the replica virtual machine", 60],
    ],
  },
  ReprotectReplicationGroup: {
    friendlyName: "Reverse replication",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [
      [
        "CreateProtectionTargetTask",
        "CreateProtectionTarget",
        "Identifying the replication target",
        10,
      ],
      ["EnableProtectionTask", "EnableProtection", "Enable replication", 40],
      [
        "StartInitialReplicationTask",
        "VmStartInitialReplication",
        "Starting initial replication",
        50,
      ],
    ],
  },
};
