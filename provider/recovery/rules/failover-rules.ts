import { formatDuration } from "../duration-words.ts";
import { nameOf } from "../identity.ts";
import { isFromHyperV, passiveSide, positionOf, standingOf } from "../position.ts";
import type { Situation } from "../situation.ts";
import { willFailOver, willStart } from "../situation.ts";
import type { Rule, Violation } from "./rule.ts";
import { betweenRegions } from "./scenario-sets.ts";

const none: readonly Violation[] = [];

/** Seconds of replication lag at which a failover is warned of when the policy names no threshold. */
const defaultLagThresholdSeconds = 15 * 60;

/** True for a planned failover of Hyper-V: the source is shut down first and its last changes are sent. */
const losesNothing = ({ item, decision }: Situation): boolean =>
  isFromHyperV(item) && decision.kind === "start" && decision.verbs.includes("plannedFailover");

const starts = (situation: Situation): boolean =>
  willFailOver(situation) || willStart(situation, "testFailover");

/** Rules about the failover itself: drill, recovery point, lag, shutdown, the way back. */
export const failoverRules: readonly Rule[] = [
  {
    id: "A2-DRILL",
    source: "000/prerequisites: a drill was done before",
    summary: "A test failover has succeeded before the machine is failed over.",
    severity: "warn",
    actions: ["Failover"],
    check: (situation) =>
      willFailOver(situation) &&
      situation.item.lastSuccessfulTestFailoverTime === undefined &&
      !positionOf(situation.item).away
        ? [
            {
              fact: "no test failover has ever succeeded for it.",
              remedy: "Run a TestFailover before you rely on this.",
            },
          ]
        : none,
  },
  {
    id: "A2-POINT",
    source: "000/failover 2: latest, latest processed or custom",
    summary: "The recovery point that is asked for exists.",
    severity: "block",
    actions: ["TestFailover", "Failover", "Failback"],
    check: (situation) => {
      const problem = situation.recoveryPoint?.problem;
      if (situation.projected || problem === undefined) return none;
      const changes = situation.changesRecoveryPoint && standingOf(situation.item) === "failedOver";
      if (!starts(situation) && !changes) return none;
      return [
        {
          fact: `${problem}.`,
          remedy: 'Choose a point of that range, or "latest".',
          path: "recoveryPoint",
        },
      ];
    },
  },
  {
    id: "A2-LAG",
    source: "replication lag against the policy",
    summary:
      "The replication lag is below the policy's threshold (15 minutes where it names none).",
    severity: "warn",
    actions: ["Failover", "Failback"],
    check: (situation) => {
      const lag = situation.item.replicationLagSeconds;
      const minutes = situation.policy?.recoveryPointThresholdMinutes;
      const threshold =
        minutes === undefined || minutes === 0 ? defaultLagThresholdSeconds : minutes * 60;
      if (!willFailOver(situation) || situation.projected || lag === undefined) return none;
      if (losesNothing(situation)) return none;
      return lag <= threshold
        ? none
        : [
            {
              fact: `replication lags ${formatDuration(lag)} behind, more than ${formatDuration(threshold)}: that much data will be lost.`,
              remedy: "Look at the source's network and churn, or accept the loss.",
            },
          ];
    },
  },
  {
    id: "A2-SHUTDOWN",
    source: "000/failover 3: the source's shutdown is tried, the failover goes on if it fails",
    summary: "The source is shut down before a failover.",
    severity: "warn",
    actions: ["Failover", "Failback"],
    check: (situation) =>
      willFailOver(situation) && !losesNothing(situation) && !situation.shutdownSource
        ? [
            {
              fact: "the source is not shut down: if it still runs, two copies of the machine will be up.",
              remedy: "Set shutdownSource to true unless the source is lost.",
              path: "shutdownSource",
            },
          ]
        : none,
  },
  {
    id: "A2-REVERSE",
    source: "the way back is proven before leaving",
    summary: "A container mapping and a network mapping lead back.",
    severity: "warn",
    actions: ["Failover", "Reprotect"],
    // Machines of a VMware site return by the policy of the way back (PO-FAILBACK), those of Hyper-V by their own.
    scenarios: betweenRegions,
    check: (situation) => {
      const { destination, item, action } = situation;
      const reprotects = willStart(situation, "reprotect");
      if (situation.projected || (!willFailOver(situation) && !reprotects)) return none;
      // After the failover the machine is replicated from where it goes now to where it comes from.
      const [from, to] = reprotects
        ? [item.recovery, item.primary]
        : [passiveSide(item), item.primary];
      const violations: Violation[] = [];
      if (destination.reverseContainerMapping === undefined) {
        violations.push({
          fact: `no container mapping leads back from ${from.containerName} to ${to.containerName}.`,
          remedy: "Declare a ProtectionContainerMapping in the other direction.",
          severity: action === "Reprotect" ? "block" : "warn",
        });
      }
      if (destination.reverseNetworkMapping === undefined) {
        violations.push({
          fact: `no network mapping leads back from ${from.location} to ${to.location}.`,
          remedy: "Declare a NetworkMapping in the other direction.",
        });
      }
      return violations;
    },
  },
  {
    id: "A2-SOURCE",
    source: "site-recovery 12.3: an original machine still there is turned off and deleted",
    summary: "The original machine becomes the seed of the reprotect and is removed.",
    severity: "warn",
    actions: ["Reprotect"],
    scenarios: betweenRegions,
    check: (situation) =>
      willStart(situation, "reprotect") && situation.destination.seedMachineId !== undefined
        ? [
            {
              fact: `the original machine ${nameOf(situation.destination.seedMachineId)} in ${passiveSide(situation.item).location} is turned off and deleted; its disks are the seed.`,
              remedy: "Save what only that machine has.",
            },
          ]
        : none,
  },
];
