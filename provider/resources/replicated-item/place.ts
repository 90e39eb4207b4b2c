import type { SideFacts } from "../../recovery/model.ts";

/** Region of a side, or the friendly name of its site. */
export function placeOf(side: SideFacts): string {
  return side.location || side.fabricFriendlyName;
}
