import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { nameOf } from "../../recovery/identity.ts";
import { byJob } from "../../recovery/job-words.ts";
import type { JobFacts, RecoveryPlanFacts } from "../../recovery/model.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import { hasUnknown } from "../../unknown.ts";
import { unlessMissing } from "../failures.ts";
import { setUpJob } from "../outside/set-up-jobs.ts";
import type { RecoveryPlanInputs } from "../recovery-plan.ts";
import { itemsOf } from "./complete.ts";

/**
 * The failure for a plan whose name somebody removed from the vault and whose machines another plan holds now:
 * the service knows no renaming but that. A second plan of the same machines would be made by mistake.
 * None when the program declares the other plan too, or takes over what exists.
 */
export async function renamedPlanProblems(
  context: Context,
  vault: VaultSite,
  inputs: RecoveryPlanInputs,
): Promise<readonly CheckFailure[]> {
  if (inputs.adopt === true || hasUnknown(inputs.groups) || hasUnknown(inputs.name)) return [];
  const { successor, removal } = await renamingOf(context, vault, inputs);
  if (successor === undefined || context.declared.has(successor.id.toLowerCase())) return [];
  return [
    {
      path: "name",
      reason: `the recovery plan ${inputs.name} was removed${byJob(removal)}, and the plan ${successor.name} holds exactly its machines: it was renamed. ${remedy(successor)}`,
    },
  ];
}

/** What is to be said of a recorded plan that is gone: the plan that holds its machines now; empty when none does. */
export async function successorWords(
  context: Context,
  vault: VaultSite,
  recorded: RecoveryPlanInputs,
): Promise<string> {
  const found = await unlessMissing(() => renamingOf(context, vault, recorded));
  if (found?.successor === undefined) return "";
  const { name } = found.successor;
  return `The plan ${name} holds exactly its machines now: it was renamed. ${remedy(found.successor)}`;
}

const remedy = ({ name }: RecoveryPlanFacts): string =>
  `Declare \`name: "${name}"\` with \`adopt: true\` to go on with it, or delete it in the vault; with \`adopt: true\` alone both are kept.`;

async function renamingOf(
  context: Context,
  vault: VaultSite,
  { name = "", groups }: RecoveryPlanInputs,
): Promise<{ readonly successor?: RecoveryPlanFacts; readonly removal?: JobFacts }> {
  const plans = await vault.recoveryPlans(context);
  const machines = machinesText(itemsOf(groups).map(({ id }) => nameOf(id)));
  const successor = plans.find(
    (plan) => machinesText(plan.groups.flatMap(({ itemNames }) => itemNames)) === machines,
  );
  if (successor === undefined) return {};
  const id = `${vault.id}/replicationRecoveryPlans/${name}`;
  const removal = await setUpJob(context, vault, "recovery plan", id, "removed");
  return removal === undefined ? {} : { successor, removal };
}

function machinesText(names: readonly string[]): string {
  return names
    .map((each) => each.toLowerCase())
    .toSorted()
    .join("\n");
}
