import type { Json, JsonObject } from "../../state/json.ts";

/** A machine in a group of a plan; the item is found again after it has moved. */
export interface PlanMember {
  readonly lifecycleId: string;
  readonly virtualMachineId: string | null;
}

/** A group of a plan. */
export interface PlanGroup {
  readonly groupType: string;
  members: PlanMember[];
  readonly startGroupActions: readonly Json[];
  readonly endGroupActions: readonly Json[];
}

/** A recovery plan. */
export interface RecoveryPlan {
  readonly name: string;
  readonly primaryFabricName: string;
  readonly recoveryFabricName: string;
  readonly failoverDeploymentModel: string;
  readonly providerSpecificInput: readonly JsonObject[];
  groups: PlanGroup[];
  allowedOperations: readonly string[];
  scenario: { name: string; job: string; at: number; status: string; description: string } | null;
  lastUnplannedFailoverAt: number | null;
  lastTestFailoverAt: number | null;
  lastPlannedFailoverAt?: number;
}

/** What a plan of machines that have not been failed over offers at rest. */
export const PLAN_OPERATIONS: readonly string[] = ["UnplannedFailover", "TestFailover"];
