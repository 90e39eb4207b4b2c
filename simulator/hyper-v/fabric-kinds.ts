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

/** What the service calls the provider of a fabric: in items' `primaryFabricProvider` and in jobs. */
export function fabricProviderOf(instanceType: string): string {
  return instanceType === HYPER_V_SITE
    ? "SingleHostHyperVFabric"
    : instanceType === VMM
      ? "VmmFabric"
      : `${instanceType}Fabric`;
}
