import { guidOf, type Simulation } from "../simulation.ts";
import type { HyperVMachine, VirtualHardDisk } from "../state/hyper-v-model.ts";
import { HOUR } from "../state/times.ts";
import { hyperVEstate } from "./find.ts";

/** What a Hyper-V machine is made from; the rest follows from its name and place. */
export type HyperVMachineRequest = Omit<
  HyperVMachine,
  "key" | "id" | "disks" | "powerSince" | "deleted" | "replicationError"
> & {
  readonly disks: readonly { readonly sizeMiB: number; readonly name: string }[];
};

/**
 * Puts a Hyper-V machine into the world, as one that has stood like that for an hour. Two hosts of a site may
 * have machines of one name; undefined if there is such a machine already on the same host.
 */
export function newHyperVMachine(
  simulation: Simulation,
  request: HyperVMachineRequest,
): HyperVMachine | undefined {
  const { machines } = hyperVEstate(simulation);
  const twin = Object.values(machines).find(
    (each) => !each.deleted && PLACE.every((field) => sameText(each[field], request[field])),
  );
  if (twin) return undefined;
  const key = freeKey(machines, request);
  const machine: HyperVMachine = {
    ...request,
    key,
    id: guidOf(simulation, "Hyper-V machine", key),
    disks: request.disks.map(
      ({ sizeMiB, name: diskName }, index): VirtualHardDisk => ({
        id: guidOf(simulation, "virtual hard disk", key, index),
        name: diskName,
        sizeMiB,
        isOsDisk: index === 0,
      }),
    ),
    powerSince: simulation.now - HOUR,
    deleted: false,
  };
  machines[key] = machine;
  simulation.changed = true;
  return machine;
}

const PLACE = ["vault", "fabricName", "containerName", "host", "name"] as const;

function sameText(first: string | null, second: string | null): boolean {
  return first?.toLowerCase() === second?.toLowerCase();
}

/** The first machine of a name has the plain key, others of that name tell their host, and a number if need be. */
function freeKey(
  machines: Readonly<Record<string, HyperVMachine>>,
  { fabricName, containerName, name, host }: HyperVMachineRequest,
): string {
  const plain = `${fabricName}/${containerName}/${name}`.toLowerCase();
  if (!machines[plain]) return plain;
  const withHost = `${plain}@${host ?? ""}`.toLowerCase();
  if (!machines[withHost]) return withHost;
  let number = 2;
  while (machines[`${withHost}#${number}`]) number += 1;
  return `${withHost}#${number}`;
}
