import { guidOf, type Simulation } from "../../simulation.ts";
import { recoveryId, recoveryType } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { DAY, formatTime, HOUR, MINUTE } from "../../state/times.ts";
import { itemId } from "../vault/find.ts";
import { lastReplicatedAt } from "./hyper-v-replication/interval.ts";
import type { ProtectedItem, RecoveryPoint } from "./item.ts";

/** How old points are thinned out: up to an age, one point per interval is kept (reference 12.1). */
const THINNING: readonly { readonly untilAgeMs: number; readonly everyMs: number }[] = [
  { untilAgeMs: 2 * HOUR, everyMs: 0 },
  { untilAgeMs: DAY, everyMs: HOUR },
  { untilAgeMs: 7 * DAY, everyMs: 2 * HOUR },
  { untilAgeMs: Number.POSITIVE_INFINITY, everyMs: 4 * HOUR },
];

/** What decides which points an item has: their rhythm and the times between which they lie. */
interface Rhythm {
  readonly firstMs: number;
  readonly endMs: number;
  readonly stepMs: number;
  readonly appEveryMs: number;
  readonly historyMs: number;
  readonly newestMs: number;
  readonly isPaused: (at: number) => boolean;
}

function rhythmOf(simulation: Simulation, vault: Vault, item: ProtectedItem): Rhythm | undefined {
  const { firstPointAt, stoppedAt, discarded, pauses } = item.replication;
  if (discarded || firstPointAt === null || firstPointAt > simulation.now) return undefined;
  const policy = vault.policies[item.policyName.toLowerCase()];
  const endMs = Math.min(stoppedAt ?? simulation.now, simulation.now);
  // Hyper-V keeps one point per hour besides the newest (CH-HV-POINTS).
  const stepMs = item.hyperV ? HOUR : (policy?.crashConsistentMinutes ?? 5) * MINUTE;
  const isPaused = (at: number) =>
    pauses.some(({ from, to }) => at >= from && at < (to ?? endMs + 1));
  let newestMs = firstPointAt + Math.floor((endMs - firstPointAt) / stepMs) * stepMs;
  while (newestMs > firstPointAt && isPaused(newestMs)) newestMs -= stepMs;
  if (item.hyperV) newestMs = lastReplicatedAt(simulation, vault, item) ?? newestMs;
  return {
    firstMs: firstPointAt,
    endMs,
    stepMs,
    appEveryMs: (policy?.appConsistentMinutes ?? 0) * MINUTE,
    historyMs: (policy?.recoveryPointHistoryMinutes ?? 0) * MINUTE,
    newestMs,
    isPaused,
  };
}

/** Time of the newest point, without making the list; undefined while there is none. */
export function newestPointAt(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): number | undefined {
  const rhythm = rhythmOf(simulation, vault, item);
  if (!rhythm) return undefined;
  return Math.max(rhythm.newestMs, ...item.replication.extraPoints.map((point) => point.at));
}

/**
 * Since when an item lacks an application-consistent point, and how often its policy wants one, in virtual
 * milliseconds; undefined where the policy wants none, or before the first point.
 */
export function appConsistency(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): { readonly since: number; readonly everyMs: number } | undefined {
  const rhythm = rhythmOf(simulation, vault, item);
  if (!rhythm || rhythm.appEveryMs === 0) return undefined;
  const { firstMs, endMs, appEveryMs: everyMs } = rhythm;
  let since = firstMs + Math.floor((endMs - firstMs) / everyMs) * everyMs;
  while (since > firstMs && rhythm.isPaused(since)) since -= everyMs;
  return { since, everyMs };
}

/** The newest point, without making the list; undefined while there is none. */
export function newestPoint(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): { readonly name: string; readonly at: number } | undefined {
  const at = newestPointAt(simulation, vault, item);
  return at === undefined ? undefined : { name: pointName(simulation, item, at), at };
}

/**
 * The recovery points an item has at this moment, newest first. They are worked out, not stored:
 * one every five minutes from the first, application-consistent at the policy's frequency.
 */
export function recoveryPointsOf(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): readonly RecoveryPoint[] {
  const rhythm = rhythmOf(simulation, vault, item);
  if (!rhythm) return [];
  const { firstMs, endMs, historyMs, newestMs } = rhythm;
  const extra = item.replication.extraPoints;
  const points: RecoveryPoint[] = [];
  let lastSlot = "";
  for (let at = newestMs; at >= firstMs && endMs - at <= historyMs; at = pointBefore(rhythm, at)) {
    if (rhythm.isPaused(at) || extra.some((point) => point.at === at)) continue;
    const type = typeOf(rhythm, at);
    const slot = slotOf(endMs - at, at, type);
    if (slot !== lastSlot) points.push({ name: pointName(simulation, item, at), at, type });
    lastSlot = slot;
  }
  if (points.length === 0 && extra.length === 0) {
    points.push({
      name: pointName(simulation, item, newestMs),
      at: newestMs,
      type: typeOf(rhythm, newestMs),
    });
  }
  const all = [...extra, ...points].sort((first, second) => second.at - first.at);
  return historyMs === 0 ? all.slice(0, 1) : all;
}

/** Points lie in steps from the first one; only the newest may lie between. */
function pointBefore({ firstMs, stepMs }: Rhythm, at: number): number {
  return firstMs + (Math.ceil((at - firstMs) / stepMs) - 1) * stepMs;
}

function typeOf({ firstMs, appEveryMs }: Rhythm, at: number): RecoveryPoint["type"] {
  const isApp = appEveryMs > 0 && at > firstMs && (at - firstMs) % appEveryMs === 0;
  return isApp ? "AppConsistent" : "CrashConsistent";
}

function slotOf(ageMs: number, at: number, type: string): string {
  const rule = THINNING.find(({ untilAgeMs }) => ageMs <= untilAgeMs);
  const every = rule?.everyMs ?? 0;
  return every === 0
    ? `${at}`
    : `${type === "AppConsistent" ? "a" : "c"}${every}:${Math.floor(at / every)}`;
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
      providerSpecificDetails: pointDetails(item),
    },
  };
}

/** CH-SITE-POINTS: items that replicate to a site have no details published; they get those of the way out. */
function pointDetails(item: ProtectedItem): JsonObject | null {
  // None are published for Hyper-V.
  if (item.hyperV) return null;
  const inGroup = item.multiVmGroupName !== "";
  if (item.onPremises) return { instanceType: item.kind, isMultiVmSyncPoint: String(inGroup) };
  return {
    instanceType: "A2A",
    recoveryPointSyncType: inGroup ? "MultiVmSyncRecoveryPoint" : "PerVmRecoveryPoint",
    disks: item.disks.map((disk) => disk.diskId),
  };
}

/** The id of the point an item was failed over to; its container segment is not the ARM name (CH-POINT-CONTAINER). */
export function failoverPointId(vault: Vault, item: ProtectedItem): string | null {
  const { failoverPoint, failoverPointFabric } = item;
  // Recorded so after the reprotect of a modernized item.
  if (!failoverPoint || failoverPointFabric === null)
    return item.onPremises?.pointForgotten ? "" : null;
  return cloudPointId(vault, failoverPointFabric, item.name, failoverPoint.name);
}

/** The id of a point as items name it: its container segment is not the ARM name (CH-POINT-CONTAINER). */
export function cloudPointId(
  vault: Vault,
  fabricName: string,
  itemName: string,
  pointName: string,
): string {
  const fabric = vault.fabrics[fabricName.toLowerCase()];
  return recoveryId(
    vault,
    "replicationFabrics",
    fabricName,
    "replicationProtectionContainers",
    `cloud_${fabric?.internalIdentifier ?? ""}`,
    "replicationProtectedItems",
    itemName,
    "recoveryPoints",
    pointName,
  );
}
