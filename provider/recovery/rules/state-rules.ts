import { activeSide, isFromVmwareSite, positionOf, standingOf } from "../position.ts";
import { otherMembers } from "../replication-group.ts";
import type { Situation } from "../situation.ts";
import { willFailOver, willStart } from "../situation.ts";
import { offeredVerbs, verbWords } from "../verbs.ts";
import type { Rule, Violation } from "./rule.ts";

const movesMachines = ["Failover", "Failback"] as const;

const none: readonly Violation[] = [];

function stateWords({ item }: Situation): string {
  const state = item.protectionStateDescription || item.protectionState;
  const percent = item.initialReplicationPercent;
  const progress =
    standingOf(item) === "replicating" && percent !== undefined ? `, ${percent} %` : "";
  return `its state is "${state}"${progress}`;
}

function offersWords({ item }: Situation): string {
  const offered = offeredVerbs(item).map((verb) => verbWords[verb].noun);
  return offered.length === 0
    ? "the service offers nothing now"
    : `possible now: ${offered.join(", ")}`;
}

/** The remedy that leads from where an item stands to where a failover can begin. */
const remedyByStanding = {
  replicating: "Wait until the initial replication has ended.",
  testing: "Clean the test failover up first: destroy its TestFailover resource.",
  failedOver: "Commit the failover and reprotect the machine first.",
  committed: "Reprotect the machine first: declare a Reprotect.",
  failed: "Repair the replication or run the failover again.",
  protected: "Look at the item in the vault.",
  migrated: "Protect the machine anew.",
  unknown: "Look at the item in the vault: this state is not known to the provider.",
} as const;

/** What messages call a side: its region, or the name of a site that is none. */
const placeName = (side: ReturnType<typeof activeSide>): string =>
  side.location || side.fabricFriendlyName;

/** True when another rule says why the action leads nowhere, in the words of the machine's scenario. */
function toldElsewhere(situation: Situation): boolean {
  const { action, item, decision } = situation;
  const back = action === "Reprotect" || action === "Failback";
  if (!isFromVmwareSite(item)) return back;
  if (action === "Failback") return true;
  if (action !== "Reprotect") return false;
  // IT-GONE tells of a reprotect that is not offered, IT-COMMITTED of a commit that is missing, MG-ONEWAY of a migration.
  const standing = standingOf(item);
  const uncommitted = item.scenario === "VmwareToAzureClassic" && standing === "failedOver";
  return decision.kind !== "impossible" || uncommitted || standing === "migrated";
}

/** True for a member of a classic group that is reprotected to its site. */
function reprotectsGroupMember(situation: Situation): boolean {
  const { item } = situation;
  return (
    willStart(situation, "reprotect") &&
    item.scenario === "VmwareToAzureClassic" &&
    positionOf(item).away &&
    otherMembers(item, situation.vaultItems).length > 0
  );
}

/** Rules about the item's own state: what is legal now (section A and the A2A rows). */
export const stateRules: readonly Rule[] = [
  {
    id: "OP-BUSY",
    source: "site-recovery 6.1: an empty allowedOperations means a job runs",
    summary: "No other job holds the machine.",
    severity: "wait",
    actions: ["TestFailover", "Failover", "Reprotect", "Failback", "CompleteMigration"],
    check: ({ decision }) =>
      decision.kind === "busy"
        ? [
            {
              fact: `job ${decision.jobName} (${decision.scenario}) holds the machine.`,
              remedy: "The action waits for it to end.",
            },
          ]
        : none,
  },
  {
    id: "OP-CLEANUP",
    source: "allowedOperations of a waiting test failover",
    summary: "A waiting test failover allows nothing but its clean-up.",
    severity: "block",
    actions: [...movesMachines, "Reprotect", "CompleteMigration"],
    check: ({ item, decision }) =>
      decision.kind === "impossible" && standingOf(item) === "testing"
        ? [{ fact: "a test failover waits for its clean-up.", remedy: remedyByStanding.testing }]
        : none,
  },
  {
    id: "OP-ALLOWED",
    source: "allowedOperations decides",
    summary:
      "The action leads from the machine's state to its goal, and the service offers its verb.",
    severity: "block",
    actions: ["TestFailover", ...movesMachines, "Reprotect", "CompleteMigration"],
    check: (situation) => {
      const { item, decision, projected, action } = situation;
      const standing = standingOf(item);
      if (toldElsewhere(situation)) return none;
      if (decision.kind === "impossible" && standing !== "testing") {
        return [
          {
            fact: `${stateWords(situation)}; ${offersWords(situation)}.`,
            remedy:
              action === "Reprotect"
                ? "Reprotect a machine after its failover, not before."
                : remedyByStanding[standing],
          },
        ];
      }
      const first = decision.kind === "start" ? decision.verbs[0] : undefined;
      if (first === undefined || first === "commit" || projected) return none;
      if (offeredVerbs(item).includes(first)) return none;
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
      if (standing === "testing" || (isFromVmwareSite(item) && !home)) return none;
      return [
        home && (standing === "protected" || isFromVmwareSite(item))
          ? {
              fact: `it runs at home, in ${placeName(activeSide(item))}; there is nothing to fail back.`,
              remedy: "Remove the Failback, or declare a Failover before it.",
            }
          : {
              fact: `${stateWords(situation)}; it is not protected towards its home.`,
              remedy: remedyByStanding[standing],
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
    check: (situation) => {
      const { decision, item } = situation;
      if (decision.kind !== "impossible" || standingOf(item) === "testing") return none;
      if (isFromVmwareSite(item)) return none;
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
    actions: ["Reprotect"],
    check: (situation) =>
      willStart(situation, "reprotect") &&
      !isFromVmwareSite(situation.item) &&
      situation.destination.runningMachineExists === false
        ? [
            {
              fact: `its failed-over machine in ${activeSide(situation.item).location} is not there any more.`,
              remedy: "Disable protection and protect the machine anew.",
            },
          ]
        : none,
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
  {
    id: "GR-PLAN",
    source: "site-recovery 12.1: no failover of one member of a multi-VM group",
    summary: "The machines of a replication group move together.",
    severity: "block",
    actions: [...movesMachines, "Reprotect"],
    check: (situation) => {
      const { item, companions, vaultItems, byPlan } = situation;
      if (reprotectsGroupMember(situation)) {
        return byPlan
          ? none
          : [
              {
                fact: `it is a member of replication group ${item.multiVmGroupName}, which is reprotected through a recovery plan only.`,
                remedy:
                  "Give a recovery plan that holds every member of the group as recoveryPlan; each is reprotected in this one action, through one master target.",
                path: "recoveryPlan",
              },
            ];
      }
      if (!willFailOver(situation)) return none;
      const missing = otherMembers(item, vaultItems).filter(
        (each) => !companions.some((companion) => companion.name === each.name),
      );
      return missing.length === 0
        ? none
        : [
            {
              fact: `it is a member of replication group ${item.multiVmGroupName}, whose other members (${missing.map((each) => each.friendlyName).join(", ")}) are not part of this action.`,
              remedy: "Fail the group over together, with a recovery plan that names every member.",
            },
          ];
    },
  },
];
