/** Instance types of items, as the service writes them. */
export type ItemKind = "A2A" | "InMageRcm" | "InMageRcmFailback" | "InMageAzureV2" | "InMage";

/** What sets a kind of item apart. */
export interface KindTraits {
  /** `modernized`: an appliance; `classic`: a configuration server. */
  readonly generation: "azure" | "modernized" | "classic";
  /** Replicates from Azure to the site. */
  readonly isReversed: boolean;
  /** What the item is after a reprotect. */
  readonly afterReprotect: ItemKind;
  /** `primaryFabricProvider`; that of classic sites was not recorded (CH-CLASSIC-PROVIDER). */
  readonly fabricProvider: string;
}

/** The kinds of items. */
export const KINDS: Readonly<Record<ItemKind, KindTraits>> = {
  A2A: {
    generation: "azure",
    isReversed: false,
    afterReprotect: "A2A",
    fabricProvider: "AzureFabric",
  },
  InMageRcm: {
    generation: "modernized",
    isReversed: false,
    afterReprotect: "InMageRcmFailback",
    fabricProvider: "InMageRcmFabric",
  },
  InMageRcmFailback: {
    generation: "modernized",
    isReversed: true,
    afterReprotect: "InMageRcm",
    fabricProvider: "InMageRcmFabric",
  },
  InMageAzureV2: {
    generation: "classic",
    isReversed: false,
    afterReprotect: "InMage",
    fabricProvider: "VMwareFabric",
  },
  InMage: {
    generation: "classic",
    isReversed: true,
    afterReprotect: "InMageAzureV2",
    fabricProvider: "VMwareFabric",
  },
};
