import { type Simulation, schedule } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import { hyperVPartOf } from "../hyper-v/hyper-v-part.ts";
import type { ProtectedItem } from "../item.ts";
import { notReplicating } from "../new-item.ts";
import { noteSource } from "../source.ts";

/** Begins to copy what the passive side of an item lacks; when that is done its protection is finalized. */
export function beginVmmReplication(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  lengthMs: number,
): void {
  const startedAt = simulation.now;
  item.replication = {
    ...notReplicating(),
    startedAt,
    initialEndsAt: startedAt + lengthMs,
    firstPointAt: startedAt + lengthMs,
  };
  hyperVPartOf(item).replicationType = "InitialReplication";
  item.protectionState = "InitialReplicationInProgress";
  schedule(simulation, vault, "itemReplication", item.lifecycleId, lengthMs, {
    protectionState: "Protected",
    startedAt,
  });
  noteSource(simulation, vault, item);
}
