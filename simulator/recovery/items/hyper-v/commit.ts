import { dismantle } from "../../../azure/machines.ts";
import type { Simulation } from "../../../simulation.ts";
import type { ProtectedItem } from "../item.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";

/**
 * Fixes a failover of a Hyper-V machine to Azure, or its failback: that ends with the machine in Azure, which is
 * removed with its disks and interfaces (CH-HV-COMMITTED).
 */
export function commitToAzure(simulation: Simulation, item: ProtectedItem): void {
  const wasPlanned = item.protectionState === "PlannedFailoverCommitRequired";
  if (item.activeLocation === "Recovery") {
    item.protectionState = wasPlanned ? "PlannedFailoverStatesBegin" : "UnplannedFailoverCommitted";
    return;
  }
  if (item.recoveredMachineId !== null)
    dismantle(simulation, item.recoveredMachineId, { disks: true, nics: true });
  item.recoveredMachineId = null;
  for (const disk of item.disks) disk.targetDiskId = null;
  hyperVPartOf(item).failback = null;
  item.protectionState = "RestoreFinalized";
}
