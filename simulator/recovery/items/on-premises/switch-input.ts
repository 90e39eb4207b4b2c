import { configurationServerOf } from "../../../estate/find.ts";
import { registered } from "../../../estate/heartbeat.ts";
import { SERVICE_FAILBACK_POLICY } from "../../../estate/register.ts";
import type { Call } from "../../../http/route.ts";
import type { MasterTarget } from "../../../state/estate-model.ts";
import { type JsonObject, objectAt, textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import {
  containerKey,
  containerNamed,
  missingReference,
  policyId,
  referredPolicy,
} from "../../vault/find.ts";
import { checkInputKind } from "../input-kind.ts";
import type { ProtectedItem } from "../item.ts";
import type { VMwareKind } from "../kinds.ts";
import {
  checkMappedToAzure,
  checkPolicyKind,
  checkResources,
  checkRunAsAccount,
  DETAILS,
  invalid,
  namedProcessServer,
} from "./enable-checks.ts";
import { partOf } from "./source-machine.ts";

/** What the reprotect of an item needs of its request; the keys are those that {@link turnItem} reads. */
type SwitchInput = (call: Call, vault: Vault, item: ProtectedItem, input: JsonObject) => JsonObject;

/** Reads of each kind of item: what instance type its request has, and what is in it (reference 4.2). */
const INPUTS: Readonly<Record<VMwareKind, [inputKind: string, read: SwitchInput]>> = {
  InMageRcm: ["InMageRcm", toModernizedSite],
  InMageRcmFailback: ["InMageRcmFailback", toAzureFromModernized],
  InMageAzureV2: ["InMage", toClassicSite],
  InMage: ["InMageAzureV2", toAzureFromClassic],
};

/** Checks the request of a reprotect of a machine of a site. */
export function siteSwitchInput(
  call: Call,
  vault: Vault,
  item: ProtectedItem,
  kind: VMwareKind,
): JsonObject {
  const [inputKind, read] = INPUTS[kind];
  checkInputKind(call, inputKind, `the protected item '${item.name}'`);
  const input = objectAt(call.body, "properties", "providerSpecificDetails") ?? {};
  return { details: read(call, vault, item, input) };
}

function toModernizedSite(
  call: Call,
  vault: Vault,
  item: ProtectedItem,
  input: JsonObject,
): JsonObject {
  const agent = textAt(input, "reprotectAgentId");
  try {
    namedProcessServer(vault, item.fabricName, agent);
  } catch {
    throw missingReference(`${DETAILS}.reprotectAgentId`, agent ?? "");
  }
  checkResources(call.simulation, input, ["logStorageAccountId"]);
  const given = textAt(input, "policyId");
  const policy = referredPolicy(
    vault,
    `${DETAILS}.policyId`,
    given ?? policyId(vault, SERVICE_FAILBACK_POLICY),
  );
  checkPolicyKind(policy, "InMageRcmFailback");
  return {
    policyName: policy.name,
    reprotectAgentId: agent ?? "",
    datastoreName: textAt(input, "datastoreName") ?? "",
    logStorageAccountId: textAt(input, "logStorageAccountId") ?? "",
  };
}

function toClassicSite(
  call: Call,
  vault: Vault,
  item: ProtectedItem,
  input: JsonObject,
): JsonObject {
  const policy = referredPolicy(vault, `${DETAILS}.profileId`, textAt(input, "profileId") ?? "");
  checkPolicyKind(policy, "InMage");
  const server = namedProcessServer(vault, item.fabricName, textAt(input, "processServerId"));
  const masterTarget = textAt(input, "masterTargetId") ?? "";
  if (!masterTargetOf(call, vault, item.fabricName, masterTarget))
    throw missingReference(`${DETAILS}.masterTargetId`, masterTarget);
  checkRunAsAccount(vault, item.fabricName, textAt(input, "runAsAccountId"));
  const key = containerKey(item.fabricName, item.containerName);
  const mapped = Object.values(vault.mappings).some(
    (each) =>
      containerKey(each.fabricName, each.containerName) === key &&
      containerKey(each.targetFabricName, each.targetContainerName) === key &&
      each.policyName === policy.name,
  );
  if (!mapped) {
    throw invalid(
      `The protection container '${item.containerName}' is not mapped to itself with the failback policy '${policy.name}'.`,
      "Create the protection container mapping of the container with itself first.",
    );
  }
  return {
    policyName: policy.name,
    masterTargetId: masterTarget,
    processServerId: server.id,
    runAsAccountId: textAt(input, "runAsAccountId") ?? null,
    retentionVolume: textAt(input, "retentionDrive") ?? "",
    datastoreName: textAt(input, "datastoreName") ?? null,
  };
}

/** The master target with that id, once Azure knows it. */
export function masterTargetOf(
  call: Pick<Call, "simulation">,
  vault: Vault,
  fabricName: string,
  id: string | undefined,
): MasterTarget | undefined {
  const targets = configurationServerOf(vault, fabricName)?.masterTargets ?? [];
  return registered(call.simulation, targets).find(
    (target) => target.id.toLowerCase() === id?.toLowerCase(),
  );
}

function toAzureFromModernized(
  _call: Call,
  vault: Vault,
  item: ProtectedItem,
  input: JsonObject,
): JsonObject {
  const policy = referredPolicy(vault, `${DETAILS}.policyId`, textAt(input, "policyId") ?? "");
  checkPolicyKind(policy, "InMageRcm");
  const server = namedProcessServer(vault, item.fabricName, textAt(input, "processServerId"));
  checkRunAsAccount(vault, item.fabricName, textAt(input, "runAsAccountId"));
  checkMappedToAzure(vault, containerNamed(vault, item.fabricName, item.containerName), policy);
  return {
    policyName: policy.name,
    processServerId: server.id,
    runAsAccountId: textAt(input, "runAsAccountId") ?? partOf(item).runAsAccountId,
  };
}

function toAzureFromClassic(
  call: Call,
  vault: Vault,
  item: ProtectedItem,
  input: JsonObject,
): JsonObject {
  const part = partOf(item);
  const given = textAt(input, "policyId") ?? policyId(vault, part.lastUsedPolicyName ?? "");
  const policy = referredPolicy(vault, `${DETAILS}.policyId`, given);
  checkPolicyKind(policy, "InMageAzureV2");
  const server = namedProcessServer(
    vault,
    item.fabricName,
    textAt(input, "processServerId") ?? part.processServerId,
  );
  checkRunAsAccount(vault, item.fabricName, textAt(input, "runAsAccountId"));
  checkResources(call.simulation, input, ["storageAccountId", "logStorageAccountId"]);
  checkMappedToAzure(vault, containerNamed(vault, item.fabricName, item.containerName), policy);
  return {
    policyName: policy.name,
    processServerId: server.id,
    runAsAccountId: textAt(input, "runAsAccountId") ?? part.runAsAccountId,
    storageAccountId: textAt(input, "storageAccountId") ?? part.storageAccountId,
    logStorageAccountId: textAt(input, "logStorageAccountId") ?? part.logStorageAccountId,
  };
}
