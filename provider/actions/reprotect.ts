import type { Handler } from "../handler.ts";
import type { ManagedFix } from "../recovery/managed-fixes.ts";
import type { ActionInputs, ActionRecord } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";
import type { Placement } from "./placement.ts";

/** Where a machine is replicated to by a reprotect; what is absent is found by itself. */
export interface ReprotectSettings {
  /**
   * ARM id of the storage account that caches changed data on their way. Between regions it lies in the
   * region where the machine runs now, and is required. From Azure to a modernized VMware site it keeps
   * the log. Default there: the account that the machine was replicated with before.
   */
  readonly cacheStorageAccount?: string;
  /** ARM id of the resource group for the machine. Between regions only. Default: the one it came from. */
  readonly resourceGroup?: string;
  /**
   * ARM id of the policy. Default between regions: that of the container mapping that leads back. Default
   * towards a VMware site: the failback policy, which comes with the forward one. Default from there towards
   * Azure: the policy that the machine had before.
   */
  readonly policy?: string;
  /** ARM id of the availability set for the machine. Between regions only. */
  readonly availabilitySet?: string;
  /** Availability zone for the machine, such as `1`. Between regions only. */
  readonly availabilityZone?: string;
  /** ARM id of the proximity placement group for the machine. Between regions only. */
  readonly proximityPlacementGroup?: string;
  /**
   * Process server, by name or id. Classic VMware sites: towards the site one near the machine in Azure,
   * towards Azure one at the site. Modernized ones, towards Azure: the appliance in that role.
   * Default: the only one there is.
   */
  readonly processServer?: string;
  /**
   * Master target server that receives the data and writes them to the machine's disks, by name or id.
   * Classic VMware sites only. Default: the only one of the machine's operating system.
   */
  readonly masterTarget?: string;
  /**
   * Appliance that carries the data back, by name or id. Modernized VMware sites only.
   * Default: the only one there is.
   */
  readonly appliance?: string;
  /**
   * Name of the datastore for the machine's disks. The service asks for it always and ignores it while the
   * machine at the site exists; when it was deleted, a new machine is made there.
   * Default: the datastore that the machine lies on, if the service lists it.
   */
  readonly datastore?: string;
  /**
   * Volume of the master target that keeps the retention data, such as `R` or `/mnt/retention`.
   * Classic VMware sites only. Default: the first that the service lists as fit.
   */
  readonly retentionVolume?: string;
  /**
   * Account with which the service signs in to the machine, by name or id. VMware sites only.
   * Default: the one the machine has, else the only one there is.
   */
  readonly runAsAccount?: string;
  /**
   * Name of the vCenter under `asr:vcenters`, to look at the machine, its datastores and the server that
   * carries the data. Default: the one with the address that the service knows, else the only one.
   */
  readonly vcenter?: string;
}

/**
 * Reprotects machines after a failover: they are replicated from where they run now to where they came from,
 * or, after a failback, towards Azure again. The direction is derived. It is done when every machine is
 * protected again, not when the job ends. A recovery plan's machines are reprotected one by one, because
 * the service has no working reprotect for plans; the members of a replication group go together, with one
 * master target. Towards a VMware site it waits until the machine's mobility agent has registered.
 * Destroying the resource forgets the record and changes nothing.
 */
export interface ReprotectInputs extends ActionInputs, ReprotectSettings {
  /** Settings of single machines, by item name; they go before the ones above. */
  readonly machineSettings?: Readonly<Record<string, ReprotectSettings>>;
  /**
   * What the reprotect may put right by itself: `startAzureMachine` starts a machine that stands still in
   * Azure, `powerOffSource` shuts the machine at the site down, `commit` commits a failover that waits for
   * it, which deletes its recovery points. Preview shows each one that will be done.
   * Default: none; what is in the way is told instead.
   */
  readonly manage?: readonly ManagedFix[];
  /**
   * How long to wait until a machine's mobility agent has registered after its start, as an ISO 8601 duration.
   * VMware sites only; the service speaks of up to 15 minutes.
   * @defaultValue "PT15M"
   */
  readonly agentTimeout?: string;
}

/** Record of a reprotect. */
export interface ReprotectState extends ReprotectInputs, ActionRecord {
  /**
   * Where the master target or appliance of each machine lay when it was reprotected to its VMware site;
   * given to the Failback, it tells whether that server was moved since. Empty where no vCenter is known.
   */
  readonly placement?: Placement;
}

/** Handles `asr:index:Reprotect`. */
export const reprotectHandler: Handler<ReprotectInputs, ReprotectState> = createActionHandler<
  ReprotectInputs,
  ReprotectState
>("Reprotect");
