import type { SiteServer } from "./estate-model.ts";

/** A virtual hard disk of a Hyper-V machine. */
export interface VirtualHardDisk {
  /** A GUID: `vhdId`. */
  readonly id: string;
  readonly name: string;
  readonly sizeMiB: number;
  readonly isOsDisk: boolean;
}

/** A machine of a Hyper-V host; a replica at a second site is a machine of its own. */
export interface HyperVMachine {
  /** `fabric/container/machine` in lower case: unique in the world. */
  readonly key: string;
  /** A GUID: name of its protectable item, `vmId` of its protected item. */
  readonly id: string;
  readonly name: string;
  readonly vault: string;
  readonly fabricName: string;
  /** Container that it lies in: that of the Hyper-V site, or a VMM cloud. */
  readonly containerName: string;
  /** Name of its host; null when the world does not say. */
  host: string | null;
  readonly osType: "Linux" | "Windows";
  readonly osVersion: string;
  readonly generation: "1" | "2";
  readonly memoryMiB: number;
  readonly processors: number;
  /** Address of its only network interface; empty = by DHCP. */
  readonly address: string;
  /** Friendly name of its VM network or virtual switch; empty = none. */
  readonly network: string;
  /** Friendly name of its storage classification; empty = none. */
  readonly storageClassification: string;
  readonly disks: readonly VirtualHardDisk[];
  power: "on" | "off";
  powerSince: number;
  /** Deleted at its host. */
  deleted: boolean;
  /** Whether its host manages to shut it down. */
  shutdown: "works" | "fails";
  /** What it writes to its disks; a log (`.hrl`) that reaches half of a disk asks for a resynchronization. */
  churnMiBPerSecond: number;
  /** An error of its replication, as its host reports it; absent = none. */
  replicationError?: {
    /** `network`, `diskSpace` and `memory` are tried again; the others are not. */
    readonly kind:
      | "network"
      | "diskSpace"
      | "memory"
      | "authentication"
      | "authorization"
      | "invalidReplica";
    readonly since: number;
  };
}

/** A Hyper-V host with its agent. */
export interface HyperVHost extends SiteServer {
  readonly fabricName: string;
  /** Virtual milliseconds from the making of its site to its registration. */
  readonly registersAfterMs: number;
}

/** A fabric of type `HyperVSite`. */
export interface HyperVSite {
  readonly fabricName: string;
  readonly vault: string;
  hosts: HyperVHost[];
}

/** A VM network of a VMM server. */
export interface VmNetwork {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  readonly subnets: readonly { readonly name: string; readonly addresses: readonly string[] }[];
}

/** A storage classification of a VMM server. */
export interface StorageClassification {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
}

/** A VMM server: the fabric of type `VMM` that it is; a container for each of its clouds. */
export interface VmmServer extends SiteServer {
  readonly fabricName: string;
  readonly vault: string;
  hosts: SiteServer[];
  /** Container names (GUIDs) with the clouds' names. */
  readonly clouds: readonly { readonly id: string; readonly name: string }[];
  readonly networks: readonly VmNetwork[];
  readonly storageClassifications: readonly StorageClassification[];
}

/** Which storage classification of the second site stands for one of the first. */
export interface StorageClassificationMapping {
  readonly name: string;
  readonly fabricName: string;
  readonly storageClassificationName: string;
  readonly targetFabricName: string;
  readonly targetStorageClassificationName: string;
}

/** The Hyper-V side of the world; keys are {@link HyperVMachine.key} and lower-case fabric names behind the vault's. */
export interface HyperVEstate {
  machines: Record<string, HyperVMachine>;
  /** By `vault/fabric`: also of sites whose fabric nobody has made yet. */
  sites: Record<string, HyperVSite>;
  /** By `vault/fabric`. */
  vmmServers: Record<string, VmmServer>;
}
