import { findNetwork } from "../../azure/networks.ts";
import { findResource } from "../../azure/resources.ts";
import type { ServiceError } from "../../faults/fault-rule.ts";
import { type Answer, badRequest, missingObject } from "../../http/answer.ts";
import type { Call, Route } from "../../http/route.ts";
import { nameOf, sameId } from "../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import type { ScenarioName } from "../jobs/scenarios.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody, type Fields } from "../validation/body-rule.ts";
import {
  containerId,
  containerKey,
  containerNamed,
  itemOf,
  missingReference,
  param,
  referredContainer,
  referredPolicy,
  vaultOf,
} from "../vault/find.ts";
import { protectedDisks } from "./enable.ts";
import { itemKey, type ProtectedItem } from "./item.ts";
import { itemJob } from "./item-job.ts";
import { recoveryPointsOf } from "./recovery-points.ts";

const CONTAINER = "replicationFabrics/{fabric}/replicationProtectionContainers/{container}";
const ITEM = `${CONTAINER}/replicationProtectedItems/{item}`;

/** A verb: its last path segment, its scenario, the operation it needs, its body, what it makes of that body. */
interface VerbRow {
  readonly verb: string;
  readonly scenario: ScenarioName;
  readonly operation?: string;
  readonly body?: Fields;
  readonly input?: (call: Call, vault: Vault, item: ProtectedItem) => JsonObject;
  readonly refusal?: (vault: Vault, item: ProtectedItem) => ServiceError | undefined;
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
  { verb: "plannedFailover", scenario: "PlannedFailover", operation: "PlannedFailover" },
  { verb: "failoverCancel", scenario: "CancelFailover", operation: "CancelFailover" },
  {
    verb: "reProtect",
    scenario: "SwitchReplicationGroupProtection",
    operation: "SwitchProtection",
    body: BODIES.reprotect,
    input: (call, vault, item) => switchInput(call, vault, item),
  },
  {
    verb: "remove",
    scenario: "DisableDr",
    operation: "DisableProtection",
    body: BODIES.removeItem,
    input: (call) => objectAt(call.body, "properties") ?? {},
  },
  { verb: "repairReplication", scenario: "RepairVMReplication", operation: "RepairReplication" },
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
  const input = row.input?.(call, vault, item) ?? {};
  const busy = row.operation === undefined && item.scenario !== null ? stillBusy(item) : undefined;
  return itemJob(call, vault, item, {
    scenario: row.scenario,
    ...(row.operation !== undefined && { operation: row.operation }),
    input,
    refusal: busy ?? row.refusal?.(vault, item),
  });
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

/** CH-GROUP */
function loneMember(vault: Vault, item: ProtectedItem): ServiceError | undefined {
  if (item.multiVmGroupName === "") return undefined;
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

/** CH-DIRECTION: an A2A item always goes from its present primary side to its recovery side. */
function checkDirection(call: Call): void {
  const direction = textAt(call.body, "properties", "failoverDirection");
  if (direction?.toLowerCase() !== "recoverytoprimary") return;
  throw badRequest({
    code: "InvalidFailoverDirection",
    message:
      "The failover direction 'RecoveryToPrimary' is not valid for the current state of the protected item.",
    possibleCauses:
      "The protected item's active location is not the one the direction starts from.",
    recommendedAction: "Retry with the failover direction 'PrimaryToRecovery'.",
  });
}

function pointNamed(
  call: Call,
  vault: Vault,
  item: ProtectedItem,
  id: string | undefined,
): JsonObject {
  if (id === undefined) return {};
  const name = nameOf(id).toLowerCase();
  const known = recoveryPointsOf(call.simulation, vault, item).some((point) => point.name === name);
  if (!known) throw missingReference("recoveryPointId", id);
  return { point: name };
}

function failoverInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  checkDirection(call);
  return {
    sourceSiteOperations: textAt(call.body, "properties", "sourceSiteOperations") ?? null,
    ...pointNamed(
      call,
      vault,
      item,
      textAt(call.body, "properties", "providerSpecificDetails", "recoveryPointId"),
    ),
  };
}

function testFailoverInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  checkDirection(call);
  const networkId = textAt(call.body, "properties", "networkId");
  if (networkId !== undefined) {
    const network = findNetwork(call.simulation, networkId);
    if (!network) throw missingReference("properties.networkId", networkId);
    const location = vault.fabrics[item.recoveryFabricName.toLowerCase()]?.location;
    if (network.location !== location) {
      throw badRequest({
        code: "SIM-INVALID-INPUT",
        message: `The network '${networkId}' given in 'properties.networkId' is in ${network.location}, and the machine is recovered in ${location}.`,
      });
    }
  }
  return {
    networkId: networkId ?? null,
    networkType: textAt(call.body, "properties", "networkType") ?? null,
    ...pointNamed(
      call,
      vault,
      item,
      textAt(call.body, "properties", "providerSpecificDetails", "recoveryPointId"),
    ),
  };
}

function cleanupInput(call: Call, _vault: Vault, item: ProtectedItem): JsonObject {
  return {
    comments: textAt(call.body, "properties", "comments") ?? null,
    testJob: item.scenario?.job ?? null,
  };
}

function changePitInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  if (item.replication.discarded) return {};
  return pointNamed(call, vault, item, textAt(call.body, "properties", "recoveryPointId"));
}

function addDisksInput(call: Call, _vault: Vault, item: ProtectedItem): JsonObject {
  const machine = findResource(call.simulation, item.machineId);
  if (!machine) throw missingReference("fabricObjectId", item.machineId);
  const disks = protectedDisks(
    call.simulation,
    machine,
    objectAt(call.body, "properties", "providerSpecificDetails") ?? {},
  );
  const fresh = disks.filter(
    (disk) => !item.disks.some((each) => sameId(each.diskId, disk.diskId)),
  );
  return { disks: fresh.map((disk) => ({ ...disk })) };
}

function removeDisksInput(call: Call, _vault: Vault, item: ProtectedItem): JsonObject {
  const ids = listAt(call.body, "properties", "providerSpecificDetails", "vmManagedDisksIds").map(
    String,
  );
  const stranger = ids.find((id) => !item.disks.some((disk) => sameId(disk.diskId, id)));
  if (stranger !== undefined)
    throw missingReference("properties.providerSpecificDetails.vmManagedDisksIds", stranger);
  return { diskIds: ids };
}

/** POST switchprotection on the source container: reprotects an item that failed over from it. */
function switchProtection(call: Call): Answer {
  const vault = vaultOf(call);
  const container = containerNamed(vault, param(call, "fabric"), param(call, "container"));
  checkBody(call.body, BODIES.switchProtection);
  const name = textAt(call.body, "properties", "replicationProtectedItemName") ?? "";
  const item = vault.items[itemKey(container.fabricName, container.name, name)];
  if (!item) throw missingObject(name);
  const input = switchInput(call, vault, item);
  return itemJob(
    call,
    vault,
    item,
    { scenario: "SwitchReplicationGroupProtection", operation: "SwitchProtection", input },
    containerId(vault, container.fabricName, container.name),
  );
}

function switchInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  const details = objectAt(call.body, "properties", "providerSpecificDetails") ?? {};
  const field = "properties.providerSpecificDetails";
  const policy = textAt(details, "policyId");
  if (policy !== undefined) referredPolicy(vault, `${field}.policyId`, policy);
  const containerRef = textAt(details, "recoveryContainerId");
  if (containerRef !== undefined) {
    const target = referredContainer(vault, `${field}.recoveryContainerId`, containerRef);
    if (
      containerKey(target.fabricName, target.name) !==
      containerKey(item.fabricName, item.containerName)
    ) {
      throw badRequest({
        code: "SIM-INVALID-INPUT",
        message: `The container '${target.name}' given in '${field}.recoveryContainerId' is not the one that '${item.name}' came from.`,
      });
    }
  }
  const group = textAt(details, "recoveryResourceGroupId");
  if (group !== undefined && !findResource(call.simulation, group))
    throw missingReference(`${field}.recoveryResourceGroupId`, group);
  const machine = findResource(call.simulation, item.recoveredMachineId);
  if (machine) protectedDisks(call.simulation, machine, details);
  checkMappingBack(vault, item);
  return { details };
}

function checkMappingBack(vault: Vault, item: ProtectedItem): void {
  const from = containerKey(item.recoveryFabricName, item.recoveryContainerName);
  const to = containerKey(item.fabricName, item.containerName);
  const mapped = Object.values(vault.mappings).some(
    (each) =>
      containerKey(each.fabricName, each.containerName) === from &&
      containerKey(each.targetFabricName, each.targetContainerName) === to,
  );
  if (mapped) return;
  throw badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The protection container '${item.recoveryContainerName}' is not mapped to '${item.containerName}'.`,
    recommendedAction: "Create the protection container mapping for the way back first.",
  });
}
