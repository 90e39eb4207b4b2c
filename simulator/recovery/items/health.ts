import { guidOf, type Simulation } from "../../simulation.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime, HOUR, MINUTE } from "../../state/times.ts";
import type { ProtectedItem } from "./item.ts";
import { appConsistency, newestPointAt } from "./recovery-points.ts";
import { silentSince } from "./source.ts";

/** Health of an item and the errors that explain it. */
export interface ItemHealth {
  readonly replication: string;
  readonly failover: string;
  readonly errors: readonly JsonObject[];
}

interface HealthRow {
  readonly source: string;
  readonly type: string;
  readonly level: "Warning" | "Critical";
  readonly category: string;
  readonly code: string;
  readonly errorId: string;
  readonly resolvability: "Allowed" | "NotAllowed";
  readonly message: (machine: string) => string;
  readonly causes: string;
  readonly action: string;
}

const ROWS = {
  noTestFailover: {
    source: "ReplicationUnitFailoverValidatorError",
    type: "8010",
    level: "Warning",
    category: "TestFailover",
    code: "161011",
    errorId: "6:8010",
    resolvability: "NotAllowed",
    message: (machine) =>
      `No successful test failover has been done on the virtual machine '${machine}'.`,
    causes:
      "No successful test failover has been done on the virtual machine after it was replicated.",
    action: "Do a test failover on the virtual machine.",
  },
  noCrashConsistentPoint: {
    source: "ReplicationUnitProviderErrorOnPrimary",
    type: "3007",
    level: "Critical",
    category: "Replication",
    code: "153007",
    errorId: "3:3007",
    resolvability: "NotAllowed",
    message: (machine) =>
      `No crash consistent recovery point is available for the virtual machine '${machine}' in the last 60 minutes.`,
    causes:
      "The virtual machine is not running, or its data does not reach the cache storage account.",
    action: "Check that the virtual machine runs and can reach the cache storage account.",
  },
  noAppConsistentPoint: {
    source: "ReplicationUnitProviderErrorOnPrimary",
    type: "3006",
    level: "Warning",
    category: "Replication",
    code: "153006",
    errorId: "3:3006",
    resolvability: "NotAllowed",
    message: (machine) =>
      `No application consistent recovery point has been made for the virtual machine '${machine}' for more than three times the frequency of its policy.`,
    causes:
      "The virtual machine is not running, or its data does not reach the cache storage account.",
    action: "Check that the virtual machine runs and can reach the cache storage account.",
  },
  noHeartbeat: {
    source: "ReplicationUnitProviderErrorOnPrimary",
    type: "7000",
    level: "Warning",
    category: "Replication",
    code: "547000",
    errorId: "4:7000",
    resolvability: "NotAllowed",
    message: (machine) =>
      `No heartbeat has come from the mobility agent of the virtual machine '${machine}' for 15 minutes.`,
    causes: "The virtual machine is not running, or its agent cannot reach the service.",
    action: "Check that the virtual machine runs and can reach the service.",
  },
  agentOutdated: {
    source: "ReplicationUnitProviderErrorOnPrimary",
    type: "SIM",
    level: "Warning",
    category: "VersionExpiry",
    code: "SIM-AGENT-OUTDATED",
    errorId: "4:SIM-AGENT-OUTDATED",
    resolvability: "NotAllowed",
    message: (machine) =>
      `The mobility agent of the virtual machine '${machine}' is outdated and must be updated.`,
    causes: "A newer version of the agent has been released and automatic updates are off.",
    action: "Update the agent, or let the container mapping update it automatically.",
  },
  agentExpired: {
    source: "ReplicationUnitProviderErrorOnPrimary",
    type: "SIM",
    level: "Critical",
    category: "VersionExpiry",
    code: "SIM-AGENT-EXPIRED",
    errorId: "4:SIM-AGENT-EXPIRED",
    resolvability: "NotAllowed",
    message: (machine) =>
      `The version of the mobility agent of the virtual machine '${machine}' has expired.`,
    causes: "The agent was outdated for long and has not been updated.",
    action: "Update the agent.",
  },
  resyncRequired: {
    source: "ReplicationUnitProviderErrorOnPrimary",
    type: "4510",
    level: "Critical",
    category: "Replication",
    code: "324510",
    errorId: "3:4510",
    resolvability: "Allowed",
    message: (machine) => `Resynchronization is required for the virtual machine '${machine}'.`,
    causes: "Replication was interrupted.",
    action: "Resynchronize the virtual machine.",
  },
} as const satisfies Record<string, HealthRow>;

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
  const silent = silentSince(item);
  const isProtected = item.protectionState === "Protected";
  const newestMs = isProtected ? newestPointAt(simulation, vault, item) : undefined;
  if (isProtected && newestMs !== undefined && simulation.now - newestMs > HOUR)
    rows.push(ROWS.noCrashConsistentPoint);
  const app = isProtected ? appConsistency(simulation, vault, item) : undefined;
  // CH-APP-CONSISTENT
  if (app && simulation.now - app.since > 3 * app.everyMs) rows.push(ROWS.noAppConsistentPoint);
  // CH-HEARTBEAT
  if (silent !== undefined && simulation.now - silent >= HEARTBEAT_MS) rows.push(ROWS.noHeartbeat);
  // CH-AGENT
  if (isProtected && item.agentExpiresAt !== undefined)
    rows.push(simulation.now < item.agentExpiresAt ? ROWS.agentOutdated : ROWS.agentExpired);
  if (item.replication.resyncRequired) rows.push(ROWS.resyncRequired);
  const undrilled = isProtected && item.testFailoverAdvisedAt !== null;
  return {
    replication: levelOf(rows),
    failover: undrilled ? "Warning" : "Normal",
    errors: [...rows, ...(undrilled ? [ROWS.noTestFailover] : [])].map((row) =>
      errorBody(simulation, item, row),
    ),
  };
}

function levelOf(rows: readonly HealthRow[]): string {
  if (rows.some(({ level }) => level === "Critical")) return "Critical";
  return rows.length > 0 ? "Warning" : "Normal";
}

function errorBody(simulation: Simulation, item: ProtectedItem, row: HealthRow): JsonObject {
  const since =
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
