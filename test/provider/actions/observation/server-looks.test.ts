import { classic, modernized } from "../../recovery/site-situations.ts";
import { forActions, nothing, proveRows, type Row } from "./rows.ts";

const reprotect = { action: "Reprotect", generation: classic } as const;
const toAppliance = { action: "Reprotect", generation: modernized } as const;

const placementOfMasterTarget = {
  web: {
    vcenter: "vcenter-one",
    machine: "mt-linux",
    instanceUuid: "",
    configurationFile: "[ds1] mt-linux/mt-linux.vmx",
    datastores: ["ds1"],
    diskFiles: [],
  },
};

const rows: readonly Row[] = [
  ...forActions(["Reprotect", "Failback"], {
    title: "MT-SNAP a snapshot on the master target",
    rule: "MT-SNAP",
    severity: "block",
    generation: classic,
    text: /master target mt-linux: it has a snapshot/,
    breaks: (bench) => bench.change("mt-linux", { snapshot: true }),
    mends: (bench) => bench.change("mt-linux", { snapshot: false }),
  }),
  {
    title: "MT-UUID disk.EnableUUID is false",
    rule: "MT-UUID",
    severity: "block",
    look: reprotect,
    text: /disk\.EnableUUID/,
    breaks: (bench) => bench.change("mt-linux", { extraConfig: { "disk.EnableUUID": "FALSE" } }),
    mends: (bench) => bench.change("mt-linux", { extraConfig: { "disk.EnableUUID": "TRUE" } }),
  },
  {
    title: "MT-TOOLS VMware Tools stand still in the master target",
    rule: "MT-TOOLS",
    severity: "block",
    look: reprotect,
    text: /guestToolsNotRunning/,
    breaks: (bench) => bench.change("mt-linux", { toolsRunning: false }),
    mends: (bench) => bench.change("mt-linux", { toolsRunning: true }),
  },
  {
    title: "MT-VMFS an NFS-only host",
    rule: "MT-VMFS",
    severity: "block",
    look: reprotect,
    text: /ds1 \(NFS\), ds2 \(NFS\)/,
    breaks: async (bench) => {
      await bench.changeDatastore("ds1", { type: "NFS" });
      await bench.changeDatastore("ds2", { type: "NFS" });
    },
    mends: async (bench) => {
      await bench.changeDatastore("ds1", { type: "VMFS" });
      await bench.changeDatastore("ds2", { type: "VMFS" });
    },
  },
  {
    title: "MT-SDRS the master target is not excluded from Storage DRS any more",
    rule: "MT-SDRS",
    severity: "warn",
    look: reprotect,
    text: /Storage DRS of pod-1/,
    breaks: (bench) => bench.changePod("pod-1", { excluded: [] }),
    mends: (bench) => bench.changePod("pod-1", { excluded: ["mt-linux", "appliance-1"] }),
  },
  {
    title: "MT-OS the guest of the master target is a Windows machine",
    rule: "MT-OS",
    severity: "block",
    look: reprotect,
    text: /its vCenter a Windows machine/,
    breaks: (bench) => bench.change("mt-linux", { guestFamily: "windowsGuest" }),
    mends: (bench) => bench.change("mt-linux", { guestFamily: "linuxGuest" }),
  },
  {
    title: "MT-OS a Windows machine chooses the Linux master target",
    rule: "MT-OS",
    severity: "block",
    look: { ...reprotect, item: { osType: "Windows" } },
    kept: reprotect,
    text: /runs Windows, master target mt-linux runs Linux/,
    breaks: nothing,
    mends: nothing,
  },
  {
    title: "MT-RETENTION a FAT file system on the retention volume",
    rule: "MT-RETENTION",
    severity: "block",
    look: reprotect,
    text: /FAT32/,
    breaks: (bench) => bench.change("mt-linux", { guestVolumes: [retention("FAT32")] }),
    mends: (bench) => bench.change("mt-linux", { guestVolumes: [retention("ext4")] }),
  },
  {
    title: "MT-CLASH machine and master target from one template",
    rule: "MT-CLASH",
    severity: "block",
    look: reprotect,
    text: /BIOS UUID 42000000-0000-4000-8000-00000000c1a5/,
    breaks: async (bench) => {
      const biosUuid = "42000000-0000-4000-8000-00000000c1a5";
      await bench.change("web", { biosUuid });
      await bench.change("mt-linux", { biosUuid });
    },
    mends: (bench) =>
      bench.change("mt-linux", { biosUuid: "42000000-0000-4000-8000-00000000c1a6" }),
  },
  {
    title: "MT-DISKS the disks to come do not fit",
    rule: "MT-DISKS",
    severity: "block",
    look: { ...reprotect, masterTarget: { diskCount: 60 } },
    kept: reprotect,
    text: /60 disks, and 1 come/,
    breaks: nothing,
    mends: nothing,
  },
  {
    title: "MT-HOST the master target is no machine of the vCenter",
    rule: "MT-HOST",
    severity: "block",
    look: reprotect,
    text: /vCenter vcenter-one has no machine of this name/,
    breaks: (bench) => bench.change("mt-linux", { rename: "other" }),
    mends: (bench) => bench.change("other", { rename: "mt-linux" }),
  },
  {
    title: "MT-MOVED AP-MOVED Storage vMotion of the master target after the reprotect",
    rule: "MT-MOVED",
    severity: "block",
    look: {
      action: "Failback",
      generation: classic,
      inputs: { placement: placementOfMasterTarget },
    },
    text: /is now \[ds2\] mt-linux\/mt-linux\.vmx/,
    breaks: (bench) => bench.change("mt-linux", { datastore: "ds2" }),
    mends: (bench) => bench.change("mt-linux", { datastore: "ds1" }),
  },
  {
    title: "AP-MOVED Storage vMotion of the appliance after the reprotect",
    rule: "AP-MOVED",
    severity: "block",
    look: {
      action: "Failback",
      generation: modernized,
      inputs: {
        placement: {
          web: {
            ...placementOfMasterTarget.web,
            machine: "appliance-1",
            configurationFile: "[ds1] appliance-1/appliance-1.vmx",
          },
        },
      },
    },
    text: /appliance appliance-1: it was moved/,
    breaks: (bench) => bench.change("appliance-1", { datastore: "ds2" }),
    mends: (bench) => bench.change("appliance-1", { datastore: "ds1" }),
  },
  {
    title: "AP-DISKS the disks to come do not fit on the appliance",
    rule: "AP-DISKS",
    severity: "block",
    look: { ...toAppliance, item: { disks: Array.from({ length: 60 }, disk) } },
    kept: toAppliance,
    text: /1 disks, and 60 come/,
    breaks: nothing,
    mends: nothing,
  },
  {
    title: "AP-DATASTORE the machine lies where the appliance cannot write",
    rule: "AP-DATASTORE",
    severity: "block",
    look: toAppliance,
    text: /cannot read and write datastore ds2; it can ds1/,
    breaks: (bench) => bench.change("web", { datastore: "ds2" }),
    mends: (bench) => bench.change("web", { datastore: "ds1" }),
  },
];

proveRows(rows);

function retention(fileSystem: string) {
  return { path: "/mnt/retention", sizeGiB: 1024, freeGiB: 1000, fileSystem };
}
function disk() {
  return {
    ...{ diskId: "d", name: "d", capacityBytes: 10 * 1024 ** 3, recoveryResourceGroupId: "" },
    ...{ replicaDiskType: "", targetDiskType: "", cacheStorageAccountId: "" },
    ...{ recoveryDiskEncryptionSetId: "", resynchronizationRequired: false },
  };
}
