import { type Fields, text } from "./body-rule.ts";

/** Members of a union of request bodies, by instance type. */
type Members = Readonly<Record<string, Fields>>;

/**
 * Details of verbs of items between VMM sites: recorded are the names of the base types, of 2017; those of
 * today's unions and the kinds' own names are taken as well (CH-VMM-INPUT).
 */
function members(...names: readonly string[]): Members {
  const all = [...names, "HyperVReplica2012R2", "HyperVReplica2012"];
  return Object.fromEntries(all.map((name) => [name, { recoveryPointId: text }]));
}

const FAILOVER_2017 = "ProviderSpecificFailoverInput";

/** Details of a PUT that protects a machine at a second VMM site. */
export const VMM_ENABLE: Members = members("EnableProtectionProviderSpecificInput");

/** Details of a test failover. */
export const VMM_TEST_FAILOVER: Members = members(
  "TestFailoverProviderSpecificInput",
  FAILOVER_2017,
);

/** Details of a planned failover, either way. */
export const VMM_PLANNED_FAILOVER: Members = members(
  "PlannedFailoverProviderSpecificFailoverInput",
  FAILOVER_2017,
);

/** Details of an unplanned failover, either way. */
export const VMM_UNPLANNED_FAILOVER: Members = members(
  "UnplannedFailoverProviderSpecificInput",
  FAILOVER_2017,
);

/** Details of a change of the recovery point. */
export const VMM_RECOVERY_POINT: Members = members("ApplyRecoveryPointProviderSpecificInput");

/** Details of a reverse replication. */
export const VMM_REPROTECT: Members = members("ReverseReplicationProviderSpecificInput");

/** Details of a plan's failovers. */
export const VMM_PLAN_FAILOVER: Members = members(
  "RecoveryPlanProviderSpecificFailoverInput",
  FAILOVER_2017,
);
