import { recoveryPlanBody, recoveryPlanUpdateBody } from "../bodies/recovery-plan.ts";
import { recoveryPlanFacts } from "../facts/recovery-plan.ts";
import type { VaultSite } from "../site.ts";
import { patchObject, putObject, removeObject, type SetupObject } from "./put-object.ts";
import type { VaultScope } from "./scope.ts";

/** The writes of recovery plans. */
export type RecoveryPlanWrites = Pick<
  VaultSite,
  "putRecoveryPlan" | "updateRecoveryPlan" | "removeRecoveryPlan"
>;

/** Creating, changing and removing recovery plans. */
export function recoveryPlanWrites(scope: VaultScope): RecoveryPlanWrites {
  const plan = (name: string): SetupObject => ({
    path: `${scope.id}/replicationRecoveryPlans/${name}`,
    collection: "replicationRecoveryPlans",
    kind: "recovery plan",
  });
  return {
    putRecoveryPlan: (context, name, specification) =>
      putObject(context, scope, plan(name), recoveryPlanBody(specification), recoveryPlanFacts),
    updateRecoveryPlan: (context, name, specification) =>
      patchObject(
        context,
        scope,
        plan(name),
        recoveryPlanUpdateBody(specification),
        recoveryPlanFacts,
      ),
    removeRecoveryPlan: (context, name) =>
      removeObject(context, scope, plan(name), { method: "DELETE" }),
  };
}
