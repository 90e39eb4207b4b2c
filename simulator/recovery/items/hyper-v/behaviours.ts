import type { Behaviours } from "../../jobs/behaviours.ts";
import { HYPER_V_FAILBACK_BEHAVIOURS } from "./failback.ts";
import { FINALIZE_BEHAVIOURS } from "./finalize-behaviours.ts";
import { HYPER_V_PLANNED_BEHAVIOURS } from "./planned-failover.ts";
import { HYPER_V_REPROTECT_BEHAVIOURS } from "./reprotect.ts";

/** What the jobs of Hyper-V machines do that replicate to Azure, where other machines have none or others. */
export const HYPER_V_BEHAVIOURS: Behaviours = {
  ...FINALIZE_BEHAVIOURS,
  ...HYPER_V_PLANNED_BEHAVIOURS,
  ...HYPER_V_FAILBACK_BEHAVIOURS,
  ...HYPER_V_REPROTECT_BEHAVIOURS,
};
