import type { Vault } from "../state/model.ts";

/** Instance type of the fabric that a Hyper-V site is. */
export const HYPER_V_SITE = "HyperVSite";
/** Instance type of the fabric that a VMM server is. */
export const VMM = "VMM";

/** Whether a fabric is a Hyper-V site or a VMM server. */
export function isOfHyperV(vault: Vault, fabricName: string): boolean {
  const kind = vault.fabrics[fabricName.toLowerCase()]?.instanceType;
  return kind === HYPER_V_SITE || kind === VMM;
}

/** What the service calls the provider of Hyper-V sites: in items' `primaryFabricProvider` and in jobs. */
export const HYPER_V_SITE_PROVIDER = "SingleHostHyperVFabric";
/** What the service calls the provider of VMM servers. */
export const VMM_PROVIDER = "VmmFabric";

/** What the service calls the provider of fabrics of an instance type. */
export function providerOfFabricKind(instanceType: string): string {
  if (instanceType === HYPER_V_SITE) return HYPER_V_SITE_PROVIDER;
  return instanceType === VMM ? VMM_PROVIDER : `${instanceType}Fabric`;
}
