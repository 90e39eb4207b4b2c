import type { Replayed } from "./replay.ts";

/** A difference from what is recorded or published that is meant to be. */
export interface KnownDifference {
  readonly operation: RegExp;
  readonly difference: RegExp;
  readonly reason: string;
  /** Only in exchanges of this source. */
  readonly source?: RegExp;
}

const OTHER_SCENARIO =
  "Belongs to a scenario that the simulator does not play (CH-OTHER-SCENARIOS).";

/** Every difference that is left on purpose; one that nothing shows any more is reported. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    operation: /./,
    difference: /^header (azure-asyncoperation|retry-after): missing$/,
    source: /^20/,
    reason:
      "The swagger's examples show headers of long-running operations on every answer; no recorded answer to a read has them.",
  },
  {
    operation:
      /^(ReplicationMigrationItems|MigrationRecoveryPoints|ReplicationLogicalNetworks|ReplicationProtectionClusters|ClusterRecoveryPoints?)_/,
    difference: /^status: 40[04]/,
    reason: OTHER_SCENARIO,
  },
  {
    operation: /^ReplicationPolicies_/,
    difference: /\.(status|associatedItemsCount|dataSourceType): not in the model$/,
    reason: "Recorded in policies of modernized machines (V2A_RCMInMage.012), and not published.",
  },
  {
    operation: /^ReplicationRecoveryServicesProviders_Create$/,
    difference: /^status: 400/,
    reason: OTHER_SCENARIO,
  },
  {
    operation:
      /^(ReplicationProtectedItems_SwitchProvider|ReplicationProtectionContainers_SwitchClusterProtection)$/,
    difference: /^status: 400/,
    reason: OTHER_SCENARIO,
  },
  {
    operation: /^ReplicationProtectedItems_/,
    difference: /protectedDisks\[\]\.targetBlobUri: not in the model$/,
    reason: "Recorded in modernized items (V2A_RCMInMage.094), and not published.",
  },
  {
    operation: /^ReplicationProtectedItems_/,
    difference: /protectedManagedDisks\[\]\.targetDiskAccountType: not in the model$/,
    source: /^2023-08-01 .* of Hyper-V$/,
    reason: "Published since 2024-04-01; the simulator answers all versions alike.",
  },
  {
    operation: /^ReplicationRecoveryPlans_Reprotect$/,
    difference: /^result: status 400/,
    reason: "A plan's reprotect does not work: accepted, then a failed job (CH-PLAN-REPROTECT).",
  },
  {
    operation: /^Replication(RecoveryPlans|ProtectedItems)_/,
    difference:
      /^body\.properties\.last(Test|Planned|SuccessfulTest|Successful)Failover(Time)?: missing$/,
    reason:
      "The example's object was failed over or drilled before; the time is left out until then.",
  },
  {
    operation: /^ReplicationVaultSetting_Create$/,
    difference: /^status: 202, there 200$/,
    reason:
      "The published clients treat it as long-running, and every recorded long-running write is answered by 202.",
  },
  {
    operation: /^ReplicationJobs_Get$/,
    difference: /affectedObjectDetails\./,
    reason: "A free map: the example's job is about another kind of object.",
  },
  {
    operation: /^ReplicationProtectedItems_Get$/,
    difference: /vmSyncedConfigDetails\.tags\./,
    reason: "Tags are whatever the machine has.",
  },
  {
    operation: /^Vaults$/,
    difference: /^body\.properties\.monitoringSettings: missing$/,
    reason: "The recorded vault was made with these settings; the world's was not.",
  },
];

/** What is left of the differences once the known ones are taken away, and the known ones nothing shows. */
export function unexplained(replayed: readonly Replayed[]): {
  readonly differences: readonly string[];
  readonly stale: readonly KnownDifference[];
} {
  const seen = new Set<KnownDifference>();
  const differences = replayed.flatMap((each) =>
    each.differences
      .filter((difference) => {
        const known = knownOf(each, difference);
        if (known) seen.add(known);
        return known === undefined;
      })
      .map((difference) => `${each.operationId} [${each.source}] ${difference}`),
  );
  return { differences, stale: KNOWN_DIFFERENCES.filter((known) => !seen.has(known)) };
}

/** The line of the table that explains a difference. */
export function knownOf(
  { operationId, source }: Replayed,
  difference: string,
): KnownDifference | undefined {
  return KNOWN_DIFFERENCES.find(
    (known) =>
      known.operation.test(operationId) &&
      known.difference.test(difference) &&
      (known.source?.test(source) ?? true),
  );
}
