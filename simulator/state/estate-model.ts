/** A datastore of a vCenter. */
export interface EstateDatastore {
  readonly name: string;
  readonly uuid: string;
  /** `VMFS`, `vsan`, `NFS`, … */
  readonly type: string;
  readonly capacityGiB: number;
  freeGiB: number;
}

/** An ESXi host, with the names of the datastores that it mounts. */
export interface EstateHost {
  readonly name: string;
  datastores: string[];
  /** What its running machines may take together; absent = any amount. */
  readonly memoryMiB?: number;
}

/** A vCenter of the world, whether or not a vault knows it. */
export interface EstateVCenter {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Address of the control routes of the vCenter bench; null = the vCenter exists here only. */
  readonly control: string | null;
  /** Rights of the account that Azure discovers with. */
  account: "readWrite" | "readOnly";
  datastores: EstateDatastore[];
  hosts: EstateHost[];
}

/** A disk of an on-premises machine. */
export interface EstateDisk {
  /** As its agent tells it: a signature in braces on Windows, a device on Linux. */
  readonly id: string;
  readonly name: string;
  readonly uuid: string;
  readonly sizeGiB: number;
  readonly isOsDisk: boolean;
}

/** How the mobility agent of a machine behaves. */
export interface EstateAgent {
  /** Before replication is enabled it may not be installed yet. */
  installed: boolean;
  condition: "reports" | "silent";
  /** Virtual minutes between boot and registration; absent = the knob. */
  registersAfterMinutes?: number | "never";
}

/** A virtual machine of a vCenter, or a physical server. */
export interface EstateMachine {
  /** `vcenter/machine` or `physical/machine`, in lower case. */
  readonly key: string;
  readonly name: string;
  /** Name of its vCenter; null for a physical server. */
  readonly vcenter: string | null;
  host: string | null;
  datastore: string | null;
  readonly osType: "Linux" | "Windows";
  readonly osVersion: string;
  readonly address: string;
  readonly memoryMiB: number;
  readonly processors: number;
  readonly biosId: string;
  readonly instanceUuid: string;
  readonly macAddress: string;
  readonly disks: readonly EstateDisk[];
  power: "on" | "off";
  /** When it was switched on or off; from the start of the world on if never. */
  powerSince: number;
  toolsRunning: boolean;
  /** Deleted in its vCenter. */
  deleted: boolean;
  /** What Azure calls its kind, such as `AWS`; absent = by whether it has a vCenter. */
  readonly discoveryType?: string;
  /** Physical servers: whether a configuration server reaches it. */
  discoverable: boolean;
  /** What it writes to its disks. */
  churnMiBPerSecond: number;
  agent: EstateAgent;
}

/** The on-premises side of the world; keys are lower-case names, of machines {@link EstateMachine.key}. */
export interface Estate {
  vcenters: Record<string, EstateVCenter>;
  machines: Record<string, EstateMachine>;
}

/** The version of the software of servers that are up to date, as recorded. */
export const CURRENT_VERSION = "9.55.6765.1";

/** What all servers of a site have that report to Azure. */
export interface SiteServer {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** {@link EstateMachine.key} of its machine; null = a computer that the world does not describe. */
  readonly machine: string | null;
  /** From this virtual time on Azure knows it. */
  readonly registersAt: number;
  /** Since when it sends no heartbeat; null = it does. */
  silentSince: number | null;
  /** Version of its software; absent = {@link CURRENT_VERSION}. */
  readonly version?: string;
}

/** A volume of a master target. */
export interface RetentionVolume {
  readonly name: string;
  readonly capacityGiB: number;
  freeGiB: number;
  /** From this virtual time on Azure lists it. */
  listedAt: number;
}

/** A master target server. */
export interface MasterTarget extends SiteServer {
  readonly osType: "Linux" | "Windows";
  readonly osVersion: string;
  /** Disks attached to it beyond those the world describes. */
  readonly extraDisks: number;
  retentionVolumes: RetentionVolume[];
}

/** An account of a site to sign in with: `id` is a number as text (classic) or an ARM id (modernized). */
export interface RunAsAccount {
  readonly id: string;
  readonly name: string;
}

/** A configuration server: the fabric of type `VMware` that it is. */
export interface ConfigurationServer extends SiteServer {
  readonly fabricName: string;
  readonly runAsAccounts: readonly RunAsAccount[];
  processServers: SiteServer[];
  masterTargets: MasterTarget[];
  /** Physical servers it knows, by {@link EstateMachine.key}. */
  discovered: string[];
  /** When the certificates between it and Azure were made. */
  certificateFrom: number;
}

/** The fabric of type `InMageRcm` with its appliances. */
export interface ApplianceSite {
  readonly fabricName: string;
  /** ARM id `…/Microsoft.OffAzure/VMwareSites/{site}`. */
  readonly vmwareSiteId: string;
  readonly physicalSiteId: string;
  /** Names of the world's vCenters whose machines it discovers. */
  readonly vcenters: readonly string[];
  /** Physical servers it shows, by {@link EstateMachine.key}. */
  readonly physicalServers: readonly string[];
  readonly runAsAccounts: readonly RunAsAccount[];
  appliances: SiteServer[];
}

/** A vCenter as a configuration server was told to discover it (`replicationvCenters`). */
export interface DiscoveredVCenter {
  readonly name: string;
  readonly fabricName: string;
  friendlyName: string;
  address: string;
  port: string;
  processServerId: string;
  runAsAccountId: string;
  readonly infrastructureId: string;
  readonly internalId: string;
  /** When its machines are known. */
  discoveredAt: number;
}
