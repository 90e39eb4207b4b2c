import { noteSources } from "../recovery/items/source.ts";
import type { Simulation } from "../simulation.ts";
import { regionNamed } from "./regions.ts";

/** Takes a region out of service or brings it back (CH-OUTAGE): items that replicate from it pause meanwhile. */
export function setOutage(simulation: Simulation, name: string, unavailable: boolean): void {
  const region = regionNamed(name);
  if (!region) throw new RangeError(`The region '${name}' is not known.`);
  const { state } = simulation;
  const others = state.unavailableRegions.filter((each) => each !== region.name);
  if (unavailable === others.length < state.unavailableRegions.length) return;
  state.unavailableRegions = unavailable ? [...others, region.name] : others;
  simulation.changed = true;
  noteSources(simulation);
}
