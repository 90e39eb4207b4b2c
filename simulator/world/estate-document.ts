/** A machine of a vCenter of a world. */
export interface WorldEstateMachine {
  readonly name: string;
  /** @defaultValue the vCenter's first host */
  readonly host?: string;
  /** @defaultValue the host's first datastore */
  readonly datastore?: string;
  /** @defaultValue Linux */
  readonly os?: "Linux" | "Windows";
  /** @defaultValue Ubuntu 22.04 or Windows Server 2019 */
  readonly osVersion?: string;
  readonly address?: string;
  /** @defaultValue 4096 */
  readonly memoryMiB?: number;
  /** @defaultValue 2 */
  readonly processors?: number;
  /** @defaultValue on */
  readonly power?: "on" | "off";
  /** The first one holds the operating system. @defaultValue one of 64 GiB */
  readonly disks?: readonly { readonly sizeGiB: number }[];
  /** Whether VMware Tools run in it. @defaultValue true */
  readonly toolsRunning?: boolean;
  /** `silent`: its agent sends nothing although it runs. @defaultValue reports */
  readonly agent?: "reports" | "silent";
  /** Virtual minutes from boot to the agent's registration. @defaultValue the knob of that name */
  readonly agentRegistersAfterMinutes?: number | "never";
  /** What it writes to its disks. @defaultValue 0 */
  readonly churnMiBPerSecond?: number;
  /** As the vCenter shows it. @defaultValue made from the name */
  readonly biosId?: string;
  /** As the vCenter shows it. @defaultValue made from the name */
  readonly instanceUuid?: string;
  /** Makes so many alike, with a number at the end of their names. */
  readonly count?: number;
}

/** A vCenter of a world. */
export interface WorldVCenter {
  readonly name: string;
  readonly address: string;
  /** @defaultValue 443 */
  readonly port?: number;
  /** Where the vCenter bench is told of power changes: `http://127.0.0.1:PORT`. */
  readonly control?: string;
  /** With `readOnly` datastores are invisible to Azure. @defaultValue readWrite */
  readonly account?: "readWrite" | "readOnly";
  readonly datastores?: readonly {
    readonly name: string;
    /** @defaultValue VMFS */
    readonly type?: string;
    /** @defaultValue 2048 */
    readonly capacityGiB?: number;
    /** @defaultValue the capacity */
    readonly freeGiB?: number;
  }[];
  readonly hosts?: readonly {
    readonly name: string;
    readonly datastores?: readonly string[];
    /** What its running machines may take together. @defaultValue any amount */
    readonly memoryMiB?: number;
  }[];
  readonly machines?: readonly WorldEstateMachine[];
}

/** A physical server of a world. */
export interface WorldPhysicalServer {
  readonly name: string;
  readonly address: string;
  readonly os?: "Linux" | "Windows";
  readonly osVersion?: string;
  readonly memoryMiB?: number;
  readonly processors?: number;
  readonly power?: "on" | "off";
  readonly disks?: readonly { readonly sizeGiB: number }[];
  /** `false`: its discovery fails. @defaultValue true */
  readonly discoverable?: boolean;
  /** What Azure calls its kind, such as `AWS` for an instance that is migrated. @defaultValue Physical */
  readonly discoveryType?: string;
  /** Whether the configuration servers of the world know it from the start. @defaultValue false */
  readonly discovered?: boolean;
  readonly agent?: "reports" | "silent";
  readonly agentRegistersAfterMinutes?: number | "never";
  readonly churnMiBPerSecond?: number;
}

/** What all servers of a site have. */
export interface WorldSiteServer {
  readonly name: string;
  readonly address?: string;
  /** Its VM in a vCenter; while that is off it sends no heartbeat. @defaultValue the one of its name, if there is one */
  readonly machine?: string;
  /** Virtual minutes until Azure knows it. @defaultValue 0 */
  readonly registersAfterMinutes?: number;
  /** `silent`: for an hour already when the world starts. @defaultValue reports */
  readonly heartbeat?: "reports" | "silent";
  /** Version of its software. @defaultValue 9.55.6765.1 */
  readonly version?: string;
}

/** A master target of a world. */
export interface WorldMasterTarget extends WorldSiteServer {
  /** @defaultValue Linux */
  readonly os?: "Linux" | "Windows";
  readonly osVersion?: string;
  /** Disks attached to it beyond those of its machine. @defaultValue 0 */
  readonly extraDisks?: number;
  readonly retentionVolumes?: readonly {
    readonly name: string;
    /** @defaultValue 1024 */
    readonly capacityGiB?: number;
    /** @defaultValue 0 */
    readonly listedAfterMinutes?: number;
  }[];
}

/** A configuration server of a world: a fabric of type VMware with one container. */
export interface WorldConfigurationServer extends WorldSiteServer {
  readonly vault: string;
  /** @defaultValue the server's name */
  readonly fabric?: string;
  /** @defaultValue `cloud_` and the fabric's internal identifier */
  readonly container?: string;
  /** vCenters that are in discovery from the start; others are added with `replicationvCenters`. */
  readonly vcenters?: readonly string[];
  readonly runAsAccounts?: readonly { readonly name: string }[];
  /** @defaultValue one, the server itself */
  readonly processServers?: readonly WorldSiteServer[];
  /** @defaultValue none */
  readonly masterTargets?: readonly WorldMasterTarget[];
}

/** An appliance of a world; those of one vault and fabric share a fabric of type InMageRcm with one container. */
export interface WorldAppliance extends WorldSiteServer {
  readonly vault: string;
  /** @defaultValue the vault's name and `-vmwarefabric` */
  readonly fabric?: string;
  /** @defaultValue the vault's name and `replicationcontainer` */
  readonly container?: string;
  /** Name of the discovery site. @defaultValue the vault's name and `vmwaresite` */
  readonly site?: string;
  readonly vcenters?: readonly string[];
  readonly runAsAccounts?: readonly { readonly name: string }[];
}

/** The on-premises sections of a world. */
export interface WorldEstate {
  readonly vcenters?: readonly WorldVCenter[];
  readonly physicalServers?: readonly WorldPhysicalServer[];
  readonly configurationServers?: readonly WorldConfigurationServer[];
  readonly appliances?: readonly WorldAppliance[];
}
