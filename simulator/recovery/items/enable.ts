import { disksOf, MACHINE } from "../../azure/machines.ts";
import { findResource } from "../../azure/resources.ts";
import { type Answer, badRequest } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import { HYPER_V_SITE, VMM } from "../../hyper-v/fabric-kinds.ts";
import type { Simulation } from "../../simulation.ts";
import { sameId } from "../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../state/json.ts";
import type { AzureResource, Container, Vault } from "../../state/model.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import {
  containerKey,
  containerNamed,
  missingReference,
  param,
  referredContainer,
  referredPolicy,
  vaultOf,
} from "../vault/find.ts";
import { putClassicItem } from "./classic/enable.ts";
import { protectDisk } from "./describe-machine.ts";
import { enableItem } from "./enable-item.ts";
import { putHyperVItem } from "./hyper-v/enable.ts";
import { checkInputKind } from "./input-kind.ts";
import type { ProtectedDisk } from "./item.ts";
import { type EnableRequest, newItem } from "./new-item.ts";
import { putRcmItem } from "./rcm/enable.ts";
import { putVmmItem } from "./vmm/enable.ts";
import { isVmmKind } from "./vmm/vmm-kind.ts";

/** PUT of a protected item: enables the replication of a machine, by the kind of the fabric it is in. */
export function putItem(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.item);
  const source = containerNamed(vault, param(call, "fabric"), param(call, "container"));
  switch (vault.fabrics[source.fabricName.toLowerCase()]?.instanceType) {
    case "InMageRcm":
      return putRcmItem(call, vault, source);
    case "VMware":
      return putClassicItem(call, vault, source);
    case HYPER_V_SITE:
      return putHyperVItem(call, vault, source);
    case VMM:
      return putCloudItem(call, vault, source);
    default:
      return putAzureItem(call, vault, source);
  }
}

/** Machines of a VMM cloud replicate to Azure or to another cloud, by the kind of their policy. */
function putCloudItem(call: Call, vault: Vault, source: Container): Answer {
  const id = textAt(call.body, "properties", "policyId") ?? "";
  const { instanceType } = referredPolicy(vault, "properties.policyId", id);
  return isVmmKind(instanceType)
    ? putVmmItem(call, vault, source, instanceType)
    : putHyperVItem(call, vault, source);
}

function putAzureItem(call: Call, vault: Vault, source: Container): Answer {
  checkInputKind(call, "A2A", `the fabric '${source.fabricName}'`);
  const name = param(call, "item");
  const properties = objectAt(call.body, "properties");
  const input = objectAt(properties, "providerSpecificDetails") ?? {};
  const target = referredContainer(
    vault,
    "properties.providerSpecificDetails.recoveryContainerId",
    textAt(input, "recoveryContainerId") ?? "",
  );
  const policy = referredPolicy(vault, "properties.policyId", textAt(properties, "policyId") ?? "");
  const machine = referredMachine(
    call.simulation,
    vault,
    source,
    textAt(input, "fabricObjectId") ?? "",
  );
  checkMapping(vault, source, target, policy.name);
  for (const field of [
    "recoveryResourceGroupId",
    "recoveryAvailabilitySetId",
    "recoveryAzureNetworkId",
  ]) {
    const id = textAt(input, field);
    if (id !== undefined && !findResource(call.simulation, id)) {
      throw missingReference(`properties.providerSpecificDetails.${field}`, id);
    }
  }
  const disks = protectedDisks(call.simulation, machine, input);
  // CH-OS-DISK
  if (!disks.some((disk) => disk.isOsDisk)) {
    throw badRequest({
      code: "SIM-INVALID-INPUT",
      message: `The operating system disk of '${machine.name}' is not in 'properties.providerSpecificDetails.vmManagedDisks'.`,
      recommendedAction: "Protect the operating system disk, and any data disks beside it.",
    });
  }
  const request: EnableRequest = {
    name,
    source,
    target,
    policyName: policy.name,
    machine,
    input,
    disks,
  };
  return enableItem(call, vault, {
    name,
    source,
    machineId: machine.id,
    machineName: machine.name,
    make: () => newItem(call.simulation, vault, request),
  });
}

function referredMachine(
  simulation: Simulation,
  vault: Vault,
  source: Container,
  id: string,
): AzureResource {
  const field = "properties.providerSpecificDetails.fabricObjectId";
  const machine = findResource(simulation, id);
  if (machine?.type !== MACHINE) throw missingReference(field, id);
  const location = vault.fabrics[source.fabricName.toLowerCase()]?.location;
  if (machine.location !== location) {
    throw badRequest({
      code: "SIM-INVALID-INPUT",
      message: `The virtual machine '${machine.name}' given in '${field}' is in ${machine.location}, and the fabric '${source.fabricName}' in ${location}.`,
    });
  }
  return machine;
}

function checkMapping(
  vault: Vault,
  source: Container,
  target: Container,
  policyName: string,
): void {
  const mapped = Object.values(vault.mappings).some(
    (each) =>
      containerKey(each.fabricName, each.containerName) ===
        containerKey(source.fabricName, source.name) &&
      containerKey(each.targetFabricName, each.targetContainerName) ===
        containerKey(target.fabricName, target.name) &&
      each.policyName === policyName,
  );
  if (mapped) return;
  throw badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The protection container '${source.name}' is not mapped to '${target.name}' with the replication policy '${policyName}'.`,
    possibleCauses: "There is no protection container mapping, or it has another policy.",
    recommendedAction: "Create the protection container mapping first.",
  });
}

/** The disks a request names, each checked against the machine. */
export function protectedDisks(
  simulation: Simulation,
  machine: AzureResource,
  input: JsonObject,
): ProtectedDisk[] {
  const present = disksOf(simulation, machine);
  return listAt(input, "vmManagedDisks").map((wanted, index) => {
    const field = `properties.providerSpecificDetails.vmManagedDisks[${index}]`;
    const id = textAt(wanted, "diskId") ?? "";
    const disk = present.find(({ resource }) => sameId(resource.id, id));
    if (!disk) {
      throw badRequest({
        code: "SIM-MISSING-REFERENCE",
        message: `The disk '${id}' given in '${field}.diskId' is not a disk of the virtual machine '${machine.name}'.`,
        possibleCauses: "The disk was detached, or the id is misspelt.",
        recommendedAction:
          "Give the ids of managed disks that are attached to the virtual machine.",
      });
    }
    const staging = textAt(wanted, "primaryStagingAzureStorageAccountId") ?? "";
    const account = findResource(simulation, staging);
    if (!account) throw missingReference(`${field}.primaryStagingAzureStorageAccountId`, staging);
    if (account.location !== machine.location) {
      throw badRequest({
        code: "SIM-INVALID-INPUT",
        message: `The cache storage account '${account.name}' given in '${field}' is in ${account.location}, and the virtual machine in ${machine.location}.`,
      });
    }
    const group = textAt(wanted, "recoveryResourceGroupId") ?? "";
    if (!findResource(simulation, group))
      throw missingReference(`${field}.recoveryResourceGroupId`, group);
    return protectDisk(disk, {
      stagingStorageAccountId: staging,
      recoveryResourceGroupId: group,
      replicaAccountType: textAt(wanted, "recoveryReplicaDiskAccountType"),
      targetAccountType: textAt(wanted, "recoveryTargetDiskAccountType"),
      encryptionSetId: textAt(wanted, "recoveryDiskEncryptionSetId"),
    });
  });
}
