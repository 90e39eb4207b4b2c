import { formatVaultId, type VaultId } from "../../recovery/identity.ts";
import { createAnswerCache } from "./answer-cache.ts";
import type { VaultSite } from "./site.ts";
import type { Connection } from "./transport/connection.ts";
import { hyperVVault } from "./vault/hyper-v.ts";
import { itemWrites } from "./vault/item-writes.ts";
import { onPremisesVault } from "./vault/on-premises.ts";
import { vaultReads } from "./vault/reads.ts";
import { recoveryPlanWrites } from "./vault/recovery-plan-writes.ts";
import type { VaultScope } from "./vault/scope.ts";
import { setupWrites } from "./vault/setup-writes.ts";
import { verbWrites } from "./vault/verbs.ts";

/** Everything of one vault, over one connection. `timeToLiveMilliseconds` is how long lists are shared. */
export function createVaultSite(
  connection: Connection,
  vault: VaultId,
  timeToLiveMilliseconds?: number,
): VaultSite {
  const scope: VaultScope = {
    id: formatVaultId(vault),
    vault,
    connection,
    cache: createAnswerCache(timeToLiveMilliseconds),
  };
  return {
    id: scope.id,
    onPremises: onPremisesVault(scope),
    hyperV: hyperVVault(scope),
    ...vaultReads(scope),
    ...setupWrites(scope),
    ...itemWrites(scope),
    ...recoveryPlanWrites(scope),
    ...verbWrites(scope),
  };
}
