import type { FaultState } from "../faults/fault-rule.ts";
import type { ProtectionIntent } from "../recovery/intents/intent.ts";
import type { ProtectedItem } from "../recovery/items/item.ts";
import type { Job, Operation } from "../recovery/jobs/job.ts";
import type { RecoveryPlan } from "../recovery/plans/plan.ts";
import type { SignInState } from "../sign-in/sign-in-state.ts";
import type {
  ApplianceSite,
  ConfigurationServer,
  DiscoveredVCenter,
  Estate,
} from "./estate-model.ts";
import type { HyperVEstate, StorageClassificationMapping } from "./hyper-v-model.ts";
import type { JsonObject } from "./json.ts";

/** An ordinary ARM resource (Compute, Network, Storage, resource groups), stored in the shape it is read in. */
export interface AzureResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  location: string;
  tags?: JsonObject;
  zones?: readonly string[];
  sku?: JsonObject;
  kind?: string;
  properties: JsonObject;
}

/** What Compute knows of a VM besides its ARM body. */
export interface MachineCondition {
  power: "running" | "stopped" | "deallocated";
  /** Whether Site Recovery manages to shut the VM down before a failover. */
  sourceShutdown: "works" | "fails";
  /** Whether its agent sends anything; absent = it does. */
  agent?: "reports" | "silent";
  /** Absent = current. */
  agentVersion?: "current" | "outdated";
  /** What it writes to its disks; absent = nothing worth mentioning. */
  churnMiBPerSecond?: number;
}

/** A site: an Azure region, or the servers of an on-premises site. */
export interface Fabric {
  readonly name: string;
  /** `Azure`, `VMware` (a configuration server), `InMageRcm` (appliances), `HyperVSite` or `VMM`. */
  readonly instanceType: string;
  /** Azure region; empty for an on-premises site. */
  readonly location: string;
  readonly internalIdentifier: string;
  /** What people call it; absent = the name of its region. */
  readonly friendlyName?: string;
}

/** A protection container of a fabric. */
export interface Container {
  readonly name: string;
  readonly fabricName: string;
  /** What people call it, such as a VMM cloud; absent = its name. */
  readonly friendlyName?: string;
}

/** What a policy for Hyper-V has besides; a type, so that it is JSON. */
export type HyperVPolicy = {
  replicationIntervalSeconds: number;
  /** `HH:MM:SS`, or null = at once. */
  onlineReplicationStartTime: string | null;
  /** To Azure only. */
  storageAccountId: string | null;
  /** Between VMM sites only; in the service's words. */
  betweenSites: {
    readonly compression: string;
    readonly initialReplicationMethod: string;
    readonly replicationPort: number;
    readonly allowedAuthenticationType: number;
    readonly replicaDeletion: string;
  } | null;
};

/** A replication policy with its settings in minutes. */
export interface Policy {
  readonly name: string;
  readonly instanceType: string;
  recoveryPointHistoryMinutes: number;
  crashConsistentMinutes: number;
  appConsistentMinutes: number;
  multiVmSync: boolean;
  /** RPO above which the service warns; only InMageAzureV2 and InMage have it. */
  recoveryPointThresholdMinutes?: number;
  /** Only HyperVReplicaAzure, HyperVReplica2012 and HyperVReplica2012R2 have it. */
  hyperV?: HyperVPolicy;
  /** Supplied by the service itself: nobody changes or deletes it. */
  ofService?: boolean;
}

/** Policy and target container given to a source container. */
export interface ContainerMapping {
  readonly name: string;
  readonly fabricName: string;
  readonly containerName: string;
  /** "Microsoft Azure" when the machines of an on-premises site replicate to Azure. */
  readonly targetFabricName: string;
  readonly targetContainerName: string;
  readonly policyName: string;
  agentAutoUpdateStatus: string;
  automationAccountAuthenticationType: string;
  automationAccountArmId: string | null;
  /** `"true"` or `"false"`; only InMageRcm has it. */
  enableAgentAutoUpgrade?: string;
}

/** Where machines of one network go to on the other side. */
export interface NetworkMapping {
  readonly name: string;
  readonly fabricName: string;
  readonly networkName: string;
  primaryNetworkId: string;
  recoveryNetworkId: string;
  readonly recoveryFabricName: string;
}

/** One entry of a vault's event list. */
export interface RecoveryEvent {
  readonly name: string;
  readonly eventType: string;
  readonly eventCode: string;
  readonly description: string;
  readonly severity: string;
  readonly at: number;
  readonly fabricName: string;
  readonly itemName: string;
  /** Instance type of the item at that time. */
  readonly itemKind: string;
  /** Where Hyper-V machines replicate from and to, as people call it; absent for others. */
  readonly way?: {
    readonly containerName: string;
    readonly fabricName: string;
    readonly remoteContainerName: string;
    readonly remoteFabricName: string;
  };
  readonly affectedObjectFriendlyName: string;
  readonly correlationId: string;
}

/** A Recovery Services vault with everything in it; maps are keyed by lower-case names. */
export interface Vault {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  location: string;
  tags: JsonObject | undefined;
  sku: JsonObject;
  identity: JsonObject | undefined;
  properties: JsonObject;
  extendedInformation: JsonObject | null;
  createdAt: number;
  changedAt: number;
  readyAt: number;
  vaultOperations: Record<string, number>;
  fabrics: Record<string, Fabric>;
  containers: Record<string, Container>;
  policies: Record<string, Policy>;
  mappings: Record<string, ContainerMapping>;
  networkMappings: Record<string, NetworkMapping>;
  /** By the lower-case name of the fabric that each is. */
  configurationServers: Record<string, ConfigurationServer>;
  /** By the lower-case name of the fabric that each is. */
  applianceSites: Record<string, ApplianceSite>;
  /** By fabric and name. */
  vcenters: Record<string, DiscoveredVCenter>;
  /** Absent while none was made. */
  storageClassificationMappings?: Record<string, StorageClassificationMapping>;
  items: Record<string, ProtectedItem>;
  plans: Record<string, RecoveryPlan>;
  /** Absent while none was made. */
  intents?: Record<string, ProtectionIntent>;
  jobs: Record<string, Job>;
  operations: Record<string, Operation>;
  events: RecoveryEvent[];
  alertSettings: JsonObject;
  vaultSettings: JsonObject;
}

/** Something that happens by itself at a virtual time. */
export interface Transition {
  readonly at: number;
  readonly order: number;
  readonly kind: TransitionKind;
  readonly vault: string;
  readonly subject: string;
  readonly data: JsonObject;
}

/** The kinds of things that happen by themselves. */
export type TransitionKind =
  | "jobStep"
  | "itemReplication"
  | "hyperVReplication"
  | "siteRegisters"
  | "hyperVRegisters";

/** Behaviour the sources leave open, set by the world. */
export interface Knobs {
  /** What becomes of the machine left behind when its copy is reprotected. */
  readonly originalMachineAtReprotect: "deleted" | "kept";
  /** Objects per page of item, job and event lists. */
  readonly pageSize: number;
  /** Virtual seconds a client is asked to wait between polls. */
  readonly pollSeconds: number;
  /** Virtual minutes from the boot of an on-premises machine, or of its copy in Azure, to the registration of its agent. */
  readonly agentRegistersAfterMinutes: number;
  /** Whether the job of a machine's failback to a Hyper-V host waits for a resume when its data are copied; absent = no. */
  readonly failbackWaitsForUser?: boolean;
}

/** A subscription of the world. */
export interface Subscription {
  readonly subscriptionId: string;
  readonly displayName: string;
}

/** Everything the simulator knows: one JSON document, written to the snapshot file as it is. */
export interface SimulatorState {
  readonly version: 3;
  readonly seed: string;
  readonly tenantId: string;
  readonly knobs: Knobs;
  clockMs: number;
  counter: number;
  subscriptions: Record<string, Subscription>;
  resources: Record<string, AzureResource>;
  machines: Record<string, MachineCondition>;
  /** What stands on premises. */
  estate: Estate;
  /** What runs on Hyper-V; absent = nothing. */
  hyperV?: HyperVEstate;
  vaults: Record<string, Vault>;
  unavailableRegions: string[];
  schedule: Transition[];
  faults: FaultState;
  signIn: SignInState;
}
