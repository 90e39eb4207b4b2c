import { findResource } from "../../../azure/resources.ts";
import type { Answer } from "../../../http/answer.ts";
import type { Call } from "../../../http/route.ts";
import { hyperVMachineByProtectableItem, liesIn } from "../../../hyper-v/find.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import { nameOf, resourceGroupIdOf } from "../../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../../state/json.ts";
import type { Container, Policy, Vault } from "../../../state/model.ts";
import { missingReference, param } from "../../vault/find.ts";
import { enableItem } from "../enable-item.ts";
import { checkInputKind } from "../input-kind.ts";
import {
  checkMappedToAzure,
  checkResources,
  DETAILS,
  invalid,
  policyForItem,
  subnetOf,
} from "../on-premises/enable-checks.ts";
import { networkMappingToAzure } from "./network-mapping.ts";
import { type HyperVDiskTarget, newHyperVItem } from "./new-hyper-v-item.ts";

const REFERENCES = [
  "targetAzureV2ResourceGroupId",
  "targetAzureNetworkId",
  "targetAvailabilitySetId",
  "targetProximityPlacementGroupId",
  "targetStorageAccountId",
  "logStorageAccountId",
  "diskEncryptionSetId",
];

/** PUT of an item in a Hyper-V site or a VMM cloud that is mapped to Azure: `HyperVReplicaAzure`. */
export function putHyperVItem(call: Call, vault: Vault, source: Container): Answer {
  const { simulation } = call;
  checkInputKind(call, "HyperVReplicaAzure", `the fabric '${source.fabricName}'`);
  const input = objectAt(call.body, "properties", "providerSpecificDetails") ?? {};
  const text = (field: string) => textAt(input, field);
  const policy = policyForItem(call, vault, "HyperVReplicaAzure");
  const machine = referredMachine(call, vault, source);
  checkMappedToAzure(vault, source, policy);
  checkResources(simulation, input, REFERENCES);
  const useManagedDisks = text("useManagedDisks")?.toLowerCase() === "true";
  const storageAccountId = storageAccount(call, input, policy);
  const networkId =
    text("targetAzureNetworkId") ??
    networkMappingToAzure(simulation, vault, machine)?.recoveryNetworkId;
  const subnet = text("targetAzureSubnetId");
  const subnetName = subnetOf(
    simulation,
    networkId,
    subnet === undefined ? undefined : nameOf(subnet),
    "targetAzureSubnetId",
  );
  const disks = wantedDisks(machine, input);
  const name = param(call, "item");
  return enableItem(call, vault, {
    name,
    source,
    machineId: machine.id,
    machineName: machine.name,
    make: () =>
      newHyperVItem(simulation, vault, {
        name,
        source,
        policyName: policy.name,
        machine,
        osType: text("osType"),
        storageAccountId,
        logStorageAccountId: text("logStorageAccountId") ?? null,
        useManagedDisks,
        disks,
        resourceGroupId:
          text("targetAzureV2ResourceGroupId") ?? resourceGroupIdOf(storageAccountId),
        networkId: networkId ?? null,
        subnetName,
        vmName: text("targetAzureVmName") ?? text("vmName") ?? machine.name,
        vmSize: text("targetVmSize") ?? null,
        availabilitySetId: text("targetAvailabilitySetId") ?? null,
        availabilityZone: text("targetAvailabilityZone") ?? null,
        proximityPlacementGroupId: text("targetProximityPlacementGroupId") ?? null,
        licenseType: text("licenseType") ?? "NotSpecified",
        enableRdpOnTargetOption: text("enableRdpOnTargetOption") ?? "Never",
      }),
  });
}

function referredMachine(call: Call, vault: Vault, source: Container): HyperVMachine {
  const id = textAt(call.body, "properties", "protectableItemId") ?? "";
  const machine = hyperVMachineByProtectableItem(call.simulation, vault, id);
  if (!machine) throw missingReference("properties.protectableItemId", id);
  if (!liesIn(machine, source)) {
    throw invalid(
      `The virtual machine '${machine.name}' given in 'properties.protectableItemId' does not lie in the container '${source.friendlyName ?? source.name}'.`,
    );
  }
  return machine;
}

/** The account of the request, else the policy's. */
function storageAccount(call: Call, input: JsonObject, policy: Policy): string {
  const id =
    textAt(input, "targetStorageAccountId") ??
    textAt(input, "logStorageAccountId") ??
    policy.hyperV?.storageAccountId;
  if (!id) {
    throw invalid(
      `The field '${DETAILS}.targetStorageAccountId' is required because the replication policy '${policy.name}' has no storage account.`,
      "Give the storage account that the data are to be kept in.",
    );
  }
  if (!findResource(call.simulation, id))
    throw missingReference(`${DETAILS}.targetStorageAccountId`, id);
  return id;
}

/** The disks that a request wants replicated, by their ids; all of them if it names none. */
function wantedDisks(
  machine: HyperVMachine,
  input: JsonObject,
): ReadonlyMap<string, HyperVDiskTarget> {
  const target = (entry: unknown): HyperVDiskTarget => ({
    diskType: textAt(entry, "diskType") ?? textAt(input, "diskType") ?? "Standard_LRS",
    encryptionSetId:
      textAt(entry, "diskEncryptionSetId") ?? textAt(input, "diskEncryptionSetId") ?? null,
  });
  const plain = listAt(input, "disksToInclude").map((id) => [String(id), {}] as const);
  const managed = listAt(input, "disksToIncludeForManagedDisks").map(
    (entry) => [textAt(entry, "diskId") ?? "", entry] as const,
  );
  const named: readonly (readonly [string, unknown])[] = [...plain, ...managed];
  const field = plain.length > 0 ? "disksToInclude" : "disksToIncludeForManagedDisks";
  const osDisk = textAt(input, "vhdId");
  if (osDisk !== undefined && !diskOf(machine, osDisk))
    throw missingReference(`${DETAILS}.vhdId`, osDisk);
  if (named.length === 0) return new Map(machine.disks.map(({ id }) => [id, target({})]));
  const chosen = new Map<string, HyperVDiskTarget>();
  for (const [index, [id, entry]] of named.entries()) {
    const disk = diskOf(machine, id);
    if (!disk) throw missingReference(`${DETAILS}.${field}[${index}]`, id);
    chosen.set(disk.id, target(entry));
  }
  // CH-OS-DISK
  if (!machine.disks.some((disk) => disk.isOsDisk && chosen.has(disk.id))) {
    throw invalid(
      `The operating system disk of '${machine.name}' is not in '${DETAILS}.${field}'.`,
      "Protect the operating system disk, and any data disks beside it.",
    );
  }
  return chosen;
}

function diskOf({ disks }: HyperVMachine, id: string): HyperVMachine["disks"][number] | undefined {
  return disks.find((disk) => disk.id.toLowerCase() === id.toLowerCase());
}
