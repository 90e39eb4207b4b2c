/**
 * The facts that recovery decisions are made from, in the field's own words.
 * Adapters fill them from what a site answers; nothing here does any input or output.
 */

import type { HyperVItemFacts, HyperVPolicyFacts } from "./hyper-v.ts";
import type { OnPremisesFabricFacts, OnPremisesItemFacts } from "./on-premises.ts";

export type { JobError, JobFacts, JobMachine, JobTask } from "./job-facts.ts";
export type {
  MachineFacts,
  MachineSizeFacts,
  NetworkConnectionFacts,
  NetworkFacts,
  SubnetFacts,
} from "./surroundings.ts";

/** One way to replicate a machine (architecture, section 1) that the service still has. */
export type LiveScenario =
  | "AzureToAzure"
  | "VmwareToAzure"
  | "VmwareToAzureClassic"
  | "HyperVToAzure"
  | "VmmToAzure"
  | "VmmToVmm";

/**
 * A way to replicate that Azure has retired: VMM clouds by SAN replication, VMware or physical machines to a
 * second VMware site by InMage Scout, whatever was set up in the classic portal.
 */
export type RetiredScenario = "VmmToVmmSan" | "VmwareToVmwareScout" | "ClassicPortal";

/** One way to replicate a machine. */
export type Scenario = LiveScenario | RetiredScenario;

/** What the service can do to an item or a recovery plan. */
export type Verb =
  | "testFailover"
  | "testFailoverCleanup"
  | "plannedFailover"
  | "unplannedFailover"
  | "commit"
  | "cancelFailover"
  | "changeRecoveryPoint"
  | "reprotect"
  | "resynchronize"
  | "completeMigration"
  | "disable";

/** The service's word for the way a failover goes, seen from the item as it stands now. */
export type FailoverDirection = "PrimaryToRecovery" | "RecoveryToPrimary";

/** The service's health words. */
export type Health = "None" | "Normal" | "Warning" | "Critical";

/** A health error of an item, in the service's words. */
export interface HealthError {
  readonly code: string;
  readonly level: string;
  readonly category: string;
  readonly message: string;
  readonly possibleCauses: string;
  readonly recommendedAction: string;
}

/** One end of a replication. */
export interface SideFacts {
  readonly fabricName: string;
  readonly fabricFriendlyName: string;
  readonly containerName: string;
  /** The name that people gave it, such as that of a VMM cloud; absent where the service does not tell. */
  readonly containerFriendlyName?: string;
  readonly containerId: string;
  /** Azure region name such as `northeurope`; empty for a site that is not a region. */
  readonly location: string;
}

/** One network interface as the item will have it after a failover. */
export interface NicFacts {
  readonly nicId: string;
  readonly sourceNetworkId: string;
  readonly sourceSubnetName: string;
  readonly sourceAddress: string;
  readonly recoveryNetworkId: string;
  readonly recoverySubnetName: string;
  readonly recoveryAddress: string;
  readonly testNetworkId: string;
  readonly testSubnetName: string;
  readonly testAddress: string;
  readonly primary: boolean;
}

/** One replicated disk. */
export interface DiskFacts {
  readonly diskId: string;
  readonly name: string;
  readonly capacityBytes: number;
  readonly recoveryResourceGroupId: string;
  readonly replicaDiskType: string;
  readonly targetDiskType: string;
  readonly cacheStorageAccountId: string;
  readonly recoveryDiskEncryptionSetId: string;
  readonly resynchronizationRequired: boolean;
  /** ARM id of the managed disk that a failover made of it; absent until then and where the service is silent. */
  readonly recoveredDiskId?: string;
}

/** The settings with which the machine will run on the other side. */
export interface TargetFacts {
  readonly machineName: string;
  readonly machineSize: string;
  readonly resourceGroupId: string;
  readonly networkId: string;
  readonly testNetworkId: string;
  readonly availabilitySetId: string;
  readonly availabilityZone: string;
  readonly proximityPlacementGroupId: string;
  readonly bootDiagnosticsStorageAccountId: string;
}

/** A replicated item as the service shows it now. */
export interface ItemFacts {
  /** Vault ARM id, in the case the configuration gave it. */
  readonly vaultId: string;
  /** Item name: constant for the item's whole life. */
  readonly name: string;
  /** Current ARM id; changes with an A2A reprotect. */
  readonly armId: string;
  readonly friendlyName: string;
  readonly scenario: Scenario;
  readonly instanceType: string;
  readonly protectionState: string;
  readonly protectionStateDescription: string;
  readonly activeLocation: "Primary" | "Recovery";
  readonly testFailoverState: string;
  readonly allowedOperations: readonly string[];
  readonly replicationHealth: Health;
  readonly failoverHealth: Health;
  readonly healthErrors: readonly HealthError[];
  readonly policyId: string;
  /** The job that holds the item now; absent when idle. `jobName` is the job's guid. */
  readonly currentScenario?: { readonly name: string; readonly jobName: string };
  readonly primary: SideFacts;
  readonly recovery: SideFacts;
  /** Region in which protection of this machine first began; empty when the service does not tell. */
  readonly initialPrimaryLocation: string;
  readonly lastSuccessfulFailoverTime?: string;
  readonly lastSuccessfulTestFailoverTime?: string;
  readonly failoverRecoveryPointId?: string;
  /** Seconds of data that a failover now would lose; absent while unknown. */
  readonly replicationLagSeconds?: number;
  readonly replicationLagMeasuredAt?: string;
  /** ARM id of the machine that is the source of the replication now. */
  readonly machineId: string;
  /** ARM id of the machine that the failover created; absent until then and where the service is silent. */
  readonly recoveredMachineId?: string;
  readonly osType: string;
  readonly multiVmGroupName: string;
  readonly multiVmGroupId: string;
  readonly multiVmGroupCreatedByUser: boolean;
  readonly target: TargetFacts;
  readonly nics: readonly NicFacts[];
  readonly disks: readonly DiskFacts[];
  readonly unprotectedDiskIds: readonly string[];
  /** Percentage of the initial copy, 0 to 100; absent when none is running or the service is silent. */
  readonly initialReplicationPercent?: number;
  /** What only machines of a VMware site or physical servers have; absent for every other item. */
  readonly onPremises?: OnPremisesItemFacts;
  /** What only machines of a Hyper-V site or a VMM cloud have; absent for every other item. */
  readonly hyperV?: HyperVItemFacts;
}

/** A point in time that a failover can go to. */
export interface RecoveryPointFacts {
  readonly id: string;
  readonly name: string;
  /** ISO 8601 time. */
  readonly time: string;
  /** The service's word, such as `CrashConsistent` or `ApplicationConsistent`. */
  readonly type: string;
  readonly multiVmConsistent: boolean;
}

/** A replication policy. */
export interface PolicyFacts {
  readonly id: string;
  readonly name: string;
  readonly instanceType: string;
  readonly recoveryPointHistoryMinutes: number;
  readonly applicationConsistentFrequencyMinutes: number;
  readonly crashConsistentFrequencyMinutes: number;
  /** Threshold in minutes at which the service raises a health warning; absent where it has none. */
  readonly recoveryPointThresholdMinutes?: number;
  readonly multiVmSync: boolean;
  /** What only policies for Hyper-V have. */
  readonly hyperV?: HyperVPolicyFacts;
}

/** A fabric: one site. */
export interface FabricFacts {
  readonly id: string;
  readonly name: string;
  readonly friendlyName: string;
  readonly instanceType: string;
  /** Region of an Azure fabric; empty otherwise. */
  readonly location: string;
  readonly health: Health;
  /** Servers of a VMware site; absent for every other fabric. */
  readonly onPremises?: OnPremisesFabricFacts;
}

/** A protection container. */
export interface ContainerFacts {
  readonly id: string;
  readonly name: string;
  /** The name that people gave it, such as that of a VMM cloud; absent where the service does not tell. */
  readonly friendlyName?: string;
  readonly fabricName: string;
  readonly fabricFriendlyName: string;
  readonly fabricType: string;
  readonly protectedItemCount: number;
  readonly pairingStatus: string;
}

/** A container mapping: source container + policy + target container. */
export interface ContainerMappingFacts {
  readonly id: string;
  readonly name: string;
  readonly fabricName: string;
  readonly containerName: string;
  readonly targetContainerId: string;
  readonly policyId: string;
  readonly state: string;
  readonly health: Health;
  readonly agentAutoUpdate: boolean;
  readonly automationAccountId: string;
  readonly automationAccountAuthenticationType: string;
}

/** A network mapping. */
export interface NetworkMappingFacts {
  readonly id: string;
  readonly name: string;
  readonly fabricName: string;
  readonly networkName: string;
  readonly primaryNetworkId: string;
  readonly recoveryNetworkId: string;
  readonly recoveryFabricId: string;
  readonly state: string;
}

/** An action that a recovery plan runs around a group. */
export interface RecoveryPlanActionFacts {
  readonly name: string;
  readonly kind: "manual" | "script" | "runbook";
  readonly failoverTypes: readonly string[];
  readonly failoverDirections: readonly FailoverDirection[];
  readonly description: string;
  readonly scriptPath: string;
  readonly runbookId: string;
  readonly fabricLocation: "" | "Primary" | "Recovery";
  readonly timeout: string;
}

/** A group of a recovery plan. */
export interface RecoveryPlanGroupFacts {
  readonly type: "Shutdown" | "Failover" | "Boot";
  /** Names of the items in it, in the plan's order. */
  readonly itemNames: readonly string[];
  readonly startActions: readonly RecoveryPlanActionFacts[];
  readonly endActions: readonly RecoveryPlanActionFacts[];
}

/** A recovery plan as the service shows it now. */
export interface RecoveryPlanFacts {
  readonly id: string;
  readonly name: string;
  readonly friendlyName: string;
  readonly primaryFabricId: string;
  readonly recoveryFabricId: string;
  readonly primaryZone: string;
  readonly recoveryZone: string;
  readonly allowedOperations: readonly string[];
  readonly groups: readonly RecoveryPlanGroupFacts[];
  readonly currentScenario?: { readonly name: string; readonly status: string };
}
