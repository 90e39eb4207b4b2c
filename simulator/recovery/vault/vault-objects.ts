import { MACHINE } from "../../azure/machines.ts";
import { findResource } from "../../azure/resources.ts";
import { fabricIssues } from "../../estate/fabric-issues.ts";
import { type Answer, missingObject, missingResource, ok } from "../../http/answer.ts";
import { wholeList } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { guidOf } from "../../simulation.ts";
import { recoveryId, recoveryType, vaultId } from "../../state/identifiers.ts";
import { type JsonObject, objectAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { healthOf } from "../items/health.ts";
import { operationResult, operationStatus } from "../jobs/operation.ts";
import { setupJob } from "../setup/setup-job.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { param, vaultOf } from "./find.ts";
import { supportedSystems } from "./supported-systems.ts";

const SETTINGS = "replicationVaultSettings";
const ALERTS = "replicationAlertSettings";

/** Settings, health and lists a vault has once. Paths are relative to the vault. */
export const VAULT_OBJECT_ROUTES: readonly Route[] = [
  ["GET", "replicationOperationStatus/{operation}", operationStatus],
  ["GET", "operationresults/{operation}", operationResult],
  ["GET", ALERTS, (call) => wholeList([alertBody(vaultOf(call), "defaultAlertSetting")])],
  ["GET", `${ALERTS}/{setting}`, (call) => ok(alertBody(vaultOf(call), param(call, "setting")))],
  ["PUT", `${ALERTS}/{setting}`, putAlertSettings],
  ["GET", SETTINGS, (call) => wholeList([settingsBody(vaultOf(call), "default")])],
  ["GET", `${SETTINGS}/{setting}`, getSettings],
  ["PUT", `${SETTINGS}/{setting}`, putSettings],
  ["GET", "replicationVaultHealth", vaultHealth],
  ["POST", "replicationVaultHealth/default/refresh", refreshHealth],
  ["GET", "replicationSupportedOperatingSystems", supportedSystems],
];

const ELIGIBILITY = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${MACHINE}/{machine}/providers/Microsoft.RecoveryServices/replicationEligibilityResults`;

/** What Recovery Services answers outside of any vault. */
export const PROVIDER_ROUTES: readonly Route[] = [
  ["GET", ELIGIBILITY, (call) => ok({ value: [eligibility(call)] })],
  ["GET", `${ELIGIBILITY}/default`, (call) => ok(eligibility(call))],
  [
    "GET",
    "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/operations",
    listOperations,
  ],
  ["GET", "/providers/Microsoft.RecoveryServices/operations", listOperations],
];

function alertBody(vault: Vault, name: string): JsonObject {
  return {
    name,
    type: recoveryType(ALERTS),
    id: recoveryId(vault, ALERTS, name),
    properties: vault.alertSettings,
  };
}

function putAlertSettings(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.alertSettings);
  vault.alertSettings = { ...vault.alertSettings, ...objectAt(call.body, "properties") };
  call.simulation.changed = true;
  return ok(alertBody(vault, param(call, "setting")));
}

function settingsBody(vault: Vault, name: string): JsonObject {
  return {
    id: recoveryId(vault, SETTINGS, name),
    name,
    type: recoveryType(SETTINGS),
    properties: vault.vaultSettings,
  };
}

function getSettings(call: Call): Answer {
  const vault = vaultOf(call);
  const name = param(call, "setting");
  if (name.toLowerCase() !== "default") throw missingObject(name);
  return ok(settingsBody(vault, "default"));
}

function putSettings(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.vaultSettings);
  return setupJob(call, vault, {
    scenario: "UpdateVaultSettings",
    id: recoveryId(vault, SETTINGS, param(call, "setting")),
    input: objectAt(call.body, "properties") ?? {},
  });
}

function refreshHealth(call: Call): Answer {
  const vault = vaultOf(call);
  return setupJob(call, vault, {
    scenario: "RefreshVaultHealth",
    id: vaultId(vault),
    resource: recoveryId(vault, "replicationVaultHealth"),
  });
}

/** The vault's health as it is read (recording vault.026). */
function vaultHealth(call: Call): Answer {
  const vault = vaultOf(call);
  const items = Object.values(vault.items).map((item) => ({
    item,
    health: healthOf(call.simulation, vault, item),
  }));
  const count = (fits: (entry: (typeof items)[number]) => boolean) => items.filter(fits).length;
  return ok({
    name: "Default",
    type: recoveryType("replicationVaultHealth"),
    id: recoveryId(vault, "replicationVaultHealth", "Default"),
    properties: {
      vaultErrors: [],
      protectedItemsHealth: {
        resourceCount: items.length,
        issues: [],
        categorizedResourceCounts: {
          testFailoverApplicableProtectedItemsCount: count(
            ({ item }) => item.protectionState === "Protected",
          ),
          testFailoverInProgressProtectedItemsCount: count(
            ({ item }) =>
              item.scenario?.name === "TestFailover" &&
              item.testFailoverState !== "WaitingForCompletion",
          ),
          testFailoverWaitingProtectedItemsCount: count(
            ({ item }) => item.testFailoverState === "WaitingForCompletion",
          ),
          protectedItemsCriticalCount: count(({ health }) => health.replication === "Critical"),
          protectedItemsWarningCount: count(({ health }) => health.replication === "Warning"),
          protectedItemsNeutralCount: 0,
          protectedItemsTestFailoverCriticalCount: 0,
          protectedItemsTestFailoverWarningCount: count(
            ({ health }) => health.failover === "Warning",
          ),
          protectedItemsConfigurationCriticalCount: 0,
          protectedItemsConfigurationWarningCount: 0,
          protectedItemsFailoverHealthCriticalCount: count(
            ({ health }) => health.failover === "Critical",
          ),
          protectedItemsFailoverHealthWarningCount: count(
            ({ health }) => health.failover === "Warning",
          ),
        },
      },
      fabricsHealth: {
        resourceCount: Object.keys(vault.fabrics).length,
        issues: fabricIssues(call.simulation, vault),
        categorizedResourceCounts: null,
      },
      containersHealth: {
        resourceCount: Object.keys(vault.containers).length,
        issues: [],
        categorizedResourceCounts: null,
      },
    },
  });
}

function eligibility(call: Call): JsonObject {
  const { subscription, group, machine } = call.params;
  const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/${MACHINE}/${machine}`;
  if (!findResource(call.simulation, id))
    throw missingResource(MACHINE, machine ?? "", group ?? "");
  return {
    name: "default",
    type: "Microsoft.RecoveryServices/replicationEligibilityResults",
    id: `${id}/providers/Microsoft.RecoveryServices/replicationEligibilityResults/default`,
    properties: { clientRequestId: guidOf(call.simulation, "eligibility", id), errors: [] },
  };
}

function listOperations(): Answer {
  const objects = [
    "vaults",
    "vaults/replicationFabrics",
    "vaults/replicationPolicies",
    "vaults/replicationRecoveryPlans",
    "vaults/replicationJobs",
  ];
  return wholeList(
    objects.flatMap((object) =>
      ["read", "write", "delete"].map((operation) => ({
        name: `Microsoft.RecoveryServices/${object}/${operation}`,
        display: {
          provider: "Microsoft.RecoveryServices",
          resource: object,
          operation,
          description: `${operation} ${object}`,
        },
        origin: "user",
      })),
    ),
  );
}
