import type { ActionRule } from "./plan-rules.ts";
import { listed } from "./words.ts";

/** What is left of a recovery plan is started without what the plan runs around its groups. */
export const restRule: ActionRule = {
  id: "PL-REST",
  source: "scripts, runbooks and manual actions belong to the job of a recovery plan",
  summary:
    "The machines of a recovery plan stand alike, so that its own job moves them and runs its scripts, runbooks and manual actions.",
  severity: "warn",
  check: ({ rest }) =>
    rest === undefined || rest.scripts.length === 0
      ? []
      : [
          {
            fact: `its machines do not stand alike any more: ${listed(rest.machines)} ${rest.machines.length === 1 ? "is" : "are"} treated by ${rest.machines.length === 1 ? "itself" : "themselves, group after group"}, and what the plan runs does not run: ${rest.scripts.join(", ")}.`,
            remedy: "Do by hand what of it these machines need.",
            path: "recoveryPlan",
          },
        ],
};
