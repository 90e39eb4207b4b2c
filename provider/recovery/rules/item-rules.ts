import { agentSilence } from "../agent-registration.ts";
import { activeSide, isReversed, positionOf, standingOf } from "../position.ts";
import type { Situation } from "../situation.ts";
import { willFailOver, willStart } from "../situation.ts";
import { isOffered } from "../verbs.ts";
import type { Rule } from "./rule.ts";
import { generationOf, machineRule, none } from "./site-rule.ts";

/** Minutes in which a mobility agent registers after its machine has started (failback rules, section 10). */
const registrationMinutes = 15;

/** Codes by which the service says that the Azure machine does not answer (failback rules, error codes). */
const unreachableCodes: readonly string[] = ["78093", "95226"];

/** True for a server that is no virtual machine. */
export function isPhysical({ item }: Situation): boolean {
  return /physical/i.test(item.onPremises?.discoveryType ?? "");
}

/** Why the way back is closed for good; undefined when it is not. */
function oneWay({ item }: Situation): string | undefined {
  if (standingOf(item) === "migrated") return "its migration is complete";
  return /aws|amazon/i.test(item.onPremises?.discoveryType ?? "")
    ? "it comes from Amazon Web Services, where nothing can be replicated to"
    : undefined;
}

const goesBack = ({ action, item }: Situation): boolean =>
  action === "Failback" || (action === "Reprotect" && positionOf(item).away);

/** Rules about the state of a machine of a VMware site (failback rules, sections 1 and 8). */
export const itemRules: readonly Rule[] = [
  {
    id: "MG-ONEWAY",
    source: "002/scenarios: AWS instances and migrations are failed over and never failed back",
    summary: "A completed migration, or an instance of Amazon Web Services, has no way back.",
    severity: "block",
    generation: "both",
    phases: ["reprotect", "failback"],
    actions: ["Reprotect", "Failback"],
    check: (situation) => {
      const reason = generationOf(situation) === undefined ? undefined : oneWay(situation);
      return reason === undefined || !goesBack(situation)
        ? none
        : [
            {
              fact: `there is no way back for it: ${reason}.`,
              remedy: "Leave it in Azure, or protect a new machine at the site.",
            },
          ];
    },
  },
  {
    id: "IT-GONE",
    source: "003:108",
    summary:
      "The machine in Azure is there and was not moved, and the service still offers to reprotect the item.",
    severity: "block",
    generation: "both",
    phases: ["reprotect", "failback"],
    actions: ["Reprotect", "Failback"],
    check: (situation) => {
      const { item, onPremises, projected } = situation;
      if (generationOf(situation) === undefined || !goesBack(situation) || projected) return none;
      const remedy =
        "There is no failback without it: disable protection and protect a machine at the site anew.";
      const reprotects = willStart(situation, "reprotect");
      if ((reprotects || willFailOver(situation)) && onPremises?.azureMachine?.exists === false) {
        return [
          {
            fact: `its machine in Azure (${onPremises.azureMachine.name}) is not there any more: it was deleted, or moved to another resource group.`,
            remedy,
          },
        ];
      }
      const commitsFirst =
        situation.decision.kind === "start" && situation.decision.verbs[0] !== "reprotect";
      return reprotects && !commitsFirst && !isOffered(item, "reprotect")
        ? [
            {
              fact: `the service does not offer its reprotect (it offers ${item.allowedOperations.join(", ") || "nothing"}).`,
              remedy: `After a completed migration, a moved or deleted machine in Azure, or disabled protection nothing leads back. ${remedy}`,
            },
          ]
        : none;
    },
  },
  {
    id: "IT-COMMITTED",
    source: "site-recovery 6.4: a classic item is reprotected once its failover is committed",
    summary: "The failover to Azure is committed before a classic machine is reprotected.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    fix: "commit",
    actions: ["Reprotect"],
    check: (situation) => {
      const { item, decision } = situation;
      if (generationOf(situation) !== "classic" || decision.kind !== "impossible") return none;
      return standingOf(item) !== "failedOver"
        ? none
        : [
            {
              fact: "its failover waits for the commit.",
              remedy:
                'Set commit to "automatic" on the Failover, or allow it here: manage: ["commit"]. The commit deletes all recovery points.',
              path: "manage",
            },
          ];
    },
  },
  {
    id: "IT-PROTECTED",
    source: "003:109, 256, 258; 001/before 3",
    summary: "The machine is protected towards its site before it is failed back.",
    severity: "wait",
    generation: "both",
    phases: ["failback"],
    actions: ["Failback"],
    check: (situation) => {
      const { item, decision, projected } = situation;
      const generation = generationOf(situation);
      if (generation === undefined || oneWay(situation) !== undefined) return none;
      const standing = standingOf(item);
      const { away } = positionOf(item);
      if (decision.kind === "impossible" && away && standing !== "testing") {
        const percent = item.initialReplicationPercent;
        return standing === "replicating" && isReversed(item)
          ? [
              {
                fact: `its reprotect has not finished: ${item.protectionStateDescription}${percent === undefined ? "" : `, ${percent} %`}.`,
                remedy: "The failback waits until it is protected.",
              },
            ]
          : [
              {
                fact: `it runs in Azure and is not protected towards its site (state "${item.protectionStateDescription || item.protectionState}").`,
                remedy: "Reprotect it first: declare a Reprotect.",
                severity: "block",
              },
            ];
      }
      const verb = generation === "classic" ? "unplannedFailover" : "plannedFailover";
      return willFailOver(situation) && !projected && !isOffered(item, verb)
        ? [
            {
              fact: `the service does not offer the failback yet (it offers ${item.allowedOperations.join(", ") || "nothing"}).`,
              remedy: "The failback waits until it does; see the item's health in the vault.",
            },
          ]
        : none;
    },
  },
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
        return manages?.includes("startAzureMachine") === true && phases.includes("reprotect")
          ? [{ fact, remedy: "The reprotect starts it first.", severity: "warn" }]
          : [
              {
                fact,
                remedy:
                  'Start it, or allow it: manage: ["startAzureMachine"]. The service fails with 78093 otherwise.',
                ...(phases.includes("reprotect") ? { path: "manage" } : {}),
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
      if (!isPhysical(situation) || !/2008\s*R2/i.test(version)) return none;
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
  machineRule({
    id: "SC-OLD",
    source: "002; docs: classic replication of VMware machines is superseded",
    summary: "Classic VMware replication is superseded by the modernized one.",
    severity: "warn",
    generation: "classic",
    phases: ["failover"],
    check: ({ item }) => [
      {
        fact: "it is replicated by a configuration server, the classic way, which Azure has superseded.",
        remedy: "Plan its move to a replication appliance.",
        subject: `site ${item.primary.fabricFriendlyName}`,
      },
    ],
  }),
];

const siteWords = ({ item }: Situation): string =>
  positionOf(item).away ? "Azure" : activeSide(item).fabricFriendlyName || "its site";
