import type { Context } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import type { ActionPlan } from "../recovery/action-plan.ts";
import { itemIdentity, nameOf, parseItemIdentity } from "../recovery/identity.ts";
import type { ItemFacts, JobFacts } from "../recovery/model.ts";
import { verbJobsOf } from "../recovery/verbs.ts";
import type { ActionRecord } from "./action-inputs.ts";
import { vaultIdOfAction } from "./observation/targets.ts";
import type { AnyActionInputs } from "./settings.ts";

const keyOf = (identity: string): string => `${identity}#drill`.toLowerCase();

/** The key of a drill's recovery plan; undefined without one, or where nothing names its vault any more. */
function planKey(context: Context, inputs: AnyActionInputs): string | undefined {
  if (inputs.recoveryPlan === undefined) return undefined;
  try {
    const vaultId = vaultIdOfAction(context, inputs);
    return keyOf(`${vaultId}/recoveryPlans/${nameOf(inputs.recoveryPlan)}`);
  } catch (error) {
    if (error instanceof InvalidInputError) return undefined;
    throw error;
  }
}

/**
 * Notes which machines a drill of this run's program tests. Pulumi deletes after it creates: a drill that was
 * renamed, replaced or moved into a component is declared anew before the old one goes, and has taken the test over.
 */
export function noteDrill(
  context: Context,
  inputs: AnyActionInputs,
  items: readonly ItemFacts[],
  plan?: ActionPlan,
): void {
  const named = [inputs.item, ...(inputs.items ?? [])]
    .map((each) => (each === undefined ? undefined : parseItemIdentity(each)))
    .flatMap((each) => (each === undefined ? [] : [itemIdentity(each.vaultId, each.itemName)]));
  const found = items.map((each) => itemIdentity(each.vaultId, each.name));
  const shown = plan?.machines.map((each) => each.item) ?? [];
  for (const identity of [...named, ...found, ...shown]) context.declared.add(keyOf(identity));
  const whole = planKey(context, inputs);
  if (whole !== undefined) context.declared.add(whole);
}

/** True when a drill of this run's program has taken the machine's test over from one that goes. */
function isTakenOver(context: Context, inputs: AnyActionInputs, item: ItemFacts): boolean {
  const whole = planKey(context, inputs);
  return (
    context.declared.has(keyOf(itemIdentity(item.vaultId, item.name))) ||
    (whole !== undefined && context.declared.has(whole))
  );
}

/**
 * The job of a later test than the one that the record tells of: that one was cleaned up elsewhere, and somebody
 * has begun another. Undefined when there is none, or when nobody can tell.
 */
function laterTest(
  { jobs: recorded }: Pick<ActionRecord, "jobs">,
  item: ItemFacts,
  jobs: readonly JobFacts[],
): JobFacts | undefined {
  const newest = verbJobsOf(item, jobs).find(({ verb }) => verb === "testFailover")?.job;
  if (newest === undefined || recorded.includes(newest.name)) return undefined;
  // A recovery plan's job holds those of its machines, which no record names.
  const ends = jobs
    .filter((each) => recorded.includes(each.name))
    .map((each) => Date.parse(each.endTime ?? ""));
  const begun = Date.parse(newest.startTime ?? "");
  return ends.length > 0 && ends.every((end) => end <= begun) ? newest : undefined;
}

/** Why a test goes on although the drill of this record goes; undefined when it is to be cleaned up. */
export function keptBy(
  context: Context,
  state: AnyActionInputs & Pick<ActionRecord, "jobs">,
  item: ItemFacts,
  jobs: readonly JobFacts[],
): string | undefined {
  if (isTakenOver(context, state, item)) {
    return `${item.friendlyName}: its test goes on, a TestFailover of the program has taken it over.`;
  }
  const later = laterTest(state, item, jobs);
  return later === undefined
    ? undefined
    : `${item.friendlyName}: the test that runs is not the one of this drill, which was cleaned up elsewhere: job ${later.name} of ${later.startTime} began it. It is left to whoever did.`;
}
