import { VMM_PROVIDER } from "../../hyper-v/fabric-kinds.ts";

/** Instance types of items, as the service writes them. */
export type ItemKind = "A2A" | VMwareKind | HyperVKind | RetiredKind;

/** Instance types of machines of VMware sites and physical servers. */
export type VMwareKind = "InMageRcm" | "InMageRcmFailback" | "InMageAzureV2" | "InMage";

/** Instance types of Hyper-V machines: to Azure, and between VMM sites. */
export type HyperVKind = "HyperVReplicaAzure" | "HyperVReplica2012R2" | "HyperVReplica2012";

/** Instance types that nobody can make any more: SAN replication between VMM sites (CH-RETIRED). */
export type RetiredKind = "San";

/** What sets a kind of item apart. */
export interface KindTraits {
  /** `modernized`: an appliance; `classic`: a configuration server; `hyperV`: a Hyper-V site or VMM servers. */
  readonly generation: "azure" | "modernized" | "classic" | "hyperV";
  /** Replicates from Azure to the site. */
  readonly isReversed: boolean;
  /** What the item is after a reprotect. */
  readonly afterReprotect: ItemKind;
  /**
   * `primaryFabricProvider`; that of classic sites was not recorded (CH-CLASSIC-PROVIDER). Machines of a
   * Hyper-V site, which no VMM server manages, have another one.
   */
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
  HyperVReplicaAzure: {
    generation: "hyperV",
    isReversed: false,
    afterReprotect: "HyperVReplicaAzure",
    fabricProvider: VMM_PROVIDER,
  },
  HyperVReplica2012R2: {
    generation: "hyperV",
    isReversed: false,
    afterReprotect: "HyperVReplica2012R2",
    fabricProvider: VMM_PROVIDER,
  },
  HyperVReplica2012: {
    generation: "hyperV",
    isReversed: false,
    afterReprotect: "HyperVReplica2012",
    fabricProvider: VMM_PROVIDER,
  },
  San: {
    generation: "hyperV",
    isReversed: false,
    afterReprotect: "San",
    fabricProvider: VMM_PROVIDER,
  },
};
