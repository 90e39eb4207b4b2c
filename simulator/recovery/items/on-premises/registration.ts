import { conditionOf } from "../../../azure/machines.ts";
import { findResource } from "../../../azure/resources.ts";
import { isAgentRegistered } from "../../../estate/agent.ts";
import { estateMachine } from "../../../estate/find.ts";
import type { ServiceError } from "../../../faults/fault-rule.ts";
import type { Simulation } from "../../../simulation.ts";
import { MINUTE } from "../../../state/times.ts";
import type { ProtectedItem } from "../item.ts";
import { KINDS } from "../kinds.ts";
import { lastHeartbeat } from "../source.ts";
import { partOf, siteMachineOf } from "./source-machine.ts";

/** The VM in Azure of an item of a site: what a failover made, and what replicates back. */
export function azureMachineIdOf(item: ProtectedItem): string | null {
  return KINDS[item.kind].isReversed ? item.machineId : item.recoveredMachineId;
}

/** Whether the machine runs to which the last failover went. */
function runsAfterFailover(simulation: Simulation, item: ProtectedItem): boolean {
  if (KINDS[item.kind].isReversed) return siteMachineOf(simulation, item)?.power === "on";
  const id = azureMachineIdOf(item);
  return (
    id !== null &&
    findResource(simulation, id) !== undefined &&
    conditionOf(simulation, id).power === "running"
  );
}

/** Whether the agent of the failed over machine has registered where it runs now. */
export function hasRegistered(simulation: Simulation, item: ProtectedItem): boolean {
  const { bootedAt, machine } = partOf(item);
  const described = estateMachine(simulation, machine);
  if (bootedAt === null || !described || !runsAfterFailover(simulation, item)) return false;
  const id = azureMachineIdOf(item);
  const silent =
    !KINDS[item.kind].isReversed && id !== null && conditionOf(simulation, id).agent === "silent";
  return !silent && isAgentRegistered(simulation, described, bootedAt);
}

/** When the agent last reported, here or where the machine runs after a failover. */
export function agentHeartbeat(simulation: Simulation, item: ProtectedItem): number {
  return item.activeLocation === "Recovery" && hasRegistered(simulation, item)
    ? Math.floor(simulation.now / MINUTE) * MINUTE
    : lastHeartbeat(simulation, item);
}

/** Why a machine cannot be reprotected because of its agent; undefined if it can (CH-AGENT-REFUSALS). */
export function agentRefusal(
  simulation: Simulation,
  item: ProtectedItem,
): ServiceError | undefined {
  if (!runsAfterFailover(simulation, item)) {
    return {
      code: "78093",
      message: `The virtual machine '${item.friendlyName}' is not running, is hung or cannot be reached.`,
      possibleCauses: "The virtual machine is turned off, or its guest does not answer.",
      recommendedAction: "Start the virtual machine and retry the operation.",
    };
  }
  if (hasRegistered(simulation, item)) return undefined;
  return {
    code: "95226",
    message: `The mobility agent of the virtual machine '${item.friendlyName}' has not registered where the machine runs now.`,
    possibleCauses:
      "The virtual machine was booted less than 15 minutes ago, or its agent cannot reach the server of its site.",
    recommendedAction:
      "Wait until the agent has registered, which may take 15 minutes after boot, and retry the operation.",
  };
}
