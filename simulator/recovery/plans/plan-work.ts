import type { ScenarioName } from "../jobs/scenarios.ts";
import { PLAN_OPERATIONS } from "./plan.ts";
import type { PlanGroupType } from "./plan-tasks.ts";

/** What a plan's scenario does with each of its machines. */
export interface MemberWork {
  readonly scenario: ScenarioName;
  readonly operation: string;
  /** The task before which a machine's job waits for its next group, by the group that has let it go on. */
  readonly holds?: Readonly<Partial<Record<PlanGroupType, string>>>;
}

/** What plans do with their machines, by the scenario of the plan's job. */
export const MEMBER_WORK: Readonly<Partial<Record<ScenarioName, MemberWork>>> = {
  PlanUnplannedFailover: {
    scenario: "UnplannedFailover",
    operation: "UnplannedFailover",
    holds: { RpFailoverTask: "VmFoStartVmOnSecondary" },
  },
  PlanTestFailover: {
    scenario: "TestFailover",
    operation: "TestFailover",
    holds: { RpFailoverTask: "VmTfoBootTestVm" },
  },
  PlanTestFailoverCleanup: { scenario: "TestFailoverCleanup", operation: "TestFailoverCleanup" },
  PlanCommitFailover: { scenario: "CommitFailover", operation: "Commit" },
  PlanPlannedFailover: {
    scenario: "PlannedFailover",
    operation: "PlannedFailover",
    holds: { RpShutdownTask: "VmPrepareForFailover", RpFailoverTask: "VmFoStartVmOnSecondary" },
  },
  PlanFailback: {
    scenario: "HyperVFailback",
    operation: "Failback",
    holds: {
      RpDataSyncTask: "VmShutdownVmOnPrimary",
      RpShutdownTask: "VmPrepareForFailover",
      RpFailoverTask: "VmFoStartVmOnSecondary",
    },
  },
  PlanCancelFailover: { scenario: "CancelFailover", operation: "CancelFailover" },
};

/** Operations that are asked for in a direction; the planned failover of other machines than Hyper-V's is always one home. */
export const DIRECTED: readonly string[] = [
  "UnplannedFailover",
  "TestFailover",
  "PlannedFailover",
  "Failback",
];

/** What the plan says and offers when a job of it is over (reference 8). */
export const AFTERWARDS: Readonly<
  Partial<
    Record<ScenarioName, { status: string; description: string; operations: readonly string[] }>
  >
> = {
  PlanUnplannedFailover: {
    status: "Succeeded",
    description: "Completed",
    operations: [...PLAN_OPERATIONS, "Commit"],
  },
  PlanPlannedFailover: {
    status: "Succeeded",
    description: "Completed",
    operations: [...PLAN_OPERATIONS, "Commit"],
  },
  PlanFailback: {
    status: "Succeeded",
    description: "Completed",
    operations: [...PLAN_OPERATIONS, "Commit"],
  },
  PlanCancelFailover: {
    status: "Succeeded",
    description: "Completed",
    operations: PLAN_OPERATIONS,
  },
  PlanTestFailover: {
    status: "Suspended",
    description: "WaitingForStopTestFailover",
    operations: ["TestFailoverCleanup"],
  },
  PlanTestFailoverCleanup: {
    status: "Succeeded",
    description: "Completed",
    operations: PLAN_OPERATIONS,
  },
  PlanCommitFailover: {
    status: "Succeeded",
    description: "Completed",
    operations: PLAN_OPERATIONS,
  },
};
