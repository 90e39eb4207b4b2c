import type { ExecutionContext } from "ava";
import type { ItemFacts } from "../../../../../provider/recovery/model.ts";
import type { VaultSite } from "../../../../../provider/sites/azure/site.ts";
import type { DiskSpecification } from "../../../../../provider/sites/azure/specifications.ts";
import type { WorldDocument } from "../../../../../simulator/index.ts";
import { loopbackConfiguration } from "./run.ts";
import { type SimulatedAzure, startAzure } from "./simulated-azure.ts";

const subscriptionId = loopbackConfiguration("http://localhost").subscriptionId;
const groups = `/subscriptions/${subscriptionId}/resourceGroups`;

/** ARM ids of the simulated world. */
export const ids: {
  readonly vault: string;
  readonly newVault: string;
  readonly machine: string;
  readonly northGroup: string;
  readonly westGroup: string;
  readonly northNetwork: string;
  readonly westNetwork: string;
  readonly testNetwork: string;
  readonly northCache: string;
  readonly westCache: string;
} = {
  vault: `${groups}/dr/providers/Microsoft.RecoveryServices/vaults/shop`,
  newVault: `${groups}/dr/providers/Microsoft.RecoveryServices/vaults/fresh`,
  machine: `${groups}/north/providers/Microsoft.Compute/virtualMachines/web`,
  northGroup: `${groups}/north`,
  westGroup: `${groups}/west`,
  northNetwork: `${groups}/north/providers/Microsoft.Network/virtualNetworks/north-net`,
  westNetwork: `${groups}/west/providers/Microsoft.Network/virtualNetworks/west-net`,
  testNetwork: `${groups}/west/providers/Microsoft.Network/virtualNetworks/test-net`,
  northCache: `${groups}/north/providers/Microsoft.Storage/storageAccounts/northcache`,
  westCache: `${groups}/west/providers/Microsoft.Storage/storageAccounts/westcache`,
};

const world: WorldDocument = {
  seed: "adapter",
  clock: { mode: "stepped" },
  subscriptions: [{ id: subscriptionId }],
  resourceGroups: [
    { name: "north", location: "northeurope" },
    { name: "west", location: "westeurope" },
    { name: "dr", location: "westeurope" },
  ],
  networks: [
    { name: "north-net", resourceGroup: "north", subnets: { web: "10.1.0.0/24" } },
    { name: "west-net", resourceGroup: "west", subnets: { web: "10.2.0.0/24" } },
    { name: "test-net", resourceGroup: "west", subnets: { web: "10.3.0.0/24" } },
  ],
  storageAccounts: [
    { name: "northcache", resourceGroup: "north" },
    { name: "westcache", resourceGroup: "west" },
  ],
  machines: [
    {
      name: "web",
      resourceGroup: "north",
      network: "north-net",
      subnet: "web",
      osDisk: { sizeGiB: 30 },
    },
    {
      name: "app",
      resourceGroup: "north",
      network: "north-net",
      subnet: "web",
      osDisk: { sizeGiB: 30 },
    },
  ],
  vaults: [
    {
      name: "shop",
      resourceGroup: "dr",
      fabrics: [
        { name: "north", location: "northeurope" },
        { name: "west", location: "westeurope" },
      ],
      containers: [
        { name: "north-box", fabric: "north" },
        { name: "west-box", fabric: "west" },
      ],
      policies: [{ name: "daily", recoveryPointHistoryMinutes: 1440 }],
      mappings: [
        { name: "there", source: "north-box", target: "west-box", policy: "daily" },
        { name: "back", source: "west-box", target: "north-box", policy: "daily" },
      ],
      networkMappings: [
        { name: "there", primaryNetwork: "north-net", recoveryNetwork: "west-net" },
        { name: "back", primaryNetwork: "west-net", recoveryNetwork: "north-net" },
      ],
      items: ["web", "app"].map((machine) => ({
        machine,
        container: "north-box",
        recoveryContainer: "west-box",
        policy: "daily",
        recoveryResourceGroup: "west",
        cacheStorageAccount: "northcache",
      })),
    },
  ],
};

/** A simulated Azure with a vault of two protected machines. */
export interface SimulatedWorld extends SimulatedAzure {
  /** The item as it is now. */
  item(name?: string): Promise<ItemFacts>;
  /** Looks at an item every minute until it is protected and offers a failover. */
  untilProtected(vault?: VaultSite, name?: string): Promise<ItemFacts>;
}

/** Starts the world with a stepped clock and ends it with the test. */
export async function startWorld(t: ExecutionContext): Promise<SimulatedWorld> {
  const azure = await startAzure(t, world, ids.vault);
  const { run, vault } = azure;
  const { context } = run;
  const find = async (from: VaultSite, name: string): Promise<ItemFacts> => {
    from.forget();
    const found = (await from.items(context)).find((each) => each.friendlyName === name);
    if (found === undefined) throw new Error(`${name} is not in the vault`);
    return found;
  };
  return {
    ...azure,
    item: (name = "web") => find(vault, name),
    untilProtected: async (from = vault, name = "web") => {
      for (let minutes = 0; minutes < 300; minutes += 1) {
        const item = await find(from, name);
        if (item.allowedOperations.includes("UnplannedFailover")) return item;
        await run.clock.sleep(60_000);
      }
      throw new Error(`${name} was not protected within five hours`);
    },
  };
}

/** The disks of an item as they are given when it is replicated back, through the cache of the other side. */
export function disksFor(
  diskIds: readonly string[],
  cacheStorageAccountId: string,
  recoveryResourceGroupId: string,
): readonly DiskSpecification[] {
  return diskIds.map((diskId) => ({
    diskId,
    cacheStorageAccountId,
    recoveryResourceGroupId,
    replicaDiskType: "Premium_LRS",
    targetDiskType: "Premium_LRS",
  }));
}
