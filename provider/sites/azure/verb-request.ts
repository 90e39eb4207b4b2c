import type { FailoverDirection, ItemFacts, RecoveryPlanFacts } from "../../recovery/model.ts";
import type { DiskSpecification } from "./specifications.ts";

/** The kinds of recovery point that the service can be asked for by kind. */
export type RecoveryPointKind =
  | "Latest"
  | "LatestProcessed"
  | "LatestApplicationConsistent"
  | "LatestCrashConsistent";

/** Whom a verb is sent to. */
export type VerbTarget =
  | { readonly kind: "item"; readonly item: ItemFacts }
  | {
      readonly kind: "recoveryPlan";
      readonly plan: RecoveryPlanFacts;
      readonly instanceTypes: readonly string[];
    };

/** Which point a single item goes to: an id, or nothing for the latest. A plan is asked by kind. */
export interface RecoveryPointChoice {
  readonly recoveryPointId?: string;
  readonly kind: RecoveryPointKind;
  /** Plans only: one common point for the machines of a multi-VM group. */
  readonly multiVmSyncPoint?: boolean;
}

/** A verb in the domain's words; the adapter writes the service's body for it. */
export type VerbRequest =
  | {
      readonly verb: "testFailover";
      readonly target: VerbTarget;
      readonly direction: FailoverDirection;
      readonly networkId: string;
      readonly recoveryPoint: RecoveryPointChoice;
    }
  | { readonly verb: "testFailoverCleanup"; readonly target: VerbTarget; readonly comments: string }
  | {
      readonly verb: "unplannedFailover";
      readonly target: VerbTarget;
      readonly direction: FailoverDirection;
      /** Try to shut the source down first. */
      readonly shutdownSource: boolean;
      readonly recoveryPoint: RecoveryPointChoice;
    }
  | {
      readonly verb: "plannedFailover";
      readonly target: VerbTarget;
      /** Plans need it; an item that replicates back to its VMware site takes none. */
      readonly direction?: FailoverDirection;
      readonly recoveryPoint: RecoveryPointChoice;
      /** How a Hyper-V machine returns from Azure; absent for every other planned failover. */
      readonly failback?: HyperVFailback;
    }
  | { readonly verb: "commit"; readonly target: VerbTarget }
  | { readonly verb: "cancelFailover"; readonly target: VerbTarget }
  | {
      readonly verb: "resynchronize";
      readonly target: Extract<VerbTarget, { kind: "item" }>;
    }
  | {
      readonly verb: "completeMigration";
      readonly target: Extract<VerbTarget, { kind: "item" }>;
    }
  | {
      readonly verb: "changeRecoveryPoint";
      readonly target: VerbTarget;
      readonly recoveryPointId: string;
    }
  | ReprotectRequest;

/** How a Hyper-V machine returns from Azure to its site (reference, 12.3). */
export interface HyperVFailback {
  /**
   * `beforeDowntime` sends what differs while the machine in Azure runs on, and stops it only for the rest;
   * `duringDowntime` stops it first and downloads whole disks.
   */
  readonly dataSynchronization: "beforeDowntime" | "duringDowntime";
  /** Make the machine at the site when it is not there. */
  readonly createMachine: boolean;
  /** ARM id of the agent of another host that takes the machine. */
  readonly alternateProviderId?: string;
}

/** A reprotect in one of its four ways. */
export type ReprotectRequest = {
  readonly verb: "reprotect";
  readonly target: Extract<VerbTarget, { kind: "item" }>;
} & (ReprotectToRegion | ReprotectToSite | ReprotectToAzure | ReverseReplication);

/** Of a Hyper-V machine, from where it runs now to the other side; its id and its sides stay. */
export interface ReverseReplication {
  readonly way: "reverse";
  readonly direction: FailoverDirection;
  /** Guid of the machine at its host, which its item does not tell; absent where it is not needed or not known. */
  readonly hostMachineGuid?: string;
}

/** From one region to the other. */
export interface ReprotectToRegion {
  readonly way: "toRegion";
  /** Container that the machine will be replicated to: the one it came from. */
  readonly recoveryContainerId: string;
  readonly policyId: string;
  readonly recoveryResourceGroupId: string;
  readonly recoveryAvailabilitySetId?: string;
  readonly recoveryAvailabilityZone?: string;
  readonly recoveryProximityPlacementGroupId?: string;
  readonly bootDiagnosticsStorageAccountId?: string;
  readonly disks: readonly DiskSpecification[];
}

/** From Azure back to the VMware site that the machine came from. */
export interface ReprotectToSite {
  readonly way: "toSite";
  /** Required also where existing disks make the service ignore it. */
  readonly datastoreName: string;
  readonly carrier: MasterTargetCarrier | ApplianceCarrier;
}

/** What carries the data of a classic item back. */
export interface MasterTargetCarrier {
  readonly kind: "masterTarget";
  readonly masterTargetId: string;
  readonly processServerId: string;
  /** Volume of the master target, such as `R` or `/mnt/retention`. */
  readonly retentionVolume: string;
  /** ARM id of the failback policy. */
  readonly policyId: string;
  readonly runAsAccountId?: string;
}

/** What carries the data of a modernized item back. */
export interface ApplianceCarrier {
  readonly kind: "appliance";
  readonly applianceId: string;
  readonly logStorageAccountId: string;
  /** ARM id; absent means the service's own failback policy. */
  readonly policyId?: string;
}

/** From the VMware site towards Azure again, after a failback. */
export interface ReprotectToAzure {
  readonly way: "toAzure";
  /** Id of the process server; of the appliance for a modernized item. */
  readonly processServerId: string;
  readonly policyId: string;
  readonly runAsAccountId?: string;
  /** Classic items only: ARM id of the storage account that caches changed data. */
  readonly logStorageAccountId?: string;
}
