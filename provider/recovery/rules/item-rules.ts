import { agentSilence } from "../agent-registration.ts";
import { activeSide, positionOf } from "../position.ts";
import type { Situation } from "../situation.ts";
import type { Rule } from "./rule.ts";
import { machineRule, none } from "./site-rule.ts";

/** Minutes in which a mobility agent registers after its machine has started (failback rules, section 10). */
const registrationMinutes = 15;

/** Codes by which the service says that the Azure machine does not answer (failback rules, error codes). */
const unreachableCodes: readonly string[] = ["78093", "95226"];

/** True for a server that is no virtual machine. */
export function isPhysical({ item }: Pick<Situation, "item">): boolean {
  return /physical/i.test(item.onPremises?.discoveryType ?? "");
}

/** True for a physical Windows Server 2008 R2, which can be failed over and never failed back (003:284). */
export function neverReturns(item: Situation["item"]): boolean {
  const version = item.onPremises?.osVersion ?? "";
  return (
    item.scenario === "VmwareToAzureClassic" && isPhysical({ item }) && /2008\s*R2/i.test(version)
  );
}

/** Rules about a machine of a VMware site as the service shows it (failback rules, sections 1 and 8). */
export const itemRules: readonly Rule[] = [
  machineRule({
    id: "IT-AZVM",
    source: "docs; 003, error 78093",
    summary: "The machine in Azure runs and answers while it is reprotected.",
    severity: "block",
    generation: "both",
    phases: ["reprotect", "replicating"],
    fix: "startAzureMachine",
    check: (situation, phases) => {
      const { onPremises, item, manages } = situation;
      const machine = onPremises.azureMachine;
      if (machine?.exists === true && !["", "running"].includes(machine.powerState)) {
        const fact = `its machine in Azure (${machine.name}) is ${machine.powerState}.`;
        const starter = phases.includes("reprotect") ? "reprotect" : "failback";
        return manages?.includes("startAzureMachine") === true
          ? [{ fact, remedy: `The ${starter} starts it first.`, severity: "warn" }]
          : [
              {
                fact,
                remedy:
                  'Start it, or allow it: manage: ["startAzureMachine"]. The service fails with 78093 otherwise.',
                path: "manage",
              },
            ];
      }
      return item.healthErrors
        .filter((error) => unreachableCodes.includes(error.code))
        .map((error) => ({
          fact: `its machine in Azure does not answer (${error.code}: ${error.message})`,
          remedy: error.recommendedAction || "Look at the machine and at its way to the site.",
        }));
    },
  }),
  machineRule({
    id: "IT-AGENT",
    source: "003:228-230; 001/reprotect note",
    summary: `The mobility agent has registered after the machine's last start; it takes up to ${registrationMinutes} minutes.`,
    severity: "wait",
    generation: "both",
    phases: ["reprotect", "protectAgain"],
    check: (situation) => {
      const { item, onPremises, manages } = situation;
      const off = onPremises.azureMachine?.powerState;
      const startsFirst =
        manages?.includes("startAzureMachine") === true && off !== undefined && off !== "running";
      const waits = startsFirst ? undefined : agentSilence(item);
      return waits === undefined
        ? none
        : [
            {
              fact: `its mobility agent has not registered since the machine started in ${siteWords(situation)} (${waits}); that takes up to ${registrationMinutes} minutes.`,
              remedy:
                "The reprotect waits for it. If it never comes, the machine does not reach the site's servers (95226) or does not answer (78093).",
            },
          ];
    },
  }),
  machineRule({
    id: "IT-POINT",
    source: "001/run 1",
    summary: "The machine has at least one recovery point.",
    severity: "wait",
    generation: "both",
    phases: ["failback"],
    check: ({ onPremises }) =>
      onPremises.recoveryPointCount === 0
        ? [
            {
              fact: "it has no recovery point yet.",
              remedy: "The failback waits for the first one.",
            },
          ]
        : none,
  }),
  machineRule({
    id: "IT-2008R2",
    source: "003:284",
    summary: "Windows Server 2008 R2 SP1 that was protected as a physical server never fails back.",
    severity: "block",
    generation: "classic",
    phases: ["failover", "reprotect"],
    check: (situation, phases) => {
      const version = situation.item.onPremises?.osVersion ?? "";
      if (!neverReturns(situation.item)) return none;
      const leaves = phases.includes("failover");
      return [
        {
          fact: `it runs ${version} and is protected as a physical server: it ${leaves ? "can be failed over, but" : "can"} never ${leaves ? "failed back" : "be failed back"}.`,
          remedy: leaves
            ? "Plan to leave it in Azure before you fail it over."
            : "Leave it in Azure.",
          ...(leaves ? { severity: "warn" as const } : {}),
        },
      ];
    },
  }),
  machineRule({
    id: "IT-PHYSICAL",
    source: "002/physical, failback",
    summary:
      "A physical server returns as a VMware virtual machine only, through a server on VMware.",
    severity: "block",
    generation: "both",
    phases: ["reprotect"],
    check: (situation) => {
      if (!isPhysical(situation)) return none;
      const { fabric, discoveredVCenters } = situation.onPremises.server;
      const classic = situation.onPremises.generation === "classic";
      const servers = classic
        ? (fabric?.masterTargets ?? []).filter(() => discoveredVCenters.length > 0)
        : (fabric?.appliances ?? []).filter((each) => each.accessibleDatastores.length > 0);
      return servers.length > 0
        ? none
        : [
            {
              fact: "it is a physical server: it returns as a VMware virtual machine only, and the site has no server on VMware that could take it.",
              remedy: classic
                ? "Add the vCenter or ESXi host (VCenter), then a master target on it (MasterTargetServer)."
                : "Register an appliance with a vCenter (ReplicationAppliance).",
            },
          ];
    },
  }),
  machineRule({
    id: "IT-DISKSET",
    source: "docs",
    summary: "Only disks that were replicated to Azure come back.",
    severity: "warn",
    generation: "modernized",
    phases: ["reprotect"],
    check: ({ onPremises, item }) => {
      const attached = onPremises.azureMachine?.diskCount ?? 0;
      return attached <= item.disks.length || item.disks.length === 0
        ? none
        : [
            {
              fact: `its machine in Azure has ${attached} disks, ${item.disks.length} were replicated: those added in Azure do not come back.`,
              remedy: "Move their data to replicated disks, or save them.",
            },
          ];
    },
  }),
];

const siteWords = ({ item }: Situation): string =>
  positionOf(item).away ? "Azure" : activeSide(item).fabricFriendlyName || "its site";
