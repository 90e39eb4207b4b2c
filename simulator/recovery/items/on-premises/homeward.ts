import { dismantle, setPower } from "../../../azure/machines.ts";
import { findResource } from "../../../azure/resources.ts";
import {
  applianceSiteOf,
  containerOfSite,
  discoveryIdOf,
  estateMachine,
  protectableItemIdOf,
} from "../../../estate/find.ts";
import { newEstateMachine } from "../../../estate/new-machine.ts";
import { setEstatePower } from "../../../estate/power.ts";
import type { ServiceError } from "../../../faults/fault-rule.ts";
import { guidOf, type Simulation } from "../../../simulation.ts";
import type { EstateMachine } from "../../../state/estate-model.ts";
import type { Vault } from "../../../state/model.ts";
import type { TaskOutcome } from "../../jobs/behaviour.ts";
import type { Job } from "../../jobs/job.ts";
import type { ProtectedItem } from "../item.ts";
import { KINDS } from "../kinds.ts";
import { partOf, processServerOf } from "./source-machine.ts";
import { masterTargetOf } from "./switch-input.ts";

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

/**
 * The machine on premises that the data are written into. One that was deleted is made anew, and a physical
 * server comes back as a machine of the vCenter of the server that wrote it (R-03; CH-NEW-SITE-MACHINE).
 */
export function restoreSiteMachine(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): EstateMachine | undefined {
  const part = partOf(item);
  const machine = estateMachine(simulation, part.machine);
  if (!machine || (!machine.deleted && machine.vcenter !== null)) return machine;
  const writer =
    masterTargetOf({ simulation }, vault, item.fabricName, part.masterTargetId ?? undefined) ??
    processServerOf(vault, item.fabricName, part.reprotectAgentId);
  const place = estateMachine(simulation, writer?.machine);
  const made = newEstateMachine(simulation, {
    ...machine,
    vcenter: place?.vcenter ?? machine.vcenter,
    host: place?.host ?? machine.host,
    datastore: part.datastoreName ?? machine.datastore,
    diskSizesGiB: machine.disks.map(({ sizeGiB }) => sizeGiB),
    power: "off",
    toolsRunning: true,
    biosId: undefined,
    instanceUuid: guidOf(simulation, "instance", machine.key, simulation.now),
  });
  part.machine = made.key;
  part.discoveryId = discoveryIdIn(simulation, vault, item, made) ?? part.discoveryId;
  return made;
}

function discoveryIdIn(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  machine: EstateMachine,
): string | undefined {
  const site = applianceSiteOf(vault, item.fabricName);
  if (site) return discoveryIdOf(simulation, site, machine);
  const container = containerOfSite(vault, item.fabricName);
  return container && protectableItemIdOf(simulation, vault, container, machine);
}

/** Boots the machine on premises. */
export function bootSiteMachine(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): TaskOutcome {
  const machine = restoreSiteMachine(simulation, vault, item);
  if (!machine) return undefined;
  const refusal = memoryRefusal(simulation, machine);
  if (refusal) return { failed: refusal };
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

/** Tasks of a failback in which the VM in Azure is stopped. */
const STOPPING = ["VmShutdownVmOnPrimary", "VmPrepareProtectedEntitiesTask"];

/** Lets the machine run on in Azure after a failback that failed or was cancelled half-way (CH-FAILBACK-FAILED). */
export function undoFailback(simulation: Simulation, job: Job, item: ProtectedItem): void {
  const wasStopped = job.tasks.some(
    ({ name, state }) => STOPPING.includes(name) && state === "Succeeded",
  );
  if (KINDS[item.kind].isReversed && wasStopped) goBackToAzure(simulation, item);
}

/** Removes the VM in Azure with its disks and interfaces, as the commit of a failback does (V-07; CH-FAILBACK-COMMIT). */
export function removeAzureMachine(simulation: Simulation, item: ProtectedItem): void {
  dismantle(simulation, item.machineId, { disks: true, nics: true });
}
