import type { ServiceError } from "../../faults/fault-rule.ts";
import { type Answer, missingObject, ok } from "../../http/answer.ts";
import { pagedList } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { copy, objectAt } from "../../state/json.ts";
import type { Policy, Vault } from "../../state/model.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { param, policyId, vaultOf } from "../vault/find.ts";
import { policyBody } from "./bodies.ts";
import { policyFrom } from "./policy-kinds.ts";
import { existsOtherwise, setupJob, stillInUse } from "./setup-job.ts";

const POLICIES = "replicationPolicies";
const POLICY = `${POLICIES}/{policy}`;

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

/** The service's own policy stays as it is. */
function ownedByService({ name, ofService }: Policy): ServiceError | undefined {
  return ofService
    ? {
        code: "SIM-POLICY-OF-SERVICE",
        message: `The replication policy '${name}' cannot be changed or removed: it belongs to the service.`,
        possibleCauses: "The service supplies this policy for replication back to the site.",
        recommendedAction: "Leave the policy as it is.",
      }
    : undefined;
}

function putPolicy(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.policy);
  const name = param(call, "policy");
  const existing = vault.policies[name.toLowerCase()];
  const wanted = policyFrom(
    objectAt(call.body, "properties", "providerSpecificInput"),
    existing?.name ?? name,
  );
  const differs =
    existing &&
    JSON.stringify(policyBody(vault, existing)) !== JSON.stringify(policyBody(vault, wanted));
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
  const wanted = policyFrom(
    objectAt(call.body, "properties", "replicationProviderSettings"),
    policy.name,
  );
  return setupJob(call, vault, {
    scenario: "ModifyProtectionProfile",
    id: policyId(vault, policy.name),
    input: { policy: { ...copy(wanted) } },
    refusal: ownedByService(policy) ?? otherKind(policy, wanted),
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
      ownedByService(policy) ??
      (users.length > 0
        ? stillInUse(
            "replication policy",
            policy.name,
            users.map((each) => `mapping ${each.name}`),
          )
        : undefined),
  });
}

/** A policy keeps its kind. */
function otherKind(policy: Policy, wanted: Policy): ServiceError | undefined {
  return policy.instanceType === wanted.instanceType
    ? undefined
    : existsOtherwise("replication policy", policy.name, `it is of kind ${policy.instanceType}`);
}
