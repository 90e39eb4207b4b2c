import { InvalidInputError } from "../../errors.ts";
import { formatVaultId, parseVaultId } from "../../recovery/identity.ts";
import { discovery } from "./discovery.ts";
import { machines } from "./machines.ts";
import type { AzureSite, VaultSite } from "./site.ts";
import { surroundings } from "./surroundings.ts";
import type { Connection } from "./transport/connection.ts";
import { createVaultSite } from "./vault-site.ts";
import { vaults } from "./vaults.ts";

/** The Azure adapter over a signed-in connection. */
export function createAzureSite(connection: Connection): AzureSite {
  const vaultSites = new Map<string, VaultSite>();
  const vaultOf = (vaultId: string): VaultSite => {
    const vault = parseVaultId(vaultId);
    if (vault === undefined) {
      throw new InvalidInputError("vaultId", `"${vaultId}" is no ARM id of a vault.`);
    }
    const key = formatVaultId(vault).toLowerCase();
    const site = vaultSites.get(key) ?? createVaultSite(connection, vault);
    vaultSites.set(key, site);
    return site;
  };
  return {
    subscriptionId: connection.subscriptionId,
    now: (context) => connection.clock.now(context.clock.now()),
    ...vaults(connection),
    ...surroundings(connection),
    ...machines(connection, vaultOf),
    ...discovery(connection),
    vault: vaultOf,
  };
}
