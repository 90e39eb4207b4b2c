import { mapAtMost } from "../../concurrency.ts";
import type { Context } from "../../context.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import type { Decision } from "../../recovery/decision.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import type { OnPremisesSituation } from "../../recovery/on-premises-situation.ts";
import { placementOf, type ServerPlacement } from "../../recovery/placement.ts";
import { isFromVmwareSite } from "../../recovery/position.ts";
import { phasesOf } from "../../recovery/rules/site-rule.ts";
import type { ChosenServers } from "../../recovery/site-servers.ts";
import type { DestinationFacts } from "../../recovery/situation.ts";
import type { AzureSite, VaultSite } from "../../sites/azure/site.ts";
import { unseenServer } from "../placement.ts";
import type { AnyActionInputs } from "../settings.ts";
import { observeAzureFacts } from "./on-premises-azure.ts";
import { composeSituations } from "./on-premises-compose.ts";
import { observeSites, type SiteMachine, siteMachine } from "./on-premises-sites.ts";
import { lookAtVCenters, serverKey } from "./on-premises-vcenters.ts";

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
  /** What is known of the destination, with the machine in Azure; absent when it was not looked at. */
  readonly destination?: DestinationFacts;
  /** The servers of a reprotect, chosen from what the service lists; absent for every other action. */
  readonly servers?: ChosenServers;
}

/** Machines whose facts in Azure are asked for at the same time. */
const maximumObservations = 20;

/**
 * Looks at the sites that machines come from or return to, as far as the service and the configured
 * vCenters tell; the answers are in the order of the machines. Asks nothing for a machine that replicates
 * between regions, and nothing for one for which nothing will start.
 */
export async function observeOnPremises(
  context: Context,
  asks: readonly OnPremisesAsk[],
): Promise<readonly (OnPremisesSituation | undefined)[]> {
  const relevant = asks.filter(
    (ask) => isFromVmwareSite(ask.item) && !ask.projected && phasesOf(ask).length > 0,
  );
  const [first] = relevant;
  if (first === undefined) return asks.map(() => undefined);
  const sites = await observeSites(context, first.vault, relevant);
  const machines = relevant.map((ask) => siteMachine(ask, sites));
  const azure = await mapAtMost(maximumObservations, machines, ({ ask, phases }) =>
    observeAzureFacts(context, ask, phases),
  );
  const looks = await lookAtVCenters(context, machines);
  const situations = composeSituations(context, machines, azure, looks, sites.items);
  const byAsk = new Map(machines.map(({ ask }, index) => [ask, situations[index]]));
  return asks.map((ask) => byAsk.get(ask));
}

/**
 * Where the server that carries the machine's data back lies now, with the address of the configuration
 * server; undefined when neither is known. Asked after a reprotect, kept in its record, and compared by
 * the failback. A vCenter that does not answer is no trouble: the address is kept all the same.
 */
export async function observePlacement(
  context: Context,
  ask: OnPremisesAsk,
): Promise<ServerPlacement | undefined> {
  const sites = await observeSites(context, ask.vault, [ask]);
  const machine: SiteMachine = { ...siteMachine(ask, sites), phases: ["replicating"] };
  const look = (await lookAtVCenters(context, [machine])).get(machine);
  const view = look?.views.get(serverKey(machine));
  const address = machine.fabric?.address ?? "";
  const found =
    look?.access.kind === "open" && view !== undefined
      ? placementOf(look.access.vcenter, view, address)
      : undefined;
  if (found !== undefined || address === "") return found;
  return { ...unseenServer, configurationServerAddress: address };
}
