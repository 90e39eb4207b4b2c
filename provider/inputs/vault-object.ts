import type { Context } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import { formatVaultId, parseVaultId, sameId } from "../recovery/identity.ts";
import { hasUnknown, isUnknown } from "../unknown.ts";
import { resolveVaultId } from "./vault-reference.ts";

/** The service's spelling of the collections inside a vault. */
const collections: readonly string[] = [
  "replicationFabrics",
  "replicationProtectionContainers",
  "replicationProtectionContainerMappings",
  "replicationProtectedItems",
  "replicationProtectableItems",
  "replicationPolicies",
  "replicationNetworks",
  "replicationNetworkMappings",
  "replicationRecoveryPlans",
  "replicationvCenters",
  "replicationAlertSettings",
  "replicationStorageClassifications",
  "replicationStorageClassificationMappings",
];

/** Characters that cannot stand in a segment of an ARM id. */
const forbidden = /[<>%&:?/\\#*+|"\p{Cc}]/u;

/** Longest name that is accepted; the service's own limits are shorter for some things. */
const longestName = 260;

/** The vault's canonical id for the input `vault`; one that is not known yet stays as it is. */
export function completeVault(context: Context, vault: string | undefined): string {
  if (vault !== undefined && isUnknown(vault)) return vault;
  return resolveVaultId(context.configuration, vault);
}

/**
 * The vault that an object's id names, or else the one of the input `vault`; not known yet as long as
 * the id is not. Throws when both are given and differ.
 */
export function vaultOfReference(
  context: Context,
  path: string,
  reference: string,
  vault: string | undefined,
): string {
  // An id that is not known yet will name the vault.
  if (isUnknown(reference) && vault === undefined) return reference;
  if (isUnknown(reference) || !reference.startsWith("/")) return completeVault(context, vault);
  const parts = parseVaultId(reference);
  if (parts === undefined) throw noVaultObject(path, reference);
  const named = formatVaultId(parts);
  if (vault !== undefined && !hasUnknown(vault)) {
    const wanted = resolveVaultId(context.configuration, vault);
    if (!sameId(wanted, named)) {
      throw new InvalidInputError(path, `${path}: lies in the vault ${named}, not in ${wanted}.`, {
        hint: "Leave out `vault`, or refer to an object of that vault.",
      });
    }
    return wanted;
  }
  return named;
}

/**
 * The canonical ARM id of an object in a vault: a full id is brought into the usual spelling,
 * a bare name is looked for in the given parent. Throws InvalidInputError when the id is of another kind.
 */
export function completeReference(
  path: string,
  reference: string,
  parentId: string,
  collection: string,
): string {
  if (isUnknown(reference)) return reference;
  if (!reference.startsWith("/")) {
    return `${parentId}/${collection}/${checkedName(path, reference)}`;
  }
  const id = canonicalId(reference);
  if (id === undefined || collectionOf(id) !== collection) {
    throw noVaultObject(path, reference, collection);
  }
  return id;
}

/** The id in canonical spelling, its names in their case; undefined when it lies in no vault. */
export function canonicalId(id: string): string | undefined {
  const parts = parseVaultId(id);
  if (parts === undefined) return undefined;
  const vaultId = formatVaultId(parts);
  const rest = id.slice(vaultId.length).split("/").slice(1);
  const segments = rest.map((segment, index) =>
    index % 2 === 0 ? (collections.find((each) => sameId(each, segment)) ?? segment) : segment,
  );
  return [vaultId, ...segments].join("/");
}

/** The vault's part of a canonical id. */
export function vaultIdOf(id: string): string {
  const parts = parseVaultId(id);
  if (parts === undefined) throw noVaultObject("id", id);
  return formatVaultId(parts);
}

/** The id of what an object lies in. */
export function parentOf(id: string): string {
  return id.split("/").slice(0, -2).join("/");
}

/** The name given, or else the resource's own. Throws InvalidInputError when there is none or it cannot stand in an id. */
export function completeName(context: Context, name: string | undefined): string {
  const wanted = name || context.name;
  if (wanted === undefined) {
    throw new InvalidInputError("name", "name: is missing.", { hint: "Give the object a name." });
  }
  return isUnknown(wanted) ? wanted : checkedName("name", wanted);
}

function checkedName(path: string, name: string): string {
  if (
    name.length <= longestName &&
    !forbidden.test(name) &&
    name.trim() === name &&
    !/^\.*$/.test(name)
  ) {
    return name;
  }
  throw new InvalidInputError(path, `${path}: "${name.slice(0, 60)}" cannot be a name.`, {
    hint: `A name has 1 to ${longestName} characters, none of < > % & : ? / \\ # * + | " and no blank at its ends.`,
  });
}

function collectionOf(id: string): string {
  return id.split("/").at(-2) ?? "";
}

function noVaultObject(path: string, reference: string, collection?: string): InvalidInputError {
  const shape = collection === undefined ? "" : ` It ends in /${collection}/NAME.`;
  return new InvalidInputError(
    path,
    `${path}: "${reference.slice(0, 300)}" is not the ARM id that is wanted here.${shape}`,
    { hint: "Give the `id` output of the resource, or its ARM id as the portal shows it." },
  );
}
