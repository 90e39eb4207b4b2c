/** What the vCenter for tests holds when it starts: the scenario file of tools/vcenter, as scenario.go reads it. */
export interface VCenterScenario {
  /** `vCenter` (default), or `esxi`: one host, no pods. */
  readonly kind?: "vCenter" | "esxi";
  /** Who may sign in; without any every user name and password will do. */
  readonly accounts?: readonly { readonly username: string; readonly password: string }[];
  /** Ends idle sessions. */
  readonly sessionTimeoutSeconds?: number;
  /** Default `8.0.2.0`. */
  readonly apiVersion?: string;
  readonly instanceUuid?: string;
  /** Name of the only one; default `DC0`. */
  readonly datacenter?: string;
  /** Default one, `esx1.example.local`; all in one cluster. */
  readonly hosts?: readonly ScenarioHost[];
  /** Default one, `datastore1`. */
  readonly datastores?: readonly ScenarioDatastore[];
  readonly pods?: readonly ({ readonly name: string } & PodState)[];
  readonly machines?: readonly ScenarioMachine[];
  readonly licences?: readonly { readonly editionKey: string; readonly name: string }[];
  readonly denied?: readonly Denial[];
  readonly faults?: readonly ScenarioFault[];
  /** Milliseconds by method, and by task name such as `PowerOn`. */
  readonly delays?: {
    readonly methods?: Readonly<Record<string, number>>;
    readonly tasks?: Readonly<Record<string, number>>;
  };
}

/** What may change while the vCenter runs. */
export interface HostState {
  readonly memoryMiB?: number;
  readonly usedMiB?: number;
  readonly connection?: "connected" | "disconnected" | "notResponding";
  readonly maintenance?: boolean;
  /** Edition key of its licence; `esxBasic` is the free one. */
  readonly licence?: string;
}

/** An ESXi host. */
export interface ScenarioHost extends HostState {
  readonly name: string;
  /** Those that it mounts; absent means all. */
  readonly datastores?: readonly string[];
}

/** What may change while the vCenter runs. */
export interface DatastoreState {
  /** `VMFS` (default), `vsan`, `NFS`, `NFS41`, … */
  readonly type?: string;
  readonly capacityGiB?: number;
  readonly freeGiB?: number;
  readonly accessible?: boolean;
  readonly maintenanceMode?: "normal" | "enteringMaintenance" | "inMaintenance";
  /** By host name. */
  readonly mounts?: Readonly<
    Record<
      string,
      {
        readonly accessMode?: "readWrite" | "readOnly";
        readonly mounted?: boolean;
        readonly accessible?: boolean;
      }
    >
  >;
}

/** A datastore, alone or in a pod. */
export interface ScenarioDatastore extends DatastoreState {
  readonly name: string;
  readonly pod?: string;
}

/** What may change while the vCenter runs. */
export interface PodState {
  readonly enabled?: boolean;
  /** Machines, by name, that Storage DRS leaves alone. */
  readonly excluded?: readonly string[];
}

/** A virtual machine, or `count` alike ones named name1, name2, … */
export interface ScenarioMachine extends MachineState {
  readonly name: string;
  readonly folder?: string;
  readonly count?: number;
  /** API type names; default one `ParaVirtualSCSIController`. All disks lie on the first. */
  readonly controllers?: readonly string[];
  /** Default one of 10 GiB. */
  readonly disks?: readonly {
    readonly sizeGiB: number;
    readonly uuid?: string;
    readonly datastore?: string;
    readonly rawDeviceMapping?: boolean;
  }[];
  /** Of the machines of a `count`, in their order; absent ones are derived from the names. */
  readonly identities?: readonly MachineIdentity[];
}

/** What tells alike machines apart. */
export interface MachineIdentity {
  readonly biosUuid?: string;
  readonly instanceUuid?: string;
  /** Of its disks, in their order. */
  readonly diskUuids?: readonly string[];
}

/** What may change while the vCenter runs. */
export interface MachineState extends MachineIdentity {
  /** Default `on`. */
  readonly power?: "on" | "off" | "suspended";
  readonly host?: string;
  /** A change moves all files, as Storage vMotion does. */
  readonly datastore?: string;
  readonly snapshot?: boolean;
  /** By default true while the machine is on. */
  readonly toolsRunning?: boolean;
  /** Default `linuxGuest`. */
  readonly guestFamily?: string;
  readonly guestId?: string;
  readonly guestVolumes?: readonly {
    readonly path: string;
    readonly sizeGiB: number;
    readonly freeGiB: number;
    readonly fileSystem?: string;
  }[];
  readonly extraConfig?: Readonly<Record<string, string>>;
  readonly memoryMiB?: number;
  readonly processors?: number;
  /** Another name; its files keep theirs. */
  readonly rename?: string;
  /** Takes it out of the inventory. */
  readonly removed?: boolean;
}

/** Takes a privilege away, from one user or all, on one object (by name) or all. `*` is all but `System.*`. */
export interface Denial {
  readonly privilege: string;
  readonly user?: string;
  readonly object?: string;
}

/** Makes calls go wrong. */
export interface ScenarioFault {
  /** With `_Task` where it has one; `*` means every one. */
  readonly method: string;
  /** Type and name of the object that it is called on. */
  readonly type?: string;
  readonly object?: string;
  /** Name of the fault's type, such as `RestrictedVersion`, with its own fields and the vCenter's words. */
  readonly fault?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly message?: string;
  /** The call succeeds and its task fails. */
  readonly task?: boolean;
  /** Success is answered and nothing done. */
  readonly ignore?: boolean;
  /** The connection is closed before or after the call took effect. */
  readonly lose?: "before" | "after";
  /** This HTTP status is answered, without a fault. */
  readonly status?: number;
  /** Applies this often, after so many calls that go well. */
  readonly max?: number;
  readonly skip?: number;
  readonly delayMs?: number;
}
