import type { Finding } from "../../../recovery/findings.ts";

/** What is mended at the virtual machine of a server when `manage` allows it. */
export type ServerFixName = "diskUuid" | "retentionDisk" | "snapshots" | "storageDrs";

/** One thing that will be mended at the virtual machine of a server. */
export interface PlannedServerFix {
  /** `snapshots`, `diskUuid`, `retentionDisk` or `storageDrs`. */
  readonly fix: ServerFixName;
  /** What is done, in one sentence. */
  readonly text: string;
}

/** A datastore cluster whose Storage DRS leaves the server alone. */
export interface StorageDrsExclusion {
  /** Managed object id of the datastore cluster. */
  readonly storagePod: string;
  /** Its name. */
  readonly name: string;
}

/** A disk that was added to the server. */
export interface AddedServerDisk {
  /** Key of the device in the machine. */
  readonly key: number;
  /** Its file, such as `[ds1] mt-linux/mt-linux_1.vmdk`: by it the disk is found again. */
  readonly fileName: string;
}

/** What was changed at the virtual machine of a server; destroying the resource undoes it. */
export interface ServerChanges {
  /** Name of the vCenter under `asr:vcenters`; absent while nothing was changed. */
  readonly vcenter?: string;
  /** Instance UUID of the virtual machine; absent while nothing was changed. */
  readonly instanceUuid?: string;
  /** Disks that were added. */
  readonly disks?: readonly AddedServerDisk[];
  /** Datastore clusters that it was excluded from. */
  readonly storageDrs?: readonly StorageDrsExclusion[];
  /** True when `disk.EnableUUID` was set; it stays set. */
  readonly diskUuid?: boolean;
  /** True while the machine is off because of a change; the next run turns it on. */
  readonly turnedOff?: boolean;
}

/** Inputs of a server that is made fit for a failback. */
export interface ManagedServerInputs {
  /**
   * Vault of the site: its name or ARM id. Changing it replaces the resource.
   * @defaultValue the vault that `fabric` names, else the one of the provider's configuration
   * @replaceOnChanges
   */
  readonly vault?: string;
  /**
   * Fabric of the site: its ARM id or its name. Changing it replaces the resource.
   * @replaceOnChanges
   */
  readonly fabric: string;
  /**
   * The server's name as Azure lists it. Changing it replaces the resource.
   * @defaultValue the Pulumi resource's name
   * @replaceOnChanges
   */
  readonly name?: string;
  /**
   * Its virtual machine in the vCenter: inventory path, such as `/DC0/vm/servers/mt-linux`, or name.
   * @defaultValue found by what Azure knows of the server
   */
  readonly machine?: string;
  /**
   * The vCenter, by its name under `asr:vcenters`.
   * @defaultValue the one whose host Azure has discovered, else the only one
   */
  readonly vcenter?: string;
  /**
   * Ids of rules whose findings may not stop this, such as `MT-VMFS`; what is waived is not mended either.
   */
  readonly waive?: readonly string[];
  /**
   * What will be mended at its virtual machine, computed at preview.
   * @computed
   */
  readonly plan?: readonly PlannedServerFix[];
  /**
   * What speaks against the server or should be known, computed at preview.
   * @computed
   */
  readonly findings?: readonly Finding[];
}

/** Outputs of a server that is made fit for a failback; what changes all the time (heartbeat, health) is left out. */
export interface ManagedServerOutputs {
  /** The service's id of the server. Other resources take it, the id of this resource, or the server's name. */
  readonly serverId: string;
  /** What this resource has changed at the virtual machine. */
  readonly changes: ServerChanges;
  /** What the last refresh found to be mended again; the next update does it. */
  readonly pending: readonly PlannedServerFix[];
  /** `waiting` while the server is not known to be ready; the next update goes on. */
  readonly phase?: "waiting";
}

/** What every kind of managed server has among its inputs, as the common flow sees it. */
export interface AnyServerInputs extends ManagedServerInputs {
  readonly osType?: "Linux" | "Windows";
  readonly retentionVolume?: string;
  readonly manage?: readonly (ServerFixName | "reboot")[];
  readonly retentionDisk?: { readonly sizeGiB?: number; readonly datastore: string };
  readonly timeout?: string;
}
