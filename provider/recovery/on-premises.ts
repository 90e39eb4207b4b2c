/**
 * What Azure tells of a site that is not a region: the servers that replicate its machines.
 * They are no ARM resources; the service shows them inside the fabric (site-recovery reference, 4.5).
 */

import type { HyperVMachineFacts } from "./hyper-v.ts";
import type { Health, HealthError } from "./model.ts";

/** An account that the service may sign in to machines or a vCenter with; its secret stays with the site. */
export interface RunAsAccountFacts {
  readonly id: string;
  readonly name: string;
}

/** A process server: caches, compresses and sends the data of machines. */
export interface ProcessServerFacts {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly agentVersion: string;
  /** ISO 8601; absent while it never reported. */
  readonly lastHeartbeat?: string;
  readonly health: Health;
  readonly healthErrors: readonly HealthError[];
  /** The service's word for the state of its services; empty where there is none. */
  readonly serviceStatus: string;
  /** Number of machines that replicate through it. */
  readonly machineCount: number;
}

/** A volume of a master target that can hold retention data. */
export interface RetentionVolumeFacts {
  /** `R` on Windows, a mount point such as `/mnt/retention` on Linux. */
  readonly name: string;
  readonly capacityBytes: number;
  readonly freeBytes: number;
}

/** A datastore as the service lists it for a master target. */
export interface ListedDatastoreFacts {
  readonly name: string;
  readonly uuid: string;
  readonly capacityBytes: number;
  readonly freeBytes: number;
  /** `VMFS`, `vsan`, `NFS`, …; empty when the service does not tell. */
  readonly type: string;
}

/** A master target: receives the data of a failback and writes them to the machine's disks. */
export interface MasterTargetFacts {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** `Windows` or `Linux`. */
  readonly osType: string;
  readonly osVersion: string;
  readonly agentVersion: string;
  readonly lastHeartbeat?: string;
  readonly diskCount: number;
  readonly retentionVolumes: readonly RetentionVolumeFacts[];
  readonly datastores: readonly ListedDatastoreFacts[];
  readonly healthErrors: readonly HealthError[];
  readonly validationErrors: readonly HealthError[];
}

/** An appliance of the modernized kind, in its role as agent of the reprotect and as process server. */
export interface ApplianceFacts {
  readonly id: string;
  readonly name: string;
  readonly biosId: string;
  readonly fqdn: string;
  readonly version: string;
  readonly lastHeartbeat?: string;
  readonly health: Health;
  readonly healthErrors: readonly HealthError[];
  readonly protectedItemCount: number;
  /** Names of the datastores that it can read and write. */
  readonly accessibleDatastores: readonly string[];
  readonly vcenterId: string;
}

/** What the service tells of a VMware site. */
export interface OnPremisesFabricFacts {
  /** `classic` is replicated by a configuration server, `modernized` by appliances. */
  readonly generation: "classic" | "modernized";
  /** Classic: the configuration server's own address; empty otherwise. */
  readonly address: string;
  readonly hostName: string;
  readonly agentVersion: string;
  readonly lastHeartbeat?: string;
  /** Classic: the service's word for the state of the configuration server's services. */
  readonly serviceStatus: string;
  readonly processServers: readonly ProcessServerFacts[];
  readonly masterTargets: readonly MasterTargetFacts[];
  readonly appliances: readonly ApplianceFacts[];
  /** Classic: accounts known to the configuration server. Modernized: empty, they belong to the discovery site. */
  readonly runAsAccounts: readonly RunAsAccountFacts[];
  /** Modernized: ARM ids (Microsoft.OffAzure) of the sites in which machines are discovered; the one of virtual machines first. */
  readonly discoverySiteIds?: readonly string[];
}

/** A vCenter or ESXi host as a configuration server has discovered it. */
export interface DiscoveredVCenterFacts {
  readonly id: string;
  readonly name: string;
  readonly fabricName: string;
  readonly friendlyName: string;
  /** The id by which machines name their vCenter; absent when the service does not tell. */
  readonly infrastructureId?: string;
  readonly address: string;
  readonly port: string;
  readonly processServerId: string;
  readonly runAsAccountId: string;
  /** The service's word for how discovery stands. */
  readonly discoveryStatus: string;
  readonly lastHeartbeat?: string;
  readonly healthErrors: readonly HealthError[];
}

/** A machine that the service has discovered and could replicate. */
export interface ProtectableItemFacts {
  readonly id: string;
  readonly name: string;
  readonly friendlyName: string;
  readonly containerId: string;
  readonly protectionStatus: string;
  readonly osType: string;
  readonly address: string;
  readonly poweredOn: boolean;
  readonly agentInstalled: boolean;
  /** `vmware` or `physical` in the service's words; empty for other sites. */
  readonly discoveryType: string;
  readonly vcenterId: string;
  readonly disks: readonly {
    readonly id: string;
    readonly name: string;
    readonly capacityBytes: number;
  }[];
  /** Why it cannot be protected, in the service's words. */
  readonly readinessErrors: readonly string[];
  /** What only machines of a Hyper-V site or a VMM cloud have. */
  readonly hyperV?: HyperVMachineFacts;
}

/** What the service tells of a VMware or physical item beyond what every item has. */
export interface OnPremisesItemFacts {
  /** `physical` for a server that is no virtual machine; else the service's word for VMware. */
  readonly discoveryType: string;
  readonly osVersion: string;
  readonly ipAddress: string;
  /** Classic: the agent's last heartbeat, ISO 8601. */
  readonly lastHeartbeat?: string;
  /** Modernized: whether the agent has registered since the last failover; absent where it does not say. */
  readonly agentRegisteredAfterFailover?: boolean;
  readonly processServerId: string;
  readonly masterTargetId: string;
  /** Modernized, reprotected: the appliance that carries the data back. */
  readonly reprotectAgentId: string;
  readonly runAsAccountId: string;
  readonly vcenterId: string;
  /** Instance UUID of the on-premises machine in its vCenter; absent where the service does not tell. */
  readonly vcenterMachineUuid?: string;
  /** Names of the datastores that the on-premises machine lies on, or will be made on. */
  readonly datastores: readonly string[];
  /** True when the service knows that the on-premises machine is deleted. */
  readonly sourceDeleted: boolean;
  /** Power of the on-premises machine in the service's words; empty when it does not tell. */
  readonly sourcePowerStatus: string;
  /** ARM id of the machine in Azure after a failover, or empty. */
  readonly azureMachineId: string;
  readonly logStorageAccountId: string;
  /** Policy of the other direction that the item had before; empty when it never turned. */
  readonly lastUsedPolicyId: string;
  /** Id by which a recovery plan names the machine. */
  readonly internalIdentifier: string;
  /** Percentage of a resynchronization; absent when none runs. */
  readonly resynchronizationPercent?: number;
}

/** A machine that the appliances of a modernized site have discovered (Microsoft.OffAzure). */
export interface DiscoveredMachineFacts {
  /** ARM id: what protection of the machine begins with. */
  readonly id: string;
  /** The machine's name in its vCenter. */
  readonly displayName: string;
  /** `ON`, `OFF`, …; empty when the site does not tell. */
  readonly powerStatus: string;
  /** `Windows`, `Linux` or empty. */
  readonly osType: string;
  readonly addresses: readonly string[];
  readonly deleted: boolean;
  /** ARM id of its vCenter; empty for a physical server. */
  readonly vcenterId: string;
  readonly disks: readonly {
    readonly id: string;
    readonly name: string;
    readonly capacityBytes: number;
  }[];
}
