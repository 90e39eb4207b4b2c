/**
 * The elements of every structure that is sent, in the order of the API reference: inherited ones
 * first. A vCenter refuses another order (vSphere reference, T13).
 */
export const elementOrder: Readonly<Record<string, readonly string[]>> = {
  // Methods; `_this` comes first by itself.
  RetrieveServiceContent: [],
  Login: ["userName", "password"],
  Logout: [],
  RetrievePropertiesEx: ["specSet", "options"],
  ContinueRetrievePropertiesEx: ["token"],
  CreateContainerView: ["container", "type", "recursive"],
  DestroyView: [],
  FindByInventoryPath: ["inventoryPath"],
  HasPrivilegeOnEntities: ["entity", "sessionId", "privId"],
  FetchUserPrivilegeOnEntities: ["entities", "userName"],
  QueryAssignedLicenses: [],
  ReconfigVM_Task: ["spec"],
  RemoveAllSnapshots_Task: ["consolidate"],
  ShutdownGuest: [],
  PowerOffVM_Task: [],
  PowerOnVM_Task: [],
  ConfigureStorageDrsForPod_Task: ["pod", "spec", "modify"],
  // Data objects.
  PropertyFilterSpec: ["propSet", "objectSet"],
  PropertySpec: ["type", "pathSet"],
  ObjectSpec: ["obj", "skip", "selectSet"],
  TraversalSpec: ["name", "type", "path", "skip"],
  RetrieveOptions: ["maxObjects"],
  VirtualMachineConfigSpec: ["deviceChange", "extraConfig"],
  OptionValue: ["key", "value"],
  VirtualDeviceConfigSpec: ["operation", "fileOperation", "device"],
  VirtualDisk: ["key", "backing", "controllerKey", "unitNumber", "capacityInKB"],
  VirtualDiskFlatVer2BackingInfo: ["fileName", "diskMode", "thinProvisioned"],
  StorageDrsConfigSpec: ["vmConfigSpec"],
  StorageDrsVmConfigSpec: ["operation", "removeKey", "info"],
  StorageDrsVmConfigInfo: ["vm", "enabled"],
};

/** Structures that stand where the schema names a more general one, and so carry their type. */
export const typedStructures: ReadonlySet<string> = new Set([
  "TraversalSpec",
  "OptionValue",
  "VirtualDisk",
  "VirtualDiskFlatVer2BackingInfo",
]);
