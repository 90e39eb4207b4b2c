import type { ProtectedItem } from "../item.ts";

/** Instance types of items between two VMM sites: of hosts with Windows Server 2012 R2 and later, and of older ones. */
export type VmmKind = "HyperVReplica2012R2" | "HyperVReplica2012";

/** Whether an instance type is one between VMM sites. */
export function isVmmKind(kind: string): kind is VmmKind {
  return kind === "HyperVReplica2012R2" || kind === "HyperVReplica2012";
}

/** Whether an item replicates from one VMM site to another. */
export function isBetweenVmmSites(item: { readonly kind: string }): boolean {
  return isVmmKind(item.kind);
}

/** The direction in which a verb of such an item goes from where its machine is active now. */
export function directionFrom(item: ProtectedItem): "PrimaryToRecovery" | "RecoveryToPrimary" {
  return item.activeLocation === "Primary" ? "PrimaryToRecovery" : "RecoveryToPrimary";
}
