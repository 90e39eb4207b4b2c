import type {
  ScsiControllerFacts,
  ScsiControllerKind,
  VsphereDiskFacts,
  VsphereMachineFacts,
} from "../../../recovery/vsphere-facts.ts";
import { child, numberAt, textAt, typeOf, type WireNode } from "../wire/parse.ts";
import { plainName } from "./names.ts";
import {
  listProperty,
  numberProperty,
  referencesProperty,
  textProperty,
} from "./property-values.ts";
import type { RetrievedObject } from "./retrieve.ts";

/** The setting that gives a machine's disks stable ids. */
export const diskUuidKey = "disk.EnableUUID";

const controllerKinds: ReadonlySet<string> = new Set<ScsiControllerKind>([
  "ParaVirtualSCSIController",
  "VirtualLsiLogicController",
  "VirtualLsiLogicSASController",
  "VirtualBusLogicController",
]);

/** Reads a machine; its device list holds disks and controllers. */
export function machineFacts(object: RetrievedObject): VsphereMachineFacts {
  const devices = listProperty(object, "config.hardware.device");
  return {
    reference: object.id,
    name: plainName(textProperty(object, "name")),
    biosUuid: textProperty(object, "config.uuid"),
    instanceUuid: textProperty(object, "config.instanceUuid"),
    hostReference: textProperty(object, "runtime.host"),
    datastoreReferences: referencesProperty(object, "datastore"),
    powerState: powerStateOf(textProperty(object, "runtime.powerState")),
    hasSnapshot: object.properties.has("snapshot"),
    diskUuidEnabled: /^(true|1)$/i.test(textAt(diskUuidOption(object), "value").trim()),
    controllers: devices.filter((each) => controllerKinds.has(typeOf(each))).map(controllerFacts),
    disks: devices.filter((each) => typeOf(each) === "VirtualDisk").map(diskFacts),
    configurationFile: textProperty(object, "config.files.vmPathName"),
    guestId: textProperty(object, "config.guestId"),
    guestFamily: textProperty(object, "guest.guestFamily"),
    toolsRunningStatus: textProperty(object, "guest.toolsRunningStatus"),
    guestVolumes: listProperty(object, "guest.disk").map((volume) => ({
      path: textAt(volume, "diskPath"),
      capacityBytes: numberAt(volume, "capacity"),
      freeBytes: numberAt(volume, "freeSpace"),
      fileSystem: textAt(volume, "filesystemType"),
    })),
    memoryMebibytes: numberProperty(object, "config.hardware.memoryMB"),
    processorCount: numberProperty(object, "config.hardware.numCPU"),
  };
}

/** The entry of `disk.EnableUUID`, in whatever spelling it has; undefined when there is none. */
export function diskUuidOption(object: RetrievedObject): WireNode | undefined {
  return listProperty(object, "config.extraConfig").find(
    (each) => textAt(each, "key").toLowerCase() === diskUuidKey.toLowerCase(),
  );
}

function powerStateOf(text: string): VsphereMachineFacts["powerState"] {
  return text === "poweredOff" || text === "suspended" ? text : "poweredOn";
}

function controllerFacts(device: WireNode): ScsiControllerFacts {
  return { key: numberAt(device, "key"), kind: typeOf(device) as ScsiControllerKind };
}

function diskFacts(device: WireNode): VsphereDiskFacts {
  const backing = child(device, "backing");
  const capacityBytes = numberAt(device, "capacityInBytes");
  return {
    key: numberAt(device, "key"),
    fileName: textAt(backing, "fileName"),
    uuid: textAt(backing, "uuid"),
    capacityBytes: capacityBytes || numberAt(device, "capacityInKB") * 1024,
    controllerKey: numberAt(device, "controllerKey"),
    unitNumber: numberAt(device, "unitNumber"),
    rawDeviceMapping: /^VirtualDiskRawDiskMapping/.test(typeOf(backing)),
  };
}
