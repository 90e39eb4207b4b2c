import type { Verb } from "./model.ts";
import { azureMachineName, siteNameOf } from "./places.ts";
import { activeSide, goesToAzure, passiveSide, positionOf, siteSide } from "./position.ts";
import type { Situation } from "./situation.ts";
import { verbWords } from "./verbs.ts";

/** The steps of a failover of a Hyper-V machine, to Azure or to the other of two sites. */
export function hyperVFailoverSteps(situation: Situation, verb: Verb): readonly string[] {
  const { item, shutdownSource } = situation;
  const there = goesToAzure(item) ? "in Azure" : `at ${siteNameOf(passiveSide(item), item)}`;
  if (verb === "plannedFailover") {
    return [
      "shut down the source (stops if that fails)",
      "send its last changes",
      `planned failover: the machine starts ${there}`,
    ];
  }
  const failOver = `${verbWords[verb].step}: the machine starts ${there}`;
  return shutdownSource ? ["shut down the source (goes on if that fails)", failOver] : [failOver];
}

/** The steps of a failback from Azure: the data travel before the downtime or during it. */
export function hyperVFailbackSteps(situation: Situation): readonly string[] {
  const { failback } = situation;
  const azure = azureMachineName(situation);
  const place = returnPlace(situation);
  const create =
    failback?.createMachineIfAbsent === true ? [`create the machine at ${place} if absent`] : [];
  const data =
    failback?.dataSynchronization === "duringDowntime"
      ? [`shut down the Azure machine ${azure}`, "download its disks as a whole"]
      : [
          `synchronize the data while the Azure machine ${azure} runs on`,
          `shut down the Azure machine ${azure}`,
          "send the rest",
        ];
  return [...create, ...data, `fail back: the machine starts at ${place}`];
}

/** Where the machine comes back to: another host where one is asked for, else its site. */
function returnPlace({ item, failback }: Situation): string {
  const site = siteNameOf(siteSide(item), item);
  const host = failback?.alternateHost?.name;
  return host === undefined ? site : `host ${host} of ${site}`;
}

/** When the machine is not available because of a failback from Azure. */
export function hyperVFailbackDowntime(situation: Situation): string {
  const until = `until it runs at ${returnPlace(situation)}`;
  return situation.failback?.dataSynchronization === "duringDowntime"
    ? `from the shutdown of the machine in Azure, through the download of its disks, ${until}`
    : `from the shutdown of the machine in Azure, when most of its data are home, ${until}`;
}

/** What the commit of a failback from Azure does: it removes what the machine had there. */
export function hyperVReturnCommitSteps(situation: Situation): readonly string[] {
  return [
    `commit (removes the Azure machine ${azureMachineName(situation)} with its disks and all recovery points, cannot be undone)`,
  ];
}

/** The steps that turn the replication round. */
export function reverseReplicationSteps({ item, decision }: Situation): readonly string[] {
  const wait = "wait until it is protected again";
  if (goesToAzure(item)) return ["reverse replication: replicate to Azure again", wait];
  const from = siteNameOf(activeSide(item), item);
  const to = siteNameOf(passiveSide(item), item);
  // Its job commits what waits for its commit, unless the action did that first.
  const uncommitted =
    positionOf(item).standing === "failedOver" &&
    !(decision.kind === "start" && decision.verbs.includes("commit"));
  const commits = uncommitted
    ? " (commits the failover by itself: deletes all recovery points, cannot be undone)"
    : "";
  return [`reverse replication: replicate from ${from} to ${to}${commits}`, wait];
}
