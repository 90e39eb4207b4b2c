import { conditionOf } from "../../azure/machines.ts";
import { findResource } from "../../azure/resources.ts";
import type { Simulation } from "../../simulation.ts";
import type { Vault } from "../../state/model.ts";
import { MINUTE } from "../../state/times.ts";
import { noteAgent } from "./agent.ts";
import { noteHyperVSource } from "./hyper-v-replication/note-source.ts";
import { isHyperVHeldUp } from "./hyper-v-replication/source-machine.ts";
import type { ProtectedDisk, ProtectedItem } from "./item.ts";
import { KINDS } from "./kinds.ts";
import { isSiteSourceSilent, sourceMachineOf } from "./on-premises/source-machine.ts";
import { primaryLocationOf } from "./places.ts";

/** Takes note of sources that have fallen silent or speak again, in all vaults: their replication pauses meanwhile. */
export function noteSources(simulation: Simulation): void {
  for (const vault of Object.values(simulation.state.vaults)) {
    for (const item of Object.values(vault.items)) noteSource(simulation, vault, item);
  }
}

/** Takes note of whether the source of one item is silent. */
export function noteSource(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  if (item.hyperV) {
    noteHyperVSource(simulation, vault, item, () => notePause(simulation, vault, item));
    return;
  }
  noteAgent(simulation, item);
  notePause(simulation, vault, item);
}

function notePause(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  const { replication } = item;
  if (replication.startedAt === null || replication.stoppedAt !== null) return;
  const open = openPause(item);
  const silent = isSilent(simulation, vault, item);
  if (silent === (open !== undefined)) return;
  simulation.changed = true;
  if (open) open.to = simulation.now;
  else replication.pauses.push({ from: simulation.now, to: null });
}

/** A source says nothing when it does not run, its region is out, or its agent is told to be silent. */
function isSilent(simulation: Simulation, vault: Vault, item: ProtectedItem): boolean {
  if (item.onPremises && !KINDS[item.kind].isReversed)
    return isSiteSourceSilent(simulation, vault, item);
  if (item.hyperV) return isHyperVHeldUp(simulation, vault, item);
  if (simulation.state.unavailableRegions.includes(primaryLocationOf(vault, item))) return true;
  // A machine that was deleted, or moved to another resource group, reports no more.
  if (!findResource(simulation, item.machineId)) return item.kind === "A2A";
  const { power, agent } = conditionOf(simulation, item.machineId);
  return power !== "running" || agent === "silent";
}

function openPause(item: ProtectedItem): { readonly from: number; to: number | null } | undefined {
  return item.replication.pauses.find((pause) => pause.to === null);
}

/** Since when the source says nothing, in virtual milliseconds; undefined while it speaks or replication has ended. */
export function silentSince(item: ProtectedItem): number | undefined {
  return item.replication.stoppedAt === null ? openPause(item)?.from : undefined;
}

/** When the agent last reported: once a minute while its machine runs. */
export function lastHeartbeat(simulation: Simulation, item: ProtectedItem): number {
  const until = silentSince(item) ?? item.replication.stoppedAt ?? simulation.now;
  return Math.floor(until / MINUTE) * MINUTE;
}

/** Data of a disk that has not reached the recovery points yet, in MiB (CH-CHURN). */
export interface PendingData {
  readonly atSourceMiB: number;
  readonly inStagingMiB: number;
}

/** What an idle machine has waiting at its agent, as recorded. */
const IDLE_MIB = 1.234375;

function activityOf(
  simulation: Simulation,
  item: ProtectedItem,
): { readonly runs: boolean; readonly churnMiBPerSecond: number } {
  const machine = sourceMachineOf(simulation, item);
  if (machine) {
    const { power, churnMiBPerSecond } = machine;
    return { runs: power === "on", churnMiBPerSecond };
  }
  const { power, churnMiBPerSecond = 0 } = conditionOf(simulation, item.machineId);
  return { runs: power === "running", churnMiBPerSecond };
}

/** How much of a disk's churn waits at its agent and in the cache storage account. */
export function pendingData(
  simulation: Simulation,
  item: ProtectedItem,
  disk: ProtectedDisk,
): PendingData {
  const { runs, churnMiBPerSecond } = activityOf(simulation, item);
  const sizeGiB = item.disks.reduce((sum, each) => sum + each.sizeGiB, 0);
  const perSecond = runs ? (churnMiBPerSecond * disk.sizeGiB) / sizeGiB : 0;
  const since = silentSince(item);
  const { firstPointAt, stoppedAt } = item.replication;
  const copied = firstPointAt !== null && firstPointAt <= simulation.now && stoppedAt === null;
  const sincePointMs =
    copied && since === undefined ? (simulation.now - firstPointAt) % (5 * MINUTE) : 0;
  const sinceSilenceMs = since === undefined ? 0 : simulation.now - since;
  return {
    atSourceMiB: IDLE_MIB + Math.round((perSecond * sinceSilenceMs) / 1000),
    inStagingMiB: Math.round((perSecond * sincePointMs) / 1000),
  };
}
