import type { Fields } from "./body-rule.ts";
import { INTENT_BODIES, type IntentBodyName } from "./intent-bodies.ts";
import { ITEM_BODIES, type ItemBodyName } from "./item-bodies.ts";
import { PLAN_BODIES, type PlanBodyName } from "./plan-bodies.ts";
import { SETUP_BODIES, type SetupBodyName } from "./setup-bodies.ts";

/** What each request body must be, by its name. */
export const BODIES: Readonly<
  Record<SetupBodyName | ItemBodyName | PlanBodyName | IntentBodyName, Fields>
> = {
  ...SETUP_BODIES,
  ...ITEM_BODIES,
  ...PLAN_BODIES,
  ...INTENT_BODIES,
};
