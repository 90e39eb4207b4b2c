import type { Simulation } from "../../simulation.ts";
import type { Json } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime } from "../../state/times.ts";
import { healthOf, rpoCalculatedAt, rpoSeconds } from "./health.ts";
import type { ProtectedItem } from "./item.ts";
import { reportedPercentage, reportedPercentageOfDisk } from "./replication.ts";
import { lastHeartbeat, pendingData } from "./source.ts";

/**
 * What an item shows of this very moment. The values are put into its body as they are, which is
 * why they have no closer type.
 */
export interface Readings extends HealthReadings {
  readonly percentage: Json;
  readonly lastHeartbeat: Json;
  readonly rpoSeconds: Json;
  readonly rpoCalculatedAt: Json;
  readonly disks: readonly DiskReadings[];
}

/** What any item shows of its health. */
export interface HealthReadings {
  readonly replicationHealth: Json;
  readonly failoverHealth: Json;
  readonly healthErrors: Json;
}

/** What a disk shows of this very moment. */
export interface DiskReadings {
  readonly percentage: Json;
  readonly inStagingMiB: Json;
  readonly atSourceMiB: Json;
}

/** Takes the readings of an item's health. */
export function healthReadingsOf(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): HealthReadings {
  const { replication, failover, errors } = healthOf(simulation, vault, item);
  return { replicationHealth: replication, failoverHealth: failover, healthErrors: errors };
}

/** Takes the readings of an item of a region, one of each kind for every disk. */
export function readingsOf(simulation: Simulation, vault: Vault, item: ProtectedItem): Readings {
  const rpo = rpoSeconds(simulation, vault, item);
  const copying = item.replication.startedAt !== null;
  const copyingAtFirst = item.protectionState.startsWith("InitialReplication");
  return {
    ...healthReadingsOf(simulation, vault, item),
    percentage: copying ? reportedPercentage(simulation, item) : null,
    lastHeartbeat: copying ? formatTime(lastHeartbeat(simulation, item)) : null,
    rpoSeconds: rpo,
    rpoCalculatedAt: rpo === null ? null : formatTime(rpoCalculatedAt(simulation)),
    disks: item.disks.map((disk) => ({
      percentage: copyingAtFirst ? reportedPercentageOfDisk(simulation, item, disk) : null,
      ...pendingData(simulation, item, disk),
    })),
  };
}
