import { guidOf, type Simulation } from "../../simulation.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime, HOUR, MINUTE } from "../../state/times.ts";
import { HEALTH_ROWS, type HealthRow } from "./health-rows.ts";
import { hyperVHealthRows } from "./hyper-v-replication/health-rows.ts";
import type { ProtectedItem } from "./item.ts";
import { appConsistency, newestPointAt } from "./recovery-points.ts";
import { silentSince } from "./source.ts";

/** Health of an item and the errors that explain it. */
export interface ItemHealth {
  readonly replication: string;
  readonly failover: string;
  readonly errors: readonly JsonObject[];
}

/** How long a source may be silent before it is reported. */
const HEARTBEAT_MS: number = 15 * MINUTE;

/** Seconds since the newest data that could be recovered; null while there is none. */
export function rpoSeconds(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): number | null {
  const newestMs = newestPointAt(simulation, vault, item);
  // CH-IR-FIELDS
  if (newestMs === undefined || item.protectionState !== "Protected") return null;
  return Math.floor((rpoCalculatedAt(simulation) - newestMs + MINUTE) / 1000);
}

/** When the RPO was last calculated: every two minutes (CH-RPO). */
export function rpoCalculatedAt(simulation: Simulation): number {
  return Math.floor(simulation.now / (2 * MINUTE)) * 2 * MINUTE;
}

/** What the service says about an item's health at this moment. */
export function healthOf(simulation: Simulation, vault: Vault, item: ProtectedItem): ItemHealth {
  const rows: HealthRow[] = [];
  const isProtected = item.protectionState === "Protected";
  const newestMs = isProtected ? newestPointAt(simulation, vault, item) : undefined;
  if (isProtected && newestMs !== undefined && simulation.now - newestMs > HOUR)
    rows.push(HEALTH_ROWS.noCrashConsistentPoint);
  const app = isProtected ? appConsistency(simulation, vault, item) : undefined;
  // CH-APP-CONSISTENT
  if (app && simulation.now - app.since > 3 * app.everyMs)
    rows.push(HEALTH_ROWS.noAppConsistentPoint);
  rows.push(
    ...(item.hyperV
      ? hyperVHealthRows(simulation, vault, item)
      : agentRows(simulation, item, isProtected)),
  );
  const undrilled = isProtected && item.testFailoverAdvisedAt !== null;
  return {
    replication: levelOf(rows),
    failover: undrilled ? "Warning" : "Normal",
    errors: [...rows, ...(undrilled ? [HEALTH_ROWS.noTestFailover] : [])].map((row) =>
      errorBody(simulation, item, row),
    ),
  };
}

function agentRows(
  simulation: Simulation,
  item: ProtectedItem,
  isProtected: boolean,
): readonly HealthRow[] {
  const rows: HealthRow[] = [];
  const silent = silentSince(item);
  // CH-HEARTBEAT
  if (silent !== undefined && simulation.now - silent >= HEARTBEAT_MS)
    rows.push(HEALTH_ROWS.noHeartbeat);
  // CH-AGENT
  if (isProtected && item.agentExpiresAt !== undefined)
    rows.push(
      simulation.now < item.agentExpiresAt ? HEALTH_ROWS.agentOutdated : HEALTH_ROWS.agentExpired,
    );
  if (item.replication.resyncRequired) rows.push(HEALTH_ROWS.resyncRequired);
  return rows;
}

function levelOf(rows: readonly HealthRow[]): string {
  if (rows.some(({ level }) => level === "Critical")) return "Critical";
  return rows.length > 0 ? "Warning" : "Normal";
}

function errorBody(simulation: Simulation, item: ProtectedItem, row: HealthRow): JsonObject {
  const since =
    row.since ??
    (row.category === "TestFailover" ? item.testFailoverAdvisedAt : silentSince(item)) ??
    item.replication.stoppedAt ??
    simulation.now;
  return {
    innerHealthErrors: [],
    errorSource: row.source,
    errorType: row.type,
    errorLevel: row.level,
    errorCategory: row.category,
    errorCode: row.code,
    summaryMessage: "",
    errorMessage: row.message(item.friendlyName),
    possibleCauses: row.causes,
    recommendedAction: row.action,
    creationTimeUtc: formatTime(since),
    recoveryProviderErrorMessage: null,
    entityId: entityIdOf(simulation, item),
    errorId: row.errorId,
    customerResolvability: row.resolvability,
  };
}

/** Ids of items by the fabric that they lie in: asked for with every item of every list. */
const entityIds = new WeakMap<
  ProtectedItem,
  { readonly fabricName: string; readonly id: string }
>();

function entityIdOf(simulation: Simulation, item: ProtectedItem): string {
  const { fabricName, lifecycleId } = item;
  const known = entityIds.get(item);
  if (known?.fabricName === fabricName) return known.id;
  const id = guidOf(simulation, "entity", fabricName, lifecycleId);
  entityIds.set(item, { fabricName, id });
  return id;
}
