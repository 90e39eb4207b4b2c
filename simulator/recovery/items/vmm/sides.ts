import { existingHyperVMachine } from "../../../hyper-v/find.ts";
import type { Simulation } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import { hyperVPartOf } from "../hyper-v/hyper-v-part.ts";
import type { ProtectedItem } from "../item.ts";

/** The machine of an item at the first site; undefined once it is deleted there. */
export function homeMachine(
  simulation: Simulation,
  item: ProtectedItem,
): HyperVMachine | undefined {
  return existingHyperVMachine(simulation, hyperVPartOf(item).machine);
}

/** The replica of an item at the second site; undefined while there is none. */
export function replicaMachine(
  simulation: Simulation,
  item: ProtectedItem,
): HyperVMachine | undefined {
  return existingHyperVMachine(simulation, hyperVPartOf(item).replica);
}

/** The machine that is active: a failover goes from it, and a protected item replicates from it. */
export function activeMachine(
  simulation: Simulation,
  item: ProtectedItem,
): HyperVMachine | undefined {
  return item.activeLocation === "Primary"
    ? homeMachine(simulation, item)
    : replicaMachine(simulation, item);
}

/** The machine that is not active: a failover goes to it. */
export function passiveMachine(
  simulation: Simulation,
  item: ProtectedItem,
): HyperVMachine | undefined {
  return item.activeLocation === "Primary"
    ? replicaMachine(simulation, item)
    : homeMachine(simulation, item);
}

/** Fabric and container that a failover of the item goes to. */
export function passivePlace(item: ProtectedItem): {
  readonly fabricName: string;
  readonly containerName: string;
} {
  return item.activeLocation === "Primary"
    ? { fabricName: item.recoveryFabricName, containerName: item.recoveryContainerName }
    : { fabricName: item.fabricName, containerName: item.containerName };
}
