import type { Simulation } from "../../simulation.ts";
import { idKey } from "../../state/identifiers.ts";
import { DAY } from "../../state/times.ts";
import type { ProtectedItem } from "./item.ts";

/** How long an outdated agent still replicates before it has expired, in milliseconds (CH-AGENT). */
const GRACE_MS: number = 60 * DAY;

/** Takes note of an agent that has become outdated, or current again. */
export function noteAgent(simulation: Simulation, item: ProtectedItem): void {
  const condition = simulation.state.machines[idKey(item.machineId)];
  const outdated = condition?.agentVersion === "outdated";
  if (outdated === (item.agentExpiresAt !== undefined)) return;
  simulation.changed = true;
  if (outdated) item.agentExpiresAt = simulation.now + GRACE_MS;
  else delete item.agentExpiresAt;
}
