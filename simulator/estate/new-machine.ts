import { guidOf, type Simulation } from "../simulation.ts";
import type { EstateAgent, EstateDisk, EstateMachine } from "../state/estate-model.ts";
import { HOUR } from "../state/times.ts";

/** What a machine of the estate is made from; the rest follows from its name. */
export interface EstateMachineRequest {
  readonly name: string;
  readonly vcenter: string | null;
  readonly host: string | null;
  readonly datastore: string | null;
  readonly osType: EstateMachine["osType"];
  readonly osVersion: string | undefined;
  readonly address: string;
  readonly memoryMiB: number;
  readonly processors: number;
  readonly diskSizesGiB: readonly number[];
  readonly power: EstateMachine["power"];
  readonly toolsRunning: boolean;
  readonly discoverable: boolean;
  readonly discoveryType?: string;
  readonly churnMiBPerSecond: number;
  readonly agent: EstateAgent;
  readonly biosId: string | undefined;
  readonly instanceUuid: string | undefined;
}

/** Puts a machine into the estate. */
export function newEstateMachine(
  simulation: Simulation,
  request: EstateMachineRequest,
): EstateMachine {
  const { diskSizesGiB, osVersion, biosId, instanceUuid, ...given } = request;
  const key = `${request.vcenter ?? "physical"}/${request.name}`.toLowerCase();
  const machine: EstateMachine = {
    ...given,
    key,
    osVersion: osVersion ?? (request.osType === "Windows" ? "Windows Server 2019" : "Ubuntu 22.04"),
    biosId: (biosId ?? guidOf(simulation, "bios", key)).toUpperCase(),
    instanceUuid: (instanceUuid ?? guidOf(simulation, "instance", key)).toLowerCase(),
    macAddress: macAddress(guidOf(simulation, "mac", key)),
    disks: diskSizesGiB.map((sizeGiB, index) => newDisk(simulation, request, key, sizeGiB, index)),
    // What is described has stood like that for a while.
    powerSince: simulation.now - HOUR,
    deleted: false,
  };
  simulation.state.estate.machines[key] = machine;
  return machine;
}

function newDisk(
  simulation: Simulation,
  { osType }: EstateMachineRequest,
  key: string,
  sizeGiB: number,
  index: number,
): EstateDisk {
  const guid = guidOf(simulation, "disk", key, index);
  const device = `/dev/sd${String.fromCharCode(97 + index)}`;
  const windows = osType === "Windows";
  return {
    id: windows ? `{${Number.parseInt(guid.slice(0, 8), 16)}}` : device,
    name: windows ? `\\\\.\\PHYSICALDRIVE${index}` : device,
    // VMware's disks begin so.
    uuid: `6000C29${guid.slice(7)}`,
    sizeGiB,
    isOsDisk: index === 0,
  };
}

/** VMware's vendor prefix and three bytes of a GUID. */
function macAddress(guid: string): string {
  return `00:50:56:${guid.slice(0, 2)}:${guid.slice(2, 4)}:${guid.slice(4, 6)}`.toUpperCase();
}
