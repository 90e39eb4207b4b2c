import type { OperationContext } from "../context.ts";
import type { AzureSite } from "./azure/site.ts";

/** Gives the adapters of the sites that the configuration names; each is made once per process. */
export interface SiteRegistry {
  /**
   * The Azure adapter.
   * Throws InvalidConfigurationError when a setting is missing, SiteError when sign-in fails,
   * before any other request is sent.
   */
  azure(context: OperationContext): Promise<AzureSite>;
}
