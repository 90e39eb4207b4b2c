import type { Handler } from "../handler.ts";
import type { ActionInputs, ActionRecord } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";

/**
 * Takes a failback back before its commit: the machine runs in Azure again and is protected towards its site.
 * Modernized VMware sites alone have it. For every other machine it is refused at preview with the reason: a
 * cancelled failover leaves replication broken, and a cancelled data synchronization corrupts the machine at a
 * Hyper-V site. Destroying the resource forgets the record and moves nothing.
 */
export interface CancelFailoverInputs extends ActionInputs {}

/** Record of a cancellation. */
export interface CancelFailoverState extends CancelFailoverInputs, ActionRecord {}

/** Handles `asr:index:CancelFailover`. */
export const cancelFailoverHandler: Handler<CancelFailoverInputs, CancelFailoverState> =
  createActionHandler<CancelFailoverInputs, CancelFailoverState>("CancelFailover");
