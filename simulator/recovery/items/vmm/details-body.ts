import type { Simulation } from "../../../simulation.ts";
import type { JsonObject } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { lagOf, progressBody } from "../hyper-v/progress.ts";
import type { ProtectedDisk, ProtectedItem } from "../item.ts";
import { ITEM_STATES, machineStateOf } from "../states.ts";
import { nicOfMachine } from "./nic.ts";
import { homeMachine, replicaMachine } from "./sides.ts";

/** `providerSpecificDetails` of an item between VMM sites: the published fields in their published order (CH-VMM-BODY). */
export function vmmDetails(simulation: Simulation, vault: Vault, item: ProtectedItem): JsonObject {
  const machineState = machineStateOf(item);
  const home = homeMachine(simulation, item);
  return {
    instanceType: item.kind,
    lastReplicatedTime: lagOf(simulation, vault, item).lastReplicatedTime,
    vmNics: home ? [nicOfMachine(simulation, home, replicaMachine(simulation, item))] : [],
    vmId: item.machineId,
    vmProtectionState: machineState,
    vmProtectionStateDescription: ITEM_STATES[machineState].description,
    initialReplicationDetails: progressBody(simulation, item),
    vMDiskDetails: item.disks.map(diskBody),
  };
}

function diskBody(disk: ProtectedDisk): JsonObject {
  return {
    maxSizeMB: disk.sizeGiB * 1024,
    vhdType: disk.isOsDisk ? "OperatingSystem" : "DataDisk",
    vhdId: disk.diskId,
    vhdName: disk.diskName,
  };
}
