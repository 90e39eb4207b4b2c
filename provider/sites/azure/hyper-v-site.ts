import type { OperationContext } from "../../context.ts";
import type {
  SiteNetworkFacts,
  SiteProviderFacts,
  StorageClassificationFacts,
  StorageClassificationMappingFacts,
} from "../../recovery/hyper-v.ts";
import type { FabricFacts } from "../../recovery/model.ts";

/** What a policy for Hyper-V is created or updated with, beyond what every policy has. */
export interface HyperVPolicySpecification {
  /** 30 or 300; between VMM sites 900 as well. */
  readonly replicationIntervalSeconds: number;
  /** Time of day `HH:MM:SS` of the initial replication; absent means at once. */
  readonly initialReplicationStartTime?: string;
  /** To Azure: ARM id of the storage account; absent leaves it to the items. */
  readonly storageAccountId?: string;
  /** Between VMM sites only. */
  readonly betweenSites?: {
    readonly compression: boolean;
    readonly port: number;
    readonly authentication: "Kerberos" | "Certificate";
    /** Whether the replica is deleted when protection ends. */
    readonly deletesReplica: boolean;
  };
}

/** The part of a vault that concerns Hyper-V sites and VMM servers; reached as `vault.hyperV`. */
export interface HyperVVaultSite {
  /** Agents of all fabrics. */
  providers(context: OperationContext): Promise<readonly SiteProviderFacts[]>;
  /** VM networks of all VMM servers. */
  networks(context: OperationContext): Promise<readonly SiteNetworkFacts[]>;
  storageClassifications(context: OperationContext): Promise<readonly StorageClassificationFacts[]>;
  storageClassificationMappings(
    context: OperationContext,
  ): Promise<readonly StorageClassificationMappingFacts[]>;
  /** Makes a Hyper-V site, to which hosts then register. */
  putSite(context: OperationContext, name: string): Promise<FabricFacts>;
  putStorageClassificationMapping(
    context: OperationContext,
    fabricName: string,
    storageClassificationName: string,
    name: string,
    targetStorageClassificationId: string,
  ): Promise<StorageClassificationMappingFacts>;
  removeStorageClassificationMapping(
    context: OperationContext,
    fabricName: string,
    storageClassificationName: string,
    name: string,
  ): Promise<void>;
  /** Takes a suspended job up again, such as a failback that waits for its downtime. Answers when the service took it. */
  resumeJob(context: OperationContext, jobName: string, comments: string): Promise<void>;
}
