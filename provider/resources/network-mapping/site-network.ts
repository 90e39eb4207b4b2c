import { canonicalId } from "../../inputs/vault-object.ts";

/** True for the ARM id of a VM network of a VMM server. */
export function isSiteNetwork(id: string): boolean {
  return /\/replicationNetworks\/[^/]+$/i.test(id);
}

/** A VM network's id in canonical spelling; every other reference as it is. */
export function completeNetwork(reference: string): string {
  return isSiteNetwork(reference) ? (canonicalId(reference) ?? reference) : reference;
}
