import type { OperationContext } from "../../context.ts";
import type {
  ContainerFacts,
  ContainerMappingFacts,
  FabricFacts,
  ItemFacts,
  JobFacts,
  MachineFacts,
  MachineSizeFacts,
  NetworkConnectionFacts,
  NetworkFacts,
  NetworkMappingFacts,
  PolicyFacts,
  RecoveryPlanFacts,
  RecoveryPointFacts,
} from "../../recovery/model.ts";
import type { DiscoveredMachineFacts, RunAsAccountFacts } from "../../recovery/on-premises.ts";
import type { HyperVVaultSite } from "./hyper-v-site.ts";
import type { OnPremisesVaultSite } from "./on-premises-site.ts";
import type {
  ContainerMappingSpecification,
  NetworkMappingSpecification,
  PolicySpecification,
} from "./set-up-specifications.ts";
import type {
  HyperVItemSpecification,
  ItemSettings,
  ItemSpecification,
  OnPremisesItemSpecification,
  RecoveryPlanSpecification,
} from "./specifications.ts";
import type { VerbRequest } from "./verb-request.ts";

export type { MachineSizeFacts, NetworkFacts, SubnetFacts } from "../../recovery/model.ts";

/** A vault as Azure shows it. */
export interface VaultFacts {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly skuName: string;
  readonly publicNetworkAccess: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly provisioningState: string;
}

/** What a vault is created or updated with. */
export interface VaultSpecification {
  readonly location: string;
  readonly skuName: string;
  readonly publicNetworkAccess: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The vault's alert setting. */
export interface AlertSettingFacts {
  readonly id: string;
  readonly name: string;
  readonly sendToOwners: boolean;
  readonly emailAddresses: readonly string[];
  readonly locale: string;
}

/** An operation that the service accepted: its job may be followed, now or by a later run. */
export interface StartedOperation {
  /** Guid of the operation; for an item it is the job's name, for a recovery plan the job has another. */
  readonly operationId: string;
  /** URL to poll, kept verbatim; absent when the operation was found rather than started. */
  readonly statusUrl?: string;
}

/** Who follows an operation. */
export interface Follower {
  /** What is done, for errors: `the failover of web`. @defaultValue its job alone */
  readonly what?: string;
  /** Called at every look that finds the job suspended, so that it may be taken up again. */
  readonly attend?: (job: JobFacts) => Promise<void>;
}

/** How a followed operation ended. */
export interface OperationOutcome {
  readonly succeeded: boolean;
  /** The job with its tasks and errors, when the service still has it. */
  readonly job?: JobFacts;
  /** Warnings that the operation carried although it went on. */
  readonly warnings: readonly string[];
  /** True when the service knows neither job nor operation any more: what became of it only the machine tells. */
  readonly lost?: true;
  /** Failure in one text: failing task, service code, cause, recommended action, per machine; empty on success. */
  readonly failure: string;
}

/**
 * Everything of one vault. Lists are read once and shared by every resource of a run:
 * answers live for a short time and own writes drop them.
 * Getters answer undefined for what does not exist. All calls throw SiteError.
 */
export interface VaultSite {
  readonly id: string;
  /** What concerns sites with servers of their own. */
  readonly onPremises: OnPremisesVaultSite;
  /** What concerns Hyper-V sites and VMM servers. */
  readonly hyperV: HyperVVaultSite;

  fabrics(context: OperationContext): Promise<readonly FabricFacts[]>;
  containers(context: OperationContext): Promise<readonly ContainerFacts[]>;
  policies(context: OperationContext): Promise<readonly PolicyFacts[]>;
  containerMappings(context: OperationContext): Promise<readonly ContainerMappingFacts[]>;
  networkMappings(context: OperationContext): Promise<readonly NetworkMappingFacts[]>;
  items(context: OperationContext): Promise<readonly ItemFacts[]>;
  recoveryPlans(context: OperationContext): Promise<readonly RecoveryPlanFacts[]>;
  /** Running and recent jobs, newest first, without tasks. */
  jobs(context: OperationContext): Promise<readonly JobFacts[]>;
  /** One job with tasks, errors and machines. Never cached. */
  job(context: OperationContext, name: string): Promise<JobFacts | undefined>;
  /** Recovery points of an item, newest first. */
  recoveryPoints(
    context: OperationContext,
    item: ItemFacts,
  ): Promise<readonly RecoveryPointFacts[]>;
  /** Sizes the item may have at its recovery side. */
  machineSizes(context: OperationContext, item: ItemFacts): Promise<readonly MachineSizeFacts[]>;
  alertSetting(context: OperationContext, name: string): Promise<AlertSettingFacts | undefined>;
  /** Drops every cached answer of this vault; the next read asks the service. */
  forget(): void;

  putFabric(context: OperationContext, name: string, location: string): Promise<FabricFacts>;
  removeFabric(context: OperationContext, name: string): Promise<void>;
  putContainer(
    context: OperationContext,
    fabricName: string,
    name: string,
  ): Promise<ContainerFacts>;
  removeContainer(context: OperationContext, fabricName: string, name: string): Promise<void>;
  putPolicy(
    context: OperationContext,
    name: string,
    specification: PolicySpecification,
  ): Promise<PolicyFacts>;
  updatePolicy(
    context: OperationContext,
    name: string,
    specification: PolicySpecification,
  ): Promise<PolicyFacts>;
  removePolicy(context: OperationContext, name: string): Promise<void>;
  putContainerMapping(
    context: OperationContext,
    containerId: string,
    name: string,
    specification: ContainerMappingSpecification,
  ): Promise<ContainerMappingFacts>;
  /** Changes the agent update settings; the only part of a mapping that can change. */
  updateContainerMapping(
    context: OperationContext,
    containerId: string,
    name: string,
    specification: ContainerMappingSpecification,
  ): Promise<ContainerMappingFacts>;
  removeContainerMapping(
    context: OperationContext,
    containerId: string,
    name: string,
  ): Promise<void>;
  putNetworkMapping(
    context: OperationContext,
    fabricName: string,
    networkName: string,
    name: string,
    specification: NetworkMappingSpecification,
  ): Promise<NetworkMappingFacts>;
  updateNetworkMapping(
    context: OperationContext,
    fabricName: string,
    networkName: string,
    name: string,
    specification: NetworkMappingSpecification,
  ): Promise<NetworkMappingFacts>;
  removeNetworkMapping(
    context: OperationContext,
    fabricName: string,
    networkName: string,
    name: string,
  ): Promise<void>;
  putAlertSetting(
    context: OperationContext,
    name: string,
    setting: Omit<AlertSettingFacts, "id" | "name">,
  ): Promise<AlertSettingFacts>;
  /** Starts protection and answers when the service has accepted it; the initial copy goes on. */
  enableProtection(
    context: OperationContext,
    containerId: string,
    name: string,
    specification: ItemSpecification | OnPremisesItemSpecification | HyperVItemSpecification,
  ): Promise<StartedOperation>;
  updateItem(context: OperationContext, item: ItemFacts, settings: ItemSettings): Promise<void>;
  addDisks(
    context: OperationContext,
    item: ItemFacts,
    disks: ItemSpecification["disks"],
  ): Promise<void>;
  removeDisks(
    context: OperationContext,
    item: ItemFacts,
    diskIds: readonly string[],
  ): Promise<void>;
  /** Disables protection in the orderly way; succeeds when the item is gone. */
  disableProtection(context: OperationContext, item: ItemFacts): Promise<void>;
  putRecoveryPlan(
    context: OperationContext,
    name: string,
    specification: RecoveryPlanSpecification,
  ): Promise<RecoveryPlanFacts>;
  updateRecoveryPlan(
    context: OperationContext,
    name: string,
    specification: RecoveryPlanSpecification,
  ): Promise<RecoveryPlanFacts>;
  removeRecoveryPlan(context: OperationContext, name: string): Promise<void>;

  /**
   * Sends one verb, once. Throttling and refusals that are certain not to have taken effect are waited out;
   * an answer that never came throws SiteError with `effectUnknown`, and the caller must observe before it tries again.
   */
  start(context: OperationContext, request: VerbRequest): Promise<StartedOperation>;
  /** Why a job failed, in the service's words: one line per error, free of secrets. */
  failureOf(job: JobFacts): string;
  /**
   * Follows an operation to its end, telling of its tasks on the way. A job that fails is an outcome, not an exception.
   * Throws DeadlineError at the context's deadline and CancelledError when the signal aborts: the job runs on.
   */
  follow(
    context: OperationContext,
    operation: StartedOperation,
    follower?: Follower,
  ): Promise<OperationOutcome>;
}

/** What the provider needs of Azure. */
export interface AzureSite {
  readonly subscriptionId: string;
  /** The service's own time by its answers so far; ages of its recovery points are reckoned by it. */
  now(context: OperationContext): Date;
  vaultFacts(context: OperationContext, vaultId: string): Promise<VaultFacts | undefined>;
  putVault(
    context: OperationContext,
    vaultId: string,
    specification: VaultSpecification,
  ): Promise<VaultFacts>;
  removeVault(context: OperationContext, vaultId: string): Promise<void>;
  /** The vault's operations; the same object for the same vault, whatever the id's letter case. */
  vault(vaultId: string): VaultSite;
  /** Regions of the subscription by name, such as `westeurope`, with their display names. Cached. */
  regions(context: OperationContext): Promise<ReadonlyMap<string, string>>;
  machine(context: OperationContext, id: string): Promise<MachineFacts | undefined>;
  /** Starts a machine and follows it until it runs; succeeds when it runs already. */
  startMachine(context: OperationContext, id: string): Promise<void>;
  /**
   * The machine in Azure that an item was failed over to: as the item tells, else the machine that has
   * its recovered disks, else the one its latest jobs speak of. Undefined when there is none, or none is told of.
   */
  recoveredMachine(context: OperationContext, item: ItemFacts): Promise<MachineFacts | undefined>;
  /** Machines that a discovery site of a modernized VMware site knows (Microsoft.OffAzure). Cached. */
  discoveredMachines(
    context: OperationContext,
    discoverySiteId: string,
  ): Promise<readonly DiscoveredMachineFacts[]>;
  /** Accounts that a discovery site signs in to machines with. Cached. */
  discoveryAccounts(
    context: OperationContext,
    discoverySiteId: string,
  ): Promise<readonly RunAsAccountFacts[]>;
  network(context: OperationContext, id: string): Promise<NetworkFacts | undefined>;
  /**
   * The connections to sites of the gateways in a virtual network: VPN and ExpressRoute, none of those between
   * networks. They are looked for in the resource groups of the network and of its gateways. Cached.
   */
  networkConnections(
    context: OperationContext,
    networkId: string,
  ): Promise<readonly NetworkConnectionFacts[]>;
  /** True when the resource of this ARM id exists. Cached for the run. */
  exists(context: OperationContext, id: string): Promise<boolean>;
  /** What speaks against replicating this machine, in the service's words; empty when nothing does. */
  eligibilityErrors(context: OperationContext, machineId: string): Promise<readonly string[]>;
}
