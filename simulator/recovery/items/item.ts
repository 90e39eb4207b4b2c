import type { Json } from "../../state/json.ts";
import { DAY } from "../../state/times.ts";
import type { HyperVPart } from "./hyper-v/hyper-v-part.ts";
import type { ItemKind } from "./kinds.ts";
import type { OnPremisesPart } from "./on-premises/on-premises-part.ts";

/** How long the certificate of an agent is good: three years, in milliseconds. */
export const AGENT_CERTIFICATE_MS: number = 3 * 365 * DAY;

/** States of an item, as the service writes them. */
export type ProtectionState =
  | "UnprotectedStatesBegin"
  | "ReplicaConfigurationInProgress"
  | "InitialReplicationInProgress"
  | "InitialReplicationRecoveryCompletionPending"
  | "Protected"
  | "UnplannedFailoverCommitPendingStatesBegin"
  | "UnplannedFailoverCommitted"
  | "UnplannedFailoverCompletionFailed"
  | "CommitPendingStatesBegin"
  | "PlannedFailoverCommitRequired"
  | "RestoreFinalized"
  | "PlannedFailoverStatesBegin";

/** States of an item's test failover. */
export type TestFailoverState = "None" | "WaitingForCompletion" | "MarkedForDeletion";

/** A recovery point of an item. */
export interface RecoveryPoint {
  readonly name: string;
  /** Virtual milliseconds since 1970. */
  readonly at: number;
  readonly type: "CrashConsistent" | "AppConsistent";
}

/** A disk that is replicated: a managed disk of Azure, or one of a machine on premises. */
export interface ProtectedDisk {
  diskId: string;
  diskName: string;
  isOsDisk: boolean;
  sizeGiB: number;
  stagingStorageAccountId: string;
  recoveryResourceGroupId: string;
  replicaAccountType: string;
  targetAccountType: string;
  recoveryDiskEncryptionSetId: string | null;
  replicaDiskId: string;
  targetDiskId: string | null;
  originalTargetDiskId: string | null;
  failoverDiskName: string;
  tfoDiskName: string;
  /** As vSphere knows it; only disks of machines on premises have it. */
  uuid?: string;
}

/** An IP configuration of a network interface, here and after a failover. */
export interface IpConfiguration {
  name: string;
  isPrimary: boolean;
  subnetName: string;
  address: string;
  addressType: "Dynamic" | "Static";
  selectedForFailover: boolean;
  recoverySubnetName: string | null;
  recoveryAddress: string;
  recoveryPublicIpId: string | null;
  recoveryPoolIds: readonly Json[] | null;
  tfoSubnetName: string | null;
  tfoAddress: string | null;
  tfoPublicIpId: string | null;
  tfoPoolIds: readonly Json[] | null;
}

/** A network interface of the machine, here and after a failover. */
export interface ProtectedNic {
  nicId: string;
  sourceNicId: string;
  networkId: string;
  recoveryNetworkId: string | null;
  ipConfigurations: IpConfiguration[];
  selectionType: string;
  recoverySecurityGroupId: string | null;
  acceleratedOnRecovery: boolean;
  tfoNetworkId: string | null;
  tfoSecurityGroupId: string | null;
  acceleratedOnTfo: boolean | null;
  recoveryNicName: string | null;
  recoveryNicResourceGroup: string | null;
  reuseExistingNic: boolean;
  tfoNicName: string | null;
  tfoNicResourceGroup: string | null;
  tfoReuseExistingNic: boolean;
  targetNicName: string | null;
}

/** How far the copying of data has come. */
export interface Replication {
  /** Start of the initial replication. */
  startedAt: number | null;
  /** End of the initial replication: a length known from its start. */
  initialEndsAt: number | null;
  /** Time of the first recovery point. */
  firstPointAt: number | null;
  /** From here on no recovery points are made: failed over, cancelled, region lost. */
  stoppedAt: number | null;
  /** Times in which the source sent nothing; the last one may be open. */
  pauses: { readonly from: number; to: number | null }[];
  /** Points made out of turn, by a failover to the latest state. */
  extraPoints: RecoveryPoint[];
  /** Set by commit: all points are gone. */
  discarded: boolean;
  /** Set when data must be compared and sent again. */
  resyncRequired: boolean;
}

/** Settings of the recovered machine that may be changed while the item is protected. */
export interface RecoverySettings {
  vmName: string;
  vmSize: string;
  resourceGroupId: string;
  networkId: string | null;
  tfoNetworkId: string | null;
  tfoVmName: string;
  cloudServiceId: string | null;
  availabilitySetId: string | null;
  availabilityZone: string | null;
  proximityPlacementGroupId: string | null;
  scaleSetId: string | null;
  capacityReservationGroupId: string | null;
  bootDiagnosticsStorageAccountId: string | null;
}

/** A protected machine. */
export interface ProtectedItem {
  readonly name: string;
  /** Its present instance type: a reprotect between a site and Azure changes it. */
  kind: ItemKind;
  /** Constant from enable to disable, whatever fabric the item is under. */
  readonly lifecycleId: string;
  fabricName: string;
  containerName: string;
  recoveryFabricName: string;
  recoveryContainerName: string;
  policyName: string;
  friendlyName: string;
  protectionState: ProtectionState;
  activeLocation: "Primary" | "Recovery";
  testFailoverState: TestFailoverState;
  scenario: { name: string; job: string; at: number } | null;
  lastFailoverAt: number | null;
  lastTestFailoverAt: number | null;
  testFailoverAdvisedAt: number | null;
  failoverPoint: RecoveryPoint | null;
  failoverPointFabric: string | null;
  replication: Replication;
  eventCorrelationId: string;
  /** The machine that replicates: a VM's id, or what its site calls it. */
  machineId: string;
  osType: string;
  generation: string;
  managementId: string;
  multiVmGroupId: string;
  multiVmGroupName: string;
  initialPrimaryLocation: string;
  initialPrimaryZone: string;
  initialRecoveryLocation: string;
  initialRecoveryZone: string;
  primaryZone: string | null;
  autoProtectionOfDataDisk: string;
  certificateExpiresAt: number;
  /** Virtual time at which the agent's version expires; absent while it is current. */
  agentExpiresAt?: number;
  disks: ProtectedDisk[];
  nics: ProtectedNic[];
  recovery: RecoverySettings;
  recoveredMachineId: string | null;
  testMachineId: string | null;
  /** The machine left behind by a failover, which reprotect turns into a seed. */
  leftMachineId: string | null;
  /** Where it stands and goes back to on premises; only machines of a site have it. */
  onPremises?: OnPremisesPart;
  /** Only machines of a Hyper-V site or a VMM cloud have it. */
  hyperV?: HyperVPart;
}

/** The key of an item in its vault: it changes when reprotect moves the item. */
export function itemKey(fabric: string, container: string, name: string): string {
  return `${fabric}/${container}/${name}`.toLowerCase();
}
