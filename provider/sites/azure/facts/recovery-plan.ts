import { nameOf } from "../../../recovery/identity.ts";
import type {
  FailoverDirection,
  RecoveryPlanActionFacts,
  RecoveryPlanFacts,
  RecoveryPlanGroupFacts,
} from "../../../recovery/model.ts";
import { optional, textOf, textsOf, type Wire, wireOf, wiresOf } from "./wire.ts";

/** A recovery plan as the service sent it, with the groups that it adds itself. */
export function recoveryPlanFacts(wire: Wire): RecoveryPlanFacts {
  const plan = wireOf(wire, "properties");
  const zones = wiresOf(plan, "providerSpecificDetails")[0] ?? {};
  const scenario = textOf(wireOf(plan, "currentScenario"), "scenarioName");
  const status = textOf(plan, "currentScenarioStatus");
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    friendlyName: textOf(plan, "friendlyName"),
    primaryFabricId: textOf(plan, "primaryFabricId"),
    recoveryFabricId: textOf(plan, "recoveryFabricId"),
    primaryZone: textOf(zones, "primaryZone"),
    recoveryZone: textOf(zones, "recoveryZone"),
    allowedOperations: textsOf(plan, "allowedOperations"),
    groups: wiresOf(plan, "groups").map(groupFacts),
    ...optional(
      "currentScenario",
      scenario === "" || scenario === "None" ? undefined : { name: scenario, status },
    ),
  };
}

function groupFacts(group: Wire): RecoveryPlanGroupFacts {
  const type = textOf(group, "groupType");
  return {
    type: type === "Shutdown" || type === "Failover" ? type : "Boot",
    itemNames: wiresOf(group, "replicationProtectedItems").map((each) =>
      nameOf(textOf(each, "id")),
    ),
    startActions: wiresOf(group, "startGroupActions").map(actionFacts),
    endActions: wiresOf(group, "endGroupActions").map(actionFacts),
  };
}

const actionKinds: Readonly<Record<string, RecoveryPlanActionFacts["kind"]>> = {
  ManualActionDetails: "manual",
  ScriptActionDetails: "script",
  AutomationRunbookActionDetails: "runbook",
};

function actionFacts(action: Wire): RecoveryPlanActionFacts {
  const details = wireOf(action, "customDetails");
  const location = textOf(details, "fabricLocation");
  return {
    name: textOf(action, "actionName"),
    kind: actionKinds[textOf(details, "instanceType")] ?? "manual",
    failoverTypes: textsOf(action, "failoverTypes"),
    failoverDirections: textsOf(action, "failoverDirections").filter(isDirection),
    description: textOf(details, "description"),
    scriptPath: textOf(details, "path"),
    runbookId: textOf(details, "runbookId"),
    fabricLocation: location === "Primary" || location === "Recovery" ? location : "",
    timeout: textOf(details, "timeout"),
  };
}

function isDirection(text: string): text is FailoverDirection {
  return text === "PrimaryToRecovery" || text === "RecoveryToPrimary";
}
