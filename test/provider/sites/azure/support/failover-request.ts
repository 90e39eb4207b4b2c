import type { ItemFacts } from "../../../../../provider/recovery/model.ts";
import { itemFacts } from "../../../../../provider/sites/azure/facts/item.ts";
import type { VerbRequest } from "../../../../../provider/sites/azure/verb-request.ts";
import { fixture } from "./fixture.ts";

/** The recorded region-to-region item, as it lies in the given vault. */
export function protectedItem(vaultId: string): ItemFacts {
  return itemFacts(vaultId, fixture("a2a-item-protected"));
}

/** A failover of the recorded item to its latest point. */
export function failoverOf(item: ItemFacts): VerbRequest {
  return {
    verb: "unplannedFailover",
    target: { kind: "item", item },
    direction: "PrimaryToRecovery",
    shutdownSource: true,
    recoveryPoint: { kind: "Latest" },
  };
}
