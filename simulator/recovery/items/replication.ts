import { type Simulation, schedule } from "../../simulation.ts";
import type { Vault } from "../../state/model.ts";
import { MINUTE } from "../../state/times.ts";
import { noteEvent } from "../vault/events.ts";
import { itemWithLifecycle } from "../vault/find.ts";
import { beginFinalizing } from "./hyper-v/finalize.ts";
import type { ProtectedDisk, ProtectedItem, ProtectionState } from "./item.ts";
import { KINDS } from "./kinds.ts";
import { notReplicating } from "./new-item.ts";
import { noteSource } from "./source.ts";

/** Virtual time between the end of initial replication and the first recovery point (CH-POINT-FIRST). */
const FIRST_POINT_MS: number = 5 * MINUTE;

/** How long the initial replication of an item takes (CH-IR-TIME). */
export function initialReplicationMs(item: ProtectedItem): number {
  const sizeGiB = item.disks.reduce((sum, disk) => sum + disk.sizeGiB, 0);
  return Math.min(30, Math.max(2, Math.ceil(sizeGiB / 8))) * MINUTE;
}

const WAITING = (afterMs: number): [number, ProtectionState] => [
  afterMs,
  "InitialReplicationRecoveryCompletionPending",
];

/** Begins to copy an item's data; from here on it goes through its states by itself. */
export function beginReplication(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  const initialMs = initialReplicationMs(item);
  const startedAt = simulation.now;
  item.replication = {
    ...notReplicating(),
    startedAt,
    initialEndsAt: startedAt + initialMs,
    firstPointAt: startedAt + initialMs + FIRST_POINT_MS,
  };
  item.protectionState = "InitialReplicationInProgress";
  const stages: readonly [number, ProtectionState][] = [
    // Not seen on the way back to a site.
    ...(KINDS[item.kind].isReversed ? [] : [WAITING(initialMs)]),
    [initialMs + FIRST_POINT_MS, "Protected"],
  ];
  for (const [afterMs, protectionState] of stages) {
    schedule(simulation, vault, "itemReplication", item.lifecycleId, afterMs, {
      protectionState,
      startedAt,
    });
  }
  noteSource(simulation, vault, item);
}

/** Moves an item on, if it is still the same replication that was begun. */
export function advanceReplication(
  simulation: Simulation,
  vault: Vault,
  lifecycleId: string,
  protectionState: ProtectionState,
  startedAt: number,
): void {
  const item = itemWithLifecycle(vault, lifecycleId);
  if (!item || item.replication.startedAt !== startedAt || item.replication.stoppedAt !== null)
    return;
  item.protectionState = protectionState;
  if (protectionState === "Protected") {
    // A fresh machine of a site is recorded without the advice.
    if (!item.onPremises && !item.hyperV && item.lastTestFailoverAt === null)
      item.testFailoverAdvisedAt = simulation.now;
    if (item.hyperV) {
      beginFinalizing(simulation, vault, item);
      noteSource(simulation, vault, item);
    }
    noteEvent(simulation, vault, item, {
      eventType: "VmHealth",
      description: "Virtual machine health is OK",
      severity: "OK",
    });
  }
}

/** No more recovery points from now on. */
export function stopReplication(simulation: Simulation, item: ProtectedItem): void {
  item.replication.stoppedAt ??= simulation.now;
}

/** Share of the data copied in the initial replication, 0 to 100, as last reported (CH-IR-PERCENT). */
export function reportedPercentage(simulation: Simulation, item: ProtectedItem): number {
  const share = reportedShare(simulation, item);
  const sizeGiB = item.disks.reduce((sum, disk) => sum + disk.sizeGiB, 0);
  const copiedGiB = item.disks.reduce(
    (sum, disk) => sum + disk.sizeGiB * shareOfDisk(share, item, disk),
    0,
  );
  return sizeGiB === 0 ? 0 : Math.floor((copiedGiB / sizeGiB) * 100);
}

/** Share of one disk's data copied, 0 to 100, as last reported. */
export function reportedPercentageOfDisk(
  simulation: Simulation,
  item: ProtectedItem,
  disk: ProtectedDisk,
): number {
  return Math.floor(shareOfDisk(reportedShare(simulation, item), item, disk) * 100);
}

/** Disks are copied side by side at one speed: the largest takes all the time, smaller ones end before (CH-IR-DISKS). */
function shareOfDisk(share: number, item: ProtectedItem, disk: ProtectedDisk): number {
  const largestGiB = Math.max(...item.disks.map(({ sizeGiB }) => sizeGiB));
  return Math.min(1, (share * largestGiB) / disk.sizeGiB);
}

/** Share of the first copy that is done, 0 to 1, as last reported. */
export function reportedShare(simulation: Simulation, item: ProtectedItem): number {
  const { startedAt, initialEndsAt } = item.replication;
  if (startedAt === null || initialEndsAt === null) return 0;
  return shareAt(simulation, startedAt, initialEndsAt);
}

/** Share of a copy between two virtual times that is done, 0 to 1, as last reported: it never tells the end. */
export function shareAt(simulation: Simulation, startedAt: number, endsAt: number): number {
  if (endsAt <= startedAt) return 0;
  const until = Math.min(simulation.now, endsAt - 1);
  const reportedAt = startedAt + Math.floor((until - startedAt) / FIRST_POINT_MS) * FIRST_POINT_MS;
  return (reportedAt - startedAt) / (endsAt - startedAt);
}
