import type { OperationContext } from "../context.ts";
import type { AzureSite } from "./azure/site.ts";
import type { VsphereSite } from "./vsphere/site.ts";

/** Gives the adapters of the sites that the configuration names; each is made once per process. */
export interface SiteRegistry {
  /**
   * The Azure adapter.
   * Throws InvalidConfigurationError when a setting is missing, SiteError when sign-in fails,
   * before any other request is sent.
   */
  azure(context: OperationContext): Promise<AzureSite>;
  /** Names of the vCenters that the configuration knows, in its order. */
  readonly vcenterNames: readonly string[];
  /**
   * The adapter of one vCenter by its name under `asr:vcenters`; undefined when the configuration has none of it.
   * Nothing is sent before the first call of the adapter.
   */
  vsphere(name: string): Promise<VsphereSite | undefined>;
}
