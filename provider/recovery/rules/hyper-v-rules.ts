import type { SiteProviderFacts } from "../hyper-v.ts";
import { movesFrom } from "../moves.ts";
import { positionOf, siteSide, standingOf } from "../position.ts";
import { needsResynchronization } from "../resynchronization.ts";
import { type Situation, willFailOver, willStart } from "../situation.ts";
import type { Rule, Violation } from "./rule.ts";
import { fromHyperV, hyperVToAzure, ofVmm } from "./scenario-sets.ts";
import { silence } from "./words.ts";

const none: readonly Violation[] = [];

const verbsOf = ({ decision }: Situation): readonly string[] =>
  decision.kind === "start" ? decision.verbs : [];

/** Rules about the servers of Hyper-V machines and about their failovers (failback rules, section 8). */
export const hyperVRules: readonly Rule[] = [
  {
    id: "HV-CONNECTED",
    source: "docs: the Hyper-V host or VMM server is connected to Azure",
    summary: "The Hyper-V host, or the VMM server, that the action needs is connected to Azure.",
    severity: "block",
    actions: ["TestFailover", "Failover", "Failback", "Reprotect", "Resynchronize"],
    scenarios: fromHyperV,
    check: (situation) =>
      situation.projected || situation.hyperV === undefined
        ? none
        : neededAgents(situation)
            .filter((each) => !isComing(situation, each))
            .flatMap((each) => agentProblems(situation, each)),
  },
  {
    id: "HV-NETMAP",
    source: "002/table: with VMM the network mapping is required",
    summary: "The networks of the VMM server are mapped to where the machine is replicated.",
    severity: "block",
    actions: ["TestFailover", "Failover"],
    scenarios: ofVmm,
    check: (situation) =>
      situation.hyperV?.networksMapped === false && verbsOf(situation).length > 0
        ? [networkMappingMissing(situation.item)]
        : none,
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
      const moves = willFailOver(situation) || willStart(situation, "testFailover");
      return !moves || chooses || wanted === "latest"
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
      const moves = verbsOf(situation).length > 0;
      return projected || !moves || !needsResynchronization(item)
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

/** True when the action brings a Hyper-V machine home from Azure. */
export const goesHome = ({ action, item }: Pick<Situation, "action" | "item">): boolean =>
  action === "Failback" && hyperVToAzure.includes(item.scenario) && positionOf(item).away;

/** An agent that the action needs, or that it would be better with. */
interface NeededAgent {
  readonly agent?: SiteProviderFacts;
  /** What it is the agent of, and where, for one that is not registered. */
  readonly kind: string;
  readonly place: string;
  readonly necessary: boolean;
}

/** The agents that the action's verbs need: both ends between VMM sites, the host alone towards Azure. */
function neededAgents(situation: Situation): readonly NeededAgent[] {
  const { item, hyperV, failback } = situation;
  const verbs = verbsOf(situation);
  if (verbs.length === 0) return [];
  const kind = item.scenario === "HyperVToAzure" ? "Hyper-V host" : "VMM server";
  const home = {
    kind,
    place: siteSide(item).fabricFriendlyName || item.primary.fabricFriendlyName,
    ...(hyperV?.home === undefined ? {} : { agent: hyperV.home }),
  };
  const unplanned = verbs.includes("unplannedFailover");
  const tests = verbs.includes("testFailover");
  if (item.scenario !== "VmmToVmm") {
    // Of another host that takes the machine HV-ALTERNATE tells.
    if (tests || (goesHome(situation) && failback?.alternateHost !== undefined)) return [];
    return [{ ...home, necessary: !unplanned }];
  }
  const second = {
    kind,
    place: item.recovery.fabricFriendlyName,
    ...(hyperV?.second === undefined ? {} : { agent: hyperV.second }),
  };
  const { away } = positionOf(item);
  const [source, target] = away ? [second, home] : [home, second];
  const goal = { ...target, necessary: true };
  return tests ? [goal] : [{ ...source, necessary: !unplanned }, goal];
}

/** True for a server that the same program waits for until it is connected. */
function isComing({ hyperV }: Situation, { agent }: NeededAgent): boolean {
  const coming = hyperV?.comingNames ?? [];
  return agent === undefined
    ? coming.length > 0
    : coming.includes(agent.friendlyName.toLowerCase());
}

function agentProblems({ now }: Situation, needed: NeededAgent): readonly Violation[] {
  const { agent, kind, place, necessary } = needed;
  const severity = necessary ? ("block" as const) : ("warn" as const);
  const goesOn = `The failover goes on without it: see that what it runs does not come up again.`;
  if (agent === undefined) {
    return [
      {
        subject: `${kind} of ${place}`,
        fact: "it is not registered.",
        remedy: necessary
          ? `Register it with the vault's key, in the set-up of its Site Recovery provider.`
          : goesOn,
        severity,
      },
    ];
  }
  const subject = `${kind} ${agent.friendlyName}`;
  if (isConnected(agent)) {
    const silent = silence(agent.lastHeartbeat, now);
    return silent === undefined
      ? none
      : [
          {
            subject,
            fact: `its provider ${silent}, although the service calls it connected.`,
            remedy: "See that it runs and reaches Azure.",
            severity: "warn",
          },
        ];
  }
  const since = agent.lastHeartbeat === undefined ? "" : `, last heard of ${agent.lastHeartbeat}`;
  return [
    {
      subject,
      fact: `it is not connected to Azure ("${agent.connectionStatus}"${since}).`,
      remedy: necessary
        ? "See that it runs, that its Site Recovery provider runs and that it reaches Azure; then run this again."
        : goesOn,
      severity,
    },
  ];
}

/** True for an agent that the service calls connected, or of which it tells nothing. */
export function isConnected({ connectionStatus }: SiteProviderFacts): boolean {
  return connectionStatus === "" || connectionStatus.toLowerCase() === "connected";
}
