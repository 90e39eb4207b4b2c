import { type Answer, badRequest, missingObject, ok } from "../../http/answer.ts";
import { pagedList } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { copy, numberAt, objectAt, textAt } from "../../state/json.ts";
import type { Policy, Vault } from "../../state/model.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { param, policyId, vaultOf } from "../vault/find.ts";
import { policyBody } from "./bodies.ts";
import { setupJob, stillInUse } from "./setup-job.ts";

const POLICIES = "replicationPolicies";
const POLICY = `${POLICIES}/{policy}`;

/** Minutes of recovery points kept when a policy does not say. */
const DEFAULT_HISTORY_MINUTES = 1440;

/** Replication policies. Paths are relative to the vault. */
export const POLICY_ROUTES: readonly Route[] = [
  [
    "GET",
    POLICIES,
    (call) =>
      pagedList(
        call,
        Object.values(vaultOf(call).policies).map((each) => policyBody(vaultOf(call), each)),
      ),
  ],
  [
    "GET",
    POLICY,
    (call) => ok(policyBody(vaultOf(call), policyNamed(vaultOf(call), param(call, "policy")))),
  ],
  ["PUT", POLICY, putPolicy],
  ["PATCH", POLICY, patchPolicy],
  ["DELETE", POLICY, deletePolicy],
];

function policyNamed(vault: Vault, name: string): Policy {
  const policy = vault.policies[name.toLowerCase()];
  if (!policy) throw missingObject(name);
  return policy;
}

function settingsOf(input: unknown, name: string): Policy {
  const policy: Policy = {
    name,
    instanceType: "A2A",
    recoveryPointHistoryMinutes: numberAt(input, "recoveryPointHistory") ?? DEFAULT_HISTORY_MINUTES,
    crashConsistentMinutes: numberAt(input, "crashConsistentFrequencyInMinutes") ?? 5,
    appConsistentMinutes: numberAt(input, "appConsistentFrequencyInMinutes") ?? 0,
    multiVmSync: textAt(input, "multiVmSyncStatus")?.toLowerCase() === "enable",
  };
  const { appConsistentMinutes: app, recoveryPointHistoryMinutes: history } = policy;
  // CH-POLICY-RANGES
  if (app > 0 && app < 60)
    throw outOfRange("appConsistentFrequencyInMinutes must be 0 or at least 60");
  if (history > 0 && app > history)
    throw outOfRange("appConsistentFrequencyInMinutes must not exceed recoveryPointHistory");
  return policy;
}

function outOfRange(problem: string): Error {
  return badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The replication policy is not valid: ${problem}.`,
  });
}

function putPolicy(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.policy);
  const name = param(call, "policy");
  const existing = vault.policies[name.toLowerCase()];
  const wanted = settingsOf(
    objectAt(call.body, "properties", "providerSpecificInput"),
    existing?.name ?? name,
  );
  const differs = existing && JSON.stringify(existing) !== JSON.stringify(wanted);
  return setupJob(call, vault, {
    scenario: "AddProtectionProfile",
    id: policyId(vault, wanted.name),
    input: { policy: { ...wanted } },
    refusal: differs
      ? {
          code: "15035",
          message: `A replication policy with the name '${wanted.name}' already exists with other settings.`,
          possibleCauses: "A replication policy of this name was created before.",
          recommendedAction: "Use another name, or update the existing replication policy.",
        }
      : undefined,
  });
}

function patchPolicy(call: Call): Answer {
  const vault = vaultOf(call);
  const policy = policyNamed(vault, param(call, "policy"));
  checkBody(call.body, BODIES.policyUpdate);
  const wanted = settingsOf(
    objectAt(call.body, "properties", "replicationProviderSettings"),
    policy.name,
  );
  return setupJob(call, vault, {
    scenario: "ModifyProtectionProfile",
    id: policyId(vault, policy.name),
    input: { policy: { ...copy(wanted) } },
  });
}

function deletePolicy(call: Call): Answer {
  const vault = vaultOf(call);
  const policy = policyNamed(vault, param(call, "policy"));
  const users = Object.values(vault.mappings).filter((each) => each.policyName === policy.name);
  return setupJob(call, vault, {
    scenario: "RemoveProtectionProfile",
    id: policyId(vault, policy.name),
    input: { name: policy.name },
    refusal:
      users.length > 0
        ? stillInUse(
            "replication policy",
            policy.name,
            users.map((each) => `mapping ${each.name}`),
          )
        : undefined,
  });
}
