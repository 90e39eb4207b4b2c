import { agentSilence } from "./agent-registration.ts";
import type { Verb } from "./model.ts";
import { isAbsent } from "./on-premises-situation.ts";
import { azureMachineName, sideName } from "./places.ts";
import {
  isFromVmwareSite,
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
          `complete the migration: ${azureMachineName(situation)} stays in Azure; replication, recovery points and the way back end for good`,
        ];
      default:
        return [verbWords[verb].step];
    }
  });
}

/** When the machine is not available because of the action. */
export function downtimeOf(situation: Situation, verbs: readonly Verb[]): string {
  if (!failsOver(verbs)) return "none";
  return returnsHome(situation, verbs)
    ? `from the shutdown of the machine in Azure until it runs at ${sideName(siteSide(situation.item))}`
    : "from the shutdown of the source until the machine runs at the other site";
}

/** True when the verbs bring a machine of a site home from Azure, or finish that. */
export function returnsHome({ item }: Situation, verbs: readonly Verb[]): boolean {
  if (!isFromVmwareSite(item)) return false;
  return failsOver(verbs) ? positionOf(item).away : isReversed(item) && !positionOf(item).away;
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
  const name = azureMachineName(situation);
  return [
    `wait until the Azure machine ${name} is seen stopped`,
    `commit (removes the Azure machine ${name} and all recovery points, cannot be undone)`,
  ];
}

function reprotectSteps(situation: Situation): readonly string[] {
  const { item } = situation;
  const wait = "wait until it is protected again";
  if (!isFromVmwareSite(item)) return [verbWords.reprotect.step, wait];
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
