import { agentSilence } from "./agent-registration.ts";
import {
  hyperVFailbackDowntime,
  hyperVFailbackSteps,
  hyperVFailoverSteps,
  hyperVReturnCommitSteps,
  reverseReplicationSteps,
} from "./hyper-v-steps.ts";
import type { Verb } from "./model.ts";
import { isAbsent } from "./on-premises-situation.ts";
import { azureMachineName, sideName, siteNameOf } from "./places.ts";
import {
  activeSide,
  goesToAzure,
  isBetweenRegions,
  isFromHyperV,
  isReversed,
  passiveSide,
  positionOf,
  siteSide,
  standingOf,
} from "./position.ts";
import type { Situation } from "./situation.ts";
import { failsOver, verbWords } from "./verbs.ts";

/** The steps of an action for one machine, in order; those between verbs included. */
export function stepsOf(situation: Situation, verbs: readonly Verb[]): readonly string[] {
  const returns = returnsHome(situation, verbs);
  return verbs.flatMap((verb) => {
    switch (verb) {
      case "plannedFailover":
      case "unplannedFailover":
        return failoverSteps(situation, verb, returns);
      case "commit":
        return commitSteps(situation, returns);
      case "reprotect":
        return reprotectSteps(situation);
      case "completeMigration":
        return [
          `complete the migration: ${stays(situation)}; replication, recovery points and the way back end for good`,
        ];
      case "resynchronize":
        return [
          "resynchronize: compare the disks with their copy and send what differs",
          "wait until the copy is sound",
        ];
      case "cancelFailover":
        return [
          `cancel the failback: the Azure machine ${azureMachineName(situation)} runs again, what was written at ${sideName(siteSide(situation.item))} since is lost`,
        ];
      default:
        return [verbWords[verb].step];
    }
  });
}

/** Where a machine stays whose migration is completed. */
function stays(situation: Situation): string {
  const { item } = situation;
  const place = siteNameOf(activeSide(item), item);
  if (goesToAzure(item)) return `${azureMachineName(situation)} stays in Azure`;
  return isBetweenRegions(item)
    ? `${item.target.machineName || item.friendlyName} stays in ${place}`
    : `${item.friendlyName} stays at ${place}`;
}

/** When the machine is not available because of the action. */
export function downtimeOf(situation: Situation, verbs: readonly Verb[]): string {
  const { item } = situation;
  if (verbs.includes("cancelFailover")) {
    return `from the shutdown of the machine at ${sideName(siteSide(item))} until it runs in Azure`;
  }
  if (!failsOver(verbs)) return "none";
  if (!returnsHome(situation, verbs)) {
    return "from the shutdown of the source until the machine runs at the other site";
  }
  return isFromHyperV(item)
    ? hyperVFailbackDowntime(situation)
    : `from the shutdown of the machine in Azure until it runs at ${sideName(siteSide(item))}`;
}

/** True when the verbs bring a machine of a site home from Azure, or finish that. */
export function returnsHome({ item }: Situation, verbs: readonly Verb[]): boolean {
  if (!goesToAzure(item)) return false;
  const { away, standing } = positionOf(item);
  if (failsOver(verbs)) return away;
  return !away && (isFromHyperV(item) ? standing === "failedOver" : isReversed(item));
}

/** True when a machine of a site comes back as a new one, because the site has none to write to. */
export function comesBackNew({ item, onPremises }: Situation): boolean {
  if (onPremises?.machine !== undefined) return isAbsent(onPremises.machine);
  return (
    item.onPremises?.sourceDeleted === true ||
    /physical/i.test(item.onPremises?.discoveryType ?? "")
  );
}

function failoverSteps(situation: Situation, verb: Verb, returns: boolean): readonly string[] {
  if (isFromHyperV(situation.item)) {
    return returns ? hyperVFailbackSteps(situation) : hyperVFailoverSteps(situation, verb);
  }
  if (returns) {
    return [
      ...fixSteps(situation),
      `shut down the Azure machine ${azureMachineName(situation)}`,
      `fail back: the machine boots at ${sideName(passiveSide(situation.item))}`,
    ];
  }
  return situation.shutdownSource
    ? ["shut down the source (goes on if that fails)", verbWords[verb].step]
    : [verbWords[verb].step];
}

function commitSteps(situation: Situation, returns: boolean): readonly string[] {
  if (!returns) return [verbWords.commit.step];
  if (isFromHyperV(situation.item)) return hyperVReturnCommitSteps(situation);
  const name = azureMachineName(situation);
  return [
    `wait until the Azure machine ${name} is seen stopped`,
    `commit (removes the Azure machine ${name} and all recovery points, cannot be undone)`,
  ];
}

function reprotectSteps(situation: Situation): readonly string[] {
  const { item } = situation;
  if (isFromHyperV(item)) return reverseReplicationSteps(situation);
  const wait = "wait until it is protected again";
  if (isBetweenRegions(item)) return [verbWords.reprotect.step, wait];
  const agent =
    agentSilence(item) === undefined ? [] : ["wait until its mobility agent has registered"];
  if (!positionOf(item).away) {
    const commits =
      standingOf(item) === "failedOver"
        ? [
            `the service commits the failback and removes the Azure machine ${azureMachineName(situation)}`,
          ]
        : [];
    return [...agent, ...commits, "reprotect towards Azure", wait];
  }
  const datastore = situation.onPremises?.servers?.datastore;
  const site = sideName(siteSide(item));
  const into = comesBackNew(situation)
    ? `into a new machine${datastore === undefined ? "" : ` on datastore ${datastore}`} (full download: the one at the site is gone)`
    : `into the existing machine ${item.friendlyName}`;
  return [...fixSteps(situation), ...agent, `reprotect to ${site}, ${into}`, wait];
}

/** What the action will put right by itself first. */
function fixSteps(situation: Situation): readonly string[] {
  const { manages = [], item } = situation;
  const steps: string[] = [];
  if (manages.includes("startAzureMachine") && standsStill(situation)) {
    steps.push(`start the Azure machine ${azureMachineName(situation)}`);
  }
  if (manages.includes("powerOffSource") && runsAtHome(situation)) {
    steps.push(`shut down ${item.friendlyName} at ${sideName(siteSide(item))}`);
  }
  return steps;
}

/** True when the machine in Azure is known not to run. */
export function standsStill({ destination }: Situation): boolean {
  const power = destination.runningMachinePowerState ?? "";
  return power !== "" && power !== "running";
}

/** True when the machine at the site is known to run although the one in Azure took over. */
export function runsAtHome({ onPremises }: Situation): boolean {
  return onPremises?.machine?.machine?.powerState === "poweredOn";
}
