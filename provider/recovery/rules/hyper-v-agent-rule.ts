import type { SiteProviderFacts } from "../hyper-v.ts";
import { positionOf } from "../position.ts";
import type { Situation } from "../situation.ts";
import type { Rule, Violation } from "./rule.ts";
import { fromHyperV, hyperVToAzure } from "./scenario-sets.ts";
import { silence } from "./words.ts";

const none: readonly Violation[] = [];

/** Asks for the servers that take part in what an action does to a Hyper-V machine. */
export const connectedRule: Rule = {
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
};

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
  const { item, hyperV, failback, decision } = situation;
  const verbs = decision.kind === "start" ? decision.verbs : [];
  if (verbs.length === 0) return [];
  const { away } = positionOf(item);
  const commits = verbs.every((verb) => verb === "commit");
  const kind = item.scenario === "HyperVToAzure" ? "Hyper-V host" : "VMM server";
  const home = {
    kind,
    place: item.primary.fabricFriendlyName,
    ...(hyperV?.home === undefined ? {} : { agent: hyperV.home }),
  };
  const unplanned = verbs.includes("unplannedFailover");
  const tests = verbs.includes("testFailover");
  if (item.scenario !== "VmmToVmm") {
    // What is in Azure is tested and committed there; of another host that takes the machine HV-ALTERNATE tells.
    if (tests || (commits && away)) return [];
    if (goesHome(situation) && failback?.alternateHost !== undefined) return [];
    return [{ ...home, necessary: !unplanned }];
  }
  const second = {
    kind,
    place: item.recovery.fabricFriendlyName,
    ...(hyperV?.second === undefined ? {} : { agent: hyperV.second }),
  };
  const [source, target] = away ? [second, home] : [home, second];
  const goal = { ...target, necessary: true };
  if (commits) return [{ ...source, necessary: true }];
  return tests ? [goal] : [{ ...source, necessary: !unplanned }, goal];
}

/**
 * True for a server that the same program waits for until it has registered. One that is registered already is
 * not waited for by a resource that stands in the program as before.
 */
function isComing({ hyperV }: Situation, { agent }: NeededAgent): boolean {
  return agent === undefined && (hyperV?.comingNames ?? []).length > 0;
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
