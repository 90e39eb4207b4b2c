import { type Simulation, schedule } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import { SECOND } from "../../../state/times.ts";
import type { ProtectedItem } from "../item.ts";
import { hyperVSource, isHyperVHeldUp } from "./source-machine.ts";

/** Changes of a machine that get through, in MiB per second (CH-HV-LOG). */
const PASSES_MIB_PER_SECOND = 20;

/** Share of a disk's size at which its log asks for a resynchronization (document 002). */
const LIMIT_SHARE = 0.5;

/** The logs (`.hrl`) of all disks of an item at which it is resynchronized, in MiB: each grows by its disk's share (CH-HV-LOG). */
export function logLimitMiB(item: ProtectedItem): number {
  return item.disks.reduce((sum, { sizeGiB }) => sum + sizeGiB * 1024, 0) * LIMIT_SHARE;
}

/** What waits in the logs of an item's disks at this moment, in MiB. */
export function logMiB(simulation: Simulation, item: ProtectedItem): number {
  const log = item.hyperV?.log;
  if (!log) return 0;
  const grown = ((simulation.now - log.at) / SECOND) * log.growsMiBPerSecond;
  return Math.max(0, log.mib + grown);
}

/** Takes note of how fast the logs of an item grow from now on, and of when they are too large. */
export function noteLog(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  const part = item.hyperV;
  if (!part) return;
  const growsMiBPerSecond = growth(simulation, vault, item);
  const mib = logMiB(simulation, item);
  if (part.log?.growsMiBPerSecond === growsMiBPerSecond) return;
  if (growsMiBPerSecond <= 0 && mib === 0) {
    if (part.log) simulation.changed = true;
    delete part.log;
    return;
  }
  part.log = { mib, at: simulation.now, growsMiBPerSecond };
  simulation.changed = true;
  if (growsMiBPerSecond <= 0 || item.replication.resyncRequired) return;
  const afterMs = ((logLimitMiB(item) - mib) / growsMiBPerSecond) * SECOND;
  schedule(
    simulation,
    vault,
    "hyperVReplication",
    item.lifecycleId,
    Math.max(0, Math.ceil(afterMs)),
    { what: "logFull" },
  );
}

/** In MiB per second, below 0 while a log is sent off. */
function growth(simulation: Simulation, vault: Vault, item: ProtectedItem): number {
  const isCopied = item.protectionState === "Protected" && item.replication.stoppedAt === null;
  const machine = hyperVSource(simulation, item);
  if (!isCopied || !machine) return 0;
  const written = machine.power === "on" ? machine.churnMiBPerSecond : 0;
  return isHyperVHeldUp(simulation, vault, item) ? written : written - PASSES_MIB_PER_SECOND;
}
