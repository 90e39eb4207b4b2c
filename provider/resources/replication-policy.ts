import { sameIfWanted } from "../inputs/difference.ts";
import { durationMilliseconds, formatDuration, sameDuration } from "../inputs/duration.ts";
import { completeName, completeVault, vaultIdOf } from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { PolicyFacts, Scenario } from "../recovery/model.ts";
import type { PolicySpecification } from "../sites/azure/set-up-specifications.ts";
import { isUnknown } from "../unknown.ts";
import { azureProblems } from "./references.ts";
import {
  completeHyperV,
  hyperVSettings,
  hyperVSpecification,
  isHyperVScenario,
} from "./replication-policy/hyper-v.ts";
import { failbackValues, policyProblems } from "./replication-policy/ranges.ts";
import { samePolicyKind, scenarioOfPolicy, warnIfOld } from "./scenario.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * A replication policy: how long recovery points are kept and how often they are taken.
 * The service takes a crash-consistent point every five minutes; of Hyper-V machines every hour.
 *
 * When a Hyper-V machine that has fallen behind is resynchronized is decided at its host, by default outside office
 * hours; Azure takes no schedule for it. A `Resynchronize` starts it by hand.
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
 *
 * @example
 * ```ts
 * const policy = new asr.ReplicationPolicy("hyper-v", {
 *     scenario: "HyperVToAzure",
 *     replicationInterval: "PT30S",
 *     recoveryPointRetention: "PT12H",
 *     applicationConsistentSnapshotFrequency: "PT1H",
 * });
 * ```
 */
export interface ReplicationPolicyInputs extends VaultObjectInputs {
  /**
   * What the policy is for: machines of a region (`AzureToAzure`), of a modernized VMware site
   * (`VmwareToAzure`, appliance) or of a classic one (`VmwareToAzureClassic`, configuration server), with
   * the physical servers of either; of a Hyper-V site (`HyperVToAzure`), of VMM clouds to Azure (`VmmToAzure`;
   * the same kind of policy) or to the clouds of a second VMM server (`VmmToVmm`). The names of scenarios that
   * Azure has retired (`VmmToVmmSan`, `VmwareToVmwareScout`, `ClassicPortal`) are known and refused with what to
   * use instead. Changing it replaces the policy.
   * @defaultValue AzureToAzure
   * @replaceOnChanges
   */
  readonly scenario?: Scenario;
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
   * point) to `P15D`; to `P3D` for a classic VMware site; in whole hours to `PT24H` for Hyper-V, which between
   * VMM sites means so many hourly points. Changing it updates in place.
   * @defaultValue PT24H
   */
  readonly recoveryPointRetention?: string;
  /**
   * How often an application-consistent point is taken. ISO 8601 duration in whole minutes, from `PT1H`
   * to the retention; for a VMware site from `PT1M` to `PT12H`; for Hyper-V in whole hours from `PT1H` to
   * `PT12H`; `PT0S` takes none. Changing it updates in place.
   * @defaultValue none; every hour for a failback policy
   */
  readonly applicationConsistentSnapshotFrequency?: string;
  /**
   * Takes points that are common to all machines of a multi-VM group; Hyper-V has no such groups. Changing it
   * updates in place.
   * @defaultValue true
   */
  readonly multiVmSync?: boolean;
  /**
   * Age of the newest recovery point at which the service warns; classic VMware sites only. ISO 8601
   * duration in whole minutes. Changing it updates in place.
   * @defaultValue one hour; 15 minutes for a failback policy
   */
  readonly recoveryPointThreshold?: string;
  /**
   * How often the changes of a Hyper-V machine are sent: `PT30S` or `PT5M`; between VMM sites `PT15M`, too.
   * Changing it updates in place.
   * @defaultValue PT5M for Hyper-V
   */
  readonly replicationInterval?: "PT30S" | "PT5M" | "PT15M";
  /**
   * Time of day `HH:MM:SS` at which the initial copy of a Hyper-V machine begins, by the clock of its host.
   * Changing it updates in place.
   * @defaultValue none: it begins at once
   */
  readonly initialReplicationStartTime?: string;
  /**
   * Hyper-V to Azure: ARM id of the storage account for machines that are protected without naming one, as from
   * the portal; a `ReplicatedItem` always names its own (`cacheStorageAccount`). Changing it updates in place.
   * @defaultValue no account of the policy
   */
  readonly storageAccount?: string;
  /**
   * Between VMM sites: whether changes are compressed on their way. Changing it updates in place.
   * @defaultValue on between VMM sites
   */
  readonly compression?: boolean;
  /**
   * Between VMM sites: port on which the hosts of the second site listen, 1 to 65535. Changing it updates in place.
   * @defaultValue 8083 for Kerberos, 8084 for certificates
   */
  readonly replicationPort?: number;
  /**
   * Between VMM sites: how hosts know each other: `Kerberos` within trusted domains, unencrypted, or `Certificate`.
   * Changing it updates in place.
   * @defaultValue Kerberos between VMM sites
   */
  readonly authentication?: "Kerberos" | "Certificate";
  /**
   * Between VMM sites: whether the replica is deleted when the protection of a machine ends. Changing it updates
   * in place.
   * @defaultValue off between VMM sites
   */
  readonly deleteReplica?: boolean;
}

/** What is recorded of a replication policy. */
export interface ReplicationPolicyState extends ReplicationPolicyInputs, SetUpState {
  /** ARM id of the policy. */
  readonly policyId: string;
  /** How often a crash-consistent point is taken, fixed by the service: every five minutes, of Hyper-V machines every hour; `PT0S` for a failback policy. */
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
      scenario: samePolicyKind,
      storageAccount: sameIfWanted,
    },
  },

  complete: (context, inputs) => ({
    ...completeValues(inputs),
    vault: completeVault(context, inputs.vault),
    name: completeName(context, inputs.name),
  }),

  id: (_context, inputs) => `${inputs.vault}/replicationPolicies/${inputs.name}`,

  problems: policyProblems,

  async checkReferences(context, site, inputs) {
    warnIfOld(context, inputs.scenario);
    const { storageAccount } = inputs;
    return await azureProblems(context, site, "storageAccount", "storage account", storageAccount);
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
      facts.hyperV === undefined ? facts.crashConsistentFrequencyMinutes * minute : 60 * minute,
    ),
    // Hyper-V has no groups, and nothing to say about them.
    ...(facts.hyperV === undefined ? { multiVmSync: facts.multiVmSync } : {}),
    ...hyperVSettings(facts),
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
  if (isHyperVScenario(scenario)) return completeHyperV(inputs, scenario);
  if (failback === true) return { ...failbackValues, ...inputs };
  const threshold =
    scenario === "VmwareToAzureClassic" ? { recoveryPointThreshold: "PT1H" } : undefined;
  return { applicationConsistentSnapshotFrequency: "PT0S", ...threshold, ...inputs };
}

function specificationOf(inputs: ReplicationPolicyInputs): PolicySpecification {
  const minutes = (text: string | undefined, standard: number): number =>
    text === undefined ? standard : (durationMilliseconds(text) ?? 0) / minute;
  const { scenario = "AzureToAzure" } = inputs;
  return {
    scenario,
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
    ...(isHyperVScenario(scenario) ? { hyperV: hyperVSpecification(inputs, scenario) } : {}),
  };
}
