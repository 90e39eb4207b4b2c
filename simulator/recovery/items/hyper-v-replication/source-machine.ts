import { existingHyperVMachine, isHyperVMachineHeard } from "../../../hyper-v/find.ts";
import type { Simulation } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { Vault } from "../../../state/model.ts";
import type { ProtectedItem } from "../item.ts";

/** The Hyper-V machine that an item replicates from; undefined once it is deleted, or if it is of another kind. */
export function hyperVSource(
  simulation: Simulation,
  item: ProtectedItem,
): HyperVMachine | undefined {
  const part = item.hyperV;
  if (!part) return undefined;
  // Only between sites there is another machine to replicate from.
  const key =
    part.replica !== null && item.activeLocation === "Recovery" ? part.replica : part.machine;
  return existingHyperVMachine(simulation, key);
}

/** Whether nothing of a Hyper-V machine is sent: it is gone or its host silent, its replication has met an error or waits for a resynchronization. */
export function isHyperVHeldUp(simulation: Simulation, vault: Vault, item: ProtectedItem): boolean {
  const { trouble, resynchronization } = item.hyperV ?? {};
  if (trouble || resynchronization || item.replication.resyncRequired) return true;
  const machine = hyperVSource(simulation, item);
  return !machine || !isHyperVMachineHeard(simulation, vault, machine);
}
