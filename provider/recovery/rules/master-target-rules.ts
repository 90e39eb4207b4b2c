import type { MasterTargetFacts } from "../on-premises.ts";
import { isAbsent, type SiteServerSituation } from "../on-premises-situation.ts";
import type { Violation } from "./rule.ts";
import { none, type ServerRule, type SiteSituation, serverRule } from "./site-rule.ts";
import { problemsWith } from "./wanted-values.ts";
import { compareVersions, gibibytes, listed, silence, systemName } from "./words.ts";

/** File systems that a retention volume may not have (003:197-212). */
const unfitFileSystems: readonly string[] = ["fat", "fat32", "vfat"];

/** Bytes that the guide asks of a retention volume (failback rules, MT-SIZE). */
const wantedRetentionBytes = 1024 ** 4;

/** The volume for retention data that a master target has when nothing else is said. */
export function defaultRetentionVolume(osType: string): string {
  return isWindows(osType) ? "R" : "/mnt/retention";
}

const isWindows = (osType: string): boolean => /windows/i.test(osType);

/** A volume's name without what Windows writes around its letter. */
const volumeName = (name: string): string =>
  name.length > 1 ? name.replace(/[:\\]+$/, "").replace(/(.)\/$/, "$1") : name;

/** Rules about what the service tells of a master target (failback rules, section 3). */
export const masterTargetRules: readonly ServerRule[] = [
  serverRule({
    id: "MT-HOST",
    source: "003:122, 167, 234; docs",
    summary: "The master target is a registered VMware virtual machine with a heartbeat.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect", "failback"],
    vsphere: true,
    checkServer: (server, phase) => registrationProblems(server, phase),
    checkMachine: (situation, phases) =>
      phases.includes("reprotect") ? problemsWith(situation, "masterTarget") : none,
  }),
  serverRule({
    id: "MT-OS",
    source: "003:123-127, 168-170, 215, 216; docs",
    summary:
      "Linux machines return through a Linux master target, Windows machines through a Windows one, of the same version or a newer one.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect"],
    checkServer: ({ masterTarget, view }) =>
      familyOfGuest(masterTarget, view?.machine?.guestFamily),
    checkMachine: familyOfMachine,
  }),
  serverRule({
    id: "MT-VERSION",
    source: "docs",
    summary:
      "The master target's agent is not newer than those of configuration and process server.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect"],
    checkServer: ({ masterTarget, fabric, processServer }) => {
      const version = masterTarget?.agentVersion ?? "";
      const others = [
        { name: "configuration server", version: fabric?.agentVersion ?? "" },
        {
          name: `process server ${processServer?.name}`,
          version: processServer?.agentVersion ?? "",
        },
      ];
      if (version === "") return none;
      return others
        .filter((each) => each.version !== "" && compareVersions(version, each.version) > 0)
        .map((each) => ({
          fact: `its agent ${version} is newer than that of the ${each.name} (${each.version}): the reprotect would succeed and the replication fail.`,
          remedy: `Update the ${each.name} first.`,
        }));
    },
  }),
  serverRule({
    id: "MT-RETENTION",
    source: "003:141, 142, 195-212, 238",
    summary:
      "The master target has a fit volume for retention data, and it is the one that is given.",
    severity: "block",
    generation: "classic",
    phases: ["server", "reprotect"],
    fix: "retentionDisk",
    checkServer: retentionProblems,
    checkMachine: (situation) =>
      retentionProblems(situation.onPremises.server).length > 0
        ? none
        : problemsWith(situation, "retentionVolume"),
  }),
  serverRule({
    id: "MT-LISTED",
    source: "003:213, 214",
    summary: "A new retention volume is listed by Azure after up to 15 minutes.",
    severity: "wait",
    generation: "classic",
    phases: ["server"],
    vsphere: true,
    checkServer: (server) => {
      const volume = unlistedVolume(server);
      return volume === undefined
        ? none
        : [
            {
              fact: `Azure does not list its volume ${volume} yet; that takes up to 15 minutes.`,
              remedy: "The configuration server is refreshed, and the volume waited for.",
            },
          ];
    },
  }),
];

function registrationProblems(
  server: SiteServerSituation,
  phase: "server" | undefined,
): readonly Violation[] {
  const { masterTarget, view, now } = server;
  const onMachine = machineProblems(server);
  if (masterTarget === undefined) {
    return phase === "server"
      ? [
          ...onMachine,
          {
            fact: "Azure does not list it yet.",
            remedy: "Install and register the master target software on it; this waits for it.",
            severity: "wait",
          },
        ]
      : onMachine;
  }
  const quiet = silence(masterTarget.lastHeartbeat, now);
  const errors = [...masterTarget.validationErrors, ...masterTarget.healthErrors];
  return [
    ...onMachine,
    ...(quiet === undefined
      ? []
      : [
          {
            fact: `it ${quiet}.`,
            remedy:
              "Start the server and its services, and check its way to the configuration server.",
          },
        ]),
    ...errors.map(
      (error): Violation => ({
        fact: `${error.code}: ${error.message}`,
        remedy: error.recommendedAction || "See the server in the vault.",
        ...(/warning/i.test(error.level) ? { severity: "warn" as const } : {}),
      }),
    ),
    ...(phase === "server" && !isWindows(masterTarget.osType) && view !== undefined
      ? [
          {
            fact: "whether it is installed on LVM cannot be seen from outside.",
            remedy: "A Linux master target must not lie on LVM volumes: check it in the guest.",
            severity: "warn" as const,
          },
        ]
      : []),
  ];
}

function machineProblems({
  view,
  access,
  masterTarget,
}: SiteServerSituation): readonly Violation[] {
  const where = access.kind === "open" ? `vCenter ${access.vcenter}` : "the vCenter";
  return isAbsent(view)
    ? [
        {
          fact: `${where} has no machine of this name: a physical server cannot be a master target.`,
          remedy: `Use a master target that is a virtual machine; if ${masterTarget?.name ?? "it"} is one under another name there, rename the machine or waive this rule.`,
        },
      ]
    : none;
}

function familyOfGuest(
  masterTarget: MasterTargetFacts | undefined,
  guestFamily = "",
): readonly Violation[] {
  if (masterTarget === undefined || guestFamily === "") return none;
  const told = guestFamily === "windowsGuest" ? "Windows" : "Linux";
  return isWindows(masterTarget.osType) === (told === "Windows")
    ? none
    : [
        {
          fact: `Azure calls it a ${masterTarget.osType} server, its vCenter a ${told} machine.`,
          remedy: "Look whether the vCenter's machine of this name is the server.",
        },
      ];
}

function familyOfMachine({ item, onPremises }: SiteSituation): readonly Violation[] {
  const server = onPremises.server.masterTarget;
  if (server === undefined || item.osType === "") return none;
  if (isWindows(server.osType) !== isWindows(item.osType)) {
    return [
      {
        fact: `it runs ${item.osType}, master target ${server.name} runs ${server.osType}.`,
        remedy: `Choose a ${item.osType} master target. The one of the configuration server itself is Windows.`,
        path: "masterTarget",
      },
    ];
  }
  const version = item.onPremises?.osVersion ?? "";
  const comparable =
    version !== "" &&
    server.osVersion !== "" &&
    systemName(version) === systemName(server.osVersion);
  return comparable && compareVersions(server.osVersion, version) < 0
    ? [
        {
          fact: `it runs ${version}, master target ${server.name} the older ${server.osVersion}.`,
          remedy: "Choose a master target of the same version or a newer one.",
          path: "masterTarget",
          severity: "warn",
        },
      ]
    : none;
}

function retentionProblems(server: SiteServerSituation, phase?: "server"): readonly Violation[] {
  const { masterTarget, retentionVolume, view } = server;
  if (masterTarget === undefined) return none;
  // A server that is being made fit is given the time until its volume is listed (MT-LISTED).
  if (phase === "server" && unlistedVolume(server) !== undefined) return none;
  const wanted = volumeName(retentionVolume ?? defaultRetentionVolume(masterTarget.osType));
  const volumes = masterTarget.retentionVolumes;
  const listedVolume = volumes.find((each) => volumeName(each.name) === wanted);
  const guest = view?.machine?.guestVolumes.find((each) => volumeName(each.path) === wanted);
  if (guest !== undefined && unfitFileSystems.includes(guest.fileSystem.toLowerCase())) {
    return [
      {
        fact: `its volume ${wanted} has the file system ${guest.fileSystem}.`,
        remedy: "Format it with NTFS, ext4 or XFS, in the guest.",
      },
    ];
  }
  if (volumes.length === 0) {
    return [
      {
        fact: "Azure lists no volume of it that is fit for retention data.",
        remedy: `Add a disk of at least ${gibibytes(wantedRetentionBytes)} of its own, format it and mount it as ${wanted}; it is listed after up to 15 minutes.`,
      },
    ];
  }
  if (listedVolume === undefined) {
    return [
      {
        fact: `Azure does not list its volume ${wanted} as fit for retention data, but ${listed(volumes.map((each) => each.name))}.`,
        remedy: "Give one of these, or make the volume fit: of its own, not FAT, not locked.",
        path: "retentionVolume",
      },
    ];
  }
  return listedVolume.capacityBytes === 0
    ? [{ fact: `its volume ${wanted} has no capacity.`, remedy: "Enlarge it, in the guest." }]
    : none;
}

/** The wanted volume, when the guest shows it and Azure does not list it yet. */
function unlistedVolume(server: SiteServerSituation): string | undefined {
  const { masterTarget, retentionVolume, view } = server;
  if (masterTarget === undefined) return undefined;
  const wanted = volumeName(retentionVolume ?? defaultRetentionVolume(masterTarget.osType));
  const guest = view?.machine?.guestVolumes.find((each) => volumeName(each.path) === wanted);
  const fit =
    guest !== undefined &&
    guest.capacityBytes > 0 &&
    !unfitFileSystems.includes(guest.fileSystem.toLowerCase());
  const isListed = masterTarget.retentionVolumes.some((each) => volumeName(each.name) === wanted);
  return fit && !isListed ? wanted : undefined;
}
