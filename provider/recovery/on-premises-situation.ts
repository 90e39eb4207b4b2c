import type { ChosenServers } from "./site-servers.ts";

/** What is known of the site that a machine comes from or returns to; rules about VMware look at it. */
export interface OnPremisesSituation {
  /** The servers that a reprotect will use; absent when the action is no reprotect. */
  readonly servers?: ChosenServers;
}
