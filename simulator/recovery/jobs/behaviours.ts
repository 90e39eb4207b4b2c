import { ESTATE_BEHAVIOURS } from "../../estate/estate-behaviours.ts";
import { HYPER_V_BEHAVIOURS } from "../../hyper-v/hyper-v-behaviours.ts";
import { ITEM_BEHAVIOURS } from "../items/item-behaviours.ts";
import { VMM_BEHAVIOURS } from "../items/vmm/behaviours.ts";
import { PLAN_BEHAVIOURS } from "../plans/plan-behaviours.ts";
import { SETUP_BEHAVIOURS } from "../setup/setup-behaviours.ts";
import type { Behaviour } from "./behaviour.ts";
import type { ScenarioName } from "./scenarios.ts";

/** What the jobs of a scenario do, from the table of the area the scenario belongs to. */
export function behaviourOf(scenario: ScenarioName): Behaviour {
  return (
    SETUP_BEHAVIOURS[scenario] ??
    ESTATE_BEHAVIOURS[scenario] ??
    HYPER_V_BEHAVIOURS[scenario] ??
    ITEM_BEHAVIOURS[scenario] ??
    VMM_BEHAVIOURS[scenario] ??
    PLAN_BEHAVIOURS[scenario] ??
    {}
  );
}

/** Behaviours of some scenarios. */
export type Behaviours = Readonly<Partial<Record<ScenarioName, Behaviour>>>;
