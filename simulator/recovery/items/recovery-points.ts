import { guidOf, type Simulation } from "../../simulation.ts";
import { recoveryId, recoveryType } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { DAY, formatTime, HOUR, MINUTE } from "../../state/times.ts";
import { itemId } from "../vault/find.ts";
import type { ProtectedItem, RecoveryPoint } from "./item.ts";

/** How old points are thinned out: up to an age, one point per interval is kept (reference 12.1). */
const THINNING: readonly { readonly untilAgeMs: number; readonly everyMs: number }[] = [
  { untilAgeMs: 2 * HOUR, everyMs: 0 },
  { untilAgeMs: DAY, everyMs: HOUR },
  { untilAgeMs: 7 * DAY, everyMs: 2 * HOUR },
  { untilAgeMs: Number.POSITIVE_INFINITY, everyMs: 4 * HOUR },
];

/**
 * The recovery points an item has at this moment, newest first. They are worked out, not stored:
 * one every five minutes from the first, application-consistent at the policy's frequency.
 */
export function recoveryPointsOf(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): readonly RecoveryPoint[] {
  const { firstPointAt, stoppedAt, discarded, extraPoints, pauses } = item.replication;
  if (discarded || firstPointAt === null || firstPointAt > simulation.now) return [];
  const policy = vault.policies[item.policyName.toLowerCase()];
  const end = Math.min(stoppedAt ?? simulation.now, simulation.now);
  const step = (policy?.crashConsistentMinutes ?? 5) * MINUTE;
  const appEvery = (policy?.appConsistentMinutes ?? 0) * MINUTE;
  const historyMs = (policy?.recoveryPointHistoryMinutes ?? 0) * MINUTE;
  const paused = (at: number) => pauses.some(({ from, to }) => at >= from && at < (to ?? end + 1));
  let newest = firstPointAt + Math.floor((end - firstPointAt) / step) * step;
  while (newest > firstPointAt && paused(newest)) newest -= step;
  if (historyMs === 0) {
    return [...extraPoints]
      .reverse()
      .concat(pointAt(simulation, item, newest, appEvery))
      .slice(0, 1);
  }
  const points: RecoveryPoint[] = [];
  let lastSlot = "";
  for (let at = newest; at >= firstPointAt && end - at <= historyMs; at -= step) {
    if (paused(at)) continue;
    const point = pointAt(simulation, item, at, appEvery);
    const slot = slotOf(end - at, at, point.type);
    if (slot !== lastSlot) points.push(point);
    lastSlot = slot;
  }
  return [...extraPoints]
    .reverse()
    .concat(points)
    .sort((first, second) => second.at - first.at);
}

function slotOf(ageMs: number, at: number, type: string): string {
  const rule = THINNING.find(({ untilAgeMs }) => ageMs <= untilAgeMs);
  const every = rule?.everyMs ?? 0;
  return every === 0
    ? `${at}`
    : `${type === "AppConsistent" ? "a" : "c"}${every}:${Math.floor(at / every)}`;
}

function pointAt(
  simulation: Simulation,
  item: ProtectedItem,
  at: number,
  appEveryMs: number,
): RecoveryPoint {
  const first = item.replication.firstPointAt ?? at;
  const isApp = appEveryMs > 0 && at > first && (at - first) % appEveryMs === 0;
  return {
    name: pointName(simulation, item, at),
    at,
    type: isApp ? "AppConsistent" : "CrashConsistent",
  };
}

function pointName(simulation: Simulation, item: ProtectedItem, at: number): string {
  return guidOf(simulation, "point", item.lifecycleId, item.replication.startedAt ?? 0, at);
}

/** Makes a point of this very moment, as a failover to the latest data does (CH-LATEST-POINT). */
export function makePointNow(simulation: Simulation, item: ProtectedItem): RecoveryPoint {
  const point: RecoveryPoint = {
    name: pointName(simulation, item, simulation.now),
    at: simulation.now,
    type: "CrashConsistent",
  };
  item.replication.extraPoints = [
    ...item.replication.extraPoints.filter((each) => each.name !== point.name),
    point,
  ];
  return point;
}

/** A recovery point as it is read. */
export function recoveryPointBody(
  vault: Vault,
  item: ProtectedItem,
  point: RecoveryPoint,
): JsonObject {
  return {
    id: `${itemId(vault, item)}/recoveryPoints/${point.name}`,
    name: point.name,
    type: recoveryType(
      "replicationFabrics",
      "replicationProtectionContainers",
      "replicationProtectedItems",
      "recoveryPoints",
    ),
    properties: {
      recoveryPointTime: formatTime(point.at),
      recoveryPointType: point.type,
      providerSpecificDetails: {
        instanceType: "A2A",
        recoveryPointSyncType:
          item.multiVmGroupName === "" ? "PerVmRecoveryPoint" : "MultiVmSyncRecoveryPoint",
        disks: item.disks.map((disk) => disk.diskId),
      },
    },
  };
}

/** The id of the point an item was failed over to; its container segment is not the ARM name (CH-POINT-CONTAINER). */
export function failoverPointId(vault: Vault, item: ProtectedItem): string | null {
  const { failoverPoint, failoverPointFabric } = item;
  if (!failoverPoint || failoverPointFabric === null) return null;
  const fabric = vault.fabrics[failoverPointFabric.toLowerCase()];
  return recoveryId(
    vault,
    "replicationFabrics",
    failoverPointFabric,
    "replicationProtectionContainers",
    `cloud_${fabric?.internalIdentifier ?? ""}`,
    "replicationProtectedItems",
    item.name,
    "recoveryPoints",
    failoverPoint.name,
  );
}
