import type { Handler } from "../handler.ts";
import type { FailbackFix } from "../recovery/managed-fixes.ts";
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
  /**
   * What the failback may put right by itself: `startAzureMachine` starts a machine that stands still in
   * Azure, as one does that a failed failback has shut down, and waits until its mobility agent reports
   * again, for up to 15 minutes. VMware sites only. Preview shows it when it will be done.
   * Default: none; a machine that stands still stops the failback.
   */
  readonly manage?: readonly FailbackFix[];
}

/** Record of a failback. */
export interface FailbackState extends FailbackInputs, ActionRecord {}

/** Handles `asr:index:Failback`. */
export const failbackHandler: Handler<FailbackInputs, FailbackState> = createActionHandler<
  FailbackInputs,
  FailbackState
>("Failback");
