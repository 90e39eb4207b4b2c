import { badRequest } from "../../http/answer.ts";
import { type JsonObject, numberAt, textAt } from "../../state/json.ts";
import type { Policy } from "../../state/model.ts";
import {
  hyperVProblem,
  readHyperVAzure,
  readHyperVSites,
  showHyperV2012,
  showHyperV2012R2,
  showHyperVAzure,
} from "./hyper-v-policies.ts";

/** Minutes of recovery points kept when a policy does not say. */
const DEFAULT_HISTORY_MINUTES = 1440;

/** A kind of policy: how its input is read and how it is shown. */
interface PolicyKind {
  readonly read: (input: unknown) => Omit<Policy, "name" | "instanceType">;
  readonly show: (policy: Policy) => JsonObject;
  /** What of its settings cannot be. */
  readonly problem?: (policy: Policy) => string | undefined;
}

const common = (input: unknown) => ({
  recoveryPointHistoryMinutes: numberAt(input, "recoveryPointHistory") ?? DEFAULT_HISTORY_MINUTES,
  crashConsistentMinutes: numberAt(input, "crashConsistentFrequencyInMinutes") ?? 5,
  appConsistentMinutes: numberAt(input, "appConsistentFrequencyInMinutes") ?? 0,
  multiVmSync: textAt(input, "multiVmSyncStatus")?.toLowerCase() === "enable",
});

const classic = (input: unknown) => ({
  ...common(input),
  recoveryPointThresholdMinutes: numberAt(input, "recoveryPointThresholdInMinutes") ?? 15,
});

const showClassic = (policy: Policy) => ({
  recoveryPointThresholdInMinutes: policy.recoveryPointThresholdMinutes ?? 0,
  recoveryPointHistory: policy.recoveryPointHistoryMinutes,
  appConsistentFrequencyInMinutes: policy.appConsistentMinutes,
  multiVmSyncStatus: policy.multiVmSync ? "Enabled" : "Disabled",
});

/** Kinds of policies by their `instanceType`. */
const KINDS: Readonly<Record<string, PolicyKind>> = {
  A2A: {
    read: common,
    show: (policy) => ({
      ...showClassic(policy),
      crashConsistentFrequencyInMinutes: policy.crashConsistentMinutes,
    }),
  },
  InMageRcm: {
    read: (input) => ({
      ...common(input),
      recoveryPointHistoryMinutes:
        numberAt(input, "recoveryPointHistoryInMinutes") ?? DEFAULT_HISTORY_MINUTES,
      multiVmSync: textAt(input, "enableMultiVmSync")?.toLowerCase() === "true",
    }),
    // The last three fields are recorded (V2A_RCMInMage.012) and not published.
    show: (policy) => ({
      recoveryPointHistoryInMinutes: policy.recoveryPointHistoryMinutes,
      appConsistentFrequencyInMinutes: policy.appConsistentMinutes,
      crashConsistentFrequencyInMinutes: policy.crashConsistentMinutes,
      enableMultiVmSync: String(policy.multiVmSync),
      status: false,
      associatedItemsCount: 0,
      dataSourceType: "VM",
    }),
  },
  InMageRcmFailback: {
    read: (input) => ({ ...common(input), recoveryPointHistoryMinutes: 0 }),
    show: (policy) => ({
      appConsistentFrequencyInMinutes: policy.appConsistentMinutes,
      crashConsistentFrequencyInMinutes: policy.crashConsistentMinutes,
    }),
  },
  InMageAzureV2: {
    read: classic,
    show: (policy) => ({
      crashConsistentFrequencyInMinutes: policy.crashConsistentMinutes,
      ...showClassic(policy),
    }),
  },
  InMage: { read: classic, show: showClassic },
  HyperVReplicaAzure: { read: readHyperVAzure, show: showHyperVAzure, problem: hyperVProblem },
  HyperVReplica2012: { read: readHyperVSites, show: showHyperV2012, problem: hyperVProblem },
  HyperVReplica2012R2: { read: readHyperVSites, show: showHyperV2012R2, problem: hyperVProblem },
};

/** `providerSpecificDetails` of a policy as it is read. */
export function policyDetails(policy: Policy): JsonObject {
  return { instanceType: policy.instanceType, ...KINDS[policy.instanceType]?.show(policy) };
}

/** The policy that a request's `providerSpecificInput` describes; refuses settings that contradict each other (CH-POLICY-RANGES). */
export function policyFrom(input: unknown, name: string): Policy {
  const given = textAt(input, "instanceType") ?? "";
  const instanceType = Object.keys(KINDS).find(
    (kind) => kind.toLowerCase() === given.toLowerCase(),
  );
  const kind = KINDS[instanceType ?? "A2A"] as PolicyKind;
  const policy: Policy = { name, instanceType: instanceType ?? "A2A", ...kind.read(input) };
  const { appConsistentMinutes: app, recoveryPointHistoryMinutes: history } = policy;
  if (instanceType === "A2A" && app > 0 && app < 60)
    throw outOfRange("appConsistentFrequencyInMinutes must be 0 or at least 60");
  const problem = kind.problem?.(policy);
  if (problem !== undefined) throw outOfRange(problem);
  if (!policy.hyperV && history > 0 && app > history)
    throw outOfRange("appConsistentFrequencyInMinutes must not exceed recoveryPointHistory");
  return policy;
}

function outOfRange(problem: string): Error {
  return badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The replication policy is not valid: ${problem}.`,
  });
}
