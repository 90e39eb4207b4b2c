import { durationMilliseconds, formatDuration, sameDuration } from "../inputs/duration.ts";
import { completeName, completeVault, vaultIdOf } from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { PolicyFacts } from "../recovery/model.ts";
import type { PolicySpecification } from "../sites/azure/site.ts";
import { isUnknown } from "../unknown.ts";
import { failbackValues, policyProblems } from "./replication-policy/ranges.ts";
import { type SetUpScenario, scenarioOfPolicy, warnIfOld } from "./scenario.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * A replication policy: how long recovery points are kept and how often they are taken.
 * The service takes a crash-consistent point every five minutes.
 *
 * A classic VMware site needs a second policy for the way back (`failback: true`), whose values are fixed;
 * a modernized one has a policy of the service for it.
 *
 * @example
 * ```ts
 * const policy = new asr.ReplicationPolicy("three-days", {
 *     vault: vault.id,
 *     recoveryPointRetention: "P3D",
 *     applicationConsistentSnapshotFrequency: "PT4H",
 * });
 * ```
 *
 * @example
 * ```ts
 * const policy = new asr.ReplicationPolicy("to-azure", { scenario: "VmwareToAzureClassic" });
 * const failbackPolicy = new asr.ReplicationPolicy("home", { scenario: "VmwareToAzureClassic", failback: true });
 * ```
 */
export interface ReplicationPolicyInputs extends VaultObjectInputs {
  /**
   * What the policy is for: machines of a region (`AzureToAzure`), of a modernized VMware site
   * (`VmwareToAzure`, appliance) or of a classic one (`VmwareToAzureClassic`, configuration server), with
   * the physical servers of either. Changing it replaces the policy.
   * @defaultValue AzureToAzure
   * @replaceOnChanges
   */
  readonly scenario?: SetUpScenario;
  /**
   * True for the way back of a classic VMware site. Its values are fixed: points of 24 hours, an
   * application-consistent one every hour, a warning when the newest is older than 15 minutes.
   * Changing it replaces the policy.
   * @defaultValue false
   * @replaceOnChanges
   */
  readonly failback?: boolean;
  /**
   * How long recovery points are kept. ISO 8601 duration in whole minutes, `PT0S` (only the latest
   * point) to `P15D`; to `P3D` for a classic VMware site. Changing it updates in place.
   * @defaultValue PT24H
   */
  readonly recoveryPointRetention?: string;
  /**
   * How often an application-consistent point is taken. ISO 8601 duration in whole minutes, from `PT1H`
   * to the retention; for a VMware site from `PT1M` to `PT12H`; `PT0S` takes none. Changing it updates in place.
   * @defaultValue none; every hour for a failback policy
   */
  readonly applicationConsistentSnapshotFrequency?: string;
  /**
   * Takes points that are common to all machines of a multi-VM group. Changing it updates in place.
   * @defaultValue true
   */
  readonly multiVmSync?: boolean;
  /**
   * Age of the newest recovery point at which the service warns; classic VMware sites only. ISO 8601
   * duration in whole minutes. Changing it updates in place.
   * @defaultValue one hour; 15 minutes for a failback policy
   */
  readonly recoveryPointThreshold?: string;
}

/** What is recorded of a replication policy. */
export interface ReplicationPolicyState extends ReplicationPolicyInputs, SetUpState {
  /** ARM id of the policy. */
  readonly policyId: string;
  /** How often a crash-consistent point is taken: every five minutes, fixed by the service; `PT0S` for a failback policy. */
  readonly crashConsistentSnapshotFrequency: string;
}

const minute = 60_000;
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
      recoveryPointThreshold: sameDuration,
    },
  },

  complete: (context, inputs) => ({
    ...completeValues(inputs),
    vault: completeVault(context, inputs.vault),
    name: completeName(context, inputs.name),
  }),

  id: (_context, inputs) => `${inputs.vault}/replicationPolicies/${inputs.name}`,

  problems: policyProblems,

  async checkReferences(context, _site, inputs) {
    warnIfOld(context, inputs.scenario);
    return [];
  },

  async observe(context, site, id) {
    const policies = await site.vault(vaultIdOf(id)).policies(context);
    return policies.find((each) => sameId(each.id, id));
  },

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    scenario: scenarioOfPolicy(facts.instanceType),
    failback: facts.instanceType === "InMage",
    recoveryPointRetention: formatDuration(facts.recoveryPointHistoryMinutes * minute),
    applicationConsistentSnapshotFrequency: formatDuration(
      facts.applicationConsistentFrequencyMinutes * minute,
    ),
    crashConsistentSnapshotFrequency: formatDuration(
      facts.crashConsistentFrequencyMinutes * minute,
    ),
    multiVmSync: facts.multiVmSync,
    ...(facts.recoveryPointThresholdMinutes !== undefined && isClassic(facts)
      ? { recoveryPointThreshold: formatDuration(facts.recoveryPointThresholdMinutes * minute) }
      : {}),
    policyId: id,
  }),

  create: (context, site, id, inputs) =>
    site.vault(vaultIdOf(id)).putPolicy(context, nameOf(id), specificationOf(inputs)),
  change: (context, site, id, _facts, inputs) =>
    site.vault(vaultIdOf(id)).updatePolicy(context, nameOf(id), specificationOf(inputs)),
  remove: (context, site, id) => site.vault(vaultIdOf(id)).removePolicy(context, nameOf(id)),
});

/** The region-to-region kind shows a threshold too, which nobody can set. */
function isClassic(facts: PolicyFacts): boolean {
  return scenarioOfPolicy(facts.instanceType) === "VmwareToAzureClassic";
}

/** Fills what depends on the kind of policy; nothing while the kind is not known. */
function completeValues(inputs: ReplicationPolicyInputs): ReplicationPolicyInputs {
  const { scenario, failback } = inputs;
  if (isUnknown(scenario) || isUnknown(failback)) return inputs;
  if (failback === true) return { ...failbackValues, ...inputs };
  const threshold =
    scenario === "VmwareToAzureClassic" ? { recoveryPointThreshold: "PT1H" } : undefined;
  return { applicationConsistentSnapshotFrequency: "PT0S", ...threshold, ...inputs };
}

function specificationOf(inputs: ReplicationPolicyInputs): PolicySpecification {
  const minutes = (text: string | undefined, standard: number): number =>
    text === undefined ? standard : (durationMilliseconds(text) ?? 0) / minute;
  return {
    scenario: inputs.scenario ?? "AzureToAzure",
    failback: inputs.failback ?? false,
    recoveryPointHistoryMinutes: minutes(inputs.recoveryPointRetention, 24 * 60),
    applicationConsistentFrequencyMinutes: minutes(
      inputs.applicationConsistentSnapshotFrequency,
      0,
    ),
    crashConsistentFrequencyMinutes,
    multiVmSync: inputs.multiVmSync ?? true,
    ...(inputs.recoveryPointThreshold === undefined
      ? {}
      : { recoveryPointThresholdMinutes: minutes(inputs.recoveryPointThreshold, 60) }),
  };
}
