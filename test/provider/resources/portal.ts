import type { Context } from "../../../provider/context.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import type { AzureSite, VaultSite } from "../../../provider/sites/azure/site.ts";
import type { VerbRequest } from "../../../provider/sites/azure/verb-request.ts";
import { type Bench, vaultId } from "./bench.ts";

/** Somebody at the portal who knows an item by its name: moves it outside of any resource. */
export interface Portal {
  readonly run: Context;
  readonly site: AzureSite;
  readonly vault: VaultSite;
  item(): Promise<ItemFacts>;
  /** The item as it is now, as the target of a verb. */
  target(): Promise<{ readonly kind: "item"; readonly item: ItemFacts }>;
  /** Starts a verb and waits for the end of its job; throws if it fails. */
  perform(request: VerbRequest): Promise<void>;
  commit(): Promise<void>;
  /** Lets hours pass until the item is protected, and offers a verb. */
  untilProtected(): Promise<void>;
}

/** Opens the portal of the bench's vault. */
export async function openPortal(bench: Bench, itemName: string): Promise<Portal> {
  const run = bench.anotherRun();
  const site = await run.sites.azure(run);
  const vault = site.vault(vaultId("shop"));
  const item = async (): Promise<ItemFacts> => {
    vault.forget();
    const found = (await vault.items(run)).find((each) => each.name === itemName);
    if (found === undefined) throw new Error(`There is no item ${itemName}.`);
    return found;
  };
  const target = async () => ({ kind: "item" as const, item: await item() });
  const perform = async (request: VerbRequest): Promise<void> => {
    const outcome = await vault.follow(run, await vault.start(run, request));
    if (!outcome.succeeded) throw new Error(outcome.failure);
  };
  return {
    run,
    site,
    vault,
    item,
    target,
    perform,
    commit: async () => perform({ verb: "commit", target: await target() }),
    async untilProtected() {
      for (let round = 0; round < 300; round += 1) {
        const { protectionState, allowedOperations } = await item();
        if (protectionState === "Protected" && allowedOperations.length > 0) return;
        bench.simulator.clock.advance(60_000);
      }
      throw new Error("The item did not become protected.");
    },
  };
}
