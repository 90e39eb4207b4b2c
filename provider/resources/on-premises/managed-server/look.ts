import { observeServer } from "../../../actions/observation/on-premises-server.ts";
import type { Context } from "../../../context.ts";
import { parentOf, vaultIdOf } from "../../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import type {
  FixName,
  SiteGeneration,
  SiteServerSituation,
} from "../../../recovery/on-premises-situation.ts";
import { isReversed } from "../../../recovery/position.ts";
import type { VaultSite } from "../../../sites/azure/site.ts";
import { planServer, type ServerPlan } from "./plan.ts";
import type { AnyServerInputs, ServerChanges } from "./types.ts";

/** A server as it is this moment, with what its rules say. */
export interface Look extends ServerPlan {
  readonly situation: SiteServerSituation;
  /** Names of the machines that return through it. */
  readonly users: readonly string[];
}

/** Which server is looked at. */
export interface LookAsk {
  readonly generation: SiteGeneration;
  /** Id of the resource: `…/replicationFabrics/{fabric}/{collection}/{name}`. */
  readonly id: string;
  readonly inputs: AnyServerInputs;
  readonly changes: ServerChanges;
  /** True when the server is made: datastores that Azure does not see yet are waited for then. */
  readonly waits?: boolean;
}

/** Looks at a server in Azure and in its vCenter, and plans what is to be mended. Sends no change. */
export async function lookAtServer(context: Context, ask: LookAsk): Promise<Look> {
  const { id, inputs, changes, generation } = ask;
  const site = await context.sites.azure(context);
  const vault = site.vault(vaultIdOf(id));
  const { machine, vcenter, retentionVolume } = inputs;
  const observe = async (fixes: readonly FixName[]): Promise<SiteServerSituation> => ({
    ...(await observeServer(context, {
      ...{ site, vault, fixes, fabricName: nameOf(parentOf(id)), server: nameOf(id) },
      ...(machine === undefined ? {} : { machine }),
      ...(vcenter === undefined ? {} : { vcenter }),
      ...(retentionVolume === undefined ? {} : { retentionVolume }),
    })),
    // A site that has not registered yet does not tell of which kind it is.
    generation,
  });
  const first = await observe([]);
  const users = await usersOf(context, vault, first);
  const mayAppear = ask.waits === true || isDiscoveryToCome(context, id, first);
  const plan = planServer({ situation: first, inputs, changes, users, mayAppear });
  if (plan.fixes.length === 0) return { situation: first, users, ...plan };
  // What is to be mended needs privileges of one's own; without any of it nobody asks for them.
  const situation = await observe([...new Set(plan.fixes.map((each) => each.fix))]);
  return { situation, users, ...planServer({ situation, inputs, changes, users, mayAppear }) };
}

/** As lookAtServer, of this very moment: nothing that was read before counts. */
export async function lookAnew(context: Context, ask: LookAsk): Promise<Look> {
  const site = await context.sites.azure(context);
  site.vault(vaultIdOf(ask.id)).forget();
  for (const name of context.sites.vcenterNames) (await context.sites.vsphere(name))?.forget();
  return await lookAtServer(context, ask);
}

/** True when the program itself adds the vCenter that would show the datastores. */
function isDiscoveryToCome(
  { declared }: Context,
  id: string,
  { discoveredVCenters }: SiteServerSituation,
): boolean {
  const prefix = `${parentOf(id)}/replicationvCenters/`.toLowerCase();
  const known = discoveredVCenters.map((each) => each.id.toLowerCase());
  return [...declared].some((each) => each.startsWith(prefix) && !known.includes(each));
}

/** Names of the machines that return, or are to return, through the server. */
async function usersOf(
  context: Context,
  vault: VaultSite,
  { masterTarget, appliance }: SiteServerSituation,
): Promise<readonly string[]> {
  const server = masterTarget ?? appliance;
  if (server === undefined) return [];
  const items = await vault.items(context);
  return items
    .filter(
      (item) =>
        isReversed(item) &&
        [item.onPremises?.masterTargetId, item.onPremises?.reprotectAgentId].some(
          (each) => each !== "" && sameId(each, server.id),
        ),
    )
    .map((item) => item.friendlyName);
}
