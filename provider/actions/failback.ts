import type { Handler } from "../handler.ts";
import type { ActionRecord, FailoverActionInputs } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";
import type { Placement } from "./placement.ts";

/**
 * A failback: machines that run at the recovery site and are reprotected return to the site
 * in which their protection began. The direction is derived, never asked for.
 * Machines of a VMware site go to `latest` (crash-consistent, each machine to its own latest point) or to
 * `latestApplicationConsistent` (older, loses data; a replication group goes to its common point).
 * Their commit waits until the machine in Azure is seen stopped, and then removes it.
 * Destroying the resource forgets the record and moves nothing.
 */
export interface FailbackInputs extends FailoverActionInputs {
  /**
   * Where the servers of the VMware site lay at the reprotect: the `placement` of the Reprotect.
   * With it preview tells whether one of them was moved since, which breaks the failback.
   */
  readonly placement?: Placement;
}

/** Record of a failback. */
export interface FailbackState extends FailbackInputs, ActionRecord {}

/** Handles `asr:index:Failback`. */
export const failbackHandler: Handler<FailbackInputs, FailbackState> = createActionHandler<
  FailbackInputs,
  FailbackState
>("Failback");
