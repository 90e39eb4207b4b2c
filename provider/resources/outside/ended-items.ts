import type { Context } from "../../context.ts";

/** Notes that the protection of an item of this program has ended, so that nothing of this run makes it. */
export function noteEnded(context: Context, itemId: string): void {
  context.declared.delete(itemId.toLowerCase());
  context.declared.add(keyOf(itemId));
}

/** True when a check of this run found that the protection of the item has ended. */
export function isNotedEnded({ declared }: Pick<Context, "declared">, itemId: string): boolean {
  return declared.has(keyOf(itemId));
}

function keyOf(itemId: string): string {
  return `${itemId}#ended`.toLowerCase();
}
