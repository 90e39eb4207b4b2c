import { isEstateSourceHeard } from "../../../estate/agent.ts";
import { applianceSiteOf, configurationServerOf, estateMachine } from "../../../estate/find.ts";
import { serverSilentSince } from "../../../estate/heartbeat.ts";
import type { Simulation } from "../../../simulation.ts";
import type { EstateMachine, SiteServer } from "../../../state/estate-model.ts";
import type { Vault } from "../../../state/model.ts";
import type { ProtectedItem } from "../item.ts";
import { KINDS } from "../kinds.ts";
import type { OnPremisesPart } from "./on-premises-part.ts";

/** The on-premises part of an item that is known to have one. */
export function partOf(item: ProtectedItem): OnPremisesPart {
  if (!item.onPremises) throw new Error(`The item '${item.name}' has no on-premises part.`);
  return item.onPremises;
}

/** The machine of an item on premises, also while its copy runs in Azure; undefined once it is deleted there. */
export function siteMachineOf(
  simulation: Simulation,
  item: ProtectedItem,
): EstateMachine | undefined {
  const machine = estateMachine(simulation, item.onPremises?.machine);
  return machine?.deleted ? undefined : machine;
}

/** The machine on premises that an item replicates from; undefined if it replicates from Azure. */
export function sourceMachineOf(
  simulation: Simulation,
  item: ProtectedItem,
): EstateMachine | undefined {
  if (KINDS[item.kind].isReversed) return undefined;
  return estateMachine(simulation, item.onPremises?.machine);
}

/** The servers of a site that data pass through: process servers, or appliances. */
export function processServersOf(vault: Vault, fabricName: string): readonly SiteServer[] {
  return (
    applianceSiteOf(vault, fabricName)?.appliances ??
    configurationServerOf(vault, fabricName)?.processServers ??
    []
  );
}

/** The process server or appliance with that id. */
export function processServerOf(
  vault: Vault,
  fabricName: string,
  id: string | null | undefined,
): SiteServer | undefined {
  return processServersOf(vault, fabricName).find(
    (server) => server.id.toLowerCase() === id?.toLowerCase(),
  );
}

/** Whether nothing comes from a machine on premises: it does not run, its agent says nothing, or its process server. */
export function isSiteSourceSilent(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): boolean {
  const machine = sourceMachineOf(simulation, item);
  if (!machine || !isEstateSourceHeard(machine)) return true;
  const server = processServerOf(vault, item.fabricName, item.onPremises?.processServerId);
  return server !== undefined && serverSilentSince(simulation, server) !== undefined;
}
