import { formatDuration } from "../duration-words.ts";
import { nameOf } from "../identity.ts";
import { isReversed } from "../position.ts";
import type { Rule, Violation } from "./rule.ts";
import { generationOf, machineRule, none, type SiteSituation } from "./site-rule.ts";
import { problemsWith, toldByPlan } from "./wanted-values.ts";
import { listed } from "./words.ts";

/** The classic failback policy, which comes with the forward one and is not editable (003:239). */
const classicFailbackPolicy = {
  instanceType: "InMage",
  recoveryPointThresholdMinutes: 15,
  recoveryPointHistoryMinutes: 24 * 60,
  applicationConsistentFrequencyMinutes: 60,
} as const;

const modernizedPolicyType = "InMageRcmFailback";

const isWindows = ({ item }: SiteSituation): boolean => /windows/i.test(item.osType);

/** Rules about policy and replication groups of the way back (failback rules, section 6). */
export const wayBackRules: readonly Rule[] = [
  machineRule({
    id: "PO-FAILBACK",
    source: "003:239; docs",
    summary:
      "The failback policy is there and as the service made it: RPO threshold 15 minutes, retention 24 hours, application-consistent points every 60 minutes.",
    severity: "block",
    generation: "both",
    phases: ["reprotect", "protectAgain"],
    check: policyProblems,
  }),
  machineRule({
    id: "GR-VALUES",
    source: "003:250",
    summary: "In a recovery plan the values are given for every machine.",
    severity: "block",
    generation: "both",
    phases: ["reprotect"],
    check: (situation) => {
      if (!toldByPlan(situation)) return none;
      return (situation.onPremises.servers?.problems ?? []).map(({ fact, remedy, input }) => ({
        fact,
        remedy: `${remedy} Values for single machines go into machineSettings.`,
        path: `machineSettings.${situation.item.name}.${input}`,
      }));
    },
  }),
  machineRule({
    id: "GR-SAME-MT",
    source: "003:251, 252",
    summary:
      "All members of a replication group return through one master target, or they have no common point in time.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    check: ({ onPremises, item }) => {
      const own = onPremises.server.masterTarget?.name;
      const others = onPremises.groupMembers.filter(
        (each) => each.masterTarget !== "" && each.masterTarget !== own,
      );
      return own === undefined || others.length === 0
        ? none
        : [
            {
              fact: `it would return through master target ${own}, other members of its replication group ${item.multiVmGroupName} through another: ${listed(others.map((each) => `${each.machine} (${each.masterTarget})`))}.`,
              remedy: "Give one master target to the whole group.",
              path: "masterTarget",
            },
          ];
    },
  }),
  machineRule({
    id: "GR-SAME-OS",
    source: "docs",
    summary: "A replication group is all Windows or all Linux.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    check: ({ onPremises, item }) => {
      const others = onPremises.groupMembers.filter(
        (each) =>
          each.osType !== "" &&
          item.osType !== "" &&
          each.osType.toLowerCase() !== item.osType.toLowerCase(),
      );
      return others.length === 0
        ? none
        : [
            {
              fact: `it runs ${item.osType}, other members of its replication group ${item.multiVmGroupName} do not: ${listed(others.map((each) => `${each.machine} (${each.osType})`))}.`,
              remedy: "Take it out of the group: one master target serves one family.",
            },
          ];
    },
  }),
];

/** Rules about the failback itself and its commit (failback rules, section 6). */
export const failbackRules: readonly Rule[] = [
  machineRule({
    id: "FB-DIRECTION",
    source: "003:233; 001/run 3",
    summary: "A failback starts from Azure; the direction is derived and shown, never asked for.",
    severity: "block",
    generation: "both",
    phases: ["failback"],
    check: ({ item }) =>
      isReversed(item) && item.activeLocation === "Primary"
        ? none
        : [
            {
              fact: "it does not replicate from Azure to its site, so that a failover would not start from Azure.",
              remedy: "Reprotect it first.",
            },
          ],
  }),
  machineRule({
    id: "FB-POINT",
    source: "001/run 4",
    summary:
      "The latest, crash-consistent point is advised; an application-consistent one is older and loses data.",
    severity: "warn",
    generation: "both",
    phases: ["failback"],
    check: pointCost,
  }),
  machineRule({
    id: "FB-DOWNTIME",
    source: "003:259-261; 001/run 5",
    summary: "The machine in Azure is shut down and the one at the site is started: downtime.",
    severity: "warn",
    generation: "both",
    phases: ["failback"],
    check: () => [
      {
        subject: "failback",
        fact: "the machines in Azure are shut down, then those at the site are started: they are not available meanwhile.",
        remedy: "Run it in a maintenance window.",
      },
    ],
  }),
  machineRule({
    id: "FB-STOPPED",
    source: "001/run 6",
    summary: "The machine in Azure is seen stopped before the failback is committed.",
    severity: "wait",
    generation: "both",
    phases: ["commit"],
    check: ({ onPremises, decision }) => {
      const machine = onPremises.azureMachine;
      const first = decision.kind === "start" && decision.verbs[0] === "commit";
      const stopped = machine?.exists !== true || /stopped|dealloc/i.test(machine.powerState);
      return !first || stopped
        ? none
        : [
            {
              fact: `its machine in Azure (${machine.name}) is ${machine.powerState || "not seen stopped"}; two copies must not run at once.`,
              remedy:
                "The commit waits until it is stopped; shut it down if it does not do so itself.",
            },
          ];
    },
  }),
  machineRule({
    id: "FB-COMMIT",
    source: "001/run 7",
    summary: "The commit removes the machine in Azure: it is named before.",
    severity: "warn",
    generation: "both",
    phases: ["commit"],
    check: ({ onPremises, item }) => [
      {
        fact: `the commit removes its machine in Azure, ${onPremises.azureMachine?.name || nameOf(item.onPremises?.azureMachineId ?? "") || item.target.machineName}, and all recovery points.`,
        remedy:
          'Look at the machine at the site first: commit: "manual" leaves the commit for later.',
      },
    ],
  }),
  machineRule({
    id: "FB-TOOLS",
    source: "001/note",
    summary:
      "VMware Tools of a Windows machine, which a failover disables, run again after the failback.",
    severity: "warn",
    generation: "both",
    phases: ["commit"],
    vsphere: true,
    check: (situation) => {
      const { onPremises, decision } = situation;
      const machine = onPremises.machine?.machine;
      const first = decision.kind === "start" && decision.verbs[0] === "commit";
      return !first ||
        !isWindows(situation) ||
        machine === undefined ||
        machine.toolsRunningStatus === "guestToolsRunning"
        ? none
        : [
            {
              fact: `VMware Tools do not run in it after the failback (${machine.toolsRunningStatus || "never seen"}).`,
              remedy:
                "Set the service VMware Tools to start automatically, in the guest, and start it.",
            },
          ];
    },
  }),
  machineRule({
    id: "FB-AGAIN",
    source: "001/reprotect 1-3",
    summary: "After the commit the machine is at its site and not protected.",
    severity: "warn",
    generation: "both",
    phases: ["commit"],
    check: () => [
      {
        subject: "failback",
        fact: "after the commit the machines are at their site and not protected.",
        remedy: "Declare a Reprotect after it, with a process server.",
      },
    ],
  }),
  machineRule({
    id: "FB-NETMAN",
    source: "003:271, 272",
    summary: "Network Manager of a Linux machine is gone after the round trip.",
    severity: "warn",
    generation: "both",
    phases: ["failback"],
    check: (situation) =>
      isWindows(situation)
        ? none
        : [
            {
              subject: "Linux machines",
              fact: "Network Manager is gone from them after the round trip.",
              remedy: "Install it again if you use it.",
            },
          ],
  }),
  machineRule({
    id: "FB-ADDRESS",
    source: "003:273-276; docs",
    summary:
      "A Linux machine comes back with DHCP instead of its static address; a modernized failback keeps no address at all.",
    severity: "warn",
    generation: "both",
    phases: ["failback"],
    check: addressCost,
  }),
  {
    id: "FB-CANCEL",
    source: "docs",
    summary:
      "A running failover is never cancelled, because replication stops for good; only the planned failover back of a modernized site may be.",
    severity: "block",
    generation: "both",
    phases: ["failback", "commit"],
    actions: ["Failover", "Failback", "Reprotect"],
    check: (situation) => {
      const { decision, item } = situation;
      const generation = generationOf(situation);
      const cancels =
        (decision.kind === "start" && decision.verbs.includes("cancelFailover")) ||
        (decision.kind === "busy" && decision.scenario === "CancelFailover");
      const allowed = generation === "modernized" && isReversed(item);
      return generation === undefined || !cancels || allowed
        ? none
        : [
            {
              fact: "its failover is being cancelled: replication stops then and does not resume.",
              remedy:
                "Let a failover end, then go on from there. Only the failback of a modernized site can be cancelled.",
            },
          ];
    },
  },
];

function policyProblems(situation: SiteSituation): readonly Violation[] {
  const { onPremises } = situation;
  const named = problemsWith(situation, "policy");
  const view = onPremises.failbackPolicy;
  if (named.length > 0 || view === undefined) return named;
  const { policy, wanted } = view;
  const classic = onPremises.generation === "classic";
  const remedy = classic
    ? "Declare a ReplicationPolicy with failback: true, and a ProtectionContainerMapping of the container with itself that uses it."
    : "Leave policy out: the service brings its own.";
  if (policy === undefined) {
    if (!classic && wanted === "") return none;
    return [
      {
        fact:
          wanted === ""
            ? "there is no failback policy: no mapping of its container with itself."
            : `there is no policy ${nameOf(wanted)}.`,
        remedy,
        path: "policy",
      },
    ];
  }
  const type = classic ? classicFailbackPolicy.instanceType : modernizedPolicyType;
  if (policy.instanceType !== type) {
    return [
      {
        fact: `policy ${policy.name} is none for the way back (${policy.instanceType}, not ${type}).`,
        remedy,
        path: "policy",
      },
    ];
  }
  const edited = classic ? editedValues(policy) : [];
  return edited.length === 0
    ? none
    : [
        {
          fact: `failback policy ${policy.name} was edited: ${edited.join(", ")}.`,
          remedy: `${remedy} Its values are fixed.`,
          path: "policy",
        },
      ];
}

function editedValues(
  policy: NonNullable<NonNullable<SiteSituation["onPremises"]["failbackPolicy"]>["policy"]>,
): readonly string[] {
  const values = [
    ["RPO threshold", policy.recoveryPointThresholdMinutes, "recoveryPointThresholdMinutes"],
    ["retention", policy.recoveryPointHistoryMinutes, "recoveryPointHistoryMinutes"],
    [
      "application-consistent points every",
      policy.applicationConsistentFrequencyMinutes,
      "applicationConsistentFrequencyMinutes",
    ],
  ] as const;
  return values
    .filter(([, value, key]) => value !== undefined && value !== classicFailbackPolicy[key])
    .map(([label, value, key]) => `${label} ${value} min instead of ${classicFailbackPolicy[key]}`);
}

function pointCost(situation: SiteSituation): readonly Violation[] {
  const { recoveryPoint, now, onPremises, item } = situation;
  const kind = recoveryPoint?.kind ?? "Latest";
  const member = onPremises.groupMembers.length > 0;
  if (kind === "Latest") {
    return member
      ? [
          {
            subject: `replication group ${item.multiVmGroupName}`,
            fact: "each member goes to its own latest, crash-consistent point: they have no common one.",
            remedy: "Use latestApplicationConsistent for a common point, which is older.",
            path: "recoveryPoint",
          },
        ]
      : none;
  }
  const time = recoveryPoint?.time;
  const age =
    time === undefined
      ? ""
      : ` of ${time}: what changed in the last ${formatDuration((now.getTime() - Date.parse(time)) / 1000)} is lost`;
  const which = member && situation.byPlan ? "the group's common point" : "its latest such point";
  return [
    {
      fact: `${kind === "LatestApplicationConsistent" ? `an application-consistent point is asked for, ${which}` : "a point older than the latest is asked for"}${age}.`,
      remedy: "Use latest to lose nothing, unless its data are damaged.",
      path: "recoveryPoint",
    },
  ];
}

function addressCost(situation: SiteSituation): readonly Violation[] {
  if (situation.onPremises.generation === "modernized") {
    return [
      {
        subject: "failback",
        fact: `no machine keeps its address${isWindows(situation) ? "" : "; fstab and LVM configuration of Linux machines change"}.`,
        remedy: "Set the addresses after the failback, in the guests.",
      },
    ];
  }
  return isWindows(situation)
    ? none
    : [
        {
          subject: "Linux machines",
          fact: "a static address becomes DHCP and stays so after the failback.",
          remedy: "Set it again in the guest.",
        },
      ];
}
