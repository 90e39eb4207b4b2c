/** What is read together. */
export type ReadObject =
  | "machineOutline"
  | "place"
  | "machine"
  | "host"
  | "datastore"
  | "storagePod";

/** The properties that are read of each type, in one call (vSphere reference, section 2). */
export const propertyPaths: Readonly<Record<ReadObject, readonly string[]>> = {
  /** Enough to find a machine. */
  machineOutline: ["name", "parent", "config.uuid", "config.instanceUuid"],
  /** What stands between the root and a machine. */
  place: ["name", "parent"],
  machine: [
    "name",
    "datastore",
    "snapshot",
    "config.extraConfig",
    "config.hardware.device",
    "config.hardware.numCPU",
    "config.hardware.memoryMB",
    "config.uuid",
    "config.instanceUuid",
    "config.guestId",
    "config.files.vmPathName",
    "runtime.powerState",
    "runtime.host",
    "guest.toolsRunningStatus",
    "guest.guestFamily",
    "guest.disk",
  ],
  host: [
    "name",
    "datastore",
    "vm",
    "hardware.memorySize",
    "summary.quickStats.overallMemoryUsage",
    "runtime.connectionState",
    "runtime.inMaintenanceMode",
  ],
  datastore: [
    "name",
    "parent",
    "summary.type",
    "summary.accessible",
    "summary.freeSpace",
    "summary.maintenanceMode",
    "host",
  ],
  storagePod: ["name", "podStorageDrsEntry.storageDrsConfig"],
};
