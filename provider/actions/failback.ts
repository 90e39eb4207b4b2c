import type { Handler } from "../handler.ts";
import type { FailoverMode } from "../recovery/decision.ts";
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
 * Machines of a Hyper-V site or a VMM cloud return from Azure by a planned failover, without a reprotect before
 * it, and with everything that was written there.
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
  /**
   * Between VMM sites `planned` shuts the source down first and fails when it cannot, `unplanned` goes on without
   * it. Every other scenario has one way home, which it takes by itself.
   * Default between VMM sites: `planned`.
   */
  readonly mode?: FailoverMode;
  /**
   * Hyper-V from Azure: when the data travel. `beforeDowntime` sends what differs while the machine in Azure runs
   * on; when that is done, the downtime begins by itself, for the rest alone. `duringDowntime` stops the machine
   * in Azure first and downloads whole disks: for machines that ran there for a month or more, or whose disks at
   * the site are gone. A synchronization that runs must not be cancelled: it corrupts the machine at the site.
   * Default: `beforeDowntime`.
   */
  readonly dataSynchronization?: "beforeDowntime" | "duringDowntime";
  /**
   * Hyper-V from Azure: make the machine at the site anew when it is not there any more.
   * Default: `false`; the failback then fails.
   */
  readonly createMachineIfAbsent?: boolean;
  /**
   * Hyper-V from Azure: name or id of another registered host that takes the machine. It needs a virtual switch
   * of the same name, and `createMachineIfAbsent`. A recovery plan takes none.
   * Default: the host that the machine came from.
   */
  readonly alternateHost?: string;
  /**
   * Hyper-V from Azure, with `commit: "automatic"`: replicate the machine towards Azure again once it is home and
   * committed, so that it ends `protected`. With `false` it stays committed and unprotected until a `Reprotect`.
   * Default: `true`.
   */
  readonly reverseReplicate?: boolean;
}

/** Record of a failback. */
export interface FailbackState extends FailbackInputs, ActionRecord {}

/** Handles `asr:index:Failback`. */
export const failbackHandler: Handler<FailbackInputs, FailbackState> = createActionHandler<
  FailbackInputs,
  FailbackState
>("Failback");
