import type {
  CreateRecoveryPlanInput,
  RecoveryPlanAction,
  RecoveryPlanGroup,
  UpdateRecoveryPlanInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { optional } from "../facts/wire.ts";
import type {
  RecoveryPlanActionSpecification,
  RecoveryPlanGroupSpecification,
  RecoveryPlanSpecification,
} from "../specifications.ts";

/** Body of PUT recovery plan. */
export function recoveryPlanBody(
  specification: RecoveryPlanSpecification,
): CreateRecoveryPlanInput {
  const { primaryZone, recoveryZone } = specification;
  const zones = {
    ...optional("primaryZone", primaryZone),
    ...optional("recoveryZone", recoveryZone),
  };
  return {
    properties: {
      primaryFabricId: specification.primaryFabricId,
      recoveryFabricId: specification.recoveryFabricId,
      // As stock clients do.
      failoverDeploymentModel:
        specification.betweenSites === true ? "NotApplicable" : "ResourceManager",
      groups: specification.groups.map(group),
      ...(Object.keys(zones).length === 0
        ? {}
        : { providerSpecificInput: [{ instanceType: "A2A" as const, ...zones }] }),
    },
  };
}

/** Body of PATCH recovery plan: it replaces all groups, the rest of a plan cannot change. */
export function recoveryPlanUpdateBody(
  specification: RecoveryPlanSpecification,
): UpdateRecoveryPlanInput {
  return { properties: { groups: specification.groups.map(group) } };
}

function group(specification: RecoveryPlanGroupSpecification): RecoveryPlanGroup {
  return {
    groupType: specification.type,
    replicationProtectedItems: specification.items.map(({ armId, machineId }) => ({
      id: armId,
      virtualMachineId: machineId,
    })),
    startGroupActions: specification.startActions.map(action),
    endGroupActions: specification.endActions.map(action),
  };
}

function action(specification: RecoveryPlanActionSpecification): RecoveryPlanAction {
  return {
    actionName: specification.name,
    failoverTypes: [...specification.failoverTypes],
    failoverDirections: [...specification.failoverDirections],
    customDetails: details(specification.details),
  };
}

function details(
  wanted: RecoveryPlanActionSpecification["details"],
): RecoveryPlanAction["customDetails"] {
  if (wanted.kind === "manual") {
    return { instanceType: "ManualActionDetails", description: wanted.description };
  }
  const place = {
    fabricLocation: wanted.fabricLocation,
    ...optional("timeout", wanted.timeout),
  };
  return wanted.kind === "script"
    ? { instanceType: "ScriptActionDetails", path: wanted.path, ...place }
    : { instanceType: "AutomationRunbookActionDetails", runbookId: wanted.runbookId, ...place };
}
