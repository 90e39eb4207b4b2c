import { isBeingFinalized, isFromHyperV, positionOf, siteSide, standingOf } from "../position.ts";
import type { Situation } from "../situation.ts";
import { willStart } from "../situation.ts";
import { isOffered } from "../verbs.ts";
import { remedyFor, stateWords } from "./next-steps.ts";
import type { Rule, Violation } from "./rule.ts";
import { canCancel, oneWay } from "./scenario-rules.ts";
import { fromHyperV, hyperVToAzure } from "./scenario-sets.ts";

const none: readonly Violation[] = [];

/** Names of the jobs that begin and finalize protection. */
const protectionJobs: readonly string[] = [
  "EnableProtection",
  "EnableDr",
  "IrCompletion",
  "PrimaryIrCompletion",
  "SecondaryIrCompletion",
];

/** True for a Hyper-V machine that is being finalized, or is held by a job that begins or finalizes its protection. */
export function isFinalizing({ item, decision }: Pick<Situation, "item" | "decision">): boolean {
  if (!isFromHyperV(item)) return false;
  const held = decision.kind === "busy" && protectionJobs.includes(decision.scenario);
  return held || isBeingFinalized(item);
}

const goesHomeFromAzure = ({ item }: Pick<Situation, "item">): boolean =>
  hyperVToAzure.includes(item.scenario) && positionOf(item).away;

/** True when the action has nothing to do, or another one does it. */
const isSettled = ({ decision }: Situation): boolean =>
  decision.kind === "done" || decision.kind === "follow" || decision.kind === "busy";

/** Rules about where a Hyper-V machine stands, asked also when nothing can start (failback rules, section 8). */
export const hyperVStateRules: readonly Rule[] = [
  {
    id: "HV-FINALIZED",
    source: "002/life cycle 3: a test failover is possible once protection is finalized",
    summary:
      "Protection is finalized: after the initial replication, network and other settings are applied.",
    severity: "wait",
    actions: ["TestFailover", "Failover"],
    scenarios: fromHyperV,
    check: (situation) => {
      const { item, decision, projected } = situation;
      if (projected) return none;
      if (isFinalizing(situation)) {
        const words = item.hyperV?.machineProtectionStateDescription;
        return [
          {
            fact: `its protection is being finalized${words === undefined || words === "" ? "" : ` (${words})`}.`,
            remedy: "The action waits until it is.",
          },
        ];
      }
      return decision.kind === "impossible" && standingOf(item) === "replicating"
        ? [
            {
              fact: `${stateWords(situation)}; it is protected only after the initial replication, when its settings are applied.`,
              remedy: remedyFor(item),
              severity: "block",
            },
          ]
        : none;
    },
  },
  {
    id: "HV-COMMIT",
    source: "002/life cycle 4; docs: replica machines wait for the commit, which a failback needs",
    summary: "A failover is committed before what follows it.",
    severity: "block",
    actions: ["Failback", "Reprotect"],
    scenarios: hyperVToAzure,
    check: (situation) => {
      const { item, action } = situation;
      if (isSettled(situation) || standingOf(item) !== "failedOver") return none;
      const { away } = positionOf(item);
      if (action === "Failback" && away) {
        return [
          {
            fact: "its failover to Azure waits for the commit, without which it cannot be failed back.",
            remedy:
              'Look at the machine in Azure, then commit: set commit to "automatic" on the Failover.',
          },
        ];
      }
      if (action !== "Reprotect" || away || willStart(situation, "commit")) return none;
      return [
        {
          fact: "its failback waits for the commit, without which its replication cannot be turned (25038).",
          remedy:
            'Set commit to "automatic" on the Failback, or allow it here: manage: ["commit"].',
          path: "manage",
        },
      ];
    },
  },
  {
    id: "HV-DIRECTION",
    source: "failback rules, section 9; site-recovery 6.5: 400 InvalidFailoverDirection",
    summary:
      "Replication is turned where the scenario knows it: to Azure after the failback, between VMM sites after a failover.",
    severity: "block",
    actions: ["Reprotect", "Failback"],
    scenarios: fromHyperV,
    check: (situation) => {
      const { item, action } = situation;
      const standing = standingOf(item);
      if (isSettled(situation) || standing === "testing" || oneWay(situation) !== undefined) {
        return none;
      }
      return action === "Reprotect" ? wrongReprotect(situation) : wrongFailback(situation);
    },
  },
  {
    id: "HV-REVERSE",
    source: "002/life cycle 4; the service offers ReverseReplicate",
    summary: "The service offers the reverse replication, and it has ended before what follows it.",
    severity: "wait",
    actions: ["Reprotect", "Failback"],
    scenarios: fromHyperV,
    check: (situation) => {
      const { item, decision, projected, action } = situation;
      if (projected) return none;
      const copies = standingOf(item) === "replicating" && item.scenario === "VmmToVmm";
      if (action === "Failback" && copies && decision.kind === "impossible") {
        return positionOf(item).away
          ? [
              {
                fact: `its reverse replication has not ended (${stateWords(situation)}).`,
                remedy: "The failback waits until it is protected.",
              },
            ]
          : none;
      }
      const first = decision.kind === "start" ? decision.verbs[0] : undefined;
      return first === "reprotect" && !isOffered(item, "reprotect")
        ? [
            {
              fact: `the service does not offer its reverse replication yet (it offers ${item.allowedOperations.join(", ") || "nothing"}).`,
              remedy: "The action waits until it does; see the item's health in the vault.",
            },
          ]
        : none;
    },
  },
  {
    id: "HV-CANCEL",
    source: "docs: cancelling a data synchronization corrupts the machine at the site",
    summary:
      "Only the failback of a modernized VMware site is cancelled, before its commit; every other failover runs to its end.",
    severity: "block",
    actions: ["CancelFailover"],
    check: (situation) => {
      const { item, decision } = situation;
      if (!canCancel(item.scenario)) {
        return [{ fact: cancelCost(situation), remedy: cancelRemedy(situation) }];
      }
      return decision.kind === "impossible"
        ? [
            {
              fact: `${stateWords(situation)}; no failback of it waits for its commit, so that there is nothing to cancel.`,
              remedy: "Remove the CancelFailover.",
            },
          ]
        : none;
    },
  },
];

function wrongReprotect(situation: Situation): readonly Violation[] {
  const { item, decision } = situation;
  const standing = standingOf(item);
  if (goesHomeFromAzure(situation)) {
    return [
      {
        fact: `it runs in Azure (${stateWords(situation)}): there is no reprotect before the failback, which copies the changes home by itself.`,
        remedy:
          standing === "failedOver"
            ? "Commit the failover, then declare a Failback; reprotect after it."
            : "Declare a Failback instead; reprotect after it.",
      },
    ];
  }
  if (decision.kind !== "impossible") return none;
  // HV-COMMIT tells of a failback that waits for its commit.
  if (standing === "failedOver") return none;
  return [
    {
      fact: `it runs ${runsWhere(situation)} and was not failed ${hyperVToAzure.includes(item.scenario) ? "back" : "over"} (${stateWords(situation)}): there is nothing to turn round, and the service refuses it (InvalidFailoverDirection).`,
      remedy:
        standing === "protected"
          ? `Reprotect a machine after its ${hyperVToAzure.includes(item.scenario) ? "failback" : "failover"}, not before.`
          : remedyFor(item),
    },
  ];
}

/** A2-FAILBACK tells of machines at home, HV-COMMIT of those in Azure whose failover is not committed. */
function wrongFailback(situation: Situation): readonly Violation[] {
  const { item, decision } = situation;
  const standing = standingOf(item);
  if (!positionOf(item).away) return none;
  if (item.scenario === "VmmToVmm") {
    const unturned = standing === "failedOver" || standing === "committed";
    return unturned
      ? [
          {
            fact: `it runs at the second site and is not replicated home (${stateWords(situation)}).`,
            remedy: remedyFor(item),
          },
        ]
      : impossible(situation);
  }
  return standing === "failedOver" || decision.kind !== "impossible" ? none : impossible(situation);
}

function impossible(situation: Situation): readonly Violation[] {
  // HV-REVERSE waits for a reverse replication that runs.
  if (situation.decision.kind !== "impossible") return none;
  return standingOf(situation.item) === "replicating"
    ? none
    : [
        {
          fact: `${stateWords(situation)}; nothing leads home.`,
          remedy: remedyFor(situation.item),
        },
      ];
}

const runsWhere = ({ item }: Situation): string =>
  positionOf(item).away ? "at the second site" : `at home, in ${siteSide(item).fabricFriendlyName}`;

function cancelCost({ item }: Situation): string {
  if (hyperVToAzure.includes(item.scenario)) {
    return "no failover of Hyper-V is cancelled: while a failback synchronizes its data, that corrupts the machine at the site, and it may not start any more.";
  }
  return "its failover cannot be cancelled: replication would stop and not resume.";
}

const cancelRemedy = ({ item }: Situation): string =>
  isFromHyperV(item)
    ? "Let it run to its end, then go on from there; one that was cancelled by hand is begun again."
    : "Let it run to its end, then go on from there. Only the failback of a modernized VMware site can be cancelled.";
