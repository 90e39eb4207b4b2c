import { createHash } from "node:crypto";

/** The vault an object belongs to, by the three names its ARM id is made of. */
export interface VaultAddress {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The key under which an ARM id is stored: lower case, no trailing slash, since ids compare without regard to case. */
export function idKey(id: string): string {
  const lower = id.toLowerCase();
  return lower.endsWith("/") ? lower.replace(/\/+$/, "") : lower;
}

/** Tells whether two ARM ids name the same resource. */
export function sameId(
  first: string | undefined | null,
  second: string | undefined | null,
): boolean {
  return !!first && !!second && idKey(first) === idKey(second);
}

/** The last segment of an ARM id, which is the resource's name. */
export function nameOf(id: string): string {
  return id.replace(/\/+$/, "").split("/").at(-1) ?? "";
}

/** The segment that follows `word` in an ARM id, in the case it was given. */
export function segmentAfter(id: string, word: string): string | undefined {
  const parts = id.split("/");
  const at = parts.findIndex((part) => part.toLowerCase() === word.toLowerCase());
  return at < 0 ? undefined : parts[at + 1];
}

/** The resource group an ARM id lies in, as an id of its own. */
export function resourceGroupIdOf(id: string): string {
  return `/subscriptions/${segmentAfter(id, "subscriptions")}/resourceGroups/${segmentAfter(id, "resourceGroups")}`;
}

/** The id of a vault, as the vault service writes it (`/subscriptions/`, lower case). */
export function vaultId(vault: VaultAddress): string {
  return `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.resourceGroup}/providers/Microsoft.RecoveryServices/vaults/${vault.name}`;
}

/** The id of an object inside a vault, as Site Recovery writes it (`/Subscriptions/`, upper case). */
export function recoveryId(vault: VaultAddress, ...segments: readonly string[]): string {
  const { subscriptionId, resourceGroup, name } = vault;
  const id = `/Subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.RecoveryServices/vaults/${name}`;
  return segments.length === 0 ? id : `${id}/${segments.join("/")}`;
}

/** The `type` of an object inside a vault: the chain of its collection names. */
export function recoveryType(...collections: readonly string[]): string {
  return ["Microsoft.RecoveryServices/vaults", ...collections].join("/");
}

/** A GUID that depends on the given words only, so that every run of a world has the same ones. */
export function guidFrom(...words: readonly (string | number)[]): string {
  const hex = createHash("sha1").update(words.join("\u0000")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
