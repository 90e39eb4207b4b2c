import test from "ava";
import { classic, modernized } from "../../recovery/site-situations.ts";
import { forActions, nothing, proveRows, type Row } from "./rows.ts";
import { uuids } from "./site-bench.ts";

const reprotect = { action: "Reprotect", generation: classic } as const;
const toAppliance = { action: "Reprotect", generation: modernized } as const;

const rows: readonly Row[] = [
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
    title: "VC-PRIV the role is not given on the datacenter, only on what lies in it",
    rule: "VC-PRIV",
    severity: "block",
    look: reprotect,
    text: /lacks 1 privileges that a failback needs, on datacenter DC0 \(Resource\.AssignVMToPool\).*on the datacenter/,
    breaks: (bench) =>
      bench.deny({
        privilege: "Resource.AssignVMToPool",
        user: "azure-discovery",
        object: "DC0",
      }),
    mends: (bench) => bench.deny(),
  },
  {
    title: "VC-PRIV an account that may not even see one datastore is told which one",
    rule: "VC-PRIV",
    severity: "block",
    look: reprotect,
    text: /that a failback needs, on datastore ds2 \(/,
    breaks: (bench) =>
      bench.deny(
        { privilege: "*", user: "azure-discovery", object: "ds2" },
        { privilege: "System.Read", user: "azure-discovery", object: "ds2" },
      ),
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

const { site } = proveRows(rows);

test.serial("P-02 nothing blocks in a vCenter in good order", async (t) => {
  await site().bench.change("web", { power: "off" });
  for (const generation of [classic, modernized]) {
    for (const action of ["Failover", "Reprotect", "Failback"] as const) {
      const found = await site().findings({ action, generation });
      t.deepEqual(
        found.filter((each) => each.severity !== "warn").map((each) => each.text),
        [],
      );
      t.false(found.some((each) => each.rule === "VC-ACCESS"));
    }
  }
});

const other = "50130000-0000-4000-8000-00000000beef";
function disk() {
  return {
    ...{ diskId: "d", name: "d", capacityBytes: 10 * 1024 ** 3, recoveryResourceGroupId: "" },
    ...{ replicaDiskType: "", targetDiskType: "", cacheStorageAccountId: "" },
    ...{ recoveryDiskEncryptionSetId: "", resynchronizationRequired: false },
  };
}
