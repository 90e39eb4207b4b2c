import { sameId } from "../identity.ts";
import {
  hostDatastores,
  type SiteServerSituation,
  type VsphereMachineView,
} from "../on-premises-situation.ts";
import { privilegeGroups, readPrivilege } from "../vsphere-privileges.ts";
import type { Rule, Violation } from "./rule.ts";
import { machineRule, none, type ServerRule, serverRule } from "./site-rule.ts";
import { listed, silence, tellsTrouble } from "./words.ts";

/** Licence editions by vSphere's key: the free one takes no writes, the evaluation takes them until it ends. */
const licences = { free: "esxBasic", evaluation: "eval" } as const;

/** Rules about the vCenter that are asked of servers as well (failback rules, section 2). */
export const vcenterServerRules: readonly ServerRule[] = [
  serverRule({
    id: "VC-PRIV",
    source: "003:114, 266-270",
    summary:
      "Azure's account on the vCenter may do what a failback needs; a read-only one protects and fails over, but leaves the datastores invisible.",
    severity: "block",
    generation: "both",
    phases: ["server", "reprotect"],
    vsphere: true,
    checkServer: (server) => [
      ...lackingPrivileges(server),
      ...lackingOwnPrivileges(server),
      ...invisibleDatastores(server),
    ],
  }),
  serverRule({
    id: "VC-LICENCE",
    source: "003:277, 278",
    summary: "The ESXi host is not licensed with the free edition, which takes no failback.",
    severity: "block",
    generation: "both",
    phases: ["server", "failover", "failback"],
    vsphere: true,
    checkServer: (server) => licenceProblem(server.view),
    checkMachine: ({ onPremises }, phases) =>
      phases.includes("failover")
        ? licenceProblem(onPremises.machine).map((violation) => ({
            ...violation,
            severity: "warn" as const,
          }))
        : none,
  }),
  serverRule({
    id: "VC-CONNECTED",
    source: "docs; 003: the target is an ESXi host of a discovered vCenter",
    summary:
      "The target is a connected ESXi host, not in maintenance, of a vCenter that the site's server discovers.",
    severity: "block",
    generation: "both",
    phases: ["server", "reprotect", "failback"],
    vsphere: true,
    checkServer: (server) => [...discoveryProblems(server), ...hostProblems(server.view)],
  }),
  serverRule({
    id: "VC-UNIQUE",
    source: "this product: a machine that cannot be told from another is not judged",
    summary: "One machine of the vCenter answers to the name, not several.",
    severity: "block",
    generation: "both",
    phases: ["server", "failover", "reprotect", "failback"],
    vsphere: true,
    checkServer: (server) => ambiguity(server.view, "Rename one of them"),
    checkMachine: ({ onPremises }) =>
      ambiguity(onPremises.machine, "Rename the one that is not protected"),
  }),
];

/** Rules about the vCenter that only machines are asked about. */
export const vcenterRules: readonly Rule[] = [
  machineRule({
    id: "VC-ORIGINAL",
    source: "003:282, 283; docs",
    summary: "A machine returns to the vCenter and the configuration server that it came from.",
    severity: "block",
    generation: "both",
    phases: ["reprotect"],
    check: ({ item, onPremises }) => {
      const { server } = onPremises;
      const original = item.onPremises?.vcenterId ?? "";
      if (original === "") return none;
      const remedy =
        "Return it through its own vCenter and server, refresh the discovery, or waive this rule for an alternate location.";
      const discovered = server.discoveredVCenters.find(
        (each) =>
          sameId(each.id, original) ||
          sameId(each.name, original) ||
          sameId(each.infrastructureId, original),
      );
      if (onPremises.generation === "modernized") {
        const carries = server.appliance?.vcenterId ?? "";
        return carries === "" || sameId(carries, original)
          ? none
          : [
              {
                fact: `it came from vCenter ${lastSegment(original)}, appliance ${server.appliance?.name} works for ${lastSegment(carries)}.`,
                remedy,
                path: "appliance",
              },
            ];
      }
      if (discovered === undefined) {
        return [
          {
            fact: `its vCenter (${lastSegment(original)}) is not discovered by the configuration server any more.`,
            remedy,
          },
        ];
      }
      // A name and an address may mean the same vCenter: only one that is known to be another counts.
      const { access } = server;
      const other =
        access.kind === "open" && !sameId(access.host, discovered.address)
          ? server.discoveredVCenters.find((each) => sameId(each.address, access.host))
          : undefined;
      return access.kind !== "open" || other === undefined
        ? none
        : [
            {
              fact: `it came from vCenter ${discovered.friendlyName} (${discovered.address}), and ${access.vcenter} is ${other.friendlyName} (${access.host}).`,
              remedy,
              path: "vcenter",
            },
          ];
    },
  }),
];

function lackingPrivileges({ privileges, generation }: SiteServerSituation): readonly Violation[] {
  // An account that may not even read is none of the vCenter's: the run-as account has another name there.
  if (privileges === undefined || privileges.missing.includes(readPrivilege)) return none;
  const { account, missing, on = [] } = privileges;
  if (missing.length === 0) return none;
  const uses = generation === "classic" ? "configuration server" : "appliance";
  return [
    {
      subject: "vCenter",
      fact: `Azure's account ${account} lacks ${missing.length} privileges that a failback needs${on.length === 0 ? "" : `, on ${listed(on)}`} (${listed(missing)}).`,
      remedy: `Give its role on the datacenter these groups, propagating: ${privilegeGroups(missing).join("; ")}; then refresh the ${uses}.`,
    },
  ];
}

function lackingOwnPrivileges({ ownPrivileges }: SiteServerSituation): readonly Violation[] {
  return ownPrivileges === undefined || ownPrivileges.missing.length === 0
    ? none
    : [
        {
          subject: "vCenter",
          fact: `${ownPrivileges.account} lacks ${listed(ownPrivileges.missing)}, which it needs for what it is allowed to mend.`,
          remedy: "Give its role these privileges, or mend it by hand and leave it out of manage.",
        },
      ];
}

function invisibleDatastores(server: SiteServerSituation): readonly Violation[] {
  const { view, masterTarget, appliance } = server;
  const sees = masterTarget?.datastores.length ?? appliance?.accessibleDatastores.length;
  if (sees === undefined || sees > 0) return none;
  // Without Tools or without VMFS nothing can be listed either; those have rules of their own.
  const explained =
    view?.machine !== undefined &&
    server.generation === "classic" &&
    (view.machine.toolsRunningStatus !== "guestToolsRunning" ||
      !hostDatastores(view).some((each) => each.type === "VMFS"));
  return explained
    ? none
    : [
        {
          fact: "Azure sees no datastore of it: the sign of an account that may only read.",
          remedy:
            "Give Azure's account on the vCenter the role that a failback needs, then refresh the discovery.",
        },
      ];
}

function licenceProblem(view: VsphereMachineView | undefined): readonly Violation[] {
  const edition = view?.host?.licenceEdition ?? "";
  if (edition.toLowerCase() === licences.free.toLowerCase()) {
    return [
      {
        subject: `ESXi host ${view?.host?.name}`,
        fact: "it runs the free edition of ESXi: failover works, failback does not.",
        remedy: "Assign a licence, or start the evaluation, before you rely on the way back.",
      },
    ];
  }
  return edition.toLowerCase().startsWith(licences.evaluation)
    ? [
        {
          subject: `ESXi host ${view?.host?.name}`,
          fact: "it runs in evaluation mode.",
          remedy: "Assign a licence before the evaluation ends: failback stops with it.",
          severity: "warn",
        },
      ]
    : none;
}

function discoveryProblems({
  discoveredVCenters,
  vcenterInUse,
  now,
}: SiteServerSituation): readonly Violation[] {
  const inUse = vcenterInUse === undefined ? discoveredVCenters : [vcenterInUse];
  return inUse.flatMap((each): readonly Violation[] => {
    const quiet = each.lastHeartbeat === undefined ? undefined : silence(each.lastHeartbeat, now);
    const state = tellsTrouble(each.discoveryStatus)
      ? `its discovery is ${each.discoveryStatus}`
      : quiet;
    const errors = each.healthErrors.map((error) => `${error.code}: ${error.message}`);
    return state === undefined
      ? none
      : [
          {
            subject: `vCenter ${each.friendlyName}`,
            fact: `${[state, ...errors].join("; ")}.`,
            remedy: "Look at its address, port and account in Azure, and refresh the discovery.",
          },
        ];
  });
}

function hostProblems(view: VsphereMachineView | undefined): readonly Violation[] {
  const host = view?.host;
  if (host === undefined) return none;
  const state =
    host.connectionState === "" || host.connectionState === "connected"
      ? host.inMaintenanceMode
        ? "it is in maintenance mode."
        : undefined
      : `its vCenter calls it ${host.connectionState}.`;
  return state === undefined
    ? none
    : [
        {
          subject: `ESXi host ${host.name}`,
          fact: state,
          remedy: "Bring it back, or move the server to a connected host before the reprotect.",
        },
      ];
}

function ambiguity(view: VsphereMachineView | undefined, remedy: string): readonly Violation[] {
  if (view === undefined || view.matches.length < 2) return none;
  const names = view.matches.map((each) => `${each.configurationFile} (${each.reference})`);
  return [
    {
      fact: `${view.matches.length} machines of the vCenter answer to it: ${names.join(", ")}.`,
      remedy: `${remedy}; until then neither is looked at.`,
    },
  ];
}

const lastSegment = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
