import type { FailoverDirection, ItemFacts } from "../../../../provider/recovery/model.ts";
import type { VerbRequest } from "../../../../provider/sites/azure/verb-request.ts";
import { type HyperVBench, vaultId } from "./hyper-v-bench.ts";

/** What somebody does in the portal with a Hyper-V machine. */
export interface OutsideHyperV {
  item(): Promise<ItemFacts>;
  failOver(direction: FailoverDirection): Promise<void>;
  plannedFailOver(direction: FailoverDirection): Promise<void>;
  commit(): Promise<void>;
  /** From Azure home, in the downtime. */
  failBack(): Promise<void>;
  reverse(direction: FailoverDirection): Promise<void>;
}

/** Somebody at the portal who knows the item by its name. */
export async function outsideHyperV(
  { bench }: Pick<HyperVBench, "bench">,
  itemName: string,
): Promise<OutsideHyperV> {
  const run = bench.anotherRun();
  const vault = (await run.sites.azure(run)).vault(vaultId("shop"));
  const item = async (): Promise<ItemFacts> => {
    vault.forget();
    const found = (await vault.items(run)).find((each) => each.name === itemName);
    if (found === undefined) throw new Error(`There is no item ${itemName}.`);
    return found;
  };
  const perform = async (request: VerbRequest): Promise<void> => {
    const outcome = await vault.follow(run, await vault.start(run, request));
    if (!outcome.succeeded) throw new Error(outcome.failure);
  };
  const target = async () => ({ kind: "item" as const, item: await item() });
  const latest = { kind: "Latest" as const };
  return {
    item,
    failOver: async (direction) =>
      perform({
        verb: "unplannedFailover",
        target: await target(),
        direction,
        shutdownSource: false,
        recoveryPoint: latest,
      }),
    plannedFailOver: async (direction) =>
      perform({
        verb: "plannedFailover",
        target: await target(),
        direction,
        recoveryPoint: latest,
      }),
    commit: async () => perform({ verb: "commit", target: await target() }),
    failBack: async () =>
      perform({
        verb: "plannedFailover",
        target: await target(),
        direction: "RecoveryToPrimary",
        recoveryPoint: latest,
        failback: { dataSynchronization: "duringDowntime", createMachine: false },
      }),
    async reverse(direction) {
      await perform({ verb: "reprotect", way: "reverse", target: await target(), direction });
      for (let round = 0; round < 300; round += 1) {
        const { protectionState, allowedOperations } = await item();
        if (protectionState === "Protected" && allowedOperations.length > 0) return;
        bench.simulator.clock.advance(60_000);
      }
      throw new Error("The item did not become protected.");
    },
  };
}
