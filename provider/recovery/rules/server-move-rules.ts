import { ownDatastores, type SiteServerSituation } from "../on-premises-situation.ts";
import { movesSince } from "../placement.ts";
import type { Violation } from "./rule.ts";
import { none, type ServerRule, serverRule } from "./site-rule.ts";
import { listed } from "./words.ts";

/** Rules about Storage vMotion of a master target (failback rules, section 3). */
export const serverMoveRules: readonly ServerRule[] = [
  serverRule({
    id: "MT-SDRS",
    source: "003:137-140, 187-189",
    summary:
      "The master target is excluded from Storage DRS, so that Storage vMotion does not move it.",
    severity: "warn",
    generation: "classic",
    phases: ["server", "reprotect"],
    fix: "storageDrs",
    vsphere: true,
    checkServer: storageDrsProblems,
  }),
  serverRule({
    id: "MT-MOVED",
    source: "003:190-194",
    summary:
      "Storage vMotion has not moved the master target since the reprotect: the disks of the machines would have moved along.",
    severity: "block",
    generation: "classic",
    phases: ["replicating", "failback"],
    vsphere: true,
    checkServer: movedServer,
  }),
];

/** What speaks against a server that was moved since it took a machine's data; for appliances as well. */
export function movedServer({ recorded, view }: SiteServerSituation): readonly Violation[] {
  if (view?.machine === undefined) return none;
  // No vCenter showed it at the reprotect, when no path was recorded.
  if (recorded === undefined || recorded.configurationFile === "") {
    return [
      {
        fact: "whether Storage vMotion has moved it since the reprotect cannot be told.",
        remedy:
          recorded === undefined
            ? "Give the reprotect's placement: placement: reprotect.placement."
            : "Nothing was recorded then, because no vCenter was looked at; see in its events.",
        severity: "warn",
        path: "placement",
      },
    ];
  }
  const moves = movesSince(recorded, view);
  return moves.length === 0
    ? none
    : [
        {
          fact: `it was moved since the reprotect (${listed(moves)}): disks of the protected machines moved along, and detaching them will fail.`,
          remedy:
            "Move it back, or find the machines' disks on its new datastore and attach them by hand; keep it out of Storage DRS.",
        },
      ];
}

/** What speaks for a server that Storage DRS may move; for appliances as well. */
export function storageDrsProblems({ view }: SiteServerSituation): readonly Violation[] {
  const machine = view?.machine;
  if (view === undefined || machine === undefined) return none;
  const pods = new Set(ownDatastores(view).map((each) => each.storagePodReference));
  return view.storagePods
    .filter((pod) => pods.has(pod.reference) && pod.storageDrsEnabled)
    .filter((pod) => !pod.excludedMachineReferences.includes(machine.reference))
    .map((pod) => ({
      fact: `Storage DRS of ${pod.name} may move it: the failback fails then, or the machine does not start.`,
      remedy:
        "Exclude it in the datastore cluster's VM overrides, or let the server's resource do it: manage: [\"storageDrs\"]. Do not move it by hand either.",
    }));
}
