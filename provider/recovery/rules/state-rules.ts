import type { Verb } from "../model.ts";
import {
  activeSide,
  isBetweenRegions,
  isFromHyperV,
  isFromVmwareSite,
  positionOf,
  standingOf,
} from "../position.ts";
import type { Situation } from "../situation.ts";
import { willFailOver, willStart } from "../situation.ts";
import { offeredVerbs, verbWords } from "../verbs.ts";
import { isFinalizing } from "./hyper-v-state-rules.ts";
import { offersWords, remedyFor, stateWords } from "./next-steps.ts";
import type { Rule, Violation } from "./rule.ts";
import { asksForUnknownMode, canCancel } from "./scenario-rules.ts";
import { betweenRegions, hyperVToAzure } from "./scenario-sets.ts";

const movesMachines = ["Failover", "Failback"] as const;

const none: readonly Violation[] = [];

const everyAction: Rule["actions"] = [
  "TestFailover",
  "Failover",
  "Reprotect",
  "Failback",
  "CompleteMigration",
  "CancelFailover",
  "Resynchronize",
];

/** What leads to where the action can begin. */
function remedyOf({ action, item }: Situation): string {
  if (action === "Reprotect") return "Reprotect a machine after its failover, not before.";
  return action === "Resynchronize"
    ? "A machine is resynchronized while it is protected; look at its state first."
    : remedyFor(item);
}

/** What messages call a side: its region, or the name of a site that is none. */
const placeName = (side: ReturnType<typeof activeSide>): string =>
  side.location || side.fabricFriendlyName;

const isBack = ({ action }: Situation): boolean => action === "Reprotect" || action === "Failback";

/** True when another rule says why the action leads nowhere, in the words of the machine's scenario. */
function toldElsewhere(situation: Situation): boolean {
  const { action, item, decision } = situation;
  const standing = standingOf(item);
  if (asksForUnknownMode(situation) || (isBack(situation) && standing === "migrated")) return true;
  if (isFromHyperV(item)) {
    const begins = action === "TestFailover" || action === "Failover";
    return isBack(situation) || (begins && standing === "replicating");
  }
  if (!isFromVmwareSite(item) || action === "Failback") return isBack(situation);
  if (action !== "Reprotect") return false;
  // IT-GONE tells of a reprotect that is not offered, IT-COMMITTED of a commit that is missing.
  const uncommitted = item.scenario === "VmwareToAzureClassic" && standing === "failedOver";
  return decision.kind !== "impossible" || uncommitted;
}

/** True when another rule says that the first verb is not offered yet, and waits for it. */
function offerToldElsewhere(situation: Situation, first: Verb): boolean {
  if (asksForUnknownMode(situation) || isFinalizing(situation)) return true;
  // IT-GONE and IT-PROTECTED tell of machines of a VMware site, HV-REVERSE of a reverse replication.
  if (isFromVmwareSite(situation.item)) return isBack(situation);
  return isFromHyperV(situation.item) && first === "reprotect";
}

/** Rules about the item's own state: what is legal now (section A and the A2A rows). */
export const stateRules: readonly Rule[] = [
  {
    id: "OP-BUSY",
    source: "site-recovery 6.1: an empty allowedOperations means a job runs",
    summary: "No other job holds the machine.",
    severity: "wait",
    actions: everyAction,
    check: (situation) => {
      const { decision, action, item } = situation;
      // HV-FINALIZED tells of a job that finalizes protection, HV-CANCEL of what is never cancelled.
      const begins = action === "TestFailover" || action === "Failover";
      const told =
        (begins && isFinalizing(situation)) ||
        (action === "CancelFailover" && !canCancel(item.scenario));
      return decision.kind === "busy" && !told
        ? [
            {
              fact: `job ${decision.jobName} (${decision.scenario}) holds the machine.`,
              remedy: "The action waits for it to end.",
            },
          ]
        : none;
    },
  },
  {
    id: "OP-CLEANUP",
    source: "allowedOperations of a waiting test failover",
    summary: "A waiting test failover allows nothing but its clean-up.",
    severity: "block",
    actions: [...movesMachines, "Reprotect", "CompleteMigration", "Resynchronize"],
    check: ({ item, decision }) =>
      decision.kind === "impossible" && standingOf(item) === "testing"
        ? [{ fact: "a test failover waits for its clean-up.", remedy: remedyFor(item) }]
        : none,
  },
  {
    id: "OP-ALLOWED",
    source: "allowedOperations decides",
    summary:
      "The action leads from the machine's state to its goal, and the service offers its verb.",
    severity: "block",
    actions: ["TestFailover", ...movesMachines, "Reprotect", "CompleteMigration", "Resynchronize"],
    check: (situation) => {
      const { item, decision, projected } = situation;
      if (decision.kind === "impossible") {
        if (standingOf(item) === "testing" || toldElsewhere(situation)) return none;
        return [
          {
            fact: `${stateWords(situation)}; ${offersWords(situation)}.`,
            remedy: remedyOf(situation),
          },
        ];
      }
      const first = decision.kind === "start" ? decision.verbs[0] : undefined;
      if (first === undefined || first === "commit" || projected) return none;
      if (offeredVerbs(item).includes(first) || offerToldElsewhere(situation, first)) return none;
      return [
        {
          fact: `the service does not offer ${verbWords[first].noun} (${stateWords(situation)}; ${offersWords(situation)}).`,
          remedy: "See the item's health in the vault.",
        },
      ];
    },
  },
  {
    id: "OP-COMMIT",
    source: "000/failover 6; allowedOperations decides",
    summary:
      "The commit is offered; it deletes all recovery points, ends the choice of a point and cannot be undone.",
    severity: "block",
    actions: [...movesMachines, "Reprotect"],
    check: (situation) => {
      const { item, decision, projected } = situation;
      const commits = decision.kind === "start" && decision.verbs[0] === "commit";
      return !commits || projected || offeredVerbs(item).includes("commit")
        ? none
        : [
            {
              fact: `the service does not offer its commit (${stateWords(situation)}; ${offersWords(situation)}).`,
              remedy: "See the item's health in the vault.",
            },
          ];
    },
  },
  {
    id: "A2-FAILBACK",
    source: "000/failback: the same failover in reverse, once the machine is protected again",
    summary: "Failback begins at a machine that runs away from home and is protected towards home.",
    severity: "block",
    actions: ["Failback"],
    check: (situation) => {
      const { decision, item } = situation;
      if (decision.kind !== "impossible") return none;
      const standing = standingOf(item);
      const home = !decision.position.away;
      // A machine of a VMware site that is away and not protected is judged by IT-PROTECTED.
      // HV-COMMIT, HV-DIRECTION and HV-REVERSE judge those of Hyper-V, MG-ONEWAY a completed migration.
      if (standing === "testing" || standing === "migrated") return none;
      if (!isBetweenRegions(item) && !home) return none;
      return [
        home && (standing === "protected" || !isBetweenRegions(item))
          ? {
              fact: `it runs at home, in ${placeName(activeSide(item))}; there is nothing to fail back.`,
              remedy: "Remove the Failback, or declare a Failover before it.",
            }
          : {
              fact: `${stateWords(situation)}; it is not protected towards its home.`,
              remedy: remedyFor(item),
            },
      ];
    },
  },
  {
    id: "A2-REPROTECT",
    source: '000/reprotect 1: state "failover committed"',
    summary: "Reprotect begins at a machine whose failover is committed.",
    severity: "block",
    actions: ["Reprotect"],
    scenarios: betweenRegions,
    check: (situation) => {
      const { decision, item } = situation;
      if (decision.kind !== "impossible") return none;
      if (["testing", "migrated"].includes(standingOf(item))) return none;
      const pending = standingOf(item) === "failedOver";
      return [
        {
          fact: `${stateWords(situation)}; only a committed failover can be reprotected.`,
          remedy: pending
            ? 'Commit it first: set commit to "automatic" on the Failover.'
            : "Reprotect a machine after its failover, not before.",
        },
      ];
    },
  },
  {
    id: "A2-COMMIT",
    source: "000/failover 5 and 6",
    summary: "The recovery point may be changed before the commit, never after it.",
    severity: "block",
    actions: [...movesMachines],
    check: ({ changesRecoveryPoint, item }) =>
      changesRecoveryPoint && standingOf(item) !== "failedOver"
        ? [
            {
              fact: "the recovery point cannot be changed any more: the failover is committed and its points are gone.",
              remedy: "Set recoveryPoint back to what it was.",
              path: "recoveryPoint",
            },
          ]
        : none,
  },
  {
    id: "A2-GONE",
    source: "003:108; a deleted machine cannot be replicated back",
    summary: "The machine that runs now is there.",
    severity: "block",
    actions: ["Reprotect", "Failback"],
    scenarios: [...betweenRegions, ...hyperVToAzure],
    check: (situation) => {
      const { item, destination, action } = situation;
      // Machines of Hyper-V are failed back from Azure, those of a region replicated back first.
      const needed = isBetweenRegions(item)
        ? willStart(situation, "reprotect")
        : action === "Failback" && willFailOver(situation) && positionOf(item).away;
      return needed && destination.runningMachineExists === false
        ? [
            {
              fact: `its failed-over machine in ${activeSide(item).location || "Azure"} is not there any more.`,
              remedy: "Disable protection and protect the machine anew.",
            },
          ]
        : none;
    },
  },
  {
    id: "IT-HEALTH",
    source: "health of the replication before it is relied on",
    summary: "Replication is healthy.",
    severity: "warn",
    actions: ["TestFailover", ...movesMachines],
    check: (situation) => {
      if (!willFailOver(situation) && !willStart(situation, "testFailover")) return none;
      const { appliance } = situation.onPremises?.server ?? {};
      const own = situation.item.healthErrors.filter((error) => error.category !== "TestFailover");
      return [
        ...own.map((error) => ({
          fact: `${error.level.toLowerCase()} ${error.code}: ${error.message}`,
          remedy: error.recommendedAction,
        })),
        ...(appliance?.health === "Warning"
          ? [
              {
                subject: `appliance ${appliance.name}`,
                fact: `its health is "${appliance.health}"${appliance.healthErrors.map((error) => `; ${error.code}: ${error.message}`).join("")}.`,
                remedy: "Look at the appliance before you rely on it.",
              },
            ]
          : []),
      ];
    },
  },
];
