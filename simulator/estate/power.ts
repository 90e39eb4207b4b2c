import { noteSources } from "../recovery/items/source.ts";
import type { Simulation } from "../simulation.ts";
import type { EstateMachine } from "../state/estate-model.ts";
import { tellVCenter } from "./control.ts";
import { estateVCenter } from "./find.ts";

/**
 * Switches an on-premises machine on or off, as a failover, a failback or a person does. Its replication takes
 * note of it, and the vCenter bench is told (`PATCH {control}/bench/machines/{name}`).
 */
export function setEstatePower(
  simulation: Simulation,
  machine: EstateMachine,
  power: EstateMachine["power"],
): void {
  if (machine.power === power) return;
  machine.power = power;
  machine.powerSince = simulation.now;
  simulation.changed = true;
  noteSources(simulation);
  const control = estateVCenter(simulation, machine.vcenter)?.control;
  if (control) tellVCenter(control, machine.name, { power });
}
