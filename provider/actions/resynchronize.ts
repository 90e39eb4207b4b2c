import type { Handler } from "../handler.ts";
import type { ActionInputs, ActionRecord } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";

/**
 * A resynchronization by hand: machines whose replication has fallen too far behind, so that the service has
 * marked them, are compared with their copy by checksums, and what differs is sent. The service does so by
 * itself as well, by default outside office hours; this begins it now. It is done when the machine is protected
 * and not marked any more, not when its job ends. A machine that is not marked is left alone.
 * Destroying the resource forgets the record and changes nothing.
 */
export interface ResynchronizeInputs extends ActionInputs {}

/** Record of a resynchronization. */
export interface ResynchronizeState extends ResynchronizeInputs, ActionRecord {}

/** Handles `asr:index:Resynchronize`. */
export const resynchronizeHandler: Handler<ResynchronizeInputs, ResynchronizeState> =
  createActionHandler<ResynchronizeInputs, ResynchronizeState>("Resynchronize");
