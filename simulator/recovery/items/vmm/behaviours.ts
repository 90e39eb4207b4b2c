import type { Behaviours } from "../../jobs/behaviours.ts";
import { VMM_PROTECTION_BEHAVIOURS } from "./enable-behaviours.ts";
import { VMM_FAILOVER_BEHAVIOURS } from "./failover.ts";
import { REVERSE_BEHAVIOURS } from "./reverse.ts";
import { VMM_TEST_FAILOVER_BEHAVIOURS } from "./test-failover.ts";

/** What the jobs of items between VMM sites do. */
export const VMM_BEHAVIOURS: Behaviours = {
  ...VMM_PROTECTION_BEHAVIOURS,
  ...VMM_TEST_FAILOVER_BEHAVIOURS,
  ...VMM_FAILOVER_BEHAVIOURS,
  ...REVERSE_BEHAVIOURS,
};
