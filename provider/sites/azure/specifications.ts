import type { FailoverDirection } from "../../recovery/model.ts";

/** One managed disk to replicate. */
export interface DiskSpecification {
  readonly diskId: string;
  readonly cacheStorageAccountId: string;
  readonly recoveryResourceGroupId: string;
  readonly replicaDiskType: string;
  readonly targetDiskType: string;
  readonly recoveryDiskEncryptionSetId?: string;
}

/** What protection of a machine begins with. */
export interface ItemSpecification {
  readonly machineId: string;
  readonly policyId: string;
  readonly recoveryContainerId: string;
  readonly recoveryResourceGroupId: string;
  readonly recoveryNetworkId?: string;
  readonly recoverySubnetName?: string;
  readonly recoveryAvailabilitySetId?: string;
  readonly recoveryAvailabilityZone?: string;
  readonly recoveryProximityPlacementGroupId?: string;
  readonly bootDiagnosticsStorageAccountId?: string;
  readonly multiVmGroupName?: string;
  readonly disks: readonly DiskSpecification[];
}

/** One disk of a machine of a VMware site, or of a physical server. */
export interface OnPremisesDiskSpecification {
  readonly diskId: string;
  readonly logStorageAccountId: string;
  readonly diskType: string;
  readonly diskEncryptionSetId?: string;
}

/** What protection of a machine of a VMware site, or of a physical server, begins with. */
export interface OnPremisesItemSpecification extends Omit<OnPremisesDiskSpecification, "diskId"> {
  readonly scenario: "VmwareToAzure" | "VmwareToAzureClassic";
  /** Modernized: id of the discovered machine; classic: ARM id of the protectable item. */
  readonly machineId: string;
  readonly policyId: string;
  readonly processServerId: string;
  readonly runAsAccountId?: string;
  readonly resourceGroupId: string;
  readonly networkId?: string;
  readonly subnetName?: string;
  readonly testNetworkId?: string;
  readonly testSubnetName?: string;
  readonly machineName?: string;
  readonly machineSize?: string;
  readonly availabilitySetId?: string;
  readonly availabilityZone?: string;
  readonly proximityPlacementGroupId?: string;
  readonly bootDiagnosticsStorageAccountId?: string;
  readonly multiVmGroupName?: string;
  /** Disks to replicate; absent means all of them. */
  readonly disks?: readonly OnPremisesDiskSpecification[];
}

/** What protection of a Hyper-V machine begins with. */
export interface HyperVItemSpecification {
  readonly scenario: "HyperVToAzure" | "VmmToAzure" | "VmmToVmm";
  /** ARM id of the discovered machine. */
  readonly protectableItemId: string;
  readonly policyId: string;
  /** How the machine will be in Azure; absent between VMM sites, which take it as it is. */
  readonly toAzure?: HyperVTargetSpecification;
}

/** How a Hyper-V machine will be in Azure. */
export interface HyperVTargetSpecification {
  /** Guid of the machine at its host. */
  readonly machineGuid: string;
  readonly sourceName: string;
  /** `Windows` or `Linux`. */
  readonly osType: string;
  /** Id of the virtual hard disk with the operating system. */
  readonly osDiskId: string;
  /** Ids of the virtual hard disks to replicate. */
  readonly diskIds: readonly string[];
  /** ARM id of the storage account of the logs, or of the disks where they are not managed. */
  readonly storageAccountId: string;
  /** Kind of the managed disks, such as `Premium_LRS`. */
  readonly diskType: string;
  readonly diskEncryptionSetId?: string;
  readonly resourceGroupId: string;
  readonly networkId?: string;
  readonly subnetName?: string;
  readonly machineName?: string;
  readonly machineSize?: string;
  readonly availabilitySetId?: string;
  readonly availabilityZone?: string;
  readonly proximityPlacementGroupId?: string;
}

/** How one network interface will be after a failover and in a drill. */
export interface NicSettings {
  readonly nicId: string;
  readonly recoverySubnetName?: string;
  readonly recoveryStaticAddress?: string;
  readonly recoveryPublicAddressId?: string;
  readonly recoveryNetworkSecurityGroupId?: string;
  readonly recoveryLoadBalancerBackendPoolIds?: readonly string[];
  readonly testSubnetName?: string;
  readonly testStaticAddress?: string;
}

/** Settings of an item that can change while it is protected; what is absent stays as it is. */
export interface ItemSettings {
  readonly machineName?: string;
  readonly machineSize?: string;
  readonly resourceGroupId?: string;
  readonly networkId?: string;
  readonly testNetworkId?: string;
  /** Empty text takes the machine out of its availability set. */
  readonly availabilitySetId?: string;
  readonly proximityPlacementGroupId?: string;
  readonly bootDiagnosticsStorageAccountId?: string;
  readonly testMachineName?: string;
  readonly nics?: readonly NicSettings[];
  readonly diskTypes?: readonly { readonly diskId: string; readonly targetDiskType: string }[];
}

/** An action around a group of a recovery plan. */
export interface RecoveryPlanActionSpecification {
  readonly name: string;
  readonly failoverTypes: readonly string[];
  readonly failoverDirections: readonly FailoverDirection[];
  readonly details:
    | { readonly kind: "manual"; readonly description: string }
    | {
        readonly kind: "script";
        readonly path: string;
        readonly fabricLocation: "Primary" | "Recovery";
        readonly timeout?: string;
      }
    | {
        readonly kind: "runbook";
        readonly runbookId: string;
        readonly fabricLocation: "Primary" | "Recovery";
        readonly timeout?: string;
      };
}

/** A boot group of a recovery plan, or the actions around shutdown and failover of all machines. */
export interface RecoveryPlanGroupSpecification {
  readonly type: "Shutdown" | "Failover" | "Boot";
  /** Current ARM ids with the machine ids they stand for. */
  readonly items: readonly { readonly armId: string; readonly machineId: string }[];
  readonly startActions: readonly RecoveryPlanActionSpecification[];
  readonly endActions: readonly RecoveryPlanActionSpecification[];
}

/** What a recovery plan is created with. */
export interface RecoveryPlanSpecification {
  readonly primaryFabricId: string;
  readonly recoveryFabricId: string;
  readonly primaryZone?: string;
  readonly recoveryZone?: string;
  /** True for machines between VMM sites: nothing of them is deployed in Azure. */
  readonly betweenSites?: boolean;
  readonly groups: readonly RecoveryPlanGroupSpecification[];
}
