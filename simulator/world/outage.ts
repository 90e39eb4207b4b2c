import type { Simulation } from "../simulation.ts";
import { regionNamed } from "./regions.ts";

/** Takes a region out of service or brings it back (CH-OUTAGE): items that replicate from it pause meanwhile. */
export function setOutage(simulation: Simulation, name: string, unavailable: boolean): void {
  const region = regionNamed(name);
  if (!region) throw new RangeError(`The region '${name}' is not known.`);
  const { state, now } = simulation;
  const others = state.unavailableRegions.filter((each) => each !== region.name);
  if (unavailable === others.length < state.unavailableRegions.length) return;
  state.unavailableRegions = unavailable ? [...others, region.name] : others;
  simulation.changed = true;
  for (const vault of Object.values(state.vaults)) {
    for (const item of Object.values(vault.items)) {
      if (vault.fabrics[item.fabricName.toLowerCase()]?.location !== region.name) continue;
      const open = item.replication.pauses.find((pause) => pause.to === null);
      if (unavailable && !open) item.replication.pauses.push({ from: now, to: null });
      if (!unavailable && open) open.to = now;
    }
  }
}
