import type { ItemFacts } from "../../../provider/recovery/model.ts";
import type { VaultSite } from "../../../provider/sites/azure/site.ts";
import type { VerbRequest } from "../../../provider/sites/azure/verb-request.ts";
import { type Bench, groupId, storageId, vaultId } from "./bench.ts";

/** What somebody does in the portal: verbs on an item of the bench, outside of any resource. */
export interface Outside {
  item(): Promise<ItemFacts>;
  failOver(): Promise<void>;
  commit(): Promise<void>;
  /** Reprotects from where the machine runs; the resource group is that of the other side. */
  reprotect(cacheAccount: string, cacheGroup: string, recoveryGroup: string): Promise<void>;
  testFailover(networkId: string): Promise<void>;
}

/** Somebody at the portal, who knows the item by its name. */
export async function outside(bench: Bench, itemName: string): Promise<Outside> {
  const run = bench.anotherRun();
  const site = await run.sites.azure(run);
  const vault = site.vault(vaultId("shop"));
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
  return {
    item,
    failOver: async () =>
      perform({
        verb: "unplannedFailover",
        target: await target(),
        direction: "PrimaryToRecovery",
        shutdownSource: true,
        recoveryPoint: { kind: "Latest" },
      }),
    commit: async () => perform({ verb: "commit", target: await target() }),
    testFailover: async (networkId) =>
      perform({
        verb: "testFailover",
        target: await target(),
        direction: "PrimaryToRecovery",
        networkId,
        recoveryPoint: { kind: "Latest" },
      }),
    async reprotect(cacheAccount, cacheGroup, recoveryGroup) {
      const now = await target();
      const machine = await site.machine(run, machineAt(now.item));
      await perform({
        verb: "reprotect",
        way: "toRegion",
        target: now,
        recoveryContainerId: now.item.primary.containerId,
        policyId: now.item.policyId,
        recoveryResourceGroupId: groupId(recoveryGroup),
        disks: [machine?.osDiskId ?? "", ...(machine?.dataDiskIds ?? [])].map((diskId) => ({
          diskId,
          cacheStorageAccountId: storageId(cacheAccount, cacheGroup),
          recoveryResourceGroupId: groupId(recoveryGroup),
          replicaDiskType: "Premium_LRS",
          targetDiskType: "Premium_LRS",
        })),
      });
      await untilProtected(bench, vault, item);
    },
  };
}

/** The machine that runs now: the one that the failover made in the item's target resource group. */
function machineAt(item: ItemFacts): string {
  return `${item.target.resourceGroupId}/providers/Microsoft.Compute/virtualMachines/${item.target.machineName}`;
}

async function untilProtected(
  bench: Bench,
  vault: VaultSite,
  item: () => Promise<ItemFacts>,
): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    if ((await item()).protectionState === "Protected") return;
    bench.simulator.clock.advance(60_000);
    vault.forget();
  }
  throw new Error("The item did not become protected.");
}
