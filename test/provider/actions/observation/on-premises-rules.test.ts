import test from "ava";
import type { ActionKind } from "../../../../provider/recovery/action-kinds.ts";
import type { VCenterBench } from "../../../support/vcenter.ts";
import { classic, modernized } from "../../recovery/site-situations.ts";
import { type Look, type SiteBench, startSiteBench, uuids } from "./site-bench.ts";

const endings: (() => unknown)[] = [];
let shared: SiteBench;
test.before(async () => {
  shared = await startSiteBench({ teardown: (end) => endings.push(end) });
});
test.after.always(async () => {
  for (const end of endings.reverse()) await end();
});

/** A rule in a vCenter that breaks it, after and before which the same vCenter keeps it. */
interface Row {
  readonly title: string;
  readonly rule: string;
  readonly severity: "block" | "warn" | "wait";
  readonly look: Look;
  readonly text: RegExp;
  breaks(bench: VCenterBench): Promise<unknown>;
  mends(bench: VCenterBench): Promise<unknown>;
  /** True when the look itself breaks the rule, so that mending is another look. */
  readonly kept?: Look;
}

const reprotect = { action: "Reprotect", generation: classic } as const;
const toAppliance = { action: "Reprotect", generation: modernized } as const;
const nothing = async (): Promise<void> => {};

/** A row for each of several actions. */
const forActions = (
  actions: readonly ActionKind[],
  row: Omit<Row, "look"> & { readonly generation: Look["generation"] },
): readonly Row[] =>
  actions.map((action) => {
    const { generation, ...rest } = row;
    return { ...rest, title: `${row.title}, before a ${action}`, look: { action, generation } };
  });

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
  ...forActions(["Reprotect", "Failback"], {
    title: "DS-MOUNT R-03 the machine's datastore is read-only on the master target's host",
    rule: "DS-MOUNT",
    severity: "block",
    generation: classic,
    text: /ds1 is mounted read-only on esx1\.example\.local.*8061/,
    breaks: (bench) =>
      bench.changeDatastore("ds1", {
        mounts: { "esx1.example.local": { accessMode: "readOnly" } },
      }),
    mends: (bench) =>
      bench.changeDatastore("ds1", {
        mounts: { "esx1.example.local": { accessMode: "readWrite" } },
      }),
  }),
  {
    title: "DS-TYPE the machine's datastore is NFS",
    rule: "DS-TYPE",
    severity: "block",
    look: reprotect,
    text: /ds1 is NFS41/,
    breaks: (bench) => bench.changeDatastore("ds1", { type: "NFS41" }),
    mends: (bench) => bench.changeDatastore("ds1", { type: "VMFS" }),
  },
  {
    title: "DS-TYPE vSAN is doubtful",
    rule: "DS-TYPE",
    severity: "warn",
    look: toAppliance,
    text: /ds1 is vsan/,
    breaks: (bench) => bench.changeDatastore("ds1", { type: "vsan" }),
    mends: (bench) => bench.changeDatastore("ds1", { type: "VMFS" }),
  },
  {
    title: "DS-FULL another datastore than the machine's is given",
    rule: "DS-FULL",
    severity: "warn",
    look: { ...toAppliance, servers: { datastore: "ds2" } },
    kept: toAppliance,
    text: /it lies on ds1, and ds2 is given/,
    breaks: nothing,
    mends: nothing,
  },
  {
    title: "DS-SPACE R-03 the datastore has no room for a machine that is made anew",
    rule: "DS-SPACE",
    severity: "warn",
    look: {
      ...toAppliance,
      item: { disks: [{ ...disk(), capacityBytes: 1600 * 1024 ** 3 }] },
    },
    text: /datastore ds1: it has 1500 GiB free.*1600 GiB/,
    breaks: (bench) => bench.change("web", { instanceUuid: other }),
    mends: (bench) => bench.change("web", { instanceUuid: uuids.web }),
  },
  ...[reprotect, toAppliance].map(
    (look): Row => ({
      title: `VM-ABSENT R-03 the machine is not in the vCenter any more (${look.generation.scenario})`,
      rule: "VM-ABSENT",
      severity: "warn",
      look,
      text: /a new one is made on esx1\.example\.local, on datastore ds1/,
      breaks: (bench) => bench.change("web", { instanceUuid: other }),
      mends: (bench) => bench.change("web", { instanceUuid: uuids.web }),
    }),
  ),
  {
    title: "VM-NAME another machine has the name on the master target's host",
    rule: "VM-NAME",
    severity: "block",
    look: reprotect,
    text: /another machine of this name already.*78052/,
    breaks: (bench) => bench.change("web", { instanceUuid: other }),
    mends: (bench) => bench.change("web", { instanceUuid: uuids.web }),
  },
  {
    title: "VM-SNAP the machine itself has a snapshot",
    rule: "VM-SNAP",
    severity: "warn",
    look: reprotect,
    text: /merges/,
    breaks: (bench) => bench.change("web", { snapshot: true }),
    mends: (bench) => bench.change("web", { snapshot: false }),
  },
  {
    title: "VM-OFF R-05 the machine at the site is on before the reprotect",
    rule: "VM-OFF",
    severity: "warn",
    look: reprotect,
    text: /is on/,
    breaks: (bench) => bench.change("web", { power: "on" }),
    mends: (bench) => bench.change("web", { power: "off" }),
  },
  {
    title: "VM-OFF R-05 somebody has turned it on since the reprotect",
    rule: "VM-OFF",
    severity: "block",
    look: { action: "Failback", generation: modernized },
    text: /target of the replication/,
    breaks: (bench) => bench.change("web", { power: "on" }),
    mends: (bench) => bench.change("web", { power: "off" }),
  },
  ...[classic, modernized].map(
    (generation): Row => ({
      title: `VM-MEMORY the host has no memory for the machine (${generation.scenario})`,
      rule: "VM-MEMORY",
      severity: "warn",
      look: { action: "Failback", generation },
      text: /1 GiB of memory left, it needs 4 GiB.*8038/,
      breaks: (bench) => bench.changeHost("esx1.example.local", { usedMiB: 65_536 - 1024 }),
      mends: (bench) => bench.changeHost("esx1.example.local", { usedMiB: 4096 }),
    }),
  ),
  {
    title: "VC-LICENCE the free edition warns a failover",
    rule: "VC-LICENCE",
    severity: "warn",
    look: { action: "Failover", generation: modernized },
    text: /free edition/,
    breaks: (bench) => bench.changeHost("esx1.example.local", { licence: "esxBasic" }),
    mends: (bench) => bench.changeHost("esx1.example.local", { licence: "vc.ent" }),
  },
  {
    title: "VC-LICENCE the free edition stops a failback",
    rule: "VC-LICENCE",
    severity: "block",
    look: { action: "Failback", generation: classic },
    text: /ESXi host esx1\.example\.local/,
    breaks: (bench) => bench.changeHost("esx1.example.local", { licence: "esxBasic" }),
    mends: (bench) => bench.changeHost("esx1.example.local", { licence: "vc.ent" }),
  },
  {
    title: "VC-CONNECTED the host is disconnected",
    rule: "VC-CONNECTED",
    severity: "block",
    look: toAppliance,
    text: /notResponding/,
    breaks: (bench) => bench.changeHost("esx1.example.local", { connection: "notResponding" }),
    mends: (bench) => bench.changeHost("esx1.example.local", { connection: "connected" }),
  },
  {
    title: "VC-CONNECTED the host is in maintenance",
    rule: "VC-CONNECTED",
    severity: "block",
    look: reprotect,
    text: /maintenance mode/,
    breaks: (bench) => bench.changeHost("esx1.example.local", { maintenance: true }),
    mends: (bench) => bench.changeHost("esx1.example.local", { maintenance: false }),
  },
  {
    title: "VC-PRIV Azure's account may only read",
    rule: "VC-PRIV",
    severity: "block",
    look: reprotect,
    text: /azure-discovery lacks \d+ privileges.*Datastore; Network; Resource/,
    breaks: (bench) => bench.deny({ privilege: "*", user: "azure-discovery" }),
    mends: (bench) => bench.deny(),
  },
  {
    title: "VC-PRIV No access on the master target itself overrides the role of the datacenter",
    rule: "VC-PRIV",
    severity: "block",
    look: reprotect,
    text: /VirtualMachine\.Config\.AddNewDisk/,
    breaks: (bench) =>
      bench.deny({
        privilege: "VirtualMachine.Config.AddNewDisk",
        user: "azure-discovery",
        object: "mt-linux",
      }),
    mends: (bench) => bench.deny(),
  },
  {
    title: "VC-PRIV our own account may not turn the machine off although the input allows it",
    rule: "VC-PRIV",
    severity: "block",
    look: { ...toAppliance, inputs: { manage: ["powerOffSource"] } },
    text: /the provider's account on vCenter vcenter-one lacks VirtualMachine\.Interact\.PowerOff/,
    breaks: async (bench) => {
      await bench.change("web", { power: "on" });
      await bench.deny({ privilege: "VirtualMachine.Interact.PowerOff", user: "provider" });
    },
    mends: async (bench) => {
      await bench.change("web", { power: "off" });
      await bench.deny();
    },
  },
  {
    title: "FB-TOOLS V-08 VMware Tools of a Windows machine before the commit",
    rule: "FB-TOOLS",
    severity: "warn",
    look: {
      ...{ action: "Failback", generation: modernized, after: 4, commit: true },
      item: { osType: "Windows" },
    },
    text: /guestToolsNotRunning/,
    breaks: (bench) => bench.change("web", { power: "on", toolsRunning: false }),
    mends: (bench) => bench.change("web", { power: "on", toolsRunning: true }),
  },
];

for (const { title, rule, severity, look, kept, text, breaks, mends } of rows) {
  test.serial(`${title}: seen in a vCenter that breaks it, not in one that keeps it`, async (t) => {
    const { bench, findings } = shared;
    const found = async (asked: Look) =>
      (await findings(asked)).filter((each) => each.rule === rule && each.severity === severity);
    try {
      await breaks(bench);
      const broken = await found(look);
      t.true(broken.length > 0, `no finding of ${rule}`);
      t.regex(broken.map((each) => each.text).join("\n"), text);
    } finally {
      await mends(bench);
    }
    t.deepEqual(
      (await found(kept ?? look)).map((each) => each.text),
      [],
    );
  });
}

test.serial("P-02 nothing blocks in a vCenter in good order", async (t) => {
  await shared.bench.change("web", { power: "off" });
  for (const generation of [classic, modernized]) {
    for (const action of ["Failover", "Reprotect", "Failback"] as const) {
      const found = await shared.findings({ action, generation });
      t.deepEqual(
        found.filter((each) => each.severity !== "warn").map((each) => each.text),
        [],
      );
      t.false(found.some((each) => each.rule === "VC-ACCESS"));
    }
  }
});

const other = "50130000-0000-4000-8000-00000000beef";
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
