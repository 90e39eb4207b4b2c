import type { Handler } from "../handler.ts";
import type { FailoverMode } from "../recovery/decision.ts";
import type { ActionRecord, FailoverActionInputs } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";

/**
 * A failover: the machines start at the recovery site from a recovery point.
 * `pulumi preview` shows it per machine before it happens; `pulumi up` performs it, follows its job and
 * records the outcome. It happens once; a run that was interrupted is followed, never repeated.
 * Destroying the resource forgets the record and moves nothing.
 */
export interface FailoverInputs extends FailoverActionInputs {
  /**
   * `unplanned` goes on without the source when it cannot be shut down. `planned` shuts the source down first,
   * so that nothing is lost, and fails when it cannot: the machine then stays where it is. Machines of Hyper-V
   * sites and VMM clouds only; every other machine has the unplanned one alone.
   * Default: `unplanned`.
   */
  readonly mode?: FailoverMode;
}

/** Record of a failover. */
export interface FailoverState extends FailoverInputs, ActionRecord {}

/** Handles `asr:index:Failover`. */
export const failoverHandler: Handler<FailoverInputs, FailoverState> = createActionHandler<
  FailoverInputs,
  FailoverState
>("Failover");
