import type { ScenarioName } from "../jobs/scenarios.ts";
import { VMM_SCENARIO_OF } from "../jobs/vmm-scenarios.ts";

/** Scenarios that a kind of item has of its own, by the scenario that all kinds are asked for. */
export type OwnScenarios = Readonly<Partial<Record<ScenarioName, ScenarioName>>>;

/** By instance type; a kind that is absent runs the common scenarios. */
const OWN: Readonly<Record<string, OwnScenarios>> = {
  HyperVReplicaAzure: {
    EnableDr: "HyperVEnableDr",
    PlannedFailover: "HyperVPlannedFailover",
    SwitchReplicationGroupProtection: "ReprotectReplicationGroup",
  },
  HyperVReplica2012R2: VMM_SCENARIO_OF,
  HyperVReplica2012: VMM_SCENARIO_OF,
  San: { DisableDr: VMM_SCENARIO_OF.DisableDr, PurgeVm: VMM_SCENARIO_OF.PurgeVm },
};

/**
 * The scenario that runs for an item of a kind. Its `jobScenario` is what the service calls it, so that
 * clients see `PlannedFailover` whatever the kind, while tasks and behaviours are those of the kind.
 */
export function scenarioOfKind(kind: string, scenario: ScenarioName): ScenarioName {
  return OWN[kind]?.[scenario] ?? scenario;
}
