import { disksOf } from "../../azure/machines.ts";
import { completeSubnets, findNetwork, NETWORK } from "../../azure/networks.ts";
import { groupId } from "../../azure/resource-groups.ts";
import { findResource } from "../../azure/resources.ts";
import { guidOf } from "../../simulation.ts";
import { nameOf, segmentAfter, vaultId } from "../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../state/json.ts";
import type { Fabric, NetworkMapping } from "../../state/model.ts";
import { mappedNetwork, networkOfMachine } from "../items/describe-machine.ts";
import { networkMappingKey } from "../setup/network-mappings.ts";
import { missingReference } from "../vault/find.ts";
import type { IntentRequest } from "./lay-ground.ts";
import type { Maker } from "./maker.ts";

const FIELD = "properties.providerSpecificDetails";
const STAGING = "primaryStagingStorageAccountCustomInput";

/** The fields of an item that name resources: those the intent chooses, and those that are made for it. */
export function chosenResources(
  request: IntentRequest,
  maker: Maker,
  source: Fabric,
  target: Fabric,
): JsonObject {
  const { input } = request;
  const group = existing(
    request,
    "recoveryResourceGroupId",
    textAt(input, "recoveryResourceGroupId"),
  );
  const network = recoveryNetwork(request, maker, source, target, group);
  return {
    vmManagedDisks: managedDisks(request, maker, group),
    vmDisks: input.vmDisks,
    recoveryAzureNetworkId: network,
    recoverySubnetName: textAt(input, "recoveryVirtualNetworkCustomInput", "recoverySubnetName"),
    recoveryAvailabilitySetId: textAt(
      input,
      "recoveryAvailabilitySetCustomInput",
      "recoveryAvailabilitySetId",
    ),
    recoveryProximityPlacementGroupId: textAt(
      input,
      "recoveryProximityPlacementGroupCustomInput",
      "recoveryProximityPlacementGroupId",
    ),
    recoveryBootDiagStorageAccountId: textAt(
      input,
      "recoveryBootDiagStorageAccount",
      "azureStorageAccountId",
    ),
  };
}

/** The id of something that must be there; 400 if it is not. */
function existing(request: IntentRequest, field: string, id = ""): string {
  const found = findResource(request.simulation, id);
  if (!found) throw missingReference(`${FIELD}.${field}`, id);
  return found.id;
}

function managedDisks(request: IntentRequest, maker: Maker, group: string): readonly JsonObject[] {
  const { simulation, machine, input } = request;
  const named = listAt(input, "vmManagedDisks");
  const wanted: readonly unknown[] =
    named.length > 0
      ? named
      : disksOf(simulation, machine).map(({ resource }) => ({ diskId: resource.id }));
  return wanted.map((disk, index) => {
    const own = textAt(disk, STAGING, "azureStorageAccountId");
    return {
      ...(disk as JsonObject),
      primaryStagingAzureStorageAccountId:
        own === undefined
          ? staging(request, maker)
          : existing(request, `vmManagedDisks[${index}].${STAGING}.azureStorageAccountId`, own),
      recoveryResourceGroupId:
        textAt(disk, "recoveryResourceGroupCustomInput", "recoveryResourceGroupId") ?? group,
    };
  });
}

function staging(request: IntentRequest, maker: Maker): string {
  const { simulation, vault, machine, input } = request;
  const chosen = textAt(input, STAGING, "azureStorageAccountId");
  if (chosen !== undefined) return existing(request, `${STAGING}.azureStorageAccountId`, chosen);
  const mark = guidOf(simulation, "staging", vaultId(vault), machine.location).slice(0, 8);
  const name = `asrcache${mark}`;
  const group = groupId(
    segmentAfter(machine.id, "subscriptions") ?? "",
    segmentAfter(machine.id, "resourceGroups") ?? "",
  );
  const type = "Microsoft.Storage/storageAccounts";
  const id = `${group}/providers/${type}/${name}`;
  const properties = { provisioningState: "Succeeded" };
  const account = findResource(simulation, id);
  return account
    ? account.id
    : maker.store({ id, name, type, location: machine.location, properties }).id;
}

/** The network the machine comes into; undefined where a network mapping says it. */
function recoveryNetwork(
  request: IntentRequest,
  maker: Maker,
  source: Fabric,
  target: Fabric,
  group: string,
): string | undefined {
  const { simulation, vault, machine, input, primary, recovery } = request;
  const chosen = objectAt(input, "recoveryVirtualNetworkCustomInput");
  const own = networkOfMachine(simulation, machine);
  const chosenId = textAt(chosen, "recoveryVirtualNetworkId");
  const wanted =
    chosenId === undefined
      ? undefined
      : existing(request, "recoveryVirtualNetworkCustomInput.recoveryVirtualNetworkId", chosenId);
  if (own === null) return wanted;
  const mapped = mappedNetwork(vault, source.name, target.name, own);
  if (mapped !== null && !chosen) return undefined;
  const recoveryNetworkId = wanted ?? newNetwork(request, maker, own, group);
  if (mapped === null) {
    const mapping: NetworkMapping = {
      name: `${primary}-${recovery}-${nameOf(own)}`,
      fabricName: source.name,
      networkName: "azureNetwork",
      primaryNetworkId: own,
      recoveryNetworkId,
      recoveryFabricName: target.name,
    };
    maker.put(vault.networkMappings, networkMappingKey(mapping), mapping);
  }
  return recoveryNetworkId;
}

/** A network with the address ranges of the machine's own. */
function newNetwork(request: IntentRequest, maker: Maker, own: string, group: string): string {
  const { simulation, input, recovery } = request;
  const chosen = objectAt(input, "recoveryVirtualNetworkCustomInput");
  const inGroup = textAt(chosen, "recoveryVirtualNetworkResourceGroupName");
  const home =
    inGroup === undefined
      ? group
      : existing(
          request,
          "recoveryVirtualNetworkCustomInput.recoveryVirtualNetworkResourceGroupName",
          groupId(segmentAfter(group, "subscriptions") ?? "", inGroup),
        );
  const name = textAt(chosen, "recoveryVirtualNetworkName") ?? `${nameOf(own)}-asr`;
  const id = `${home}/providers/${NETWORK}/${name}`;
  const there = findResource(simulation, id);
  if (there) return there.id;
  const properties = completeSubnets(id, findNetwork(simulation, own)?.properties ?? {});
  return maker.store({ id, name, type: NETWORK, location: recovery, properties }).id;
}
