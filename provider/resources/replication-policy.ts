import type { CheckFailure } from "../handler.ts";
import {
  durationMilliseconds,
  formatDuration,
  parseDuration,
  sameDuration,
} from "../inputs/duration.ts";
import { attempt } from "../inputs/failures.ts";
import { completeName, completeVault, vaultIdOf } from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { PolicyFacts } from "../recovery/model.ts";
import type { PolicySpecification } from "../sites/azure/site.ts";
import { isUnknown } from "../unknown.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * A replication policy for Azure VMs: how long recovery points are kept and how often they are taken.
 * The service takes a crash-consistent point every five minutes.
 *
 * @example
 * ```ts
 * const policy = new asr.ReplicationPolicy("three-days", {
 *     vault: vault.id,
 *     recoveryPointRetention: "P3D",
 *     applicationConsistentSnapshotFrequency: "PT4H",
 * });
 * ```
 */
export interface ReplicationPolicyInputs extends VaultObjectInputs {
  /**
   * How long recovery points are kept. ISO 8601 duration in whole minutes, `PT0S` (only the latest
   * point) to `P15D`. Changing it updates in place.
   * @defaultValue PT24H
   */
  readonly recoveryPointRetention?: string;
  /**
   * How often an application-consistent point is taken. ISO 8601 duration in whole minutes, from `PT1H`
   * to the retention; `PT0S` takes none. Changing it updates in place.
   * @defaultValue PT0S
   */
  readonly applicationConsistentSnapshotFrequency?: string;
  /**
   * Takes points that are common to all machines of a multi-VM group. Changing it updates in place.
   * @defaultValue true
   */
  readonly multiVmSync?: boolean;
}

/** What is recorded of a replication policy. */
export interface ReplicationPolicyState extends ReplicationPolicyInputs, SetUpState {
  /** ARM id of the policy. */
  readonly policyId: string;
  /** How often a crash-consistent point is taken: every five minutes, fixed by the service. */
  readonly crashConsistentSnapshotFrequency: string;
}

const minute = 60_000;
const hour = 60 * minute;
const longestRetention = 15 * 24 * hour;
/** Fixed by the service (site-recovery reference, 12.1). */
const crashConsistentFrequencyMinutes = 5;

/** The handler of `ReplicationPolicy`. */
export const replicationPolicyHandler: SetUpHandler<
  ReplicationPolicyInputs,
  ReplicationPolicyState,
  PolicyFacts
> = new SetUpHandler<ReplicationPolicyInputs, ReplicationPolicyState, PolicyFacts>({
  token: "asr:index:ReplicationPolicy",
  noun: "replication policy",
  comparison: {
    same: {
      recoveryPointRetention: sameDuration,
      applicationConsistentSnapshotFrequency: sameDuration,
    },
  },

  complete: (context, inputs) => ({
    ...inputs,
    vault: completeVault(context, inputs.vault),
    name: completeName(context, inputs.name),
  }),

  id: (_context, inputs) => `${inputs.vault}/replicationPolicies/${inputs.name}`,

  problems,

  async observe(context, site, id) {
    const policies = await site.vault(vaultIdOf(id)).policies(context);
    return policies.find((each) => sameId(each.id, id));
  },

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    recoveryPointRetention: formatDuration(facts.recoveryPointHistoryMinutes * minute),
    applicationConsistentSnapshotFrequency: formatDuration(
      facts.applicationConsistentFrequencyMinutes * minute,
    ),
    crashConsistentSnapshotFrequency: formatDuration(
      facts.crashConsistentFrequencyMinutes * minute,
    ),
    multiVmSync: facts.multiVmSync,
    policyId: id,
  }),

  create: (context, site, id, inputs) =>
    site.vault(vaultIdOf(id)).putPolicy(context, nameOf(id), specificationOf(inputs)),
  change: (context, site, id, _facts, inputs) =>
    site.vault(vaultIdOf(id)).updatePolicy(context, nameOf(id), specificationOf(inputs)),
  remove: (context, site, id) => site.vault(vaultIdOf(id)).removePolicy(context, nameOf(id)),
});

/** The ranges of the service for Azure VMs (site-recovery reference, 12.1). */
function problems(inputs: ReplicationPolicyInputs): readonly CheckFailure[] {
  const retention = "recoveryPointRetention";
  const snapshots = "applicationConsistentSnapshotFrequency";
  const form = [
    ...formProblems(retention, inputs.recoveryPointRetention),
    ...formProblems(snapshots, inputs.applicationConsistentSnapshotFrequency),
  ];
  if (form.length > 0) return form;
  const kept = lengthOf(inputs.recoveryPointRetention);
  const taken = lengthOf(inputs.applicationConsistentSnapshotFrequency);
  const failures: CheckFailure[] = [];
  if (kept !== undefined && kept > longestRetention) {
    failures.push({
      path: retention,
      reason: `${inputs.recoveryPointRetention} is longer than the service keeps recovery points. Give PT0S to P15D.`,
    });
  }
  if (taken !== undefined && taken > 0 && taken < hour) {
    failures.push({
      path: snapshots,
      reason: `${inputs.applicationConsistentSnapshotFrequency} is too often. Give PT1H or more, or PT0S for none.`,
    });
  }
  if (taken !== undefined && kept !== undefined && taken > kept) {
    failures.push({
      path: snapshots,
      reason: `${inputs.applicationConsistentSnapshotFrequency} is longer than the retention of ${inputs.recoveryPointRetention}: no such point would be kept. Give at most the retention, or PT0S for none.`,
    });
  }
  return failures;
}

function formProblems(path: string, text: string | undefined): readonly CheckFailure[] {
  if (text === undefined || isUnknown(text)) return [];
  const parsed = attempt(() => parseDuration(path, text));
  if ("failure" in parsed) return [parsed.failure];
  if (parsed.value % minute === 0) return [];
  return [{ path, reason: `${text} is no whole number of minutes.` }];
}

/** Milliseconds; undefined while the value is not known. */
function lengthOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : durationMilliseconds(text);
}

function specificationOf(inputs: ReplicationPolicyInputs): PolicySpecification {
  const minutes = (text: string | undefined, standard: number): number =>
    text === undefined ? standard : (durationMilliseconds(text) ?? 0) / minute;
  return {
    recoveryPointHistoryMinutes: minutes(inputs.recoveryPointRetention, 24 * 60),
    applicationConsistentFrequencyMinutes: minutes(
      inputs.applicationConsistentSnapshotFrequency,
      0,
    ),
    crashConsistentFrequencyMinutes,
    multiVmSync: inputs.multiVmSync ?? true,
  };
}
