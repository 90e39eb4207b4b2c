import type {
  StoragePodFacts,
  VsphereDatastoreFacts,
  VsphereHostFacts,
} from "../../../recovery/vsphere-facts.ts";
import { child, children, flagAt, textAt, textOf, type WireNode } from "../wire/parse.ts";
import { plainName } from "./names.ts";
import {
  flagProperty,
  listProperty,
  numberProperty,
  referencesProperty,
  textProperty,
} from "./property-values.ts";
import type { RetrievedObject } from "./retrieve.ts";

/** Reads a host; its licence is told by another manager. */
export function hostFacts(object: RetrievedObject, licenceEdition: string): VsphereHostFacts {
  return {
    reference: object.id,
    name: plainName(textProperty(object, "name")),
    connectionState: textProperty(object, "runtime.connectionState"),
    inMaintenanceMode: flagProperty(object, "runtime.inMaintenanceMode"),
    memoryBytes: numberProperty(object, "hardware.memorySize"),
    usedMemoryMebibytes: numberProperty(object, "summary.quickStats.overallMemoryUsage"),
    datastoreReferences: referencesProperty(object, "datastore"),
    machineReferences: referencesProperty(object, "vm"),
    licenceEdition,
  };
}

/** Reads a datastore; `pods` are the ids of datastore clusters, one of which may be its parent. */
export function datastoreFacts(
  object: RetrievedObject,
  pods: ReadonlySet<string>,
): VsphereDatastoreFacts {
  const parent = textProperty(object, "parent");
  return {
    reference: object.id,
    name: plainName(textProperty(object, "name")),
    type: textProperty(object, "summary.type"),
    accessible: flagProperty(object, "summary.accessible"),
    freeBytes: numberProperty(object, "summary.freeSpace"),
    maintenanceMode: textProperty(object, "summary.maintenanceMode") || "normal",
    mounts: listProperty(object, "host").map((each) => {
      const info = child(each, "mountInfo");
      return {
        hostReference: textAt(each, "key"),
        accessMode: textAt(info, "accessMode"),
        // Not set means that it is.
        mounted: flagAt(info, "mounted", true),
        accessible: flagAt(info, "accessible", true),
      };
    }),
    storagePodReference: pods.has(parent) ? parent : "",
  };
}

/** Reads a datastore cluster. */
export function storagePodFacts(object: RetrievedObject): StoragePodFacts {
  const config = object.properties.get("podStorageDrsEntry.storageDrsConfig");
  return {
    reference: object.id,
    name: plainName(textProperty(object, "name")),
    storageDrsEnabled: flagAt(child(config, "podConfig"), "enabled", false),
    excludedMachineReferences: machineEntries(object)
      .filter((each) => !flagAt(each, "enabled", true))
      .map((each) => textOf(child(each, "vm"))),
  };
}

/** The cluster's settings for single machines. */
export function machineEntries(object: RetrievedObject): readonly WireNode[] {
  return children(object.properties.get("podStorageDrsEntry.storageDrsConfig"), "vmConfig");
}
