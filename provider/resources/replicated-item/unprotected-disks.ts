import type { Context } from "../../context.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { isBetweenRegions } from "../../recovery/position.ts";

/**
 * The item with the ids of its disks that are not replicated, where the service tells their slots only (`lun 3`):
 * its machine is read for them. An item all of whose disks are known costs no request.
 */
export async function withDiskIds(context: Context, item: ItemFacts): Promise<ItemFacts> {
  const named = item.unprotectedDiskIds.every((id) => id.startsWith("/"));
  if (named || !isBetweenRegions(item)) return item;
  const site = await context.sites.azure(context);
  const machine = await site.machine(context, item.machineId);
  if (machine === undefined) return item;
  const unprotectedDiskIds = [machine.osDiskId, ...machine.dataDiskIds].filter(
    (id) => id !== "" && !item.disks.some((disk) => sameId(disk.diskId, id)),
  );
  return { ...item, unprotectedDiskIds };
}
