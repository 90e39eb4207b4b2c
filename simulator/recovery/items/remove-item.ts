import type { Vault } from "../../state/model.ts";
import { itemKey, type ProtectedItem } from "./item.ts";

/** Takes an item out of its vault and out of all plans. */
export function removeItem(vault: Vault, item: ProtectedItem): void {
  delete vault.items[itemKey(item.fabricName, item.containerName, item.name)];
  for (const plan of Object.values(vault.plans)) {
    for (const group of plan.groups) {
      group.members = group.members.filter((member) => member.lifecycleId !== item.lifecycleId);
    }
  }
}
