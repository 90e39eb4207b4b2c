/**
 * Who is who: ids compare without regard to letter case, and an item keeps one identity
 * for its whole life although its ARM id changes (architecture, section 5).
 */

/** The parts of a vault's ARM id. */
export interface VaultId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly vaultName: string;
}

const vaultPattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.RecoveryServices\/vaults\/([^/]+)/i;

/** True when both ids name the same thing. */
export function sameId(left: string | undefined, right: string | undefined): boolean {
  return (left ?? "").toLowerCase() === (right ?? "").toLowerCase();
}

/** The vault's ARM id in canonical form; names keep their case. */
export function formatVaultId(vault: VaultId): string {
  return `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.resourceGroup}/providers/Microsoft.RecoveryServices/vaults/${vault.vaultName}`;
}

/** The vault that an ARM id lies in; undefined when it lies in none. */
export function parseVaultId(id: string): VaultId | undefined {
  const match = vaultPattern.exec(id);
  if (match === null) return undefined;
  const [, subscriptionId = "", resourceGroup = "", vaultName = ""] = match;
  return { subscriptionId, resourceGroup, vaultName };
}

/** The item's identity for its whole life: `<vault id>/items/<item name>`, in lower case. */
export function itemIdentity(vaultId: string, itemName: string): string {
  return `${vaultId}/items/${itemName}`.toLowerCase();
}

/** Vault and name of an item identity; undefined when the text is none. */
export function parseItemIdentity(
  identity: string,
): { readonly vaultId: string; readonly itemName: string } | undefined {
  const match = /^(\/subscriptions\/.+\/vaults\/[^/]+)\/items\/([^/]+)$/i.exec(identity);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const vault = parseVaultId(match[1]);
  return vault === undefined ? undefined : { vaultId: formatVaultId(vault), itemName: match[2] };
}

/** The last segment of an ARM id: the thing's own name. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The segment after the given collection name, such as the fabric's name after `replicationFabrics`. */
export function segmentAfter(id: string, collection: string): string {
  const segments = id.split("/");
  const index = segments.findIndex((each) => sameId(each, collection));
  return index < 0 ? "" : (segments[index + 1] ?? "");
}
