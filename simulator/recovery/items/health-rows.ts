/** An error that explains the health of an item. */
export interface HealthRow {
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
  /** Since when it has been so, in virtual milliseconds; absent = since the item replicates no more, or now. */
  readonly since?: number;
}

/** Names of the errors that items of several kinds have. */
export type HealthRowName =
  | "noTestFailover"
  | "noCrashConsistentPoint"
  | "noAppConsistentPoint"
  | "noHeartbeat"
  | "agentOutdated"
  | "agentExpired"
  | "resyncRequired";

/** Errors of items, as recorded (reference 10; texts of those with `SIM` codes are chosen). */
export const HEALTH_ROWS: Readonly<Record<HealthRowName, HealthRow>> = {
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
};
