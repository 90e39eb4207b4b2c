import { existingHyperVMachine } from "../../../hyper-v/find.ts";
import type { World } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { ProtectedItem } from "../item.ts";

/** The machine of an item at its site, also while its copy runs in Azure; undefined once it is deleted there. */
export function hyperVMachineOf(world: World, item: ProtectedItem): HyperVMachine | undefined {
  return existingHyperVMachine(world, item.hyperV?.machine);
}
