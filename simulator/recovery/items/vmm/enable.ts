import { type Answer, badRequest } from "../../../http/answer.ts";
import type { Call } from "../../../http/route.ts";
import { hyperVMachineByProtectableItem, liesIn } from "../../../hyper-v/find.ts";
import { textAt } from "../../../state/json.ts";
import type { Container, Policy, Vault } from "../../../state/model.ts";
import {
  containerKey,
  MICROSOFT_AZURE,
  missingReference,
  param,
  referredPolicy,
} from "../../vault/find.ts";
import { enableItem } from "../enable-item.ts";
import { checkInputKind } from "../input-kind.ts";
import { newVmmItem } from "./new-vmm-item.ts";
import { madeMachines } from "./replica.ts";
import type { VmmKind } from "./vmm-kind.ts";

/** PUT of an item in a VMM cloud that is mapped to another one; of its details only the bare `instanceType` is known (CH-VMM-INPUT). */
export function putVmmItem(call: Call, vault: Vault, source: Container, kind: VmmKind): Answer {
  const { simulation } = call;
  checkKind(call, kind);
  const policy = referredPolicy(
    vault,
    "properties.policyId",
    textAt(call.body, "properties", "policyId") ?? "",
  );
  const field = "properties.protectableItemId";
  const wanted = textAt(call.body, "properties", "protectableItemId") ?? "";
  const machine = hyperVMachineByProtectableItem(simulation, vault, wanted);
  if (!machine || madeMachines(vault).has(machine.key)) throw missingReference(field, wanted);
  if (!liesIn(machine, source)) throw otherCloud(field, machine.name, source);
  const target = mappedCloud(vault, source, policy);
  const name = param(call, "item");
  return enableItem(call, vault, {
    name,
    source,
    machineId: machine.id,
    machineName: machine.name,
    make: () =>
      newVmmItem(simulation, vault, {
        kind,
        name,
        source,
        target,
        policyName: policy.name,
        machine,
      }),
  });
}

/** The cloud that the source cloud is mapped to with a policy. */
function mappedCloud(vault: Vault, source: Container, policy: Policy): Container {
  const mapping = Object.values(vault.mappings).find(
    (each) =>
      containerKey(each.fabricName, each.containerName) ===
        containerKey(source.fabricName, source.name) &&
      each.targetFabricName !== MICROSOFT_AZURE &&
      each.policyName === policy.name,
  );
  const target =
    mapping &&
    vault.containers[containerKey(mapping.targetFabricName, mapping.targetContainerName)];
  if (target) return target;
  throw badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The cloud '${source.friendlyName ?? source.name}' is not mapped to another cloud with the replication policy '${policy.name}'.`,
    possibleCauses: "There is no protection container mapping, or it has another policy.",
    recommendedAction: "Create the protection container mapping first.",
  });
}

/** The kind itself, or the base type that stands for it. */
function checkKind(call: Call, kind: VmmKind): void {
  const given = textAt(call.body, "properties", "providerSpecificDetails", "instanceType");
  if (given?.toLowerCase() === "enableprotectionproviderspecificinput") return;
  checkInputKind(call, kind, "the replication policy given in 'properties.policyId'");
}

function otherCloud(field: string, machineName: string, source: Container): Error {
  return badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The virtual machine '${machineName}' given in '${field}' is not in the cloud '${source.friendlyName ?? source.name}'.`,
  });
}
