import { formatDuration } from "../duration-words.ts";
import { nameOf } from "../identity.ts";
import { isReversed } from "../position.ts";
import type { Rule, Violation } from "./rule.ts";
import { generationOf, machineRule, none, type SiteSituation } from "./site-rule.ts";

const isWindows = ({ item }: SiteSituation): boolean => /windows/i.test(item.osType);

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
