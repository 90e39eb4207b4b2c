import type { Handler } from "../handler.ts";
import type { ActionRecord, FailoverActionInputs } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";

/**
 * A failback: machines that run at the recovery site and are reprotected return to the site
 * in which their protection began. The direction is derived, never asked for.
 * Destroying the resource forgets the record and moves nothing.
 */
export interface FailbackInputs extends FailoverActionInputs {}

/** Record of a failback. */
export interface FailbackState extends FailbackInputs, ActionRecord {}

/** Handles `asr:index:Failback`. */
export const failbackHandler: Handler<FailbackInputs, FailbackState> = createActionHandler<
  FailbackInputs,
  FailbackState
>("Failback");
