import type { Simulation } from "../simulation.ts";
import type { EstateMachine } from "../state/estate-model.ts";
import { MINUTE } from "../state/times.ts";

/**
 * When the agent of a machine registers that was booted at the given virtual time, here or as a copy in Azure;
 * null if it never does (`agentRegistersAfterMinutes`, CH-AGENT-REGISTRATION).
 */
export function agentRegistersAt(
  simulation: Simulation,
  machine: EstateMachine,
  bootedAt: number,
): number | null {
  const minutes =
    machine.agent.registersAfterMinutes ?? simulation.state.knobs.agentRegistersAfterMinutes;
  return minutes === "never" || machine.agent.condition === "silent"
    ? null
    : bootedAt + minutes * MINUTE;
}

/** Whether the agent of a machine that was booted at the given virtual time has registered by now. */
export function isAgentRegistered(
  simulation: Simulation,
  machine: EstateMachine,
  bootedAt: number,
): boolean {
  const at = agentRegistersAt(simulation, machine, bootedAt);
  return at !== null && at <= simulation.now;
}

/** Whether an on-premises machine runs and its agent sends anything. */
export function isEstateSourceHeard(machine: EstateMachine): boolean {
  return machine.power === "on" && !machine.deleted && machine.agent.condition === "reports";
}
