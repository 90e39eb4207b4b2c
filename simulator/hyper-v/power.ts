import { noteSources } from "../recovery/items/source.ts";
import type { Simulation } from "../simulation.ts";
import type { HyperVMachine } from "../state/hyper-v-model.ts";

/** Switches a Hyper-V machine on or off, as a failover, a failback or a person does; its replication takes note of it. */
export function setHyperVPower(
  simulation: Simulation,
  machine: HyperVMachine,
  power: HyperVMachine["power"],
): void {
  if (machine.power === power) return;
  machine.power = power;
  machine.powerSince = simulation.now;
  simulation.changed = true;
  noteSources(simulation);
}
