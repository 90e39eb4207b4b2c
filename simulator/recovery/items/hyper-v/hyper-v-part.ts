import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { ProtectedItem } from "../item.ts";

/** What an item of a Hyper-V site or of a VMM cloud has besides the common part. */
export interface HyperVPart {
  /** Key of its machine in the world. */
  machine: string;
  /** Between VMM sites: key of its replica at the second site; null to Azure, or while there is none. */
  replica: string | null;
  /** To Azure: ARM id of the storage account; null between sites. */
  storageAccountId: string | null;
  logStorageAccountId: string | null;
  /** `"true"` or `"false"`, as the service writes it. */
  useManagedDisks: string;
  licenseType: string;
  enableRdpOnTargetOption: string;
  /** Set while protection is finalized: the initial copy is done, the network is not applied yet. */
  finalizing: boolean;
  /** What is copied now: shown as `initialReplicationType`. */
  replicationType: "InitialReplication" | "Resynchronization";
  /** The resynchronization that runs, in virtual milliseconds; absent = none. */
  resynchronization?: { readonly startedAt: number; readonly endsAt: number };
  /** When it begins by itself, in virtual milliseconds; absent = no resynchronization is planned. */
  resynchronizesAt?: number;
  /** What waits in the logs of its disks since `at`, in MiB, and how that grows; absent = nothing. */
  log?: { readonly mib: number; readonly at: number; readonly growsMiBPerSecond: number };
  /** The error that its replication has met; absent = none. */
  trouble?: NonNullable<HyperVMachine["replicationError"]>;
  /** Direction in which data flow between VMM sites, or last did. */
  reversed: boolean;
  /** The failback that runs or waits for its commit; null = none. */
  failback: {
    readonly dataSyncOption: "ForDownTime" | "ForSynchronization";
    readonly createsMachine: boolean;
    readonly alternateProviderId: string | null;
  } | null;
}

/** The Hyper-V part of an item that is known to have one. */
export function hyperVPartOf(item: ProtectedItem): HyperVPart {
  if (!item.hyperV) throw new Error(`The item '${item.name}' has no Hyper-V part.`);
  return item.hyperV;
}

/** Where the data of an item go in Azure, and what its machine is there. */
type PartInAzure = Pick<
  HyperVPart,
  | "storageAccountId"
  | "logStorageAccountId"
  | "useManagedDisks"
  | "licenseType"
  | "enableRdpOnTargetOption"
>;

/** Between VMM sites nothing lies in Azure. */
const NOTHING_IN_AZURE: PartInAzure = {
  storageAccountId: null,
  logStorageAccountId: null,
  useManagedDisks: "false",
  licenseType: "NotSpecified",
  enableRdpOnTargetOption: "Never",
};

/** The part of an item that nothing has happened to yet; without `inAzure` it is one between VMM sites. */
export function newHyperVPart(
  machine: HyperVMachine,
  inAzure: PartInAzure = NOTHING_IN_AZURE,
): HyperVPart {
  return {
    machine: machine.key,
    replica: null,
    ...inAzure,
    finalizing: false,
    replicationType: "InitialReplication",
    reversed: false,
    failback: null,
  };
}
