import { recoveryId, recoveryType } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime } from "../../state/times.ts";
import { fabricFriendlyName } from "../setup/bodies.ts";
import { fabricId, itemId, itemWithLifecycle } from "../vault/find.ts";
import type { PlanGroup, RecoveryPlan } from "./plan.ts";
import { planOperations, providersOf } from "./plan-operations.ts";

const PLANS = "replicationRecoveryPlans";

/** The ARM id of a plan. */
export function planId(vault: Vault, name: string): string {
  return recoveryId(vault, PLANS, name);
}

/** A recovery plan as it is read (recording V2A_RCMInMage.100). */
export function planBody(vault: Vault, plan: RecoveryPlan): JsonObject {
  const { scenario, lastPlannedFailoverAt, lastUnplannedFailoverAt, lastTestFailoverAt } = plan;
  return {
    id: planId(vault, plan.name),
    name: plan.name,
    type: recoveryType(PLANS),
    properties: {
      friendlyName: plan.name,
      primaryFabricId: fabricId(vault, plan.primaryFabricName),
      primaryFabricFriendlyName: fabricFriendlyName(vault, plan.primaryFabricName),
      recoveryFabricId: fabricId(vault, plan.recoveryFabricName),
      recoveryFabricFriendlyName: fabricFriendlyName(vault, plan.recoveryFabricName),
      failoverDeploymentModel: plan.failoverDeploymentModel,
      replicationProviders: providersOf(vault, plan),
      allowedOperations: planOperations(vault, plan),
      ...(lastPlannedFailoverAt !== undefined && {
        lastPlannedFailoverTime: formatTime(lastPlannedFailoverAt),
      }),
      ...(lastUnplannedFailoverAt !== null && {
        lastUnplannedFailoverTime: formatTime(lastUnplannedFailoverAt),
      }),
      ...(lastTestFailoverAt !== null && { lastTestFailoverTime: formatTime(lastTestFailoverAt) }),
      currentScenario: scenario && {
        scenarioName: scenario.name,
        jobId: recoveryId(vault, "replicationJobs", scenario.job),
        startTime: formatTime(scenario.at),
      },
      currentScenarioStatus: scenario?.status ?? null,
      currentScenarioStatusDescription: scenario?.description ?? null,
      groups: plan.groups.map((group) => groupBody(vault, group)),
      providerSpecificDetails: plan.providerSpecificInput,
    },
  };
}

function groupBody(vault: Vault, group: PlanGroup): JsonObject {
  return {
    groupType: group.groupType,
    replicationProtectedItems: group.members.flatMap((member) => {
      const item = itemWithLifecycle(vault, member.lifecycleId);
      return item ? [{ id: itemId(vault, item), virtualMachineId: member.virtualMachineId }] : [];
    }),
    startGroupActions: group.startGroupActions,
    endGroupActions: group.endGroupActions,
  };
}
