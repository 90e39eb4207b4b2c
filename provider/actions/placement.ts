import type { ItemFacts } from "../recovery/model.ts";
import type { ServerPlacement } from "../recovery/placement.ts";

export type { ServerPlacement } from "../recovery/placement.ts";

/** Where the servers that carry the machines' data back lay, by item name. */
export type Placement = Readonly<Record<string, ServerPlacement>>;

/** What was recorded of a machine's reprotect: by its item's name, else by its own. */
export function placementFor(
  item: Pick<ItemFacts, "name" | "friendlyName">,
  placement: Placement = {},
): ServerPlacement | undefined {
  const entries = Object.entries(placement);
  const by = (wanted: string): ServerPlacement | undefined =>
    entries.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
  return by(item.name) ?? by(item.friendlyName);
}

/** A record of a machine in Azure whose server at the site no vCenter showed. */
export const unseenServer: ServerPlacement = {
  vcenter: "",
  machine: "",
  instanceUuid: "",
  configurationFile: "",
  datastores: [],
  diskFiles: [],
};
