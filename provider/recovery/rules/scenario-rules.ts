import { type ActionKind, actionWords } from "../action-kinds.ts";
import { capabilityOf, failoversOf, knows, retirementOf } from "../capabilities.ts";
import type { Scenario } from "../model.ts";
import { positionOf, standingOf } from "../position.ts";
import type { Situation } from "../situation.ts";
import { willFailOver } from "../situation.ts";
import type { Rule, Violation } from "./rule.ts";
import { hyperVToAzure, oldScenarios, retiredScenarios } from "./scenario-sets.ts";

const none: readonly Violation[] = [];
const everyAction = Object.keys(actionWords) as readonly ActionKind[];

/** Why the way back is closed for good; undefined when it is not. */
export function oneWay({ item }: Pick<Situation, "item">): string | undefined {
  if (standingOf(item) === "migrated") return "its migration is complete";
  return /aws|amazon/i.test(item.onPremises?.discoveryType ?? "")
    ? "it comes from Amazon Web Services, where nothing can be replicated to"
    : undefined;
}

/** True for an action that leads a machine home, or turns its replication homewards. */
export const goesBack = ({ action, item }: Pick<Situation, "action" | "item">): boolean =>
  action === "Failback" || (action === "Reprotect" && positionOf(item).away);

/** True when a planned failover is asked for in a scenario that has none. */
export function asksForUnknownMode({ action, item, mode }: Situation): boolean {
  return action === "Failover" && mode === "planned" && !hasPlannedFailover(item.scenario);
}

const hasPlannedFailover = (scenario: Scenario): boolean =>
  failoversOf(scenario, false).includes("plannedFailover");

/** Since when a scenario is not to be had any more, who says so and what to use; empty for one that is. */
function retirementWords(scenario: Scenario): Pick<Violation, "fact" | "remedy"> {
  const retirement = retirementOf(scenario);
  const { title, status } = capabilityOf(scenario);
  if (retirement === undefined) return { fact: "", remedy: "" };
  const { since, source, instead } = retirement;
  return status === "retired"
    ? {
        fact: `Azure has retired this way to replicate (${title}) since ${since}; it can be read, and nothing else. Source: ${source}.`,
        remedy: `Use ${instead}.`,
      }
    : {
        fact: `Azure has superseded this way to replicate (${title}) since ${since}; its API still has it. Source: ${source}.`,
        remedy: `Plan to use ${instead}.`,
      };
}

/** Rules about what a scenario knows at all, and for how long. */
export const scenarioRules: readonly Rule[] = [
  {
    id: "SC-RETIRED",
    source: "002; retirement announced by Microsoft (docs/capabilities.md)",
    summary: "The machine is replicated in a way that Azure still has.",
    severity: "block",
    actions: everyAction,
    scenarios: retiredScenarios,
    check: ({ item }) => [retirementWords(item.scenario)],
  },
  {
    id: "SC-OLD",
    source: "002; docs: VMM is retired since March 2023, classic VMware replication is superseded",
    summary: "The machine is replicated in a way that Azure has not superseded.",
    severity: "warn",
    actions: ["Failover"],
    scenarios: oldScenarios,
    check: (situation) =>
      willFailOver(situation) && !situation.projected
        ? [
            {
              ...retirementWords(situation.item.scenario),
              subject: `site ${situation.item.primary.fabricFriendlyName}`,
            },
          ]
        : none,
  },
  {
    id: "MG-ONEWAY",
    source: "002/scenarios: AWS instances and migrations are failed over and never failed back",
    summary: "A completed migration, or an instance of Amazon Web Services, has no way back.",
    severity: "block",
    actions: ["Reprotect", "Failback"],
    check: (situation) => {
      const reason = oneWay(situation);
      return reason === undefined || !goesBack(situation)
        ? none
        : [
            {
              fact: `there is no way back for it: ${reason}.`,
              remedy:
                situation.item.scenario === "AzureToAzure"
                  ? "Leave it where it is, or protect it anew from there."
                  : situation.item.scenario === "VmmToVmm"
                    ? "Leave it at the second site, or protect it anew from there."
                    : "Leave it in Azure, or protect a new machine at the site.",
            },
          ];
    },
  },
  {
    id: "OP-INPUT",
    source: "failback rules, section 9: which failovers each scenario has",
    summary: "The machine's scenario knows what the inputs ask for.",
    severity: "block",
    actions: ["Failover", "Failback"],
    check: (situation) => [
      ...modeProblems(situation),
      ...(situation.action === "Failback" ? failbackProblems(situation) : none),
    ],
  },
];

function modeProblems(situation: Situation): readonly Violation[] {
  const { action, item, mode } = situation;
  if (asksForUnknownMode(situation)) {
    return [
      {
        fact: `a planned failover is asked for, and there is none for ${capabilityOf(item.scenario).title}.`,
        remedy:
          'Use mode: "unplanned": with shutdownSource it shuts the source down first, too, and goes on if that fails.',
        path: "mode",
      },
    ];
  }
  const planned = failoversOf(item.scenario, true).join() === "plannedFailover";
  return action === "Failback" && mode === "unplanned" && planned
    ? [
        {
          severity: "warn",
          subject: "failback",
          fact: "an unplanned failback is asked for, and from Azure there are planned ones only: the machines in Azure are shut down first and lose nothing.",
          remedy: "Leave mode away.",
        },
      ]
    : none;
}

/** What only a failback of Hyper-V machines from Azure can be asked for. */
function failbackProblems({ item, failback, byPlan }: Situation): readonly Violation[] {
  if (failback === undefined) return none;
  if (hyperVToAzure.includes(item.scenario)) {
    return byPlan && failback.alternateHost !== undefined
      ? [
          {
            fact: "the service takes no other host for a recovery plan.",
            remedy:
              "Fail the machines back one by one (item or items), or leave alternateHost away.",
            path: "alternateHost",
          },
        ]
      : none;
  }
  const asked = [
    failback.dataSynchronization === "duringDowntime" ? "dataSynchronization" : undefined,
    failback.createMachineIfAbsent ? "createMachineIfAbsent" : undefined,
    failback.alternateHost === undefined ? undefined : "alternateHost",
  ].filter((each) => each !== undefined);
  return asked.map((path) => ({
    fact: `${path} is for Hyper-V machines that come back from Azure, and this is one of ${capabilityOf(item.scenario).title}.`,
    remedy: `Leave ${path} away.`,
    path,
  }));
}

/** True when the scenario can cancel a failover at all: only the failback of a modernized VMware site can. */
export const canCancel = (scenario: Scenario): boolean => knows(scenario, "cancelFailover");
