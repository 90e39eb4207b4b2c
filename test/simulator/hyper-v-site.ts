import type { WorldDocument } from "../../simulator/index.ts";
import { type Body, openShop, type Shop, SUBSCRIPTION } from "./shop.ts";

/** The path of the vault of the Hyper-V machines. */
export const HYPER_V_VAULT: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.RecoveryServices/vaults/plant-vault`;

/** The id of a fabric of that vault. */
export function fabric(name: string): string {
  return `${HYPER_V_VAULT}/replicationFabrics/${name}`;
}

/** The id of a policy of that vault. */
export function policy(name: string): string {
  return `${HYPER_V_VAULT}/replicationPolicies/${name}`;
}

/** A virtual network of the world. */
export const VNET: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.Network/virtualNetworks/recovery-vnet`;
/** The storage account of the world. */
export const STORAGE: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.Storage/storageAccounts/plantlogs`;

/** A Hyper-V site that is there, one that nobody has made yet, and two VMM servers; nothing is mapped or protected. */
export const HYPER_V: WorldDocument = {
  seed: "plant",
  clock: { mode: "stepped" },
  subscriptions: [{ id: SUBSCRIPTION }],
  resourceGroups: [{ name: "recovery", location: "westeurope" }],
  networks: [
    { name: "recovery-vnet", resourceGroup: "recovery", subnets: { servers: "10.20.1.0/24" } },
  ],
  storageAccounts: [{ name: "plantlogs", resourceGroup: "recovery" }],
  hyperVSites: [
    {
      vault: "plant-vault",
      fabric: "plant",
      hosts: [{ name: "hv-1.plant.example" }, { name: "hv-2.plant.example" }],
      machines: [
        { name: "web", count: 2, os: "Linux", address: "10.1.1.11" },
        { name: "twin", host: "hv-1.plant.example" },
        { name: "twin", host: "hv-2.plant.example", generation: 2 },
      ],
    },
    {
      vault: "plant-vault",
      fabric: "later",
      made: false,
      hosts: [
        { name: "hv-8.plant.example", registersAfterMinutes: 5 },
        { name: "hv-9.plant.example", registersAfterMinutes: 20 },
      ],
      machines: [
        { name: "early", host: "hv-8.plant.example" },
        { name: "late", host: "hv-9.plant.example" },
      ],
    },
  ],
  vmmServers: [
    {
      name: "vmm-1.plant.example",
      fabric: "first",
      vault: "plant-vault",
      hosts: [{ name: "node-1.plant.example" }],
      clouds: [
        {
          name: "Gold",
          machines: [
            {
              name: "sql",
              generation: 2,
              disks: [{ sizeGiB: 40 }, { sizeGiB: 100, name: "sql-data" }],
            },
            { name: "linux", os: "Linux" },
          ],
        },
        { name: "Silver" },
      ],
      networks: [
        { name: "corp" },
        { name: "lab", subnets: [{ name: "one", addresses: ["10.9.0.0/24"] }] },
      ],
      storageClassifications: [{ name: "Fast" }],
    },
    {
      name: "vmm-2.plant.example",
      fabric: "second",
      vault: "plant-vault",
      registersAfterMinutes: 30,
      hosts: [{ name: "node-2.plant.example" }],
      clouds: [{ name: "Gold" }],
      networks: [{ name: "corp" }],
      storageClassifications: [{ name: "Slow" }, { name: "Fast" }],
    },
  ],
  vaults: [{ name: "plant-vault", resourceGroup: "recovery" }],
};

/** A simulator of Hyper-V sites and VMM servers, with the calls tests make. */
export interface Plant extends Shop {
  advance(minutes: number): void;
  /** The entry of a list with that friendly name. */
  named(list: string, friendlyName: string): Promise<Body>;
  /** Makes a policy, or changes one, and returns how its job ended. */
  putPolicy(name: string, input: object): Promise<Body>;
  /** Changes something by an endpoint of the simulator's own. */
  change(what: "machines" | "servers", name: string, body: object): Promise<Body>;
}

/** Starts a simulator of that world, or of another one; the test ends it. */
export async function openPlant(
  t: { teardown(work: () => unknown): void },
  world: WorldDocument = HYPER_V,
): Promise<Plant> {
  const shop = await openShop(t, { world });
  return {
    ...shop,
    advance: (minutes) => shop.simulator.clock.advance(minutes * 60_000),
    named: async (list, friendlyName) => {
      const { value } = await shop.get(list);
      return value.find((each: Body) => each.properties.friendlyName === friendlyName);
    },
    putPolicy: (name, input) =>
      shop.run("PUT", policy(name), { properties: { providerSpecificInput: input } }),
    change: async (what, name, body) =>
      (await shop.ask("PATCH", `/_simulator/hyper-v/${what}/${encodeURIComponent(name)}`, body))
        .body,
  };
}
