import type { ItemFacts } from "./model.ts";

/** By what the service tells the members of a group: its id, or its name where there is none. */
const groupOf = (item: ItemFacts): string => item.multiVmGroupId || item.multiVmGroupName;

/** The other members of a machine's replication group; none when it shares its points with nobody. */
export function otherMembers(
  item: ItemFacts,
  vaultItems: readonly ItemFacts[],
): readonly ItemFacts[] {
  if (!item.multiVmGroupCreatedByUser || groupOf(item) === "") return [];
  return vaultItems.filter((each) => each.name !== item.name && groupOf(each) === groupOf(item));
}
