import type { VsphereDiskFacts } from "../../../recovery/vsphere-facts.ts";
import { type Call, type ManagedObject, structure } from "../wire/serialize.ts";
import { machineObject } from "./observe-machine.ts";

/** Sets one key of a machine's extra configuration. */
export function extraConfigCall(reference: string, key: string, value: string): Call {
  const option = structure("OptionValue", { key, value: { any: value } });
  return reconfigure(reference, { extraConfig: option });
}

/** Adds a thin disk; the vCenter chooses its file beside the machine's own or in the named datastore. */
export function addDiskCall(
  reference: string,
  disk: {
    readonly datastoreName: string;
    readonly capacityBytes: number;
    readonly controllerKey: number;
    readonly unitNumber: number;
  },
): Call {
  const backing = structure("VirtualDiskFlatVer2BackingInfo", {
    fileName: `[${disk.datastoreName}]`,
    diskMode: "persistent",
    thinProvisioned: true,
  });
  const device = structure("VirtualDisk", {
    // A negative key stands for the one that the vCenter will choose.
    key: -1,
    backing,
    controllerKey: disk.controllerKey,
    unitNumber: disk.unitNumber,
    capacityInKB: Math.ceil(disk.capacityBytes / 1024),
  });
  return reconfigure(reference, {
    deviceChange: structure("VirtualDeviceConfigSpec", {
      ...{ operation: "add", fileOperation: "create", device },
    }),
  });
}

/** Takes a disk away and deletes its file. */
export function removeDiskCall(reference: string, disk: VsphereDiskFacts): Call {
  const device = structure("VirtualDisk", {
    key: disk.key,
    backing: structure("VirtualDiskFlatVer2BackingInfo", {
      fileName: disk.fileName,
      diskMode: "persistent",
    }),
    controllerKey: disk.controllerKey,
    unitNumber: disk.unitNumber,
    capacityInKB: Math.ceil(disk.capacityBytes / 1024),
  });
  return reconfigure(reference, {
    deviceChange: structure("VirtualDeviceConfigSpec", {
      ...{ operation: "remove", fileOperation: "destroy", device },
    }),
  });
}

/** Takes a machine out of Storage DRS by an entry of its own, or deletes its entry. */
export function storageDrsCall(
  manager: ManagedObject,
  storagePodReference: string,
  machineReference: string,
  change: "add" | "edit" | "include" | "remove",
): Call {
  const machine = machineObject(machineReference);
  const entry =
    change === "remove"
      ? structure("StorageDrsVmConfigSpec", { operation: "remove", removeKey: { any: machine } })
      : structure("StorageDrsVmConfigSpec", {
          operation: change === "include" ? "edit" : change,
          info: structure("StorageDrsVmConfigInfo", { vm: machine, enabled: change === "include" }),
        });
  return {
    method: "ConfigureStorageDrsForPod_Task",
    target: manager,
    elements: {
      pod: { type: "StoragePod", id: storagePodReference },
      spec: structure("StorageDrsConfigSpec", { vmConfigSpec: entry }),
      // False would reset the rest of the cluster.
      modify: true,
    },
  };
}

function reconfigure(reference: string, elements: Parameters<typeof structure>[1]): Call {
  return {
    method: "ReconfigVM_Task",
    target: machineObject(reference),
    elements: { spec: structure("VirtualMachineConfigSpec", elements) },
  };
}
