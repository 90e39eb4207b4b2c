/**
 * What Azure tells of Hyper-V sites and of VMM servers: their agents, networks and storage, and what a
 * Hyper-V item has beyond what every item has (site-recovery reference, 4.5 and 6.5).
 */

import type { HealthError } from "./model.ts";

/** The agent through which a site takes part: of a Hyper-V host, or of a VMM server. */
export interface SiteProviderFacts {
  readonly id: string;
  readonly name: string;
  readonly fabricName: string;
  /** Guid of the agent, in which the ids end that items and machines name it by; absent where the service does not tell. */
  readonly identifier?: string;
  /** Name of the host or of the VMM server. */
  readonly friendlyName: string;
  /** The service's word for the kind of its fabric, such as `HyperVSite` or `VMM`. */
  readonly fabricType: string;
  readonly version: string;
  /** The service's word, `Connected` when all is well. */
  readonly connectionStatus: string;
  /** ISO 8601; absent while it never reported. */
  readonly lastHeartbeat?: string;
  readonly healthErrors: readonly HealthError[];
}

/** A VM network of a VMM server. */
export interface SiteNetworkFacts {
  readonly id: string;
  /** A guid. */
  readonly name: string;
  readonly fabricName: string;
  /** The name that people gave it. */
  readonly friendlyName: string;
  /** The service's word, such as `NoIsolation`. */
  readonly networkType: string;
  readonly subnetNames: readonly string[];
}

/** A storage classification of a VMM server. */
export interface StorageClassificationFacts {
  readonly id: string;
  /** A guid. */
  readonly name: string;
  readonly fabricName: string;
  readonly friendlyName: string;
}

/** Which storage classification of the second site stands for one of the first. */
export interface StorageClassificationMappingFacts {
  readonly id: string;
  readonly name: string;
  readonly fabricName: string;
  readonly storageClassificationName: string;
  readonly targetStorageClassificationId: string;
}

/** What a policy for Hyper-V has beyond what every policy has. */
export interface HyperVPolicyFacts {
  /** 30, 300 or, between VMM sites, 900. */
  readonly replicationIntervalSeconds: number;
  /** Time of day `HH:MM:SS` at which the initial replication begins; absent means at once. */
  readonly initialReplicationStartTime?: string;
  /** To Azure: ARM id of the storage account; empty when the service names none. */
  readonly storageAccountId: string;
  /** To Azure: the service's word for encryption at rest, such as `Disabled`. */
  readonly encryption: string;
  /** Between VMM sites only. */
  readonly betweenSites?: {
    readonly compression: boolean;
    /** `OverNetwork` or `Offline`. */
    readonly initialReplicationMethod: string;
    readonly port: number;
    readonly authentication: "Kerberos" | "Certificate";
    /** Whether the replica is deleted when protection ends. */
    readonly deletesReplica: boolean;
  };
}

/** What a discovered Hyper-V machine has beyond what every discovered machine has. */
export interface HyperVMachineFacts {
  /** `1` or `2`; empty when the service does not tell. */
  readonly generation: string;
  readonly hostId: string;
  /** `HyperVReplicaAzure`, `HyperVReplica2012R2`, …: what the service could replicate it by. */
  readonly supportedTypes: readonly string[];
  /** Names of what Azure cannot take: `physical disk`, `fibre channel adapter`, `shared disk`. */
  readonly unsupportedParts: readonly string[];
  /** Id of the virtual hard disk with the operating system; absent where the service does not tell. */
  readonly osDiskId?: string;
  /** ARM id of the agent that discovered it; absent where the service does not tell. */
  readonly providerId?: string;
  /** Guid of the machine at its host, by which its protection begins; absent where the service does not tell. */
  readonly sourceId?: string;
}

/** What the service tells of a Hyper-V item beyond what every item has. */
export interface HyperVItemFacts {
  /** Guid of the machine at its host: how plans and reprotects name it. */
  readonly machineGuid: string;
  /** ARM id of the discovered machine. */
  readonly protectableItemId: string;
  /** ARM id of the agent of its host or VMM server. */
  readonly providerId: string;
  /** The service's word for the state of the machine itself, such as `ReplicaConfigurationInProgress`. */
  readonly machineProtectionState: string;
  readonly machineProtectionStateDescription: string;
  /** `InitialReplication`, `Resynchronization`, …; empty when the service does not tell. */
  readonly replicationType: string;
  /** ISO 8601; absent until something was replicated. */
  readonly lastReplicatedTime?: string;
  /** ARM id of the storage account that the machine is replicated to; empty between sites. */
  readonly storageAccountId: string;
  /** ARM id of the storage account of the log; empty where there is none. */
  readonly logStorageAccountId: string;
  readonly usesManagedDisks: boolean;
  /** Id of the virtual hard disk with the operating system; empty while the service does not tell. */
  readonly osDiskId: string;
  readonly licenseType: string;
}
