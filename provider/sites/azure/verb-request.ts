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
  | { readonly verb: "commit"; readonly target: VerbTarget }
  | {
      readonly verb: "changeRecoveryPoint";
      readonly target: VerbTarget;
      readonly recoveryPointId: string;
    }
  | {
      readonly verb: "reprotect";
      readonly target: Extract<VerbTarget, { kind: "item" }>;
      /** Container that the machine will be replicated to; A2A: the container it came from. */
      readonly recoveryContainerId: string;
      readonly policyId: string;
      readonly recoveryResourceGroupId: string;
      readonly recoveryAvailabilitySetId?: string;
      readonly recoveryAvailabilityZone?: string;
      readonly recoveryProximityPlacementGroupId?: string;
      readonly bootDiagnosticsStorageAccountId?: string;
      readonly disks: readonly DiskSpecification[];
    };
