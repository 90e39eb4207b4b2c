import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ItemFacts, SideFacts } from "../../recovery/model.ts";
import { isBetweenRegions, isReversed } from "../../recovery/position.ts";
import { isUnknown } from "../../unknown.ts";
import { isNotedEnded } from "../outside/ended-items.ts";
import type { RecoveryPlanInputs } from "../recovery-plan.ts";
import { itemsOf } from "./complete.ts";

/** The two fabrics of an item by name, seen from where its protection first began; Azure, seen from a site, by its own. */
export function fabricsOf(item: ItemFacts): {
  readonly primary: string;
  readonly recovery: string;
} {
  const [home, away] = sidesOf(item);
  return { primary: home.fabricName, recovery: away.fabricName };
}

function sidesOf(item: ItemFacts): readonly [home: SideFacts, away: SideFacts] {
  return isReversed(item) ? [item.recovery, item.primary] : [item.primary, item.recovery];
}

/** The item of an identity among those of its vault. */
export function itemOf(items: readonly ItemFacts[], identity: string): ItemFacts | undefined {
  return items.find((each) => sameId(each.name, nameOf(identity)));
}

/** Id by which a plan names the machine of an item: a VMware site's has one of the service's own, a Hyper-V machine its guid. */
export function planMachineId(item: ItemFacts): string {
  return item.onPremises?.internalIdentifier || item.hyperV?.machineGuid || item.machineId;
}

/** Items have to exist, unless this run makes them or somebody ended them, and to be replicated between the same two fabrics. */
export function planItemProblems(
  inputs: RecoveryPlanInputs,
  items: readonly ItemFacts[],
  { declared }: Pick<Context, "declared">,
): readonly CheckFailure[] {
  const failures: CheckFailure[] = [];
  let pair:
    | { readonly item: ItemFacts; readonly fabrics: ReturnType<typeof fabricsOf> }
    | undefined;
  for (const { id, path } of itemsOf(inputs.groups)) {
    if (isUnknown(id)) continue;
    const item = itemOf(items, id);
    if (item === undefined) {
      if (declared.has(id.toLowerCase()) || isNotedEnded({ declared }, id)) continue;
      const names = items.map((each) => each.name);
      const reason = `there is no replicated item ${nameOf(id)} in the vault.${proposal(nameOf(id), names)}`;
      failures.push({ path, reason });
      continue;
    }
    const fabrics = fabricsOf(item);
    pair ??= { item, fabrics };
    if (
      sameId(pair.fabrics.primary, fabrics.primary) &&
      sameId(pair.fabrics.recovery, fabrics.recovery)
    ) {
      continue;
    }
    failures.push({
      path,
      reason: `${item.name} is replicated ${wayOf(item)}, ${pair.item.name} ${wayOf(pair.item)}. A plan has one pair: make a plan for each.`,
    });
  }
  return failures;
}

/** Names of fabrics that register themselves say nothing; their friendly names do. */
function wayOf(item: ItemFacts): string {
  const called = (side: SideFacts): string =>
    isBetweenRegions(item) ? side.fabricName : side.fabricFriendlyName;
  const [home, away] = sidesOf(item);
  return `from ${called(home)} to ${called(away)}`;
}
