import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { type Bench, groupId, storageId } from "./bench.ts";
import { openPortal } from "./portal.ts";

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
  const { run, site, item, target, perform, commit, untilProtected } = await openPortal(
    bench,
    itemName,
  );
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
    commit,
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
      await untilProtected();
    },
  };
}

/** The machine that runs now: the one that the failover made in the item's target resource group. */
function machineAt(item: ItemFacts): string {
  return `${item.target.resourceGroupId}/providers/Microsoft.Compute/virtualMachines/${item.target.machineName}`;
}
