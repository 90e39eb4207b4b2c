import { findNetwork } from "../../azure/networks.ts";
import type { ServiceError } from "../../faults/fault-rule.ts";
import { type Answer, badRequest, missingObject, ok } from "../../http/answer.ts";
import { pagedList } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { guidOf } from "../../simulation.ts";
import { nameOf, sameId } from "../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../state/json.ts";
import type { Fabric, Vault } from "../../state/model.ts";
import { vmNetworkNamed } from "../items/vmm/replica.ts";
import { isBetweenVmmSites } from "../items/vmm/vmm-kind.ts";
import { accepted } from "../jobs/operation.ts";
import { startJob } from "../jobs/run.ts";
import { type ScenarioName, scenarioOf } from "../jobs/scenarios.ts";
import { existsOtherwise } from "../setup/setup-job.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { fabricId, MICROSOFT_AZURE, missingReference, param, vaultOf } from "../vault/find.ts";
import { PLAN_OPERATIONS, type RecoveryPlan } from "./plan.ts";
import { planBody, planId } from "./plan-body.ts";
import { readGroups } from "./plan-groups.ts";
import { membersOf, planOperations } from "./plan-operations.ts";
import { planTasks } from "./plan-tasks.ts";
import { PLAN_VERBS, type PlanVerb } from "./plan-verbs.ts";

const PLANS = "replicationRecoveryPlans";
const PLAN = `${PLANS}/{plan}`;

/** Recovery plans and their verbs. Paths are relative to the vault. */
export const PLAN_ROUTES: readonly Route[] = [
  [
    "GET",
    PLANS,
    (call) =>
      pagedList(
        call,
        Object.values(vaultOf(call).plans).map((plan) => planBody(vaultOf(call), plan)),
      ),
  ],
  ["GET", PLAN, (call) => ok(planBody(vaultOf(call), planOf(call, vaultOf(call))))],
  ["PUT", PLAN, putPlan],
  ["PATCH", PLAN, patchPlan],
  ["DELETE", PLAN, deletePlan],
  ...PLAN_VERBS.map((row): Route => ["POST", `${PLAN}/${row.verb}`, (call) => runVerb(call, row)]),
];

function planOf(call: Call, vault: Vault): RecoveryPlan {
  const plan = vault.plans[param(call, "plan").toLowerCase()];
  if (!plan) throw missingObject(param(call, "plan"));
  return plan;
}

/** A fabric that a plan names: Azure itself is told by its name. */
function referredFabric(vault: Vault, field: string, id: string): Pick<Fabric, "name"> {
  if (id.toLowerCase() === MICROSOFT_AZURE.toLowerCase()) return { name: MICROSOFT_AZURE };
  const fabric = vault.fabrics[nameOf(id).toLowerCase()];
  if (!fabric || !sameId(fabricId(vault, fabric.name), id)) throw missingReference(field, id);
  return fabric;
}

function putPlan(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.plan);
  const properties = objectAt(call.body, "properties");
  const primary = referredFabric(
    vault,
    "properties.primaryFabricId",
    textAt(properties, "primaryFabricId") ?? "",
  );
  const recovery = referredFabric(
    vault,
    "properties.recoveryFabricId",
    textAt(properties, "recoveryFabricId") ?? "",
  );
  const existing = vault.plans[param(call, "plan").toLowerCase()];
  const plan: RecoveryPlan = {
    name: existing?.name ?? param(call, "plan"),
    primaryFabricName: primary.name,
    recoveryFabricName: recovery.name,
    failoverDeploymentModel: textAt(properties, "failoverDeploymentModel") ?? "ResourceManager",
    providerSpecificInput: listAt(properties, "providerSpecificInput") as readonly JsonObject[],
    groups: readGroups(vault, listAt(properties, "groups"), [primary.name, recovery.name]),
    allowedOperations: existing?.allowedOperations ?? PLAN_OPERATIONS,
    scenario: existing?.scenario ?? null,
    lastUnplannedFailoverAt: existing?.lastUnplannedFailoverAt ?? null,
    lastTestFailoverAt: existing?.lastTestFailoverAt ?? null,
    ...(existing?.lastPlannedFailoverAt !== undefined && {
      lastPlannedFailoverAt: existing.lastPlannedFailoverAt,
    }),
  };
  const moved =
    existing &&
    (existing.primaryFabricName !== plan.primaryFabricName ||
      existing.recoveryFabricName !== plan.recoveryFabricName);
  const refusal = moved
    ? existsOtherwise(
        "recovery plan",
        plan.name,
        `it goes from ${existing.primaryFabricName} to ${existing.recoveryFabricName}`,
      )
    : undefined;
  return planJob(
    call,
    vault,
    plan.name,
    "SaveRecoveryPlan",
    { plan: structuredClone(plan) as unknown as JsonObject },
    refusal,
  );
}

function patchPlan(call: Call): Answer {
  const vault = vaultOf(call);
  const plan = planOf(call, vault);
  checkBody(call.body, BODIES.planUpdate);
  const groups = readGroups(vault, listAt(call.body, "properties", "groups"), [
    plan.primaryFabricName,
    plan.recoveryFabricName,
  ]);
  const changed = { ...structuredClone(plan), groups } as unknown as JsonObject;
  return planJob(call, vault, plan.name, "UpdateRecoveryPlan", { plan: changed });
}

function deletePlan(call: Call): Answer {
  const vault = vaultOf(call);
  const plan = planOf(call, vault);
  return planJob(call, vault, plan.name, "DeleteRecoveryPlan", { name: plan.name });
}

function planJob(
  call: Call,
  vault: Vault,
  name: string,
  scenario: ScenarioName,
  input: JsonObject,
  refusal?: ServiceError,
): Answer {
  const id = planId(vault, name);
  const job = startJob(call.simulation, vault, {
    scenario,
    subject: { kind: "plan", name },
    targetObjectId: guidOf(call.simulation, "target", id),
    targetObjectName: name,
    input,
    refusal,
  });
  return accepted(call, vault, job, id);
}

function runVerb(call: Call, row: PlanVerb): Answer {
  const vault = vaultOf(call);
  const plan = planOf(call, vault);
  if (row.body) checkBody(call.body, row.body);
  const input = objectAt(call.body, "properties") ?? {};
  const members = membersOf(vault, plan);
  checkTestNetwork(call, vault, plan, input);
  const operations = planOperations(vault, plan);
  const offered = row.refusedWith === undefined && operations.includes(row.operation);
  const scenario = row.scenarioOf?.(members, input) ?? row.scenario;
  const direction = textAt(input, "failoverDirection") ?? "PrimaryToRecovery";
  const id = planId(vault, plan.name);
  const job = startJob(call.simulation, vault, {
    scenario,
    subject: { kind: "plan", name: plan.name },
    targetObjectId: guidOf(call.simulation, "target", id),
    targetObjectName: plan.name,
    input: { ...input, operationsBefore: operations },
    tasks: planTasks(
      call.simulation,
      plan,
      scenario,
      direction,
      members.some((item) => item.hyperV !== undefined),
    ),
    refusal: offered ? undefined : notOffered(plan, operations, row),
  });
  if (offered) {
    const name = scenarioOf(scenario).shownAs ?? row.operation;
    plan.scenario = {
      name,
      job: job.name,
      at: call.simulation.now,
      status: "InProgress",
      description: "InProgress",
    };
    plan.allowedOperations = [];
  }
  return accepted(call, vault, job, id, true);
}

function checkTestNetwork(call: Call, vault: Vault, plan: RecoveryPlan, input: JsonObject): void {
  const networkId = textAt(input, "networkId");
  if (networkId === undefined) return;
  const [first] = membersOf(vault, plan);
  if (first && isBetweenVmmSites(first)) {
    if (!vmNetworkNamed(call.simulation, vault, first, networkId))
      throw missingReference("properties.networkId", networkId);
    return;
  }
  const network = findNetwork(call.simulation, networkId);
  if (!network) throw missingReference("properties.networkId", networkId);
  const sides = [
    ...[plan.primaryFabricName, plan.recoveryFabricName].map(
      (name) => vault.fabrics[name.toLowerCase()]?.location,
    ),
    ...membersOf(vault, plan).map((item) =>
      item.hyperV ? item.initialRecoveryLocation : item.onPremises?.targetLocation,
    ),
  ];
  if (!sides.includes(network.location)) {
    throw badRequest({
      code: "SIM-INVALID-INPUT",
      message: `The network '${networkId}' given in 'properties.networkId' is in ${network.location}, where the recovery plan has no fabric.`,
    });
  }
}

function notOffered(
  plan: RecoveryPlan,
  operations: readonly string[],
  row: PlanVerb,
): ServiceError {
  return {
    code: row.refusedWith ?? "25037",
    message: `The operation '${row.operation}' is not allowed on the recovery plan '${plan.name}'.`,
    possibleCauses: `The recovery plan allows ${operations.join(", ") || "no operation"} at present.`,
    recommendedAction:
      row.verb === "reProtect"
        ? "Reprotect each machine of the plan by itself."
        : "Bring the recovery plan into the required state and retry the operation.",
  };
}
