import type { ActionKind } from "../action-kinds.ts";
import type { Severity } from "../findings.ts";
import type {
  FixName,
  OnPremisesSituation,
  SiteGeneration,
  SiteServerSituation,
} from "../on-premises-situation.ts";
import { positionOf } from "../position.ts";
import type { Situation } from "../situation.ts";
import { failsOver } from "../verbs.ts";
import type { Rule, RuleGeneration, RulePhase, Violation } from "./rule.ts";

/** The absence of findings. */
export const none: readonly Violation[] = [];

/** A machine's situation whose site was looked at. */
export type SiteSituation = Situation & { readonly onPremises: OnPremisesSituation };

/** What every rule about a VMware site is declared with. */
interface SiteRuleFacts {
  readonly id: string;
  readonly source: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly generation: RuleGeneration;
  readonly phases: readonly RulePhase[];
  readonly fix?: FixName;
  readonly vsphere?: boolean;
}

/** A rule about one machine of a VMware site. */
export interface MachineRuleFacts extends SiteRuleFacts {
  /** `phases` holds those of the rule's phases that the action is in. */
  check(situation: SiteSituation, phases: readonly RulePhase[]): readonly Violation[];
}

/** A rule about the server that takes the data at the site. */
export interface ServerRuleFacts extends SiteRuleFacts {
  /** `phase` is `server` when the server itself is created or changed, else absent. */
  checkServer(server: SiteServerSituation, phase?: "server"): readonly Violation[];
  /** What else it asks of a machine whose data the server takes. */
  checkMachine?(situation: SiteSituation, phases: readonly RulePhase[]): readonly Violation[];
}

/** A rule that is asked of servers as well as of the machines that use them. */
export interface ServerRule extends Rule {
  readonly generation: RuleGeneration;
  checkServer(server: SiteServerSituation, phase?: "server"): readonly Violation[];
}

const actionsOfPhases: Readonly<Record<RulePhase, readonly ActionKind[]>> = {
  server: [],
  failover: ["Failover"],
  reprotect: ["Reprotect"],
  protectAgain: ["Reprotect"],
  replicating: ["Failback"],
  failback: ["Failback"],
  commit: ["Failback"],
};

/** The kind of site that an item belongs to; undefined for an item that belongs to none. */
export function generationOf({ item }: Pick<Situation, "item">): SiteGeneration | undefined {
  if (item.scenario === "VmwareToAzure") return "modernized";
  return item.scenario === "VmwareToAzureClassic" ? "classic" : undefined;
}

/** True when a rule of this kind is about sites of that generation. */
export function concerns(
  rule: { readonly generation?: RuleGeneration },
  generation: SiteGeneration,
): boolean {
  return rule.generation === "both" || rule.generation === generation;
}

/** The moments in which an action finds a machine of a site; empty when it starts nothing. */
export function phasesOf({
  action,
  decision,
  item,
}: Pick<Situation, "action" | "decision" | "item">): readonly RulePhase[] {
  if (decision.kind !== "start" || decision.verbs.length === 0) return [];
  const { away } = positionOf(item);
  switch (action) {
    case "Failover":
      return failsOver(decision.verbs) ? ["failover"] : [];
    case "Reprotect":
      return [away ? "reprotect" : "protectAgain"];
    case "Failback": {
      const back: readonly RulePhase[] = failsOver(decision.verbs)
        ? ["replicating", "failback"]
        : [];
      return decision.verbs.includes("commit") ? [...back, "commit"] : back;
    }
    default:
      return [];
  }
}

/** Makes a rule about machines of a VMware site: asked in its phases, of its generation, and never of a projection. */
export function machineRule(facts: MachineRuleFacts): Rule {
  const { check, ...rest } = facts;
  return {
    ...rest,
    actions: actionsOf(facts.phases),
    check: (situation) => {
      const phases = currentPhases(facts, situation);
      return phases.length === 0 || !hasSite(situation) ? none : check(situation, phases);
    },
  };
}

/** Makes a rule about the server that takes the data; what it says of the server, it says under the server's name. */
export function serverRule(facts: ServerRuleFacts): ServerRule {
  const { checkServer, checkMachine, ...rest } = facts;
  const named = (server: SiteServerSituation, phase?: "server"): readonly Violation[] =>
    checkServer(server, phase).map((violation) => ({
      subject: serverName(server),
      ...violation,
    }));
  return {
    ...rest,
    actions: actionsOf(facts.phases),
    checkServer: named,
    check: (situation) => {
      const phases = currentPhases(facts, situation);
      if (phases.length === 0 || !hasSite(situation)) return none;
      return [
        ...named(situation.onPremises.server),
        ...(checkMachine?.(situation, phases) ?? none),
      ];
    },
  };
}

/** What findings call a server. */
export function serverName(server: SiteServerSituation): string {
  if (server.generation === "modernized") {
    return server.appliance === undefined ? "appliance" : `appliance ${server.appliance.name}`;
  }
  return server.masterTarget === undefined
    ? "master target"
    : `master target ${server.masterTarget.name}`;
}

function actionsOf(phases: readonly RulePhase[]): readonly ActionKind[] {
  return [...new Set(phases.flatMap((phase) => actionsOfPhases[phase]))];
}

function currentPhases(facts: SiteRuleFacts, situation: Situation): readonly RulePhase[] {
  const generation = generationOf(situation);
  if (situation.projected || generation === undefined || !concerns(facts, generation)) return [];
  return phasesOf(situation).filter((phase) => facts.phases.includes(phase));
}

function hasSite(situation: Situation): situation is SiteSituation {
  return situation.onPremises !== undefined;
}
