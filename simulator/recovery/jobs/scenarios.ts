import { ESTATE_SCENARIOS, type EstateScenarioName } from "./estate-scenarios.ts";
import { FABRIC_SCENARIOS, type FabricScenarioName } from "./fabric-scenarios.ts";
import { HYPER_V_ITEM_SCENARIOS, type HyperVItemScenarioName } from "./hyper-v-item-scenarios.ts";
import { HYPER_V_SCENARIOS, type HyperVScenarioName } from "./hyper-v-scenarios.ts";
import { ITEM_SCENARIOS, type ItemScenarioName } from "./item-scenarios.ts";
import { PLAN_SCENARIOS, type PlanScenarioName } from "./plan-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { SETUP_SCENARIOS, type SetupScenarioName } from "./setup-scenarios.ts";
import { VMM_SCENARIOS, type VmmScenarioName } from "./vmm-scenarios.ts";

/** Keys of all scenarios. */
export type ScenarioName =
  | SetupScenarioName
  | FabricScenarioName
  | EstateScenarioName
  | HyperVScenarioName
  | ItemScenarioName
  | HyperVItemScenarioName
  | VmmScenarioName
  | PlanScenarioName;

const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  ...SETUP_SCENARIOS,
  ...FABRIC_SCENARIOS,
  ...ESTATE_SCENARIOS,
  ...HYPER_V_SCENARIOS,
  ...ITEM_SCENARIOS,
  ...HYPER_V_ITEM_SCENARIOS,
  ...VMM_SCENARIOS,
  ...PLAN_SCENARIOS,
};

/** The scenario with that key. */
export function scenarioOf(name: ScenarioName): Scenario {
  return SCENARIOS[name];
}
