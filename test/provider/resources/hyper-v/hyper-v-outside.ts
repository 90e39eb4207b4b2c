import type { FailoverDirection, ItemFacts } from "../../../../provider/recovery/model.ts";
import { openPortal } from "../portal.ts";
import type { HyperVBench } from "./hyper-v-bench.ts";

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
  const { item, target, perform, commit, untilProtected } = await openPortal(bench, itemName);
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
    commit,
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
      await untilProtected();
    },
  };
}
