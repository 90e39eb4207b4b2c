import { ASR, type Scenario } from "./scenario.ts";

/** Keys of scenarios of recovery plans. */
export type PlanScenarioName =
  | "SaveRecoveryPlan"
  | "UpdateRecoveryPlan"
  | "DeleteRecoveryPlan"
  | "PlanUnplannedFailover"
  | "PlanTestFailover"
  | "PlanTestFailoverCleanup"
  | "PlanCommitFailover"
  | "PlanPlannedFailover"
  | "PlanFailback"
  | "PlanReverseReplication"
  | "PlanCancelFailover";

/**
 * Scenarios of recovery plans (keys beginning with `Plan` are verbs that items know by the same
 * name): names from recordings (job-catalog), totals within recorded durations,
 * shares per task chosen (CH-DURATIONS, CH-SCENARIO-NAMES).
 */
export const PLAN_SCENARIOS: Readonly<Record<PlanScenarioName, Scenario>> = {
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
    tasks: [
      ["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 5],
      ["", "RpEnvironmentCreationTask", "Create the environment", 5],
      ["", "EndRecoveryPlanTask", "Finalizing the recovery plan", 2],
    ],
  },
  // Recorded as Azure>HyperVSite; its last groups are put between its tasks.
  PlanFailback: {
    friendlyName: "Planned failover",
    target: "RecoveryPlan",
    customDetails: ASR,
    jobScenario: "Failback",
    shownAs: "PlannedFailover",
    tasks: [
      ["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 5],
      ["", "PrepareVmOnPremForFailback", "Preparing the on-premises virtual machine", 5],
      ["", "WaitForUserInputForFailback", "Waiting for user input", 0],
      ["", "EndRecoveryPlanTask", "Finalizing the recovery plan", 2],
    ],
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
    tasks: [
      ["", "RpSrsPrerequisitesCheck", "Prerequisites check for the recovery plan", 5],
      ["", "EndRecoveryPlanTask", "Finalizing the recovery plan", 2],
    ],
  },
};
