import type { CheckFailure } from "../../handler.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { isReversed } from "../../recovery/position.ts";
import { isUnknown } from "../../unknown.ts";
import type { RecoveryPlanInputs } from "../recovery-plan.ts";
import { itemsOf } from "./complete.ts";

/** The two fabrics of an item by name, seen from where its protection first began. */
export function fabricsOf(item: ItemFacts): {
  readonly primary: string;
  readonly recovery: string;
} {
  const [home, away] = isReversed(item)
    ? [item.recovery, item.primary]
    : [item.primary, item.recovery];
  return { primary: home.fabricName, recovery: away.fabricName };
}

/** The item of an identity among those of its vault. */
export function itemOf(items: readonly ItemFacts[], identity: string): ItemFacts | undefined {
  return items.find((each) => sameId(each.name, nameOf(identity)));
}

/** Items have to exist, unless this run makes them, and to be replicated between the same two fabrics. */
export function planItemProblems(
  inputs: RecoveryPlanInputs,
  items: readonly ItemFacts[],
  declared: ReadonlySet<string>,
): readonly CheckFailure[] {
  const failures: CheckFailure[] = [];
  let pair: { readonly name: string; readonly fabrics: ReturnType<typeof fabricsOf> } | undefined;
  for (const { id, path } of itemsOf(inputs.groups)) {
    if (isUnknown(id)) continue;
    const item = itemOf(items, id);
    if (item === undefined) {
      if (declared.has(id.toLowerCase())) continue;
      const names = items.map((each) => each.name);
      const reason = `there is no replicated item ${nameOf(id)} in the vault.${proposal(nameOf(id), names)}`;
      failures.push({ path, reason });
      continue;
    }
    const fabrics = fabricsOf(item);
    pair ??= { name: item.name, fabrics };
    if (
      sameId(pair.fabrics.primary, fabrics.primary) &&
      sameId(pair.fabrics.recovery, fabrics.recovery)
    ) {
      continue;
    }
    failures.push({
      path,
      reason: `${item.name} is replicated from ${fabrics.primary} to ${fabrics.recovery}, ${pair.name} from ${pair.fabrics.primary} to ${pair.fabrics.recovery}. A plan has one pair: make a plan for each.`,
    });
  }
  return failures;
}
