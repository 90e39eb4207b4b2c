import { HYPER_V_SITE, HYPER_V_SITE_PROVIDER } from "../../hyper-v/fabric-kinds.ts";
import type { Vault } from "../../state/model.ts";
import type { ProtectedItem } from "./item.ts";
import { KINDS } from "./kinds.ts";

/** The Azure region a fabric stands for; empty for a site. */
function locationOfFabric(vault: Vault, fabricName: string): string {
  return vault.fabrics[fabricName.toLowerCase()]?.location ?? "";
}

/** The Azure region that an item's machine runs in before a failover; empty on premises. */
export function primaryLocationOf(vault: Vault, item: ProtectedItem): string {
  const { onPremises } = item;
  if (!onPremises) return locationOfFabric(vault, item.fabricName);
  return KINDS[item.kind].isReversed ? onPremises.targetLocation : "";
}

/** The Azure region that a failover takes an item's machine to; empty if it goes on premises. */
export function recoveryLocationOf(vault: Vault, item: ProtectedItem): string {
  const { onPremises, hyperV } = item;
  // Between VMM sites it is empty.
  if (hyperV) return item.initialRecoveryLocation;
  if (!onPremises) return locationOfFabric(vault, item.recoveryFabricName);
  return KINDS[item.kind].isReversed ? "" : onPremises.targetLocation;
}

/** What the machines of the item's fabric are told to be provided by. */
export function fabricProviderOf(vault: Vault, item: ProtectedItem): string {
  const { instanceType } = vault.fabrics[item.fabricName.toLowerCase()] ?? {};
  return instanceType === HYPER_V_SITE ? HYPER_V_SITE_PROVIDER : KINDS[item.kind].fabricProvider;
}
