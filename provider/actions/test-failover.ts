import type { Handler } from "../handler.ts";
import type { ActionRecord, FailoverActionInputs } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";

/**
 * A disaster recovery drill: starts copies of the machines in an isolated network of the other site,
 * while replication and production go on. Destroying the resource removes the copies;
 * a new `trigger` removes them and runs the drill again.
 */
export interface TestFailoverInputs
  extends Omit<FailoverActionInputs, "commit" | "shutdownSource"> {
  /**
   * ARM id of the isolated virtual network at the other site in which the copies start.
   * A network that production uses is refused. Between VMM sites a VM network there.
   * Default: the item's own test network; between VMM sites none.
   */
  readonly network?: string;
  /** Remark that the service keeps with the clean-up. */
  readonly comments?: string;
}

/** Record of a drill. */
export interface TestFailoverState extends TestFailoverInputs, ActionRecord {}

/** Handles `asr:index:TestFailover`. */
export const testFailoverHandler: Handler<TestFailoverInputs, TestFailoverState> =
  createActionHandler<TestFailoverInputs, TestFailoverState>("TestFailover");
