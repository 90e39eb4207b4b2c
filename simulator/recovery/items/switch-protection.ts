import { findResource } from "../../azure/resources.ts";
import { type Answer, badRequest, missingObject } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import { type JsonObject, objectAt, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import {
  containerId,
  containerKey,
  containerNamed,
  missingReference,
  param,
  referredContainer,
  referredPolicy,
  vaultOf,
} from "../vault/find.ts";
import { protectedDisks } from "./enable.ts";
import { itemKey, type ProtectedItem } from "./item.ts";
import { itemJob } from "./item-job.ts";

/** POST switchprotection on the source container: reprotects an item that failed over from it. */
export function switchProtection(call: Call): Answer {
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

/** What a reprotect job needs of its request; item/reProtect asks for the same (CH-A2A-REPROTECT). */
export function switchInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
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
