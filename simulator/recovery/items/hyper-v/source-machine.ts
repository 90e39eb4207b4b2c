import { hyperVMachine } from "../../../hyper-v/find.ts";
import type { World } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { ProtectedItem } from "../item.ts";
import type { HyperVPart } from "./hyper-v-part.ts";

/** The Hyper-V part of an item that is known to have one. */
export function partOfHyperV(item: ProtectedItem): HyperVPart {
  if (!item.hyperV) throw new Error(`The item '${item.name}' has no Hyper-V part.`);
  return item.hyperV;
}

/** The machine of an item at its site, also while its copy runs in Azure; undefined once it is deleted there. */
export function hyperVMachineOf(world: World, item: ProtectedItem): HyperVMachine | undefined {
  const machine = hyperVMachine(world, item.hyperV?.machine);
  return machine?.deleted ? undefined : machine;
}
