import type { Simulation } from "../../../simulation.ts";
import type { JsonObject } from "../../../state/json.ts";
import type { ProtectedDisk, ProtectedItem } from "../item.ts";
import { reportedPercentage, reportedPercentageOfDisk } from "../replication.ts";

const BYTES_PER_GIB = 1024 ** 3;
/** How much of what is processed is sent, as recorded (24243077120 of 27648851968 bytes). */
const SENT_SHARE = 24243077120 / 27648851968;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Whether the first copy of the data has not been turned into a recovery point yet. */
export function isCopying(item: ProtectedItem): boolean {
  return item.protectionState.startsWith("InitialReplication");
}

/** Size of a disk in bytes. */
export function bytesOf(disk: ProtectedDisk): number {
  return disk.sizeGiB * BYTES_PER_GIB;
}

function processedBytes(disk: ProtectedDisk, percentage: number): number {
  return Math.floor((bytesOf(disk) * percentage) / 100);
}

/** Fields of a modernized item that tell how far its first copy and a resynchronization are. */
export function progressFields(simulation: Simulation, item: ProtectedItem): JsonObject {
  const percentage = isCopying(item) ? reportedPercentage(simulation, item) : 0;
  const bytes = item.disks.reduce(
    (sum, disk) => sum + processedBytes(disk, reportedPercentageOfDisk(simulation, item, disk)),
    0,
  );
  const shown = percentage > 0;
  return {
    initialReplicationProgressPercentage: shown ? percentage : null,
    initialReplicationProcessedBytes: shown ? bytes : null,
    initialReplicationTransferredBytes: shown ? Math.floor(bytes * SENT_SHARE) : null,
    initialReplicationProgressHealth: shown ? "InProgress" : "None",
    resyncProgressPercentage: null,
    resyncProcessedBytes: null,
    resyncTransferredBytes: null,
    resyncProgressHealth: "None",
    resyncRequired: String(item.replication.resyncRequired),
    resyncState: item.replication.resyncRequired ? "PreparedForResynchronization" : "None",
  };
}

/** `irDetails` of a disk, which are there during the first copy only. */
export function diskProgress(
  simulation: Simulation,
  item: ProtectedItem,
  disk: ProtectedDisk,
): JsonObject {
  if (!isCopying(item)) return {};
  const percentage = reportedPercentageOfDisk(simulation, item, disk);
  const { startedAt } = item.replication;
  if (percentage === 0 || startedAt === null) {
    return {
      irDetails: {
        progressHealth: "Queued",
        transferredBytes: 0,
        last15MinutesTransferredBytes: 0,
        lastDataTransferTimeUtc: null,
        processedBytes: 0,
        startTime: null,
        lastRefreshTime: null,
        progressPercentage: null,
      },
    };
  }
  const processed = processedBytes(disk, percentage);
  const sent = Math.floor(processed * SENT_SHARE);
  return {
    irDetails: {
      progressHealth: "InProgress",
      transferredBytes: sent,
      last15MinutesTransferredBytes: sent,
      lastDataTransferTimeUtc: `${freeTime(simulation.now)}.000000`,
      processedBytes: processed,
      startTime: freeTime(startedAt),
      lastRefreshTime: americanTime(simulation.now),
      progressPercentage: percentage,
    },
  };
}

/** `2023-Aug-26 03:26:50`, as recorded. */
function freeTime(atMs: number): string {
  const text = new Date(atMs).toISOString();
  const month = MONTHS[new Date(atMs).getUTCMonth()] ?? "";
  return `${text.slice(0, 4)}-${month}-${text.slice(8, 10)} ${text.slice(11, 19)}`;
}

/** `8/26/2023 3:42:27 AM`, as recorded. */
function americanTime(atMs: number): string {
  const time = new Date(atMs);
  const hour = time.getUTCHours();
  const clock = time.toISOString().slice(13, 19);
  const day = `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()}`;
  return `${day} ${hour % 12 === 0 ? 12 : hour % 12}${clock} ${hour < 12 ? "AM" : "PM"}`;
}
