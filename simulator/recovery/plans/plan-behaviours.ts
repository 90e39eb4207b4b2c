import type { Behaviours } from "../jobs/behaviours.ts";

/** What the jobs of recovery plans do. */
export const PLAN_BEHAVIOURS: Behaviours = {};
