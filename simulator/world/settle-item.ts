import { itemKey, type ProtectedItem } from "../recovery/items/item.ts";
import { makeReplicaDisks } from "../recovery/items/replica-disks.ts";
import { beginReplication } from "../recovery/items/replication.ts";
import type { Simulation } from "../simulation.ts";
import type { Vault } from "../state/model.ts";
import { HOUR } from "../state/times.ts";
import type { WorldItem } from "./world-document.ts";

/** Puts an item into its vault, as far replicated as the world says. */
export function settleItem(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  item: ProtectedItem,
): void {
  vault.items[itemKey(item.fabricName, item.containerName, item.name)] = item;
  makeReplicaDisks(simulation, vault, item);
  if (world.protected === false) {
    beginReplication(simulation, vault, item);
    return;
  }
  const firstPointAt = simulation.now - (world.protectedForHours ?? 24) * HOUR;
  item.protectionState = "Protected";
  item.replication = {
    ...item.replication,
    startedAt: firstPointAt - HOUR / 2,
    initialEndsAt: firstPointAt - HOUR / 12,
    firstPointAt,
    resyncRequired: world.resyncRequired === true,
  };
  if (world.drilled) {
    item.testFailoverState = "MarkedForDeletion";
    item.lastTestFailoverAt = simulation.now - HOUR;
  } else if (item.kind === "A2A") item.testFailoverAdvisedAt = firstPointAt;
}
