import { ArmError, badRequest, missingObject } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import {
  idKey,
  nameOf,
  recoveryId,
  sameId,
  segmentAfter,
  vaultId,
} from "../../state/identifiers.ts";
import type { Container, Fabric, Policy, Vault } from "../../state/model.ts";
import { itemKey, type ProtectedItem } from "../items/item.ts";

/** A named segment of the call's path; every route that asks for it has it. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? "";
}

/** The vault a call is about; 404 if it does not exist. */
export function vaultOf(call: Call): Vault {
  const address = {
    subscriptionId: param(call, "subscription"),
    resourceGroup: param(call, "group"),
    name: param(call, "vault"),
  };
  const vault = call.simulation.state.vaults[idKey(vaultId(address))];
  if (vault) return vault;
  throw new ArmError(
    404,
    "ResourceNotFound",
    `The Resource 'Microsoft.RecoveryServices/vaults/${address.name}' under resource group '${address.resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** A fabric by name; 404 if the vault has none. */
export function fabricNamed(vault: Vault, name: string): Fabric {
  const fabric = vault.fabrics[name.toLowerCase()];
  if (!fabric) throw missingObject(name);
  return fabric;
}

/** The key of a container in its vault. */
export function containerKey(fabric: string, container: string): string {
  return `${fabric}/${container}`.toLowerCase();
}

/** A container by the names in its path; 404 if the vault has none. */
export function containerNamed(vault: Vault, fabric: string, name: string): Container {
  fabricNamed(vault, fabric);
  const container = vault.containers[containerKey(fabric, name)];
  if (!container) throw missingObject(name);
  return container;
}

/** The item a call is about; 404 if it is not under that container. */
export function itemOf(call: Call, vault: Vault): ProtectedItem {
  const item =
    vault.items[itemKey(param(call, "fabric"), param(call, "container"), param(call, "item"))];
  if (!item) throw missingObject(param(call, "item"));
  return item;
}

/** The item with that lifecycle, wherever it has moved. */
export function itemWithLifecycle(vault: Vault, lifecycleId: string): ProtectedItem | undefined {
  return Object.values(vault.items).find((item) => item.lifecycleId === lifecycleId);
}

/** The present ARM id of an item. */
export function itemId(vault: Vault, item: ProtectedItem): string {
  return recoveryId(
    vault,
    "replicationFabrics",
    item.fabricName,
    "replicationProtectionContainers",
    item.containerName,
    "replicationProtectedItems",
    item.name,
  );
}

/** What the service calls the side that machines of a site replicate to: it is no fabric of the vault. */
export const MICROSOFT_AZURE = "Microsoft Azure";

/** Fabric and container behind {@link MICROSOFT_AZURE}, the same in all vaults (reference 1.2). */
const AZURE_BEHIND = {
  fabric: "d49858f157601230a6ac5862fbbc6e63bf38d23ecd96cf953767945d457fe9d5",
  container: "d38048d4-b460-4791-8ece-108395ee8478",
} as const;

/** The ARM id of a fabric; Azure itself is told by its name. */
export function fabricId(vault: Vault, name: string): string {
  if (name === MICROSOFT_AZURE) return MICROSOFT_AZURE;
  return recoveryId(vault, "replicationFabrics", name);
}

/** The ARM id of a container; that of Azure itself lies in a fabric that nobody sees. */
export function containerId(vault: Vault, fabric: string, name: string): string {
  if (fabric === MICROSOFT_AZURE)
    return containerId(vault, AZURE_BEHIND.fabric, AZURE_BEHIND.container);
  return recoveryId(vault, "replicationFabrics", fabric, "replicationProtectionContainers", name);
}

/** The ARM id of a policy. */
export function policyId(vault: Vault, name: string): string {
  return recoveryId(vault, "replicationPolicies", name);
}

/** A reference in a body that leads nowhere (CH-MISSING-REFERENCE). */
export function missingReference(field: string, id: string): ArmError {
  return badRequest({
    code: "SIM-MISSING-REFERENCE",
    message: `The resource '${id}' given in '${field}' does not exist.`,
    possibleCauses: "The resource was deleted, or the id is misspelt.",
    recommendedAction: "Give the id of an existing resource and retry the operation.",
  });
}

/** The policy an id in a body leads to; 400 if to none. */
export function referredPolicy(vault: Vault, field: string, id: string): Policy {
  const policy = vault.policies[nameOf(id).toLowerCase()];
  if (!policy || !sameId(policyId(vault, policy.name), id)) throw missingReference(field, id);
  return policy;
}

/** The container an id in a body leads to; 400 if to none. */
export function referredContainer(vault: Vault, field: string, id: string): Container {
  const fabric = segmentAfter(id, "replicationFabrics") ?? "";
  const container = vault.containers[containerKey(fabric, nameOf(id))];
  if (!container || !sameId(containerId(vault, container.fabricName, container.name), id)) {
    throw missingReference(field, id);
  }
  return container;
}

/** The item an id in a body leads to; 400 if to none. */
export function referredItem(vault: Vault, field: string, id: string): ProtectedItem {
  const item =
    vault.items[
      itemKey(
        segmentAfter(id, "replicationFabrics") ?? "",
        segmentAfter(id, "replicationProtectionContainers") ?? "",
        nameOf(id),
      )
    ];
  if (!item || !sameId(itemId(vault, item), id)) throw missingReference(field, id);
  return item;
}
