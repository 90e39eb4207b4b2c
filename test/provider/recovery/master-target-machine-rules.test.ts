import test from "ava";
import type { MasterTargetFacts } from "../../../provider/recovery/on-premises.ts";
import { checkMachines } from "../../../provider/recovery/rules/rules.ts";
import type { VsphereMachineFacts } from "../../../provider/recovery/vsphere-facts.ts";
import { masterTarget, view, vm } from "./site-facts.ts";
import { classic, holds, holdsForServer, server, siteSituation } from "./site-situations.ts";

const gibibyte = 1024 ** 3;
const good = server(classic);
const withTarget = (changes: Partial<MasterTargetFacts>) => ({
  masterTarget: masterTarget(changes),
});
const withMachine = (changes: Partial<VsphereMachineFacts>) => ({
  view: view(vm("mt-linux", changes)),
});

test(
  "MT-VMFS without a look at the vCenter Azure's list tells",
  holds,
  "MT-VMFS",
  "block",
  siteSituation("Reprotect", classic, {
    server: {
      ...withTarget({
        datastores: [{ name: "nfs1", uuid: "", capacityBytes: 1, freeBytes: 1, type: "NFS" }],
      }),
      view: undefined as never,
    },
  }),
  siteSituation("Reprotect", classic, { server: { view: undefined as never } }),
  /nfs1 \(NFS\)/,
);

test(
  "MT-DISKS R-02 more than sixty disks, those to come included",
  holds,
  "MT-DISKS",
  "block",
  siteSituation("Reprotect", classic, {
    server: { ...withTarget({ diskCount: 40 }), disksToCome: 21 },
  }),
  siteSituation("Reprotect", classic, {
    server: { ...withTarget({ diskCount: 40 }), disksToCome: 20 },
  }),
  /40 disks, and 21 come/,
);

test(
  "MT-CLASH a machine and its master target made from one template",
  holds,
  "MT-CLASH",
  "block",
  siteSituation("Reprotect", classic, {
    server: withMachine({ biosUuid: "BIOS-web", disks: vm("web").disks.map(moved) }),
  }),
  siteSituation("Reprotect", classic),
  /BIOS UUID bios-web, disk UUID disk-web/,
);
test("MT-CLASH a disk of the machine that hangs on the master target is no clash", (t) => {
  const found = checkMachines([
    siteSituation("Reprotect", classic, { server: withMachine({ disks: vm("web").disks }) }),
  ]);
  t.false(found.some((each) => each.rule === "MT-CLASH"));
});

test(
  "MT-SIZE a master target smaller than the guide asks",
  holdsForServer,
  "MT-SIZE",
  "warn",
  server(classic, withMachine({ processorCount: 2, memoryMebibytes: 4096 })),
  good,
  /2 processors \(4\), 4 GiB of memory \(6 GiB\).*kernel updates/,
);
test(
  "MT-SIZE small disks count, too",
  holdsForServer,
  "MT-SIZE",
  "warn",
  server(classic, {
    ...withTarget({
      retentionVolumes: [
        { name: "/mnt/retention", capacityBytes: 100 * gibibyte, freeBytes: gibibyte },
      ],
    }),
    ...withMachine({
      disks: vm("mt-linux").disks.map((disk) => ({ ...disk, capacityBytes: gibibyte })),
    }),
  }),
  good,
  /system disk of 1 GiB.*100 GiB for retention/,
);
function moved<Disk extends { readonly fileName: string }>(disk: Disk): Disk {
  return { ...disk, fileName: "[ds1] mt-linux/mt-linux.vmdk" };
}
