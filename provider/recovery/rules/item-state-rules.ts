import { isReversed, positionOf, standingOf } from "../position.ts";
import { willFailOver, willStart } from "../situation.ts";
import { isOffered } from "../verbs.ts";
import { neverReturns } from "./item-rules.ts";
import type { Rule } from "./rule.ts";
import { goesBack, oneWay } from "./scenario-rules.ts";
import { generationOf, none } from "./site-rule.ts";

/**
 * Rules about where an item of a VMware site stands, asked also when nothing can start (failback rules,
 * sections 1 and 8).
 */
export const itemStateRules: readonly Rule[] = [
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
      // Of machines that never come back their own rules tell why (MG-ONEWAY, IT-2008R2).
      if (oneWay(situation) !== undefined || neverReturns(item)) return none;
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
];
