import type { WorldDocument } from "../../simulator/index.ts";

/** Subscription of the benchmark's world. */
export const subscriptionId = "11111111-2222-3333-4444-555555555555";

/** ARM id of the vault in the benchmark's world. */
export const vaultId: string = `/subscriptions/${subscriptionId}/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/orders`;

/** Two subnets' worth of machines is enough for any benchmark: a /16 on either side. */
const subnets = { primary: "10.10.0.0/16", recovery: "10.20.0.0/16" } as const;

/** A world in which so many machines are protected already, so that the set-up of a stack is quick. */
export function benchmarkWorld(count: number): WorldDocument {
  return {
    seed: "bench",
    clock: { mode: "real" },
    subscriptions: [{ id: subscriptionId }],
    resourceGroups: [
      { name: "dr", location: "westeurope" },
      { name: "north", location: "northeurope" },
      { name: "west", location: "westeurope" },
    ],
    networks: [
      { name: "north-vnet", resourceGroup: "north", subnets: { servers: subnets.primary } },
      { name: "west-vnet", resourceGroup: "west", subnets: { servers: subnets.recovery } },
    ],
    storageAccounts: [{ name: "northcache", resourceGroup: "north" }],
    machines: [
      { name: "vm", resourceGroup: "north", network: "north-vnet", subnet: "servers", count },
    ],
    vaults: [
      {
        name: "orders",
        resourceGroup: "dr",
        fabrics: [
          { name: "north", location: "northeurope" },
          { name: "west", location: "westeurope" },
        ],
        containers: [
          { name: "north", fabric: "north" },
          { name: "west", fabric: "west" },
        ],
        policies: [{ name: "daily" }],
        mappings: [{ name: "north-west", source: "north", target: "west", policy: "daily" }],
        networkMappings: [
          { name: "north-west", primaryNetwork: "north-vnet", recoveryNetwork: "west-vnet" },
        ],
        items: [
          {
            machine: "vm",
            container: "north",
            recoveryContainer: "west",
            policy: "daily",
            recoveryResourceGroup: "west",
            cacheStorageAccount: "northcache",
            protectedForHours: 1,
          },
        ],
      },
    ],
  };
}

/** Names of the machines and of their items. */
export function machineNames(count: number): readonly string[] {
  const digits = String(count).length;
  return Array.from(
    { length: count },
    (_, index) => `vm${String(index + 1).padStart(digits, "0")}`,
  );
}
