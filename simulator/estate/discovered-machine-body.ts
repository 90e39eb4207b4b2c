import type { Simulation } from "../simulation.ts";
import type { ApplianceSite, EstateMachine } from "../state/estate-model.ts";
import { nameOf } from "../state/identifiers.ts";
import type { JsonObject } from "../state/json.ts";
import { formatTime } from "../state/times.ts";
import { vcenterIdOf } from "./appliance-bodies.ts";
import { estateVCenter } from "./find.ts";

const GIB = 2 ** 30;
/** When the machines were seen first: nobody asks. */
const CREATED = "2026-01-01T00:00:00.0000000Z";

/** A machine of a discovery site as Microsoft.OffAzure shows it (published fields, never recorded: CH-OFF-AZURE). */
export function discoveredMachineBody(
  simulation: Simulation,
  site: ApplianceSite,
  machine: EstateMachine,
  id: string,
): JsonObject {
  const isVirtual = machine.vcenter !== null;
  return {
    id,
    name: nameOf(id),
    type: `Microsoft.OffAzure/${isVirtual ? "VMwareSites" : "ServerSites"}/machines`,
    properties: {
      ...(isVirtual && virtualFields(simulation, site, machine)),
      displayName: machine.name,
      disks: machine.disks.map((disk, index) => ({
        uuid: disk.uuid,
        label: `Hard disk ${index + 1}`,
        name: disk.name,
        path: isVirtual ? pathOf(machine, index) : disk.name,
        maxSizeInBytes: disk.sizeGiB * GIB,
        diskType: isVirtual ? "Virtual disk" : "Physical disk",
        diskMode: "persistent",
        diskProvisioningPolicy: "Thin",
      })),
      networkAdapters: [
        {
          nicId: "4000",
          macAddress: machine.macAddress,
          ipAddressList: [machine.address],
          networkName: isVirtual ? "VM Network" : null,
          ipAddressType: "Static",
        },
      ],
      guestOSType: machine.osType === "Windows" ? "windowsguest" : "linuxguest",
      operatingSystemDetails: {
        osType: machine.osType === "Windows" ? "windowsguest" : "linuxguest",
        osName: machine.osVersion,
        osVersion: null,
      },
      biosGuid: machine.biosId,
      firmware: "BIOS",
      numberOfProcessorCore: machine.processors,
      allocatedMemoryInMB: machine.memoryMiB,
      powerStatus: machine.power === "on" ? "ON" : "OFF",
      isDeleted: machine.deleted,
      createdTimestamp: CREATED,
      updatedTimestamp: formatTime(simulation.now),
      errors: [],
    },
  };
}

/** Where a vCenter keeps a disk of a machine. */
function pathOf({ datastore, name }: EstateMachine, index: number): string {
  return `[${datastore ?? ""}] ${name}/${name}${index === 0 ? "" : `_${index}`}.vmdk`;
}

function virtualFields(
  simulation: Simulation,
  site: ApplianceSite,
  machine: EstateMachine,
): JsonObject {
  const vcenter = estateVCenter(simulation, machine.vcenter);
  return {
    vCenterId: vcenterIdOf(site, machine.vcenter ?? ""),
    vCenterFQDN: vcenter?.address ?? "",
    hostName: machine.host,
    dataStore: machine.datastore,
    vmConfigurationFileLocation: `[${machine.datastore ?? ""}] ${machine.name}/${machine.name}.vmx`,
    instanceUuid: machine.instanceUuid,
    vMwareToolsStatus: machine.toolsRunning && machine.power === "on" ? "OK" : "NotRunning",
    changeTrackingSupported: true,
  };
}
