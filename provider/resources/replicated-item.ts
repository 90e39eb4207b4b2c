import type { Finding } from "../recovery/findings.ts";
import type {
  ReplicatedDisk,
  ReplicatedDiskType,
  ReplicatedItemTarget,
  ReplicatedNic,
} from "./replicated-item/parts.ts";
import type { VaultObjectInputs } from "./set-up-resource.ts";

export { ReplicatedItemHandler, replicatedItemHandler } from "./replicated-item/handler.ts";

export type {
  ReplicatedDisk,
  ReplicatedDiskType,
  ReplicatedItemTarget,
  ReplicatedNic,
} from "./replicated-item/parts.ts";

/**
 * A replicated item: one machine that is protected by replication. An Azure VM is replicated to another region;
 * a VMware machine or a physical server to Azure, by an appliance or, the old way, by a configuration server; a
 * Hyper-V machine to Azure or, from a VMM cloud, to the cloud of a second VMM server: its `machine` and `container`
 * tell which. Enabling a Hyper-V machine goes on to its initial copy and to the finalization, in which its network
 * is set up; only then it is protected. The item keeps its identity through failover, reprotect and
 * failback; where it runs is an output and never a reason to replace it. While the machine is away its target
 * settings are not compared.
 *
 * Destroying it ends the replication in the orderly way and moves or stops no machine.
 *
 * @example
 * ```ts
 * const web = new asr.ReplicatedItem("web", {
 *     machine: vm.id,
 *     container: source.id,
 *     recoveryContainer: target.id,
 *     policy: policy.id,
 *     cacheStorageAccount: cache.id,
 *     target: { resourceGroup: recoveryGroup.id, network: recoveryNetwork.id, subnet: "servers" },
 * }, { dependsOn: mapping });
 * ```
 *
 * @example
 * ```ts
 * const orders = new asr.ReplicatedItem("orders", {
 *     machine: "orders-1", // as its vCenter calls it
 *     container: configurationServer.containerId,
 *     cacheStorageAccount: logs.id,
 *     target: { resourceGroup: recoveryGroup.id, network: recoveryNetwork.id, subnet: "servers" },
 * }, { dependsOn: toAzure });
 * ```
 *
 * @example
 * ```ts
 * const sql = new asr.ReplicatedItem("sql", {
 *     machine: "sql-1", // as its Hyper-V host calls it
 *     container: host.containerId, // of a HyperVHost; or a cloud of a VmmServer
 *     cacheStorageAccount: logs.id,
 *     target: { resourceGroup: recoveryGroup.id, network: recoveryNetwork.id, subnet: "servers" },
 * }, { dependsOn: toAzure });
 *
 * const files = new asr.ReplicatedItem("files", {
 *     machine: "files-1",
 *     container: first.clouds.apply((clouds) => clouds["Gold"]), // to the cloud that its mapping names
 * }, { dependsOn: [goldToSilver, networkMapping] });
 * ```
 */
export interface ReplicatedItemInputs extends VaultObjectInputs {
  /**
   * The machine: ARM id of an Azure VM; for a machine of a VMware site or a physical server the name that its
   * site knows it by, the id of the discovered machine (`Microsoft.OffAzure`, modernized) or the id of the
   * protectable item (classic); for a Hyper-V machine its name or the id of the protectable item. A name that
   * several machines of the container bear is an error that lists them. Another machine replaces the item; another
   * name of the same one does not.
   * @replaceOnChanges
   */
  readonly machine: string;
  /**
   * ARM id of the protection container of the machine's region or site, or of its VMM cloud. Changing it replaces
   * the item.
   * @replaceOnChanges
   */
  readonly container: string;
  /**
   * ARM id of the protection container of the recovery region, or of the cloud of the second VMM server; machines
   * of a VMware or Hyper-V site need none, they go to `Microsoft Azure`. Changing it replaces the item.
   * @defaultValue the target of the only container mapping that begins at `container`
   * @replaceOnChanges
   */
  readonly recoveryContainer?: string;
  /**
   * Replication policy: its ARM id or its name. Changing it replaces the item.
   * @defaultValue the policy of the container mapping
   * @replaceOnChanges
   */
  readonly policy?: string;
  /**
   * How the machine will be set up at the recovery side: needed by every machine that goes to Azure. A machine that
   * goes to a second VMM site takes none.
   */
  readonly target?: ReplicatedItemTarget;
  /** Network interfaces that differ from what the service chooses. */
  readonly nics?: readonly ReplicatedNic[];
  /**
   * Disks to replicate, in any order. Adding or removing one updates in place; the disks of a machine of a
   * VMware or Hyper-V site cannot change. Between VMM sites all disks are replicated.
   * @defaultValue all disks of the machine
   */
  readonly disks?: readonly ReplicatedDisk[];
  /**
   * ARM id of the storage account that changes pass through, for disks that name none: in the machine's region,
   * or in the vault's for a machine of a VMware or Hyper-V site. It is used when a disk begins to be replicated.
   */
  readonly cacheStorageAccount?: string;
  /**
   * Process server that sends the data of a machine of a VMware site: its name or id; modernized: the
   * appliance's. It is used when protection begins.
   * @defaultValue the site's only one
   */
  readonly processServer?: string;
  /**
   * Account that the site installs the agent with on a machine of a VMware site: its name or id. It is used
   * when protection begins.
   * @defaultValue the site's only one; none when it has none
   */
  readonly runAsAccount?: string;
  /**
   * Operating system of a Hyper-V machine that goes to Azure. It is used when protection begins.
   * @defaultValue what the site tells of the machine; needed where it does not tell
   */
  readonly osType?: "Windows" | "Linux";
  /**
   * Kind of the replica and recovered disks that name none. It is used when a disk begins to be replicated.
   * @defaultValue Premium_LRS
   */
  readonly diskType?: ReplicatedDiskType;
  /**
   * Name of the replication group whose machines share recovery points, at most 16 of them; a member cannot
   * fail over alone. Changing it replaces the item.
   * @replaceOnChanges
   */
  readonly multiVmGroup?: string;
  /**
   * When the resource counts as made: `protected` waits for the initial copy, `enabled` only until the
   * service has accepted it.
   * @defaultValue protected
   */
  readonly waitFor?: "protected" | "enabled";
  /**
   * How long to wait for what `waitFor` says, as an ISO 8601 duration. After it the run fails, the
   * replication goes on, and the next `pulumi up` waits again.
   * @defaultValue PT3H
   */
  readonly timeout?: string;
  /**
   * Generation of the protection: a new value protects the machine again, with a full initial copy, after somebody
   * ended its protection outside of Pulumi. Any text; while the machine is protected a change is recorded and has
   * no effect of its own. Without a new value nothing that somebody ended is begun again, and other changes wait.
   */
  readonly trigger?: string;
  /**
   * What the last refresh found that the program has to settle, such as a protection that somebody ended: a warning
   * at every preview until it is settled.
   * @computed
   */
  readonly findings?: readonly Finding[];
}

/** What is recorded of a replicated item. */
export interface ReplicatedItemState extends ReplicatedItemInputs {
  /** Identity for the item's whole life: what failovers, drills and recovery plans take. */
  readonly itemId: string;
  /** ARM id now; a reprotect changes it. */
  readonly armId: string;
  /** The machine's name as the service shows it. */
  readonly friendlyName: string;
  /** ARM id of the container that the item lies in now. */
  readonly currentContainer: string;
  /** Id of the machine that is the source of the replication now. */
  readonly currentMachine: string;
  /** ARM id of the policy now. */
  readonly currentPolicy: string;
  /** Region, or site by its friendly name, that the replication starts from now. */
  readonly primaryLocation: string;
  /** Region, or site by its friendly name, that the replication goes to now. */
  readonly recoveryLocation: string;
  /** Side on which the machine runs: `Primary`, or `Recovery` from a failover until the reprotect. */
  readonly activeLocation: string;
  /** The service's word for the state of the protection; `Disabled` once somebody ended it outside of Pulumi. */
  readonly protectionState: string;
  /** Who ended the protection outside of Pulumi: the job and its time. Present only then. */
  readonly endedBy?: string;
  /**
   * Where the machine runs and what may be declared next, in words, such as
   * `runs in westeurope; the failover is committed: declare a Reprotect`. Absent while it is protected at home.
   */
  readonly nextStep?: string;
  /** Disks of the machine that are not replicated. */
  readonly unprotectedDisks: readonly string[];
  /** Health of the replication of a Hyper-V machine: `None`, `Normal`, `Warning` or `Critical`; absent for others. */
  readonly replicationHealth?: string;
  /**
   * What the service thinks of a failover of a Hyper-V machine: `None`, `Normal`, `Warning` or `Critical`; absent for
   * others.
   */
  readonly failoverHealth?: string;
  /**
   * The service's word for the Hyper-V machine itself: `UnprotectedStatesBegin` during the initial copy,
   * `ReplicaConfigurationInProgress` while the protection is finalized, `Protected` afterwards; absent for others.
   */
  readonly machineProtectionState?: string;
  /** Percentage of the initial copy of a Hyper-V machine, 0 to 100; absent unless it runs. */
  readonly initialReplicationPercent?: number;
  /**
   * How much data a failover of a Hyper-V machine would lose, as the shortest of these that is not exceeded: `PT30S`,
   * `PT5M`, `PT15M`, `PT1H`, `PT6H`, `P1D`; else `more`. Within twice the policy's interval it is the interval
   * itself, so that nothing changes while all goes as it should. Absent while it is not known, between VMM sites,
   * of which the service does not tell it, and for others.
   */
  readonly replicationLag?: string;
  /**
   * What is left to do: `replicating` while the protection is not reached, `settings` while settings
   * wait for it. Absent when the item is complete.
   */
  readonly phase?: "replicating" | "settings";
}
