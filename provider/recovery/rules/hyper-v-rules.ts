import { movesFrom } from "../moves.ts";
import { positionOf, standingOf } from "../position.ts";
import { needsResynchronization } from "../resynchronization.ts";
import { type Situation, willFailOver, willStart } from "../situation.ts";
import { connectedRule, goesHome } from "./hyper-v-agent-rule.ts";
import type { Rule, Violation } from "./rule.ts";
import { fromHyperV, hyperVToAzure, ofVmm } from "./scenario-sets.ts";

const none: readonly Violation[] = [];

/** True when a failover or a drill begins: what is committed only has left already. */
const leaves = (situation: Situation): boolean =>
  willFailOver(situation) || willStart(situation, "testFailover");

/** Rules about the servers of Hyper-V machines and about their failovers (failback rules, section 8). */
export const hyperVRules: readonly Rule[] = [
  connectedRule,
  {
    id: "HV-NETMAP",
    source: "002/table: with VMM the network mapping is required",
    summary: "The networks of the VMM server are mapped to where the machine is replicated.",
    severity: "block",
    actions: ["TestFailover", "Failover"],
    scenarios: ofVmm,
    check: (situation) => {
      const { hyperV, item } = situation;
      if (hyperV === undefined || !leaves(situation)) return none;
      if (hyperV.networksMapped === false) return [networkMappingMissing(item)];
      return (hyperV.unmappedNetworks ?? []).map((name) => ({
        severity: "warn",
        fact: `its VM network ${name} is not mapped, only others of VMM server ${item.primary.fabricFriendlyName} are: it would come up without that network.`,
        remedy: `Declare a NetworkMapping from ${name}.`,
      }));
    },
  },
  {
    id: "HV-PLANNED",
    source: "002/life cycle 4: the source is shut down first; it stops if that fails",
    summary:
      "A planned failover shuts the source down first, so that nothing is lost, and stops if it cannot.",
    severity: "block",
    actions: ["Failover", "Failback"],
    scenarios: fromHyperV,
    check: (situation) => {
      if (!willStart(situation, "plannedFailover")) return none;
      if (!situation.shutdownSource) {
        return [
          {
            fact: "a planned failover shuts the source down first, and shutdownSource forbids it.",
            remedy:
              situation.action === "Failback" && hyperVToAzure.includes(situation.item.scenario)
                ? "Leave shutdownSource away: a failback from Azure is always planned."
                : 'Leave shutdownSource away, or use mode: "unplanned" if the source is lost.',
            path: "shutdownSource",
          },
        ];
      }
      return goesHome(situation)
        ? none
        : [
            {
              severity: "warn",
              subject: "planned failover",
              fact: "the machines are shut down first; where that fails, the failover stops and the machine stays where it was.",
              remedy: 'Use mode: "unplanned" when the source does not answer any more.',
            },
          ];
    },
  },
  {
    id: "HV-UNPLANNED",
    source: "002/life cycle 4: it goes on without the source",
    summary: "An unplanned failover goes on without the source; what it has not sent is lost.",
    severity: "warn",
    actions: ["Failover", "Failback"],
    scenarios: fromHyperV,
    check: (situation) =>
      willStart(situation, "unplannedFailover")
        ? [
            {
              subject: "unplanned failover",
              fact: "it goes on without the source: what has not been replicated yet is lost.",
              remedy: 'Use mode: "planned" while the source still runs.',
            },
          ]
        : none,
  },
  {
    id: "HV-POINT",
    source:
      "service interface: neither a failback from Azure nor a failover between VMM sites takes a point",
    summary: "A failback from Azure and a failover between VMM sites go to the latest data.",
    severity: "block",
    actions: ["TestFailover", "Failover", "Failback"],
    scenarios: fromHyperV,
    check: (situation) => {
      if (changesFixedPoint(situation)) {
        return [
          {
            fact: "the point that it went to cannot be changed: the service takes none here.",
            remedy: "Set recoveryPoint back to what it was.",
            path: "recoveryPoint",
          },
        ];
      }
      const wanted = situation.recoveryPoint?.wanted ?? "latest";
      const chooses = !goesHome(situation) && situation.item.scenario !== "VmmToVmm";
      return !leaves(situation) || chooses || wanted === "latest"
        ? none
        : [
            {
              fact: `${goesHome(situation) ? "a failback from Azure" : "a failover between VMM sites"} goes to the latest data, not to ${wanted}.`,
              remedy: 'Set recoveryPoint to "latest".',
              path: "recoveryPoint",
            },
          ];
    },
  },
  {
    id: "HV-RESYNC",
    source: "002/life cycle 4: a log of half the disk marks the machine for resynchronization",
    summary: "The machine is not marked for resynchronization.",
    severity: "warn",
    actions: ["TestFailover", "Failover", "Failback"],
    scenarios: fromHyperV,
    check: (situation) => {
      const { item, projected } = situation;
      return projected || !leaves(situation) || !needsResynchronization(item)
        ? none
        : [
            {
              fact: "it is marked for resynchronization: its health and its recovery points suffer until that ran.",
              remedy: `Declare a Resynchronize, or wait: the service does it by itself outside office hours.${item.scenario === "VmmToVmm" ? "" : " A failover now goes to an older point."}`,
            },
          ];
    },
  },
];

/** True when another point is asked for, of a machine that has gone to the other site and cannot go to one any more. */
function changesFixedPoint({ changesRecoveryPoint, item }: Situation): boolean {
  if (!changesRecoveryPoint || standingOf(item) !== "failedOver") return false;
  return !movesFrom(item.scenario, positionOf(item)).includes("changeRecoveryPoint");
}

/** What is said of a machine of a VMM cloud whose networks are not mapped. */
function networkMappingMissing(item: {
  readonly scenario: string;
  readonly primary: { readonly fabricFriendlyName: string };
}): Violation {
  const kind = item.scenario === "VmmToVmm" ? "the second VMM server" : "Azure";
  return {
    fact: `no network mapping leads from VMM server ${item.primary.fabricFriendlyName} to ${kind}: the machine would come up without a network.`,
    remedy: `Declare a NetworkMapping from a VM network of ${item.primary.fabricFriendlyName}.`,
  };
}
