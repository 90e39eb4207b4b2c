import type { Simulation, World } from "../simulation.ts";
import { guidOf } from "../simulation.ts";
import { idKey, sameId } from "../state/identifiers.ts";
import { type JsonObject, listAt, numberAt, textAt } from "../state/json.ts";
import type { AzureResource, MachineCondition } from "../state/model.ts";
import { formatTime } from "../state/times.ts";
import { findResource, removeResource, storeResource } from "./resources.ts";

/** A disk of a machine as Compute knows it. */
export interface MachineDisk {
  readonly resource: AzureResource;
  readonly isOsDisk: boolean;
  /** Logical unit number; -1 for the OS disk. */
  readonly lun: number;
}

/** What is needed to make a machine out of disks and network interfaces that exist. */
export interface MachineBlueprint {
  readonly id: string;
  readonly location: string;
  readonly size: string;
  readonly osType: string;
  readonly disks: readonly { readonly id: string; readonly isOsDisk: boolean }[];
  readonly nicIds: readonly string[];
  readonly tags?: JsonObject | undefined;
  readonly zone?: string | null | undefined;
  readonly availabilitySetId?: string | null | undefined;
  readonly proximityPlacementGroupId?: string | null | undefined;
}

/** The VM type. */
export const MACHINE = "Microsoft.Compute/virtualMachines";
/** The managed disk type. */
export const DISK = "Microsoft.Compute/disks";
/** The network interface type. */
export const NIC = "Microsoft.Network/networkInterfaces";

/** What Compute knows of a machine besides its body; a machine nobody described runs and can be shut down. */
export function conditionOf(simulation: Simulation, machineId: string): MachineCondition {
  const key = idKey(machineId);
  simulation.state.machines[key] ??= { power: "running", sourceShutdown: "works" };
  return simulation.state.machines[key];
}

/** The disks of a machine, the OS disk first. */
export function disksOf(world: World, machine: AzureResource): readonly MachineDisk[] {
  const osId = textAt(machine.properties, "storageProfile", "osDisk", "managedDisk", "id");
  const osDisk = findResource(world, osId);
  const data = listAt(machine.properties, "storageProfile", "dataDisks").flatMap((entry) => {
    const resource = findResource(world, textAt(entry, "managedDisk", "id"));
    return resource ? [{ resource, isOsDisk: false, lun: numberAt(entry, "lun") ?? 0 }] : [];
  });
  return osDisk ? [{ resource: osDisk, isOsDisk: true, lun: -1 }, ...data] : data;
}

/** The network interfaces of a machine, the primary one first. */
export function nicsOf(simulation: Simulation, machine: AzureResource): readonly AzureResource[] {
  const entries = listAt(machine.properties, "networkProfile", "networkInterfaces");
  return entries.flatMap((entry) => findResource(simulation, textAt(entry, "id")) ?? []);
}

/** Makes a managed disk, or takes the one of that id as it is. */
export function ensureDisk(
  simulation: Simulation,
  id: string,
  disk: { location: string; sizeGiB: number; accountType: string; osType?: string },
): AzureResource {
  return (
    findResource(simulation, id) ??
    storeResource(simulation, {
      id,
      name: id.split("/").at(-1) ?? "",
      type: DISK,
      location: disk.location,
      sku: { name: disk.accountType },
      properties: {
        ...(disk.osType !== undefined && { osType: disk.osType }),
        creationData: { createOption: "Empty" },
        diskSizeGB: disk.sizeGiB,
        diskState: "Unattached",
        timeCreated: formatTime(simulation.now),
        provisioningState: "Succeeded",
      },
    })
  );
}

/** Makes a running machine. */
export function buildMachine(simulation: Simulation, blueprint: MachineBlueprint): AzureResource {
  const machine: AzureResource = {
    id: blueprint.id,
    name: blueprint.id.split("/").at(-1) ?? "",
    type: MACHINE,
    location: blueprint.location,
    ...(blueprint.tags && { tags: blueprint.tags }),
    ...(blueprint.zone && { zones: [blueprint.zone] }),
    properties: machineProperties(simulation, blueprint),
  };
  storeResource(simulation, machine);
  simulation.state.machines[idKey(machine.id)] = { power: "running", sourceShutdown: "works" };
  attach(simulation, machine);
  return machine;
}

function machineProperties(simulation: Simulation, blueprint: MachineBlueprint): JsonObject {
  const entryOf = (id: string, lun: number) => ({
    ...(lun >= 0 && { lun }),
    name: id.split("/").at(-1) ?? "",
    createOption: "Attach",
    caching: "ReadWrite",
    managedDisk: { id },
    diskSizeGB: numberAt(findResource(simulation, id)?.properties, "diskSizeGB") ?? 0,
  });
  const os = blueprint.disks.find((disk) => disk.isOsDisk);
  const data = blueprint.disks.filter((disk) => disk !== os);
  const { availabilitySetId, proximityPlacementGroupId } = blueprint;
  return {
    vmId: guidOf(simulation, "vmId", blueprint.id, simulation.now),
    hardwareProfile: { vmSize: blueprint.size },
    ...(availabilitySetId && { availabilitySet: { id: availabilitySetId } }),
    ...(proximityPlacementGroupId && {
      proximityPlacementGroup: { id: proximityPlacementGroupId },
    }),
    storageProfile: {
      ...(os && { osDisk: { osType: blueprint.osType, ...entryOf(os.id, -1) } }),
      dataDisks: data.map((disk, lun) => entryOf(disk.id, lun)),
    },
    networkProfile: {
      networkInterfaces: blueprint.nicIds.map((id, index) => ({
        id,
        properties: { primary: index === 0 },
      })),
    },
    timeCreated: formatTime(simulation.now),
    provisioningState: "Succeeded",
  };
}

/** Notes on disks and network interfaces which machine they belong to. */
export function attach(simulation: Simulation, machine: AzureResource): void {
  for (const { resource } of disksOf(simulation, machine)) {
    resource.properties = { ...resource.properties, managedBy: machine.id, diskState: "Attached" };
  }
  for (const nic of nicsOf(simulation, machine)) {
    nic.properties = { ...nic.properties, virtualMachine: { id: machine.id } };
  }
}

/** Removes a machine; its disks stay unless `withDisks`, its network interfaces unless `withNics`. */
export function dismantle(
  simulation: Simulation,
  machineId: string,
  also: { disks?: boolean; nics?: boolean } = {},
): void {
  const machine = findResource(simulation, machineId);
  if (!machine) return;
  for (const { resource } of disksOf(simulation, machine)) {
    if (also.disks) removeResource(simulation, resource.id);
    else {
      const { managedBy: _managedBy, ...rest } = resource.properties;
      resource.properties = { ...rest, diskState: "Unattached" };
    }
  }
  for (const nic of nicsOf(simulation, machine)) {
    if (also.nics) removeResource(simulation, nic.id);
    else {
      const { virtualMachine: _virtualMachine, ...rest } = nic.properties;
      nic.properties = rest;
    }
  }
  removeResource(simulation, machine.id);
  delete simulation.state.machines[idKey(machine.id)];
}

/** Deallocates a machine or starts it. */
export function setPower(
  simulation: Simulation,
  machineId: string,
  power: MachineCondition["power"],
): void {
  if (!findResource(simulation, machineId)) return;
  conditionOf(simulation, machineId).power = power;
  simulation.changed = true;
}

/** The machines in a resource group or network, for checks of what is in use. */
export function machineHolding(
  simulation: Simulation,
  resourceId: string,
): AzureResource | undefined {
  return Object.values(simulation.state.resources).find(
    (resource) =>
      resource.type === MACHINE &&
      [
        ...disksOf(simulation, resource).map((disk) => disk.resource),
        ...nicsOf(simulation, resource),
      ].some((part) => sameId(part.id, resourceId)),
  );
}

/** The id a machine of that name has in a resource group. */
export function machineIdIn(groupId: string, name: string): string {
  return `${groupId}/providers/${MACHINE}/${name}`;
}
