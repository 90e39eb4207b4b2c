import type { Context } from "../../context.ts";
import { BlockedError } from "../../errors.ts";
import { finding } from "../../recovery/findings.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { activeSide, isBetweenRegions, standingOf } from "../../recovery/position.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import { isAtHome } from "./describe.ts";
import { placeOf } from "./place.ts";
import { diskSpecification, wantedDisks } from "./specification.ts";
import { settingsDue, strangeNics } from "./target-settings.ts";
import { findItem, waitUntilIdle, waitUntilReplicated } from "./waiting.ts";

/** The disks that have to begin or end to be replicated. */
export interface DisksDue {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * Which disks an update adds and removes. Only disks that were declared before are removed:
 * a machine that came back has disks of new names, and they stay.
 */
function disksDue(
  item: ItemFacts,
  news: ReplicatedItemInputs,
  olds: ReplicatedItemInputs | undefined,
): DisksDue {
  // Disks of a site's machine are chosen when its protection begins.
  if (!isBetweenRegions(item)) return { add: [], remove: [] };
  const has = (list: readonly string[], id: string): boolean =>
    list.some((each) => sameId(each, id));
  const replicated = item.disks.map((each) => each.diskId);
  const unprotected = item.unprotectedDiskIds;
  const before = (olds?.disks ?? []).map((each) => each.disk);
  const wanted = wantedDisks(news, [...replicated, ...unprotected]).map((each) => each.disk);
  const added = wanted.filter((id) => has(unprotected, id) || !has(before, id));
  const dropped = news.disks === undefined ? [] : before.filter((id) => !has(wanted, id));
  return {
    add: added.filter((id) => !has(replicated, id)),
    remove: dropped.filter((id) => has(replicated, id)),
  };
}

/** Brings settings and disks of a protected item to what is wanted; sends nothing when they are. */
export async function changeItem(
  context: Context,
  vault: VaultSite,
  observed: ItemFacts,
  news: ReplicatedItemInputs,
  olds: ReplicatedItemInputs | undefined,
): Promise<ItemFacts> {
  let item = await waitUntilIdle(context, vault, observed);
  // What was found and not made here, and is away, shows the settings of the other direction.
  if (olds === undefined && !isAtHome(item)) return item;
  for (const nic of isAtHome(item) ? strangeNics(news, item) : []) {
    const known = item.nics.map((each) => each.nicId).join(", ") || "none";
    context.log.warn(
      `${item.friendlyName}: it has no network interface ${nic}, so that its settings are left out. It has: ${known}.`,
    );
  }
  const disks = disksDue(item, news, olds);
  if (settingsDue(news, item) === undefined && disks.add.length + disks.remove.length === 0) {
    return item;
  }
  refuseUnlessChangeable(item);
  if (disks.remove.length > 0) {
    context.log.progress(`${item.friendlyName}: removing ${disks.remove.length} disk(s)`);
    await vault.removeDisks(context, item, disks.remove);
  }
  if (disks.add.length > 0) {
    context.log.progress(`${item.friendlyName}: adding ${disks.add.length} disk(s)`);
    const wanted = wantedDisks(news, disks.add);
    const added = wanted.filter((each) => disks.add.some((id) => sameId(id, each.disk)));
    await vault.addDisks(
      context,
      item,
      added.map((each) => diskSpecification(news, each)),
    );
  }
  if (disks.remove.length + disks.add.length > 0) {
    item = await waitUntilReplicated(context, vault, item.name);
  }
  const settings = settingsDue(news, item);
  if (settings !== undefined) await vault.updateItem(context, item, settings);
  vault.forget();
  return (await findItem(context, vault, item.name)) ?? item;
}

/** Settings can change while the item is protected and at home; otherwise the reason is told. Throws BlockedError. */
function refuseUnlessChangeable(item: ItemFacts): void {
  const standing = standingOf(item);
  const where = placeOf(activeSide(item));
  const reasons: Partial<Readonly<Record<typeof standing, readonly [string, string]>>> = {
    failedOver: [
      `is failed over to ${where} and not committed.`,
      "Commit the failover first, then reprotect and fail back.",
    ],
    committed: [`is failed over to ${where}.`, "Reprotect it and fail back first."],
    testing: ["has an open drill.", "Clean the test failover up first."],
    failed: [
      `stands at ${item.protectionState}.`,
      "Remove the cause that its health errors name first.",
    ],
  };
  const away = [
    `runs in ${where} and is replicated back to where it came from.`,
    "Its target settings belong to the way out: fail back and reprotect first.",
  ] as const;
  const reason = reasons[standing] ?? (isAtHome(item) ? undefined : away);
  if (reason === undefined) return;
  const found = finding({
    rule: "ITEM-CHANGE",
    severity: "block",
    subject: item.friendlyName,
    fact: `${reason[0]} Its settings cannot change now.`,
    remedy: `${reason[1]} Or undo the change of the program.`,
  });
  throw new BlockedError(found.text, [found]);
}
