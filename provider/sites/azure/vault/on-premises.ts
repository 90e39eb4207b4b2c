import type { OperationContext } from "../../../context.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import { protectableItemFacts, vcenterFacts } from "../facts/on-premises-objects.ts";
import { textOf, type Wire, wireOf } from "../facts/wire.ts";
import type { OnPremisesVaultSite } from "../on-premises-site.ts";
import { siteError } from "../transport/failure.ts";
import { readPages } from "../transport/pages.ts";
import { onPremisesWrites } from "./on-premises-writes.ts";
import { siteRecoveryUrl, type VaultScope } from "./scope.ts";

/** The part of a vault that concerns sites with servers of their own. */
export function onPremisesVault(scope: VaultScope): OnPremisesVaultSite {
  const protectableItems: OnPremisesVaultSite["protectableItems"] = (context, containerId) => {
    const path = `${containerId}/replicationProtectableItems`;
    return scope.cache.get(context, path.toLowerCase(), async () => {
      const purpose = `list the machines that ${nameOf(containerId)} has discovered`;
      return (await list(context, scope, path, purpose)).map(protectableItemFacts);
    });
  };
  return {
    vcenters: (context) =>
      scope.cache.get(context, "replicationvCenters", async () => {
        const path = `${scope.id}/replicationvCenters`;
        const purpose = `list the vCenters of vault ${scope.vault.vaultName}`;
        return (await list(context, scope, path, purpose)).map(vcenterFacts);
      }),
    protectableItems,
    ...onPremisesWrites(scope, {
      protectableItems,
      providers: (context, fabricName) => providerIds(context, scope, fabricName),
    }),
  };
}

function list(
  context: OperationContext,
  scope: VaultScope,
  path: string,
  purpose: string,
): Promise<readonly Wire[]> {
  return readPages(context, scope.connection, {
    method: "GET",
    url: siteRecoveryUrl(scope, path),
    operation: `${nameOf(path)}.list`,
    purpose,
  });
}

/** ARM ids of the providers that report for a fabric. Throws SiteError when there is none: nobody could answer. */
async function providerIds(
  context: OperationContext,
  scope: VaultScope,
  fabricName: string,
): Promise<readonly string[]> {
  const collection = "replicationRecoveryServicesProviders";
  const path = `${scope.id}/replicationFabrics/${fabricName}/${collection}`;
  const wires = await list(context, scope, path, `list the providers of site ${fabricName}`);
  // An earlier one of a server that was set up anew may still be listed.
  const connected = wires.filter((wire) =>
    sameId(textOf(wireOf(wire, "properties"), "connectionStatus"), "Connected"),
  );
  const ids = (connected.length > 0 ? connected : wires).map((wire) => textOf(wire, "id"));
  if (ids.length > 0) return ids;
  throw siteError(scope.connection, `No provider reports for the site ${fabricName}.`, {
    operation: `${collection}.list`,
    hint: "Check that its configuration server or appliance is registered with this vault and runs.",
  });
}
