import type { ItemFacts } from "./model.ts";
import { isOffered } from "./verbs.ts";

/** The service's health error for a copy that has to be compared with its source anew. */
const resynchronizationRequired = "324510";

/**
 * True when the copy of a machine has to be compared with its source: the service offers it, marks a disk
 * for it, or says so in the health of the machine (H-05).
 */
export function needsResynchronization(item: ItemFacts): boolean {
  return (
    isOffered(item, "resynchronize") ||
    item.disks.some((disk) => disk.resynchronizationRequired) ||
    item.healthErrors.some(({ code }) => code === resynchronizationRequired)
  );
}

/** What a resynchronization changes of an item: the marks that asked for it are gone. */
export function resynchronizedFacts({
  disks,
  healthErrors,
}: ItemFacts): Pick<ItemFacts, "disks" | "healthErrors"> {
  return {
    disks: disks.map((disk) => ({ ...disk, resynchronizationRequired: false })),
    healthErrors: healthErrors.filter(({ code }) => code !== resynchronizationRequired),
  };
}
