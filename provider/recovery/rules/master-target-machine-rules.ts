import {
  hostDatastores,
  type SiteServerSituation,
  type VsphereMachineView,
} from "../on-premises-situation.ts";
import type { ScsiControllerKind } from "../vsphere-facts.ts";
import type { Violation } from "./rule.ts";
import { none, type ServerRule, serverRule } from "./site-rule.ts";
import { gibibytes, listed } from "./words.ts";

/** Disks that can be attached to one machine: 15 on each of 4 controllers. */
const maximumDisks = 60;

/** States in which VMware Tools answer, or are about to. */
const runningTools: readonly string[] = ["guestToolsRunning", "guestToolsExecutingScripts"];

/** What the guides ask of a master target's machine. */
const wantedSize = {
  processors: 4,
  memoryMebibytes: 6 * 1024,
  systemDiskBytes: 100 * 1024 ** 3,
  retentionBytes: 1024 ** 4,
} as const;

/** SCSI controllers by what a master target may have: only LSI Logic is named as good. */
const controllers: Readonly<
  Record<ScsiControllerKind, { readonly name: string; readonly severity?: "block" | "warn" }>
> = {
  VirtualLsiLogicController: { name: "LSI Logic" },
  VirtualLsiLogicSASController: { name: "LSI Logic SAS", severity: "warn" },
  ParaVirtualSCSIController: { name: "Paravirtual", severity: "block" },
  VirtualBusLogicController: { name: "BusLogic", severity: "block" },
};

/** Rules about the virtual machine of a master target (failback rules, section 3). */
export const masterTargetMachineRules: readonly ServerRule[] = [
  serverRule({
    id: "MT-SNAP",
    source: "003:115, 116, 222, 223",
    summary: "The master target has no snapshot.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect", "failback"],
    fix: "snapshots",
    vsphere: true,
    checkServer: ({ view }) =>
      view?.machine?.hasSnapshot === true
        ? [
            {
              fact: "it has a snapshot: reprotect and failback fail on its disks.",
              remedy:
                'Delete all of its snapshots in the vCenter, or let MasterTargetServer do it: manage: ["snapshots"].',
            },
          ]
        : none,
  }),
  serverRule({
    id: "MT-UUID",
    source: "003:134-136, 219; docs",
    summary:
      "disk.EnableUUID of the master target is true, so that disks are mounted by a stable UUID.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect"],
    fix: "diskUuid",
    vsphere: true,
    checkServer: ({ view }) =>
      view?.machine?.diskUuidEnabled === false
        ? [
            {
              fact: "disk.EnableUUID is not true: an extra disk may be written to.",
              remedy:
                'Turn it off, set disk.EnableUUID to TRUE in its advanced configuration and turn it on, or let MasterTargetServer do it: manage: ["diskUuid", "reboot"].',
            },
          ]
        : none,
  }),
  serverRule({
    id: "MT-SCSI",
    source: "003:224-226; BusLogic and LSI Logic SAS by our reading",
    summary: "The master target's SCSI controllers are LSI Logic, none is Paravirtual.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect"],
    vsphere: true,
    checkServer: ({ view }) => {
      const kinds = new Set(view?.machine?.controllers.map((each) => each.kind));
      return [...kinds].flatMap((kind): readonly Violation[] => {
        const { name, severity } = controllers[kind];
        return severity === undefined
          ? none
          : [
              {
                fact: `it has a ${name} SCSI controller.`,
                remedy:
                  severity === "warn"
                    ? "Only LSI Logic (parallel) is named as supported: change the controller, or test a failback first."
                    : "Change the controller to LSI Logic while the machine is off. Whether its system boots from that, only a test tells: install a new master target otherwise.",
                severity,
              },
            ];
      });
    },
  }),
  serverRule({
    id: "MT-TOOLS",
    source: "003:217, 218; docs",
    summary:
      "VMware Tools or open-vm-tools run in the master target, so that its host's datastores are found.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect"],
    vsphere: true,
    checkServer: ({ view }) => {
      const machine = view?.machine;
      if (machine === undefined || runningTools.includes(machine.toolsRunningStatus)) return none;
      return [
        {
          fact: `VMware Tools do not run in it (${machine.toolsRunningStatus || "never seen"}): the datastores of its host are not found.`,
          remedy:
            machine.powerState === "poweredOn"
              ? "Install or start VMware Tools or open-vm-tools in the guest."
              : "Turn it on; VMware Tools or open-vm-tools must run in the guest.",
        },
      ];
    },
  }),
  serverRule({
    id: "MT-VMFS",
    source: "003:220, 221",
    summary: "The master target's host has at least one VMFS datastore.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect"],
    vsphere: true,
    checkServer: vmfsProblem,
  }),
  serverRule({
    id: "MT-DISKS",
    source: "docs; that those present count, too, by our reading",
    summary: `The master target has room for the disks of all machines to come: at most ${maximumDisks} in all.`,
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    checkServer: (server) => diskProblem(server, "Use another master target for some machines."),
  }),
  serverRule({
    id: "MT-CLASH",
    source: "003:263-265",
    summary: "No machine shares a UUID with its master target, as two made from one template do.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    vsphere: true,
    checkServer: () => none,
    checkMachine: ({ onPremises }) => clashes(onPremises.server.view, onPremises.machine),
  }),
  serverRule({
    id: "MT-SIZE",
    source: "docs",
    summary:
      "The master target has 4 cores, 6 GB of memory, a system disk of 100 GB and 1 TB for retention.",
    severity: "warn",
    generation: "classic",
    phases: ["server"],
    vsphere: true,
    checkServer: sizeProblems,
  }),
];

/** What speaks against hanging more disks on a server; for appliances as well. */
export function diskProblem(
  { view, masterTarget, disksToCome }: SiteServerSituation,
  remedy: string,
): readonly Violation[] {
  const present = Math.max(view?.machine?.disks.length ?? 0, masterTarget?.diskCount ?? 0);
  return present + disksToCome <= maximumDisks
    ? none
    : [
        {
          fact: `it has ${present} disks, and ${disksToCome} come with this action; ${maximumDisks} can be attached.`,
          remedy,
        },
      ];
}

function vmfsProblem({ view, masterTarget }: SiteServerSituation): readonly Violation[] {
  const remedy =
    "Mount a VMFS datastore on its host, or move it to a host that has one; for a site of vSAN alone waive this rule and test a failback.";
  if (view?.host !== undefined) {
    const types = hostDatastores(view).map((each) => `${each.name} (${each.type})`);
    return hostDatastores(view).some((each) => each.type === "VMFS")
      ? none
      : [
          {
            fact: `its host ${view.host.name} has no VMFS datastore, but ${listed(types) || "none at all"}.`,
            remedy,
          },
        ];
  }
  const known = (masterTarget?.datastores ?? []).filter((each) => each.type !== "");
  return known.length === 0 || known.some((each) => each.type.toUpperCase() === "VMFS")
    ? none
    : [
        {
          fact: `Azure sees no VMFS datastore of it, but ${listed(known.map((each) => `${each.name} (${each.type})`))}.`,
          remedy,
        },
      ];
}

function clashes(
  server: VsphereMachineView | undefined,
  protectedMachine: VsphereMachineView | undefined,
): readonly Violation[] {
  const [ours, theirs] = [protectedMachine?.machine, server?.machine];
  if (ours === undefined || theirs === undefined) return none;
  const same = (left: string, right: string): boolean =>
    left !== "" && left.toLowerCase() === right.toLowerCase();
  const shared = [
    ...(same(ours.biosUuid, theirs.biosUuid) ? [`BIOS UUID ${ours.biosUuid}`] : []),
    ...(same(ours.instanceUuid, theirs.instanceUuid) ? [`instance UUID ${ours.instanceUuid}`] : []),
    ...ours.disks
      // A disk that hangs on both by its very file is the protected machine's, attached for the reprotect.
      .filter((disk) =>
        theirs.disks.some((each) => same(each.uuid, disk.uuid) && each.fileName !== disk.fileName),
      )
      .map((disk) => `disk UUID ${disk.uuid}`),
  ];
  return shared.length === 0
    ? none
    : [
        {
          fact: `it shares ${listed(shared)} with its master target ${theirs.name}: both were made from one template.`,
          remedy: "Use a master target made from another template.",
          path: "masterTarget",
        },
      ];
}

function sizeProblems({ view, masterTarget }: SiteServerSituation): readonly Violation[] {
  const machine = view?.machine;
  if (machine === undefined) return none;
  const retention = Math.max(
    0,
    ...(masterTarget?.retentionVolumes ?? []).map((each) => each.capacityBytes),
  );
  const [system] = [...machine.disks].sort((left, right) => left.key - right.key);
  const small = [
    machine.processorCount < wantedSize.processors
      ? `${machine.processorCount} processors (${wantedSize.processors})`
      : "",
    machine.memoryMebibytes < wantedSize.memoryMebibytes
      ? `${gibibytes(machine.memoryMebibytes * 1024 ** 2)} of memory (6 GiB)`
      : "",
    system !== undefined && system.capacityBytes < wantedSize.systemDiskBytes
      ? `a system disk of ${gibibytes(system.capacityBytes)} (100 GiB)`
      : "",
    retention > 0 && retention < wantedSize.retentionBytes
      ? `${gibibytes(retention)} for retention (1 TiB)`
      : "",
  ].filter((each) => each !== "");
  return small.length === 0
    ? none
    : [
        {
          fact: `it is smaller than the guide asks: ${small.join(", ")}.`,
          remedy:
            "Enlarge it before many machines return through it. On Linux switch kernel updates off, too: that cannot be seen from outside.",
        },
      ];
}
