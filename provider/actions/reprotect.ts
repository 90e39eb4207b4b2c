import type { Handler } from "../handler.ts";
import type { ActionInputs, ActionRecord } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";

/** Where a machine is replicated to by a reprotect; what is absent is found by itself. */
export interface ReprotectSettings {
  /**
   * ARM id of the storage account, in the region where the machine runs now, that caches changed data
   * on their way.
   */
  readonly cacheStorageAccount?: string;
  /** ARM id of the resource group for the machine. Default: the one it came from. */
  readonly resourceGroup?: string;
  /** ARM id of the policy. Default: that of the container mapping that leads back. */
  readonly policy?: string;
  /** ARM id of the availability set for the machine. */
  readonly availabilitySet?: string;
  /** Availability zone for the machine, such as `1`. */
  readonly availabilityZone?: string;
  /** ARM id of the proximity placement group for the machine. */
  readonly proximityPlacementGroup?: string;
}

/**
 * Reprotects machines after a committed failover: they are replicated from where they run now to where
 * they came from. The direction is derived. It is done when every machine is protected again, not
 * when the job ends. A recovery plan's machines are reprotected one by one, because the service has
 * no working reprotect for plans.
 * Destroying the resource forgets the record and changes nothing.
 */
export interface ReprotectInputs extends ActionInputs, ReprotectSettings {
  /** Settings of single machines, by item name; they go before the ones above. */
  readonly machineSettings?: Readonly<Record<string, ReprotectSettings>>;
}

/** Record of a reprotect. */
export interface ReprotectState extends ReprotectInputs, ActionRecord {}

/** Handles `asr:index:Reprotect`. */
export const reprotectHandler: Handler<ReprotectInputs, ReprotectState> = createActionHandler<
  ReprotectInputs,
  ReprotectState
>("Reprotect");
