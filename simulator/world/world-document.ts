import type { ClockSetting } from "../clock/virtual-clock.ts";
import type { FaultRule } from "../faults/fault-rule.ts";
import type { Knobs } from "../state/model.ts";
import type { WorldEstate } from "./estate-document.ts";
import type { WorldHyperV } from "./hyper-v-document.ts";

/** A virtual network of a world. */
export interface WorldNetwork {
  readonly name: string;
  readonly resourceGroup: string;
  /** @defaultValue the resource group's location */
  readonly location?: string;
  /** Subnet name to CIDR range. */
  readonly subnets: Readonly<Record<string, string>>;
}

/** A gateway of a world's network, in its subnet `GatewaySubnet`, with its connections to sites. */
export interface WorldGateway {
  readonly name: string;
  /** Of the gateway and its connections. */
  readonly resourceGroup: string;
  readonly network: string;
  readonly connections?: readonly {
    readonly name: string;
    /** @defaultValue IPsec */
    readonly type?: "IPsec" | "ExpressRoute" | "Vnet2Vnet";
    /** @defaultValue Connected */
    readonly status?: "Connected" | "NotConnected" | "Connecting" | "Unknown";
  }[];
}

/** A storage account, availability set or network security group of a world. */
export interface WorldPlainResource {
  readonly name: string;
  readonly resourceGroup: string;
  /** @defaultValue the resource group's location */
  readonly location?: string;
}

/** A disk of a world's machine. */
export interface WorldDisk {
  /** @defaultValue made from the machine's name */
  readonly name?: string;
  /** GiB. @defaultValue 128 */
  readonly sizeGiB?: number;
  /** @defaultValue Premium_LRS */
  readonly type?: string;
}

/** A network interface of a world's machine. */
export interface WorldNic {
  /** @defaultValue made from the machine's name */
  readonly name?: string;
  readonly network: string;
  readonly subnet: string;
  /** A static address; without it the next free one is given. */
  readonly address?: string;
}

/** A VM of a world. */
export interface WorldMachine {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location?: string;
  /** @defaultValue Standard_D2s_v3 */
  readonly size?: string;
  readonly zone?: string;
  /** @defaultValue Linux */
  readonly os?: "Linux" | "Windows";
  readonly network?: string;
  readonly subnet?: string;
  readonly address?: string;
  readonly nics?: readonly WorldNic[];
  readonly osDisk?: WorldDisk;
  readonly dataDisks?: readonly WorldDisk[];
  readonly tags?: Readonly<Record<string, string>>;
  /** @defaultValue running */
  readonly power?: "running" | "stopped" | "deallocated";
  /** @defaultValue works */
  readonly sourceShutdown?: "works" | "fails";
  /** `silent`: its agent sends nothing although it runs. @defaultValue reports */
  readonly agent?: "reports" | "silent";
  /** @defaultValue current */
  readonly agentVersion?: "current" | "outdated";
  /** What it writes to its disks. @defaultValue 0 */
  readonly churnMiBPerSecond?: number;
  /** Makes so many alike, with a number at the end of their names. */
  readonly count?: number;
}

/** A vault that exists from the start. */
export interface WorldVault {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location?: string;
  readonly fabrics?: readonly { readonly name: string; readonly location: string }[];
  readonly containers?: readonly { readonly name: string; readonly fabric: string }[];
  readonly policies?: readonly {
    readonly name: string;
    /** @defaultValue A2A */
    readonly kind?: WorldPolicyKind;
    readonly recoveryPointHistoryMinutes?: number;
    readonly appConsistentMinutes?: number;
    readonly multiVmSync?: boolean;
    /** Hyper-V only. @defaultValue 300 */
    readonly replicationIntervalSeconds?: 30 | 300 | 900;
    /** Hyper-V only: time of day of the first copy. @defaultValue at once */
    readonly initialReplicationStartTime?: string;
    /** Hyper-V to Azure only. @defaultValue none */
    readonly storageAccount?: string;
  }[];
  readonly mappings?: readonly {
    readonly name: string;
    /** A container, a cloud, or the fabric or server whose only container is meant. */
    readonly source: string;
    /** The same, or `Microsoft Azure` for the container of an on-premises site. */
    readonly target: string;
    readonly policy: string;
  }[];
  readonly networkMappings?: readonly {
    readonly name: string;
    /** A virtual network, or a VM network of a VMM server (`server/network` where two servers have one of that name). */
    readonly primaryNetwork: string;
    readonly recoveryNetwork: string;
  }[];
  /** Between VMM servers; names of their storage classifications, or `server/classification`. */
  readonly storageClassificationMappings?: readonly {
    readonly name: string;
    readonly primary: string;
    readonly recovery: string;
  }[];
  readonly items?: readonly WorldItem[];
}

/** Kinds of replication policies: region to region, there and back for VMware, modernized and classic, and for Hyper-V. */
export type WorldPolicyKind =
  | "A2A"
  | "InMageRcm"
  | "InMageRcmFailback"
  | "InMageAzureV2"
  | "InMage"
  | "HyperVReplicaAzure"
  | "HyperVReplica2012R2"
  | "HyperVReplica2012";

/**
 * A protected machine that exists from the start; a machine with `count` makes as many items. `machine` may be
 * an on-premises one (`host/machine` where two hosts have one of that name); `container` is then a container,
 * a configuration server, an appliance, a Hyper-V site or a VMM cloud.
 */
export interface WorldItem {
  /** @defaultValue the machine's name */
  readonly name?: string;
  readonly machine: string;
  readonly container: string;
  /** Region to region, and between VMM clouds, where it is the cloud of the mapping otherwise. */
  readonly recoveryContainer?: string;
  readonly policy: string;
  /** Wherever the target is Azure. */
  readonly recoveryResourceGroup?: string;
  /** Wherever the target is Azure. */
  readonly cacheStorageAccount?: string;
  /** On-premises machines: the network in Azure. */
  readonly network?: string;
  /** On-premises machines: the subnet in Azure. @defaultValue the network's first */
  readonly subnet?: string;
  readonly multiVmGroup?: string;
  /** `false`: its initial replication begins when the world does. @defaultValue true */
  readonly protected?: boolean;
  /** Hours of recovery points it already has. @defaultValue 24 */
  readonly protectedForHours?: number;
  /** Whether a test failover has been done. @defaultValue false */
  readonly drilled?: boolean;
  /** Whether a resynchronization is due. @defaultValue false */
  readonly resyncRequired?: boolean;
  /** Between VMM clouds: a kind that nobody can make any more, instead of the policy's. */
  readonly retiredKind?: "San";
}

/** Somebody who may sign in. In a world that names nobody, anybody may. */
export interface WorldIdentity {
  readonly clientId: string;
  /** @defaultValue made from seed and client id */
  readonly objectId?: string;
  /** @defaultValue the client id */
  readonly name?: string;
  /** @defaultValue the world's tenant; with another one its tokens are refused with 403 */
  readonly tenant?: string;
  /** Kept as a hash only. Without it nobody signs in by secret. */
  readonly secret?: string;
  /** Whose tokens may be exchanged for tokens of this identity. */
  readonly federated?: { readonly issuer: string; readonly subject: string };
  /** Whether the managed-identity endpoint gives its tokens. @defaultValue false */
  readonly managed?: boolean;
}

/** A world: what exists when the simulator starts. Names refer to objects of the same document. */
export interface WorldDocument extends WorldEstate, WorldHyperV {
  /** Anything; guids and chances follow from it. @defaultValue world */
  readonly seed?: string | number;
  readonly tenant?: string;
  readonly identities?: readonly WorldIdentity[];
  readonly clock?: {
    readonly mode?: ClockSetting;
    /** ISO 8601. @defaultValue now; 2026-01-15T08:00:00Z when stepped */
    readonly start?: string;
  };
  readonly knobs?: Partial<Knobs>;
  readonly subscriptions: readonly { readonly id: string; readonly name?: string }[];
  /** Regions that are in another state than normal. */
  readonly regions?: readonly { readonly name: string; readonly unavailable?: boolean }[];
  readonly resourceGroups?: readonly {
    readonly name: string;
    readonly location: string;
    /** @defaultValue the first one */
    readonly subscription?: string;
  }[];
  readonly networks?: readonly WorldNetwork[];
  readonly gateways?: readonly WorldGateway[];
  readonly storageAccounts?: readonly WorldPlainResource[];
  readonly availabilitySets?: readonly WorldPlainResource[];
  readonly networkSecurityGroups?: readonly WorldPlainResource[];
  readonly machines?: readonly WorldMachine[];
  readonly vaults?: readonly WorldVault[];
  readonly faults?: readonly FaultRule[];
}
