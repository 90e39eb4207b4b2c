import type { Context } from "../../context.ts";
import type { Checked } from "../../handler.ts";
import { nameOf } from "../../recovery/identity.ts";
import { isNotedEnded } from "../outside/ended-items.ts";
import type { RecoveryPlanGroup, RecoveryPlanInputs } from "../recovery-plan.ts";
import { itemsOf } from "./complete.ts";

/**
 * A plan without the machines whose protection somebody ended: the service has taken them out of it, and a plan of
 * the others must stay usable. Warns of them. Once they are protected again, the plan takes them in. Of a plan that
 * is left with none nothing is changed, and none is made: that is its failure.
 */
export function withoutEnded(
  context: Context,
  checked: Checked<RecoveryPlanInputs>,
  olds: RecoveryPlanInputs | undefined,
): Checked<RecoveryPlanInputs> {
  const { inputs, failures } = checked;
  const ended = itemsOf(inputs.groups).filter(({ id }) => isNotedEnded(context, id));
  if (ended.length === 0 || failures.length > 0) return checked;
  const groups = inputs.groups.map((group) => withoutItems(context, group)).filter(hasItems);
  const names = ended.map(({ id }) => nameOf(id)).join(", ");
  const fact = `recovery plan ${inputs.name}: the protection of ${names} was ended outside of this program`;
  if (groups.length === 0 && olds === undefined) {
    const reason = `${fact}, and a plan cannot be made of nothing else. Settle these machines first, or take the plan out of the program.`;
    return { inputs, failures: [{ path: "groups", reason }] };
  }
  context.log.warn(
    `${fact}: the plan goes on without, and takes each in again once it is protected. To leave it so, take it out of \`groups\`.`,
  );
  const left = groups.length === 0 ? (olds?.groups ?? inputs.groups) : groups;
  return { failures, inputs: { ...inputs, groups: left } };
}

/** False for a group that the service has emptied; a program has none. */
export function hasItems({ items }: RecoveryPlanGroup): boolean {
  return !Array.isArray(items) || items.length > 0;
}

function withoutItems(context: Context, group: RecoveryPlanGroup): RecoveryPlanGroup {
  if (!Array.isArray(group.items)) return group;
  const items = group.items.filter((id: string) => !isNotedEnded(context, id));
  return items.length === group.items.length ? group : { ...group, items };
}
