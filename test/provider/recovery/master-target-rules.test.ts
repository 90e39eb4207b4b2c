import test from "ava";
import type { MasterTargetFacts } from "../../../provider/recovery/on-premises.ts";
import { serverRules } from "../../../provider/recovery/rules/server-rules.ts";
import type {
  ScsiControllerKind,
  VsphereMachineFacts,
} from "../../../provider/recovery/vsphere-facts.ts";
import { absent, datastore, fabric, masterTarget, processServer, view, vm } from "./site-facts.ts";
import {
  chosen,
  classic,
  holds,
  holdsForServer,
  server,
  siteSituation,
} from "./site-situations.ts";

const gibibyte = 1024 ** 3;
const good = server(classic);
const withTarget = (changes: Partial<MasterTargetFacts>) => ({
  masterTarget: masterTarget(changes),
});
const withMachine = (changes: Partial<VsphereMachineFacts>) => ({
  view: view(vm("mt-linux", changes)),
});

/** Rules that judge a server alike when it is set up and before a machine is reprotected through it. */
const rows: readonly {
  readonly title: string;
  readonly rule: string;
  readonly severity: string;
  readonly failing: Parameters<typeof server>[1];
  readonly text: RegExp;
}[] = [
  {
    title: "MT-HOST a silent master target takes nothing",
    rule: "MT-HOST",
    severity: "block",
    failing: withTarget({ lastHeartbeat: "2026-01-10T10:00:00Z" }),
    text: /silent for 2 h/,
  },
  {
    title: "MT-HOST S-02 a master target that is no machine of the vCenter is a physical server",
    rule: "MT-HOST",
    severity: "block",
    failing: { view: absent },
    text: /physical server cannot be a master target/,
  },
  {
    title: "MT-HOST its errors are told in the service's words",
    rule: "MT-HOST",
    severity: "block",
    failing: withTarget({
      validationErrors: [
        {
          code: "95001",
          level: "Error",
          category: "",
          message: "It lies on LVM.",
          possibleCauses: "",
          recommendedAction: "Install another one.",
        },
      ],
    }),
    text: /95001: It lies on LVM/,
  },
  {
    title: "MT-OS a Windows machine of this name in the vCenter is no Linux master target",
    rule: "MT-OS",
    severity: "block",
    failing: withMachine({ guestFamily: "windowsGuest" }),
    text: /Linux server, its vCenter a Windows machine/,
  },
  {
    title: "MT-VERSION an agent newer than the configuration server's would not replicate",
    rule: "MT-VERSION",
    severity: "block",
    failing: {
      ...withTarget({ agentVersion: "9.55.1" }),
      fabric: fabric({ agentVersion: "9.50" }),
    },
    text: /9\.55\.1 is newer.*configuration server/,
  },
  {
    title: "MT-VERSION one newer than the process server's neither",
    rule: "MT-VERSION",
    severity: "block",
    failing: { processServer: processServer({ agentVersion: "9.49.8" }) },
    text: /process server ps-azure/,
  },
  {
    title: "MT-RETENTION a server without a fit volume takes nothing",
    rule: "MT-RETENTION",
    severity: "block",
    failing: withTarget({ retentionVolumes: [] }),
    text: /1024 GiB.*\/mnt\/retention/,
  },
  {
    title: "MT-RETENTION a volume that Azure does not list as fit is told with those it lists",
    rule: "MT-RETENTION",
    severity: "block",
    failing: { retentionVolume: "/data" },
    text: /\/data as fit.*\/mnt\/retention/,
  },
  {
    title: "MT-RETENTION a volume without capacity is none",
    rule: "MT-RETENTION",
    severity: "block",
    failing: withTarget({
      retentionVolumes: [{ name: "/mnt/retention", capacityBytes: 0, freeBytes: 0 }],
    }),
    text: /no capacity/,
  },
  {
    title: "MT-RETENTION a volume with a FAT file system is none",
    rule: "MT-RETENTION",
    severity: "block",
    failing: withMachine({ guestVolumes: [volume("/mnt/retention", "FAT32")] }),
    text: /FAT32/,
  },
  {
    title: "MT-SNAP a snapshot on the master target",
    rule: "MT-SNAP",
    severity: "block",
    failing: withMachine({ hasSnapshot: true }),
    text: /manage: \["snapshots"\]/,
  },
  {
    title: "MT-UUID disk.EnableUUID is not set",
    rule: "MT-UUID",
    severity: "block",
    failing: withMachine({ diskUuidEnabled: false }),
    text: /extra disk.*manage: \["diskUuid", "reboot"\]/,
  },
  {
    title: "MT-SCSI a Paravirtual controller",
    rule: "MT-SCSI",
    severity: "block",
    failing: withController("ParaVirtualSCSIController"),
    text: /Paravirtual/,
  },
  {
    title: "MT-SCSI a BusLogic controller",
    rule: "MT-SCSI",
    severity: "block",
    failing: withController("VirtualBusLogicController"),
    text: /BusLogic/,
  },
  {
    title: "MT-SCSI an LSI Logic SAS controller is doubtful",
    rule: "MT-SCSI",
    severity: "warn",
    failing: withController("VirtualLsiLogicSASController"),
    text: /SAS/,
  },
  {
    title: "MT-TOOLS VMware Tools do not run",
    rule: "MT-TOOLS",
    severity: "block",
    failing: withMachine({ toolsRunningStatus: "guestToolsNotRunning" }),
    text: /datastores of its host are not found/,
  },
  {
    title: "MT-VMFS a host with NFS alone",
    rule: "MT-VMFS",
    severity: "block",
    failing: {
      view: view(vm("mt-linux"), { datastores: [datastore("ds1", { type: "NFS" })] }),
    },
    text: /no VMFS datastore, but ds1 \(NFS\)/,
  },
  {
    title: "MT-SDRS Storage DRS may move the master target",
    rule: "MT-SDRS",
    severity: "warn",
    failing: inPod([]),
    text: /Storage DRS of pod-1.*manage: \["storageDrs"\]/,
  },
];

for (const { title, rule, severity, failing, text } of rows) {
  test(
    `${title}: R-01 when it is set up`,
    holdsForServer,
    rule,
    severity,
    server(classic, failing),
    good,
    text,
  );
  test(
    `${title}: R-02 before a reprotect`,
    holds,
    rule,
    severity,
    siteSituation("Reprotect", classic, { server: failing ?? {} }),
    siteSituation("Reprotect", classic),
    text,
  );
}

test(
  "MT-HOST a server that Azure does not list yet is waited for",
  holdsForServer,
  "MT-HOST",
  "wait",
  without("masterTarget"),
  good,
);
test(
  "MT-HOST LVM under a Linux master target cannot be seen, and is reminded of",
  holdsForServer,
  "MT-HOST",
  "warn",
  good,
  windowsServer(),
  /LVM/,
);
test(
  "MT-HOST V-01 R-02 a reprotect without a master target says which there are",
  holds,
  "MT-HOST",
  "block",
  siteSituation("Reprotect", classic, {
    site: {
      servers: chosen(classic, {
        problems: [
          {
            input: "masterTarget",
            fact: "there is no master target mt-9.",
            remedy: "There are mt-linux, mt-windows.",
          },
        ],
      }),
    },
  }),
  siteSituation("Reprotect", classic),
  /mt-9.*\(masterTarget\)/,
);
test(
  "MT-SNAP a snapshot stops a failback, too",
  holds,
  "MT-SNAP",
  "block",
  siteSituation("Failback", classic, { server: withMachine({ hasSnapshot: true }) }),
  siteSituation("Failback", classic),
);

test(
  "MT-OS a Windows machine does not return through a Linux master target",
  holds,
  "MT-OS",
  "block",
  siteSituation("Reprotect", classic, { item: { osType: "Windows" } }),
  siteSituation("Reprotect", classic, { item: { osType: "Linux" } }),
  /runs Windows, master target mt-linux runs Linux/,
);
test(
  "MT-OS a master target of an older version is warned of",
  holds,
  "MT-OS",
  "warn",
  siteSituation("Reprotect", classic, { item: version("Ubuntu 24.04") }),
  siteSituation("Reprotect", classic, { item: version("Ubuntu 20.04") }),
  /older Ubuntu 22\.04/,
);

test(
  "MT-LISTED R-01 a volume that the guest has and Azure does not list is waited for",
  holdsForServer,
  "MT-LISTED",
  "wait",
  server(classic, {
    ...withTarget({ retentionVolumes: [] }),
    ...withMachine({ guestVolumes: [volume("/mnt/retention", "ext4")] }),
  }),
  good,
  /up to 15 minutes/,
);

test("R-01 the fixes that a server's resource may make are named by its rules", (t) => {
  const fixes = Object.fromEntries(
    serverRules.flatMap((rule) => (rule.fix === undefined ? [] : [[rule.id, rule.fix]])),
  );
  t.deepEqual(fixes, {
    "MT-RETENTION": "retentionDisk",
    "MT-SNAP": "snapshots",
    "MT-UUID": "diskUuid",
    "MT-SDRS": "storageDrs",
    "AP-MOVED": "storageDrs",
  });
});

function volume(path: string, fileSystem: string) {
  return { path, capacityBytes: 1024 * gibibyte, freeBytes: 1000 * gibibyte, fileSystem };
}
function withController(kind: ScsiControllerKind) {
  return withMachine({ controllers: [{ key: 1000, kind }] });
}
function inPod(excludedMachineReferences: readonly string[]) {
  return {
    view: view(vm("mt-linux"), {
      datastores: [datastore("ds1", { storagePodReference: "pod-1" })],
      storagePods: [
        { reference: "pod-1", name: "pod-1", storageDrsEnabled: true, excludedMachineReferences },
      ],
    }),
  };
}
function windowsServer() {
  return server(classic, {
    ...withTarget({
      osType: "Windows",
      retentionVolumes: [{ name: "R", capacityBytes: 1024 * gibibyte, freeBytes: 1 }],
    }),
    ...withMachine({ guestFamily: "windowsGuest" }),
  });
}
function without(name: "masterTarget") {
  const { [name]: _, ...rest } = good;
  return rest;
}
function version(osVersion: string): object {
  const { item } = siteSituation("Reprotect", classic);
  return { onPremises: { ...item.onPremises, osVersion } };
}
