import { dismantle, setPower } from "../../../azure/machines.ts";
import { findResource } from "../../../azure/resources.ts";
import { estateMachine } from "../../../estate/find.ts";
import { setEstatePower } from "../../../estate/power.ts";
import type { ServiceError } from "../../../faults/fault-rule.ts";
import type { Simulation } from "../../../simulation.ts";
import type { EstateMachine } from "../../../state/estate-model.ts";
import type { TaskOutcome } from "../../jobs/behaviour.ts";
import type { ProtectedItem } from "../item.ts";
import { partOf } from "./source-machine.ts";

/** Stops the VM in Azure: a failback always does (V-05), whatever the request says (CH-FAILBACK-STOPS). */
export function stopAzureMachine(simulation: Simulation, item: ProtectedItem): TaskOutcome {
  if (!findResource(simulation, item.machineId)) {
    return {
      failed: {
        code: "SIM-REPLICA-GONE",
        message: `The virtual machine of '${item.friendlyName}' in Azure does not exist any more.`,
        possibleCauses: "It was deleted or moved after it was reprotected.",
        recommendedAction: "Disable replication of the item and protect the machine anew.",
      },
    };
  }
  setPower(simulation, item.machineId, "deallocated");
  return undefined;
}

/** Writes the data into the machine on premises; one that was deleted is made anew where the reprotect said (CH-NEW-SITE-MACHINE). */
export function restoreSiteMachine(
  simulation: Simulation,
  item: ProtectedItem,
): EstateMachine | undefined {
  const machine = estateMachine(simulation, partOf(item).machine);
  if (!machine?.deleted) return machine;
  machine.deleted = false;
  machine.power = "off";
  machine.datastore = partOf(item).datastoreName ?? machine.datastore;
  simulation.changed = true;
  return machine;
}

/** Boots the machine on premises. */
export function bootSiteMachine(simulation: Simulation, item: ProtectedItem): TaskOutcome {
  const machine = restoreSiteMachine(simulation, item);
  if (!machine) return undefined;
  const refusal = memoryRefusal(simulation, machine);
  if (refusal) {
    // CH-FAILBACK-FAILED
    setPower(simulation, item.machineId, "running");
    return { failed: refusal };
  }
  setEstatePower(simulation, machine, "on");
  return undefined;
}

/** A host has to hold the memory of all machines that run on it; one whose memory nobody told holds any. */
function memoryRefusal(simulation: Simulation, machine: EstateMachine): ServiceError | undefined {
  const vcenter = simulation.state.estate.vcenters[machine.vcenter?.toLowerCase() ?? ""];
  const host = vcenter?.hosts.find(({ name }) => name === machine.host);
  if (!host || host.memoryMiB === undefined || machine.power === "on") return undefined;
  const usedMiB = Object.values(simulation.state.estate.machines)
    .filter(
      (each) =>
        each.vcenter === machine.vcenter &&
        each.host === machine.host &&
        each.power === "on" &&
        !each.deleted,
    )
    .reduce((sum, each) => sum + each.memoryMiB, 0);
  if (usedMiB + machine.memoryMiB <= host.memoryMiB) return undefined;
  return {
    code: "8038",
    message: `The virtual machine '${machine.name}' could not be started on the host '${host.name}'.`,
    possibleCauses: `The host has too little memory: ${host.memoryMiB - usedMiB} MiB are free, the virtual machine needs ${machine.memoryMiB} MiB.`,
    recommendedAction: "Free memory on the host, or move virtual machines away from it, and retry.",
  };
}

/** Switches the machine on premises off again and starts the one in Azure, as a cancelled failback does. */
export function goBackToAzure(simulation: Simulation, item: ProtectedItem): void {
  const machine = estateMachine(simulation, partOf(item).machine);
  if (machine) setEstatePower(simulation, machine, "off");
  setPower(simulation, item.machineId, "running");
}

/** Removes the VM in Azure with its disks and interfaces, as the commit of a failback does (V-07; CH-FAILBACK-COMMIT). */
export function removeAzureMachine(simulation: Simulation, item: ProtectedItem): void {
  dismantle(simulation, item.machineId, { disks: true, nics: true });
}
