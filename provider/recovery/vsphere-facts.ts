/** What a vCenter tells of machines, hosts and storage (vSphere reference, section 2). */

/** A disk of a virtual machine. */
export interface VsphereDiskFacts {
  readonly key: number;
  /** `[datastore] folder/name.vmdk`. */
  readonly fileName: string;
  readonly uuid: string;
  readonly capacityBytes: number;
  readonly controllerKey: number;
  readonly unitNumber: number;
  /** True for a raw device mapping. */
  readonly rawDeviceMapping: boolean;
}

/** Kinds of SCSI controller, by the API's type names. */
export type ScsiControllerKind =
  | "ParaVirtualSCSIController"
  | "VirtualLsiLogicController"
  | "VirtualLsiLogicSASController"
  | "VirtualBusLogicController";

/** A SCSI controller of a virtual machine. */
export interface ScsiControllerFacts {
  readonly key: number;
  readonly kind: ScsiControllerKind;
}

/** A volume as VMware Tools shows it from inside the guest. */
export interface GuestVolumeFacts {
  readonly path: string;
  readonly capacityBytes: number;
  readonly freeBytes: number;
  readonly fileSystem: string;
}

/** A virtual machine as its vCenter shows it. */
export interface VsphereMachineFacts {
  /** Managed object id, such as `vm-42`; unique within one vCenter. */
  readonly reference: string;
  readonly name: string;
  readonly biosUuid: string;
  readonly instanceUuid: string;
  readonly hostReference: string;
  /** Managed object ids of its datastores. */
  readonly datastoreReferences: readonly string[];
  readonly powerState: "poweredOn" | "poweredOff" | "suspended";
  readonly hasSnapshot: boolean;
  /** True when `disk.EnableUUID` is set to true, whatever the spelling. */
  readonly diskUuidEnabled: boolean;
  readonly controllers: readonly ScsiControllerFacts[];
  readonly disks: readonly VsphereDiskFacts[];
  /** Path of its configuration file: `[datastore] folder/name.vmx`. */
  readonly configurationFile: string;
  readonly guestId: string;
  /** `windowsGuest`, `linuxGuest`, …; empty while VMware Tools never ran. */
  readonly guestFamily: string;
  /** `guestToolsRunning`, `guestToolsNotRunning`, …; empty while unknown. */
  readonly toolsRunningStatus: string;
  readonly guestVolumes: readonly GuestVolumeFacts[];
  readonly memoryMebibytes: number;
  readonly processorCount: number;
}

/** A datacenter: what roles are usually given on. */
export interface DatacenterFacts {
  readonly reference: string;
  readonly name: string;
}

/** An ESXi host. */
export interface VsphereHostFacts {
  readonly reference: string;
  readonly name: string;
  /** `connected`, `disconnected` or `notResponding`. */
  readonly connectionState: string;
  readonly inMaintenanceMode: boolean;
  readonly memoryBytes: number;
  readonly usedMemoryMebibytes: number;
  readonly datastoreReferences: readonly string[];
  readonly machineReferences: readonly string[];
  /** `editionKey` of its licence, such as `esxBasic` for the free edition; empty when it was not told. */
  readonly licenceEdition: string;
}

/** How one host sees a datastore. */
export interface DatastoreMountFacts {
  readonly hostReference: string;
  /** `readWrite` or `readOnly`. */
  readonly accessMode: string;
  readonly mounted: boolean;
  readonly accessible: boolean;
}

/** A datastore. */
export interface VsphereDatastoreFacts {
  readonly reference: string;
  readonly name: string;
  /** `VMFS`, `vsan`, `NFS`, `NFS41`, … */
  readonly type: string;
  readonly accessible: boolean;
  readonly freeBytes: number;
  /** `normal`, `enteringMaintenance` or `inMaintenance`. */
  readonly maintenanceMode: string;
  readonly mounts: readonly DatastoreMountFacts[];
  /** Managed object id of the datastore cluster it belongs to; empty when it stands alone. */
  readonly storagePodReference: string;
}

/** A datastore cluster. */
export interface StoragePodFacts {
  readonly reference: string;
  readonly name: string;
  readonly storageDrsEnabled: boolean;
  /** Machines that Storage DRS leaves where they are. */
  readonly excludedMachineReferences: readonly string[];
}
