import type { Context } from "../../context.ts";
import { sameId } from "../../recovery/identity.ts";
import type { FabricFacts, ItemFacts } from "../../recovery/model.ts";
import type {
  ApplianceFacts,
  DiscoveredVCenterFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
  ProcessServerFacts,
} from "../../recovery/on-premises.ts";
import type { SiteGeneration } from "../../recovery/on-premises-situation.ts";
import { siteSide } from "../../recovery/position.ts";
import type { RulePhase } from "../../recovery/rules/rule.ts";
import { generationOf, phasesOf } from "../../recovery/rules/site-rule.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import type { OnPremisesAsk } from "./on-premises.ts";

/** What the vault shows of its sites: read once for all machines of an action. */
export interface VaultSites {
  readonly fabrics: readonly FabricFacts[];
  readonly discovered: readonly DiscoveredVCenterFacts[];
  readonly items: readonly ItemFacts[];
}

/** A machine with the servers of its site that this action uses. */
export interface SiteMachine {
  readonly ask: OnPremisesAsk;
  readonly phases: readonly RulePhase[];
  readonly generation: SiteGeneration;
  readonly fabric?: OnPremisesFabricFacts;
  /** vCenters that the site's fabric has discovered. */
  readonly discovered: readonly DiscoveredVCenterFacts[];
  readonly masterTarget?: MasterTargetFacts;
  readonly appliance?: ApplianceFacts;
  readonly processServer?: ProcessServerFacts;
}

/** Reads fabrics, discovered vCenters and items of a vault; only configuration servers have the second. */
export async function observeSites(
  context: Context,
  vault: VaultSite,
  asks: readonly OnPremisesAsk[],
): Promise<VaultSites> {
  const classic = asks.some((ask) => generationOf(ask) === "classic");
  const [fabrics, discovered, items] = await Promise.all([
    vault.fabrics(context),
    classic ? vault.onPremises.vcenters(context) : [],
    vault.items(context),
  ]);
  return { fabrics, discovered, items };
}

/** The machine with the servers that a reprotect chose for it, or that the service says it has. */
export function siteMachine(ask: OnPremisesAsk, sites: VaultSites): SiteMachine {
  const { item, servers } = ask;
  const { fabricName } = siteSide(item);
  const fabric =
    servers?.fabric ?? sites.fabrics.find((each) => sameId(each.name, fabricName))?.onPremises;
  const told = item.onPremises;
  const byId = <Server extends { readonly id: string }>(
    all: readonly Server[] | undefined,
    id: string | undefined,
  ): Server | undefined =>
    id === undefined || id === "" ? undefined : all?.find((each) => sameId(each.id, id));
  const masterTarget =
    servers === undefined
      ? byId(fabric?.masterTargets, told?.masterTargetId)
      : servers.masterTarget;
  const appliance =
    servers === undefined ? byId(fabric?.appliances, told?.reprotectAgentId) : servers.appliance;
  const processServer =
    servers === undefined
      ? byId(fabric?.processServers, told?.processServerId)
      : servers.processServer;
  return {
    ask,
    phases: phasesOf(ask),
    generation: generationOf(ask) ?? "modernized",
    ...(fabric === undefined ? {} : { fabric }),
    discovered: sites.discovered.filter((each) => sameId(each.fabricName, fabricName)),
    ...(masterTarget === undefined ? {} : { masterTarget }),
    ...(appliance === undefined ? {} : { appliance }),
    ...(processServer === undefined ? {} : { processServer }),
  };
}
