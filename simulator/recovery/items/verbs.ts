import type { ServiceError } from "../../faults/fault-rule.ts";
import type { Answer } from "../../http/answer.ts";
import type { Call, Route } from "../../http/route.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import type { ScenarioName } from "../jobs/scenarios.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody, type Fields } from "../validation/body-rule.ts";
import { containerId, itemId, itemOf, vaultOf } from "../vault/find.ts";
import { isHomeward } from "./hyper-v/verb-inputs.ts";
import type { ProtectedItem } from "./item.ts";
import { itemJob } from "./item-job.ts";
import { reprotectInput } from "./reprotect-input.ts";
import { switchProtection } from "./switch-protection.ts";
import {
  addDisksInput,
  changePitInput,
  cleanupInput,
  failoverInput,
  mobilityInput,
  plannedFailoverInput,
  removeDisksInput,
  testFailoverInput,
} from "./verb-inputs.ts";
import { VMM_INPUTS } from "./vmm/verb-inputs.ts";
import { isBetweenVmmSites } from "./vmm/vmm-kind.ts";

const CONTAINER = "replicationFabrics/{fabric}/replicationProtectionContainers/{container}";
const ITEM = `${CONTAINER}/replicationProtectedItems/{item}`;

/** A verb: its last path segment, its scenario, the operation it needs, its body, what it makes of that body. */
interface VerbRow {
  readonly verb: string;
  readonly scenario: ScenarioName;
  readonly operation?: string;
  /** The operation it needs, where that depends on the request. */
  readonly operationOf?: (call: Call, item: ProtectedItem) => string;
  /** The scenario, where that depends on the request. */
  readonly scenarioOf?: (call: Call, item: ProtectedItem) => ScenarioName;
  readonly body?: Fields;
  readonly input?: (call: Call, vault: Vault, item: ProtectedItem) => JsonObject;
  readonly refusal?: (vault: Vault, item: ProtectedItem) => ServiceError | undefined;
  /** Where the item lies when the verb is done, if it moves. */
  readonly result?: (vault: Vault, item: ProtectedItem) => string;
}

const VERBS: readonly VerbRow[] = [
  {
    verb: "unplannedFailover",
    scenario: "UnplannedFailover",
    operation: "UnplannedFailover",
    body: BODIES.unplannedFailover,
    input: failoverInput,
    refusal: loneMember,
  },
  {
    verb: "testFailover",
    scenario: "TestFailover",
    operation: "TestFailover",
    body: BODIES.testFailover,
    input: testFailoverInput,
  },
  {
    verb: "testFailoverCleanup",
    scenario: "TestFailoverCleanup",
    operation: "TestFailoverCleanup",
    body: BODIES.testFailoverCleanup,
    input: cleanupInput,
  },
  { verb: "failoverCommit", scenario: "CommitFailover", operation: "Commit" },
  {
    verb: "applyRecoveryPoint",
    scenario: "ChangePit",
    operation: "ChangePit",
    body: BODIES.applyRecoveryPoint,
    input: changePitInput,
  },
  // CH-A2A-PLANNED: only offered by a modernized machine on its way back, and by Hyper-V machines.
  {
    verb: "plannedFailover",
    scenario: "PlannedFailover",
    operation: "PlannedFailover",
    scenarioOf: (call, item) => (isFailback(call, item) ? "HyperVFailback" : "PlannedFailover"),
    operationOf: (call, item) => (isFailback(call, item) ? "Failback" : "PlannedFailover"),
    body: BODIES.plannedFailover,
    input: plannedFailoverInput,
  },
  { verb: "failoverCancel", scenario: "CancelFailover", operation: "CancelFailover" },
  {
    verb: "reProtect",
    scenario: "SwitchReplicationGroupProtection",
    operation: "SwitchProtection",
    operationOf: (_call, item) => (item.hyperV ? "ReverseReplicate" : "SwitchProtection"),
    body: BODIES.reprotect,
    input: reprotectInput,
    result: (vault, item) =>
      item.onPremises || item.hyperV
        ? itemId(vault, item)
        : `${containerId(vault, item.recoveryFabricName, item.recoveryContainerName)}/replicationProtectedItems/${item.name}`,
  },
  {
    verb: "remove",
    scenario: "DisableDr",
    operation: "DisableProtection",
    // Giving up the failback is a way of its own to end (reference 14.5).
    operationOf: (call) => (isMigration(call.body) ? "CompleteMigration" : "DisableProtection"),
    body: BODIES.removeItem,
    input: (call) => objectAt(call.body, "properties") ?? {},
  },
  { verb: "repairReplication", scenario: "RepairVMReplication", operation: "RepairReplication" },
  {
    verb: "updateMobilityService",
    scenario: "UpdateMobilityService",
    body: BODIES.updateMobilityService,
    input: mobilityInput,
  },
  { verb: "addDisks", scenario: "AddDisks", body: BODIES.addDisks, input: addDisksInput },
  {
    verb: "removeDisks",
    scenario: "RemoveDisks",
    body: BODIES.removeDisks,
    input: removeDisksInput,
  },
  {
    verb: "resolveHealthErrors",
    scenario: "ResolveHealthErrors",
    body: BODIES.resolveHealthErrors,
    input: (call) => ({
      ids: listAt(call.body, "properties", "healthErrors").map(
        (each) => textAt(each, "healthErrorId") ?? "",
      ),
    }),
  },
];

/** The verbs of protected items. Paths are relative to the vault. */
export const VERB_ROUTES: readonly Route[] = [
  ...VERBS.map((row): Route => ["POST", `${ITEM}/${row.verb}`, (call) => runVerb(call, row)]),
  ["DELETE", ITEM, (call) => runVerb(call, { verb: "DELETE", scenario: "PurgeVm" })],
  ["POST", `${CONTAINER}/switchprotection`, switchProtection],
];

function runVerb(call: Call, row: VerbRow): Answer {
  const vault = vaultOf(call);
  const item = itemOf(call, vault);
  if (row.body) checkBody(call.body, row.body);
  const read = isBetweenVmmSites(item) ? VMM_INPUTS[row.scenario] : undefined;
  const input = (read ?? row.input)?.(call, vault, item) ?? {};
  const busy = row.operation === undefined && item.scenario !== null ? stillBusy(item) : undefined;
  const request = {
    scenario: row.scenarioOf?.(call, item) ?? row.scenario,
    ...(row.operation !== undefined && {
      operation: row.operationOf?.(call, item) ?? row.operation,
    }),
    input,
    refusal: busy ?? row.refusal?.(vault, item),
  };
  return itemJob(call, vault, item, request, row.result?.(vault, item));
}

/** Verbs that are always offered still wait for a running job (CH-WRONG-STATE). */
function stillBusy(item: ProtectedItem): ServiceError | undefined {
  if (item.testFailoverState === "WaitingForCompletion" && item.scenario?.name === "TestFailover")
    return undefined;
  return {
    code: "25037",
    message: `The operation is not allowed on the protected item '${item.friendlyName}' while '${item.scenario?.name}' is in progress.`,
    recommendedAction: "Wait for the running job to end and retry the operation.",
  };
}

/** Tells whether a planned failover is the failback of a Hyper-V machine from Azure. */
function isFailback(call: Call, item: ProtectedItem): boolean {
  return item.kind === "HyperVReplicaAzure" && isHomeward(call);
}

/** Tells whether a removal completes a migration. */
function isMigration(body: JsonObject): boolean {
  const reason = textAt(body, "properties", "disableProtectionReason");
  return reason?.toLowerCase() === "migrationcomplete";
}

/** CH-GROUP, CH-SITE-GROUP */
function loneMember(vault: Vault, item: ProtectedItem): ServiceError | undefined {
  if (item.multiVmGroupName === "" || item.onPremises) return undefined;
  const members = Object.values(vault.items).filter(
    (each) => each.multiVmGroupId === item.multiVmGroupId,
  );
  if (members.length < 2) return undefined;
  return {
    code: "25037",
    message: `The virtual machine '${item.friendlyName}' cannot be failed over alone because it belongs to the replication group '${item.multiVmGroupName}'.`,
    recommendedAction: "Fail over all members of the group with a recovery plan.",
  };
}
