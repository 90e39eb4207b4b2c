import { sameId } from "../identity.ts";
import { hostDatastores, isAbsent, ownDatastores } from "../on-premises-situation.ts";
import type { VsphereDatastoreFacts } from "../vsphere-facts.ts";
import type { Rule, Violation } from "./rule.ts";
import { machineRule, none, type SiteSituation } from "./site-rule.ts";
import { problemsWith } from "./wanted-values.ts";
import { gibibytes, listed } from "./words.ts";

/** What the service does with a datastore by its type; types that are not here are refused. */
const datastoreTypes: Readonly<Record<string, "good" | "doubtful">> = {
  VMFS: "good",
  vsan: "doubtful",
  vsanD: "doubtful",
};

/** True when the machine is not at its site any more, by its vCenter or by what the service knows. */
export function isGone({ item, onPremises }: SiteSituation): boolean {
  return onPremises.machine === undefined
    ? item.onPremises?.sourceDeleted === true
    : isAbsent(onPremises.machine);
}

/** Rules about the datastores that a machine returns to (failback rules, section 5). */
export const datastoreRules: readonly Rule[] = [
  machineRule({
    id: "DS-MOUNT",
    source: "003:181-183, 246; error 8061",
    summary: "Each datastore of the machine is mounted read/write on the master target's host.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect", "failback"],
    vsphere: true,
    check: ({ onPremises }) => {
      const host = onPremises.server.view?.host;
      if (host === undefined) return none;
      return ownDatastores(onPremises.machine).flatMap((datastore): readonly Violation[] => {
        const state = mountProblem(datastore, host.reference);
        return state === undefined
          ? none
          : [
              {
                fact: `its datastore ${datastore.name} ${state} on ${host.name}, the host of its master target: the service fails with 8061.`,
                remedy: `Mount it read/write there, or use a master target on a host that has it.`,
              },
            ];
      });
    },
  }),
  machineRule({
    id: "DS-TYPE",
    source: "003:175-177; error 8061",
    summary: "The datastore is VMFS; vSAN may fail in the job, NFS is refused.",
    severity: "block",
    generation: "both",
    phases: ["reprotect"],
    vsphere: true,
    check: (situation) =>
      datastoresInUse(situation).flatMap(({ name, type }): readonly Violation[] => {
        const kind = datastoreTypes[type === "VSAN" ? "vsan" : type];
        if (kind === "good") return none;
        return [
          {
            fact: `datastore ${name} is ${type}: ${kind === "doubtful" ? "it may be listed and fail in the job" : "nothing can be failed back to it"} (8061).`,
            remedy: "Choose a VMFS datastore, or move the machine to one.",
            path: "datastore",
            ...(kind === "doubtful" ? { severity: "warn" as const } : {}),
          },
        ];
      }),
  }),
  machineRule({
    id: "DS-FULL",
    source: "003:178, 179",
    summary: "Returning to another datastore means a full download.",
    severity: "warn",
    generation: "both",
    phases: ["reprotect"],
    vsphere: true,
    check: ({ onPremises }) => {
      const wanted = onPremises.servers?.datastore;
      const own = ownDatastores(onPremises.machine).map((each) => each.name);
      return wanted === undefined || own.length === 0 || own.some((each) => sameId(each, wanted))
        ? none
        : [
            {
              fact: `it lies on ${listed(own)}, and ${wanted} is given: if its disks are not found, they are made anew there with a full download.`,
              remedy: `Give ${own[0]} to return into the existing disks.`,
              path: "datastore",
            },
          ];
    },
  }),
  machineRule({
    id: "DS-NAME",
    source: "003:235-237",
    summary:
      "A datastore is given, although existing disks make it ignored; the default is the one that the machine lies on.",
    severity: "block",
    generation: "both",
    phases: ["reprotect"],
    check: (situation) => {
      const { onPremises } = situation;
      const problems = problemsWith(situation, "datastore");
      if (problems.length > 0) return problems;
      const wanted = onPremises.servers?.datastore;
      const known = onPremises.server.masterTarget?.datastores.map((each) => each.name) ?? [];
      return wanted === undefined ||
        known.length === 0 ||
        known.some((each) => sameId(each, wanted)) ||
        onPremises.machine?.machine !== undefined
        ? none
        : [
            {
              fact: `master target ${onPremises.server.masterTarget?.name} has no datastore ${wanted}, but ${listed(known)}.`,
              remedy: "Give one of these.",
              path: "datastore",
            },
          ];
    },
  }),
  machineRule({
    id: "DS-SPACE",
    source: "this product",
    summary: "The datastore has room for disks that are made anew.",
    severity: "warn",
    generation: "both",
    phases: ["reprotect"],
    check: (situation) => {
      const { onPremises } = situation;
      const datastore = knownDatastores(situation).find((each) =>
        sameId(each.name, onPremises.servers?.datastore),
      );
      return !isGone(situation) ||
        datastore === undefined ||
        datastore.freeBytes >= onPremises.newDiskBytes
        ? none
        : [
            {
              subject: `datastore ${datastore.name}`,
              fact: `it has ${gibibytes(datastore.freeBytes)} free; the disks that this action makes anew on it take up to ${gibibytes(onPremises.newDiskBytes)}.`,
              remedy: "Make room, or spread the machines over several datastores.",
              path: "datastore",
            },
          ];
    },
  }),
];

/** A datastore as far as a rule needs it, from whoever knows it. */
interface KnownDatastore {
  readonly name: string;
  /** Empty while nobody tells. */
  readonly type: string;
  readonly freeBytes: number;
}

/** The datastores that the server can write to, by its vCenter, else by the service. */
function knownDatastores({ onPremises }: SiteSituation): readonly KnownDatastore[] {
  const { view, masterTarget } = onPremises.server;
  const shown = [...hostDatastores(view), ...ownDatastores(onPremises.machine)];
  return [...shown, ...(masterTarget?.datastores ?? [])];
}

/** The datastores that the machine's disks are on, or will be on when they are made anew. */
function datastoresInUse(situation: SiteSituation): readonly KnownDatastore[] {
  const own = ownDatastores(situation.onPremises.machine);
  if (own.length > 0) return own;
  const wanted = situation.onPremises.servers?.datastore;
  const found = knownDatastores(situation).find((each) => sameId(each.name, wanted));
  return found === undefined || found.type === "" ? [] : [found];
}

function mountProblem(datastore: VsphereDatastoreFacts, host: string): string | undefined {
  const mount = datastore.mounts.find((each) => each.hostReference === host);
  if (mount === undefined || !mount.mounted) return "is not mounted";
  if (mount.accessMode !== "readWrite") return "is mounted read-only";
  if (!mount.accessible || !datastore.accessible) return "is not accessible";
  return datastore.maintenanceMode === "" || datastore.maintenanceMode === "normal"
    ? undefined
    : "is in maintenance mode";
}
