import type { WorldDocument } from "../../simulator/index.ts";
import type { WorldVCenter } from "../../simulator/world/estate-document.ts";
import { subscriptionId, vaultId } from "./world.ts";

/** ARM id of the container of the VMware machines. */
export const siteContainer: string = `${vaultId}/replicationFabrics/plant/replicationProtectionContainers/plant`;

/** Seed that both simulators make the machines' ids from. */
export const seed = "bench";

/** The vCenter of so many machines. */
export function benchmarkVCenter(count: number): WorldVCenter {
  return {
    name: "vcenter-one",
    address: "10.1.0.5",
    datastores: [{ name: "ds1", capacityGiB: 100_000, freeGiB: 90_000 }],
    hosts: [{ name: "esx1.example.local", datastores: ["ds1"] }],
    machines: [
      { name: "vm", count, disks: [{ sizeGiB: 32 }] },
      { name: "appliance-1", os: "Windows", address: "10.1.0.20" },
    ],
  };
}

/** A world in which the machines of a vCenter are protected already by an appliance. */
export function vmwareWorld(vcenter: WorldVCenter): WorldDocument {
  return {
    seed,
    clock: { mode: "real" },
    subscriptions: [{ id: subscriptionId }],
    resourceGroups: [
      { name: "dr", location: "westeurope" },
      { name: "west", location: "westeurope" },
    ],
    networks: [{ name: "west-vnet", resourceGroup: "west", subnets: { servers: "10.20.0.0/16" } }],
    storageAccounts: [{ name: "westlogs", resourceGroup: "west" }],
    vcenters: [vcenter],
    appliances: [
      {
        ...{ name: "appliance-1", vault: "orders", fabric: "plant", container: "plant" },
        ...{ address: "10.1.0.20", vcenters: ["vcenter-one"] },
        runAsAccounts: [{ name: "linux-root" }],
      },
    ],
    vaults: [
      {
        name: "orders",
        resourceGroup: "dr",
        policies: [{ name: "daily", kind: "InMageRcm" }],
        mappings: [{ name: "there", source: "plant", target: "Microsoft Azure", policy: "daily" }],
        items: [
          {
            machine: "vm",
            container: "plant",
            policy: "daily",
            recoveryResourceGroup: "west",
            cacheStorageAccount: "westlogs",
            network: "west-vnet",
            subnet: "servers",
            protectedForHours: 1,
          },
        ],
      },
    ],
  } as unknown as WorldDocument;
}
