import type { Situation } from "../situation.ts";
import { isGone } from "./datastore-rules.ts";
import { isPhysical } from "./item-rules.ts";
import type { Rule } from "./rule.ts";
import { machineRule, none, type SiteSituation } from "./site-rule.ts";
import { gibibytes } from "./words.ts";

/** Rules about the protected machine at its site (failback rules, section 5). */
export const siteMachineRules: readonly Rule[] = [
  machineRule({
    id: "VM-ABSENT",
    source: "003:184-186, 243-245; docs",
    summary:
      "A machine that is not at the site any more is made anew, on the server's host and the given datastore.",
    severity: "warn",
    generation: "both",
    phases: ["reprotect"],
    check: (situation) => {
      const { onPremises } = situation;
      if (!isGone(situation)) return none;
      const host = onPremises.server.view?.host?.name;
      return [
        {
          fact: `${isPhysical(situation) ? "as a physical server it has no machine at the site" : "its machine is not at the site any more"}: a new one is made${host === undefined ? "" : ` on ${host}`}, on datastore ${onPremises.servers?.datastore ?? "that is given"}, with a full download.`,
          remedy: "Expect the time of a full copy; what only the old machine had is lost.",
        },
      ];
    },
  }),
  machineRule({
    id: "VM-NAME",
    source: "docs, error 78052",
    summary: "No other machine on the master target's host has the name of one that is made anew.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    vsphere: true,
    check: (situation) => {
      const { onPremises, item } = situation;
      const names = onPremises.server.view?.namesOnHost ?? [];
      const host = onPremises.server.view?.host?.name;
      return isGone(situation) && names.includes(item.friendlyName)
        ? [
            {
              fact: `${host} has another machine of this name already: the service fails with 78052.`,
              remedy: "Rename that machine, move it to another host, or use another master target.",
            },
          ]
        : none;
    },
  }),
  machineRule({
    id: "VM-RDM",
    source: "docs",
    summary: "A machine with raw device mappings returns into its own disks only.",
    severity: "block",
    generation: "both",
    phases: ["reprotect"],
    check: (situation) =>
      isGone(situation) && situation.onPremises.rawDeviceMapping === true
        ? [
            {
              fact: "it had raw device mappings, and is not at the site any more: they cannot be made anew.",
              remedy: "Restore the machine with its disks at the site, then reprotect it.",
            },
          ]
        : none,
  }),
  machineRule({
    id: "VM-SNAP",
    source: "003:115, 117",
    summary: "Snapshots of the machine itself are merged by the service.",
    severity: "warn",
    generation: "classic",
    phases: ["reprotect"],
    vsphere: true,
    check: ({ onPremises }) =>
      onPremises.machine?.machine?.hasSnapshot === true
        ? [
            {
              fact: "its machine at the site has snapshots: the job merges them.",
              remedy: "Keep what you still need of them before; leave the rest to the service.",
            },
          ]
        : none,
  }),
  machineRule({
    id: "VM-OFF",
    source: "003:253-255",
    summary:
      "The machine at the site is off: it is turned off by the reprotect and stays off until the failback.",
    severity: "block",
    generation: "both",
    phases: ["reprotect", "replicating"],
    fix: "powerOffSource",
    check: (situation, phases) => {
      if (!isOn(situation)) return none;
      if (!phases.includes("reprotect")) {
        return [
          {
            fact: "its machine at the site is on, although it is the target of the replication.",
            remedy: "Turn it off and keep it off until the failback has started it.",
          },
        ];
      }
      const managed = situation.manages?.includes("powerOffSource") === true;
      return [
        {
          fact: "its machine at the site is on.",
          remedy: managed
            ? "The reprotect turns it off first. It must stay off until the failback."
            : 'The service turns it off; to have it shut down in order, turn it off before, or allow it: manage: ["powerOffSource"]. It must stay off until the failback.',
          severity: "warn",
        },
      ];
    },
  }),
  machineRule({
    id: "VM-MEMORY",
    source: "docs, error 8038",
    summary: "The host has memory to start the machine.",
    severity: "warn",
    generation: "both",
    phases: ["failback"],
    vsphere: true,
    check: ({ onPremises }) => {
      const { machine, host } = onPremises.machine ?? {};
      if (machine === undefined || host === undefined || machine.powerState === "poweredOn") {
        return none;
      }
      // A host that does not tell its memory says nothing about what is left of it.
      if (host.memoryBytes === 0) return none;
      const free = host.memoryBytes - host.usedMemoryMebibytes * 1024 ** 2;
      const needed = machine.memoryMebibytes * 1024 ** 2;
      return free >= needed
        ? none
        : [
            {
              fact: `its host ${host.name} has ${gibibytes(Math.max(0, free))} of memory left, it needs ${gibibytes(needed)}: the service fails with 8038.`,
              remedy:
                "Make room on the host, or move the machine to another one before the failback.",
            },
          ];
    },
  }),
];

/** True when the machine at the site is known to be on. */
function isOn({ item, onPremises }: SiteSituation): boolean {
  const machine = onPremises.machine?.machine;
  if (machine !== undefined) return machine.powerState === "poweredOn";
  return onPremises.machine === undefined && toldOn(item);
}

const toldOn = ({ onPremises }: Situation["item"]): boolean =>
  onPremises?.sourceDeleted !== true && /on$/i.test(onPremises?.sourcePowerStatus ?? "");
