import type { OperationContext } from "../../context.ts";
import type {
  DatacenterFacts,
  StoragePodFacts,
  VsphereDatastoreFacts,
  VsphereDiskFacts,
  VsphereHostFacts,
  VsphereMachineFacts,
} from "../../recovery/vsphere-facts.ts";

/** What a vCenter or ESXi host says of itself. */
export interface VsphereAbout {
  /** `VirtualCenter` or `HostAgent`. */
  readonly apiType: string;
  readonly version: string;
  readonly instanceUuid: string;
}

/** By what a machine is looked for; the first that is given counts. */
export interface MachineQuery {
  /** Inventory path, such as `/DC0/vm/folder/name`. */
  readonly path?: string;
  readonly instanceUuid?: string;
  readonly biosUuid?: string;
  readonly name?: string;
}

/** A disk that was added, so that just this one can be taken away again. */
export interface AddedDisk {
  readonly key: number;
  readonly fileName: string;
}

/**
 * One vCenter, or an ESXi host that is used alone. Reads are shared by all resources of a run, in batches;
 * own writes drop what they change. All calls throw SiteError with the vCenter's own fault as `serviceCode`.
 */
export interface VsphereSite {
  /** Name under `asr:vcenters`. */
  readonly name: string;
  /** Host name or address of its URL, without the port. */
  readonly host: string;

  about(context: OperationContext): Promise<VsphereAbout>;
  /** For each query all machines that match it, none when there is none: who asks judges ambiguity. */
  findMachines(
    context: OperationContext,
    queries: readonly MachineQuery[],
  ): Promise<readonly (readonly VsphereMachineFacts[])[]>;
  hosts(
    context: OperationContext,
    references: readonly string[],
  ): Promise<readonly VsphereHostFacts[]>;
  datastores(
    context: OperationContext,
    references: readonly string[],
  ): Promise<readonly VsphereDatastoreFacts[]>;
  storagePods(
    context: OperationContext,
    references: readonly string[],
  ): Promise<readonly StoragePodFacts[]>;
  /** Names of machines by reference; those that are gone are left out. */
  machineNames(
    context: OperationContext,
    references: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /**
   * The datacenter that each machine lies in, by the machine's reference; left out where the account does not
   * see all that stands above it. Asks nothing that finding machines has not asked already.
   */
  datacenters(
    context: OperationContext,
    machineReferences: readonly string[],
  ): Promise<ReadonlyMap<string, DatacenterFacts>>;
  /**
   * Privilege ids out of `privilegeIds` that the user lacks on any of the objects (`vm-…`, `host-…`, …);
   * an absent user name means the provider's own account.
   */
  missingPrivileges(
    context: OperationContext,
    references: readonly string[],
    privilegeIds: readonly string[],
    userName?: string,
  ): Promise<readonly string[]>;

  /** Sets `disk.EnableUUID`; the machine has to be off. */
  enableDiskUuid(context: OperationContext, machineReference: string): Promise<void>;
  /** Adds a thin disk on an LSI Logic controller with a free place, in the datastore of this name. */
  addDisk(
    context: OperationContext,
    machineReference: string,
    disk: { readonly capacityBytes: number; readonly datastoreName: string },
  ): Promise<AddedDisk>;
  /** Takes a disk away and deletes its file; does nothing when no disk of that file name is there. */
  removeDisk(
    context: OperationContext,
    machineReference: string,
    disk: Pick<VsphereDiskFacts, "fileName">,
  ): Promise<void>;
  /** Merges all snapshots of the machine into its disks. */
  removeSnapshots(context: OperationContext, machineReference: string): Promise<void>;
  /** Takes the machine out of Storage DRS, or puts it back under the cluster's rule. */
  setStorageDrsExclusion(
    context: OperationContext,
    storagePodReference: string,
    machineReference: string,
    excluded: boolean,
  ): Promise<void>;
  /** Asks the guest to shut down and waits for it; after `timeoutMilliseconds` it is powered off. */
  shutDown(
    context: OperationContext,
    machineReference: string,
    timeoutMilliseconds: number,
  ): Promise<void>;
  powerOn(context: OperationContext, machineReference: string): Promise<void>;
  /** Drops what has been read; the next read asks the vCenter. */
  forget(): void;
  /** Ends the session. */
  close(): Promise<void>;
}
