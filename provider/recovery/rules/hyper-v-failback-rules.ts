import { formatDuration } from "../duration-words.ts";
import { siteSide } from "../position.ts";
import type { Situation } from "../situation.ts";
import { willFailOver } from "../situation.ts";
import { goesHome, isConnected } from "./hyper-v-agent-rule.ts";
import type { Rule, Violation } from "./rule.ts";
import { hyperVToAzure } from "./scenario-sets.ts";
import { listed } from "./words.ts";

const none: readonly Violation[] = [];

/** Days in Azure after which Microsoft advises to download the disks as a whole (docs: a month). */
const downloadAfterDays = 30;

const secondsPerDay = 86_400;

const comesHome = (situation: Situation): boolean => willFailOver(situation) && goesHome(situation);

/** Rules about how a Hyper-V machine comes home from Azure (failback rules, section 8). */
export const hyperVFailbackRules: readonly Rule[] = [
  {
    id: "HV-SYNC",
    source: "docs: synchronize before the downtime, or download in full during it",
    summary:
      "The data come home as it suits: before the downtime, or in full during it after a month in Azure and for a machine that its host has lost.",
    severity: "warn",
    actions: ["Failback"],
    scenarios: hyperVToAzure,
    check: (situation) => (comesHome(situation) ? synchronization(situation) : none),
  },
  {
    id: "HV-SNAP",
    source: "docs: no checkpoints, and the machine at the site off during the failback",
    summary:
      "The machine at the site has no checkpoint, is off, and stays off during the failback.",
    severity: "warn",
    actions: ["Failback"],
    scenarios: hyperVToAzure,
    check: (situation) =>
      comesHome(situation)
        ? [
            {
              subject: "failback",
              fact: "the machines at the site must have no checkpoint and stay off meanwhile; Azure does not tell whether that is so.",
              remedy: "Look at their hosts before: Get-VMSnapshot and Get-VM.",
            },
          ]
        : none,
  },
  {
    id: "HV-ALTERNATE",
    source:
      "docs: another host has a switch of the same name, and the machine is made if not found",
    summary:
      "Another host that takes the machine is registered and connected, may make the machine, and has virtual switches of the same names.",
    severity: "block",
    actions: ["Failback"],
    scenarios: hyperVToAzure,
    check: (situation) => (comesHome(situation) ? alternateHost(situation) : none),
  },
];

function synchronization(situation: Situation): readonly Violation[] {
  const { failback, item, now } = situation;
  const path = "dataSynchronization";
  if (failback?.dataSynchronization === "duringDowntime") {
    return [
      {
        subject: "failback",
        fact: "the machines in Azure are shut down first, then their disks are downloaded in full: downtime is as long as that takes.",
        remedy:
          'It is advised after a month in Azure and for machines that their hosts have lost; else use dataSynchronization: "beforeDowntime".',
      },
    ];
  }
  const failedOverAt = Date.parse(item.lastSuccessfulFailoverTime ?? "");
  const seconds = (now.getTime() - failedOverAt) / 1000;
  if (failback?.createMachineIfAbsent === true) {
    return [
      {
        fact: "it may be made anew at its host: then there is nothing to compare its data with, and all of them are downloaded.",
        remedy: `Use ${path}: "duringDowntime" if the host has lost it: that saves the comparison.`,
      },
    ];
  }
  return seconds > downloadAfterDays * secondsPerDay
    ? [
        {
          fact: `it has run in Azure for ${formatDuration(seconds)}: after a month most of its data differ, and comparing them takes longer than a full download.`,
          remedy: `Use ${path}: "duringDowntime", with a longer downtime.`,
        },
      ]
    : [
        {
          subject: "failback",
          fact: "the data are synchronized while the machines run in Azure; they are shut down only for the last changes.",
          remedy: `After a month in Azure, or for machines that their hosts have lost, ${path}: "duringDowntime" is faster.`,
        },
      ];
}

function alternateHost(situation: Situation): readonly Violation[] {
  const { failback, hyperV, item, projected } = situation;
  const wanted = failback?.alternateHost;
  if (wanted === undefined) return none;
  const path = "alternateHost";
  if (item.scenario === "VmmToAzure") {
    return [
      {
        fact: "it belongs to a VMM cloud, whose VMM server chooses the host.",
        remedy: "Leave alternateHost away, and place the machine with VMM.",
        path,
      },
    ];
  }
  const violations: Violation[] = [];
  if (failback?.createMachineIfAbsent !== true) {
    violations.push({
      fact: `host ${wanted.name} does not have the machine, and may not make it.`,
      remedy: "Set createMachineIfAbsent to true.",
      path: "createMachineIfAbsent",
    });
  }
  if (projected || hyperV === undefined) return violations;
  const host = hyperV.alternate;
  if (host === undefined && hyperV.comingNames.includes(wanted.name.toLowerCase())) {
    return violations;
  }
  if (host === undefined) {
    const known = hyperV.hostNames.length === 0 ? "none is" : `${listed(hyperV.hostNames)} are`;
    return [
      ...violations,
      {
        fact: `host ${wanted.name} is not registered in a Hyper-V site of the vault (${known}).`,
        remedy: "Register it with the vault's key, or name one that is.",
        path,
      },
    ];
  }
  if (!isConnected(host)) {
    violations.push({
      fact: `host ${host.friendlyName} is not connected to Azure ("${host.connectionStatus}").`,
      remedy: "See that it runs and that its Site Recovery provider reaches Azure.",
      path,
    });
  }
  return [
    ...violations,
    {
      subject: `Hyper-V host ${host.friendlyName}`,
      fact: `it needs virtual switches of the same names as the machine's own host in ${siteSide(item).fabricFriendlyName}; Azure does not tell them.`,
      remedy: "Compare them before: Get-VMSwitch.",
      severity: "warn",
    },
  ];
}
