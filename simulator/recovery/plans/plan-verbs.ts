import type { JsonObject } from "../../state/json.ts";
import { textAt } from "../../state/json.ts";
import type { ProtectedItem } from "../items/item.ts";
import type { ScenarioName } from "../jobs/scenarios.ts";
import { BODIES } from "../validation/bodies.ts";
import type { Fields } from "../validation/body-rule.ts";

/** A verb of recovery plans: its last path segment, its scenario, the operation it needs, its body. */
export interface PlanVerb {
  readonly verb: string;
  readonly scenario: ScenarioName;
  readonly operation: string;
  readonly body?: Fields;
  /** The scenario, where that depends on the plan's machines and the request. */
  readonly scenarioOf?: (members: readonly ProtectedItem[], input: JsonObject) => ScenarioName;
  /** The code of the refusal when the plan does not offer the verb, or never runs it. */
  readonly refusedWith?: string;
}

/** The verbs of recovery plans. */
export const PLAN_VERBS: readonly PlanVerb[] = [
  {
    verb: "unplannedFailover",
    scenario: "PlanUnplannedFailover",
    operation: "UnplannedFailover",
    body: BODIES.planUnplannedFailover,
  },
  {
    verb: "testFailover",
    scenario: "PlanTestFailover",
    operation: "TestFailover",
    body: BODIES.planTestFailover,
  },
  {
    verb: "testFailoverCleanup",
    scenario: "PlanTestFailoverCleanup",
    operation: "TestFailoverCleanup",
    body: BODIES.testFailoverCleanup,
  },
  { verb: "failoverCommit", scenario: "PlanCommitFailover", operation: "Commit" },
  // CH-PLAN-PLANNED: a plan of A2A items offers none of these.
  {
    verb: "plannedFailover",
    scenario: "PlanPlannedFailover",
    operation: "PlannedFailover",
    scenarioOf: (members, input) =>
      isFailbackToHyperV(members, input) ? "PlanFailback" : "PlanPlannedFailover",
    body: BODIES.planPlannedFailover,
  },
  { verb: "failoverCancel", scenario: "PlanCancelFailover", operation: "CancelFailover" },
  // CH-PLAN-REPROTECT: refused also where it is offered.
  {
    verb: "reProtect",
    scenario: "PlanReverseReplication",
    operation: "ReverseReplicate",
    refusedWith: "25038",
  },
];

/** A planned failover of machines that Hyper-V hosts are to get back from Azure. */
function isFailbackToHyperV(members: readonly ProtectedItem[], input: JsonObject): boolean {
  return (
    textAt(input, "failoverDirection")?.toLowerCase() === "recoverytoprimary" &&
    members.some((item) => item.kind === "HyperVReplicaAzure")
  );
}
