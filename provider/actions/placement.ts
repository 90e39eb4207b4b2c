import type { ServerPlacement } from "../recovery/placement.ts";

export type { ServerPlacement } from "../recovery/placement.ts";

/** Where the servers that carry the machines' data back lay, by item name. */
export type Placement = Readonly<Record<string, ServerPlacement>>;
