import type { Context } from "../../context.ts";
import { SiteError } from "../../errors.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import type { OnPremisesFabricFacts, RunAsAccountFacts } from "../../recovery/on-premises.ts";
import { positionOf, siteSide } from "../../recovery/position.ts";
import { type ChosenServers, chooseServers } from "../../recovery/site-servers.ts";
import type { AzureSite, VaultSite } from "../../sites/azure/site.ts";
import type { AnyActionInputs } from "../settings.ts";
import { reprotectSettings } from "./reprotect-target.ts";

/** Chooses the servers of a machine's reprotect from what the vault shows of its site. */
export async function observeServers(
  context: Context,
  site: AzureSite,
  vault: VaultSite,
  item: ItemFacts,
  inputs: AnyActionInputs,
): Promise<ChosenServers> {
  const wanted = reprotectSettings(item, inputs);
  const [fabrics, mappings, policies] = await Promise.all([
    vault.fabrics(context),
    vault.containerMappings(context),
    vault.policies(context),
  ]);
  const fabric = fabrics.find((each) => sameId(each.name, siteSide(item).fabricName))?.onPremises;
  return chooseServers({
    item,
    wanted,
    ...(fabric === undefined ? {} : { fabric }),
    accounts: fabric === undefined ? [] : await accountsOf(context, site, item, fabric),
    mappings,
    policies,
  });
}

/**
 * A configuration server tells its accounts itself. Those of a modernized site belong to its discovery and
 * are needed towards Azure only; a discovery that does not answer leaves the choice to the service.
 */
async function accountsOf(
  context: Context,
  site: AzureSite,
  item: ItemFacts,
  { discoverySiteIds = [], runAsAccounts }: OnPremisesFabricFacts,
): Promise<readonly RunAsAccountFacts[]> {
  if (positionOf(item).away) return runAsAccounts;
  const lists = await Promise.all(
    discoverySiteIds.map((id) =>
      site.discoveryAccounts(context, id).catch((error: unknown) => {
        if (error instanceof SiteError) return [];
        throw error;
      }),
    ),
  );
  return [...runAsAccounts, ...lists.flat()];
}
