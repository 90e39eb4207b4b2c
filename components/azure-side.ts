import type { AzureReference } from "./azure-reference.ts";
import type { RegionSide } from "./region-pair.ts";

/** What machines of a site use in Azure; the region is that of the vault. */
export interface AzureSide extends Omit<RegionSide, "location" | "cacheStorageAccount"> {
  /** Storage account, in the vault's region, that changes of the machines pass through: its ARM id or resource. */
  readonly cacheStorageAccount: AzureReference;
}
