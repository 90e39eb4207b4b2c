import type { WorldDocument } from "../../simulator/index.ts";
import { type Body, type Shop, SUBSCRIPTION } from "./shop.ts";

type Vault = NonNullable<WorldDocument["vaults"]>[number];
type Item = NonNullable<Vault["items"]>[number];

/** The resource group that machines of a site are recovered in. */
export const GROUP: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/recovered`;
const IN_GROUP = `${GROUP}/providers`;
/** The network that machines are recovered in. */
export const NETWORK: string = `${IN_GROUP}/Microsoft.Network/virtualNetworks/azure`;
/** The network of test failovers. */
export const DRILL: string = `${IN_GROUP}/Microsoft.Network/virtualNetworks/drill`;
/** The ARM id of a storage account. */
export const account = (name: string): string =>
  `${IN_GROUP}/Microsoft.Storage/storageAccounts/${name}`;
/** The path of a VM in Azure. */
export const azureMachine = (name: string): string =>
  `${IN_GROUP}/Microsoft.Compute/virtualMachines/${name}`;

/** What a world has in Azure for machines of a site, with a storage account of that name. */
export const recoveredSide = (
  storageAccount: string,
): Pick<
  WorldDocument,
  "clock" | "subscriptions" | "resourceGroups" | "networks" | "storageAccounts"
> => ({
  clock: { mode: "stepped" },
  subscriptions: [{ id: SUBSCRIPTION }],
  resourceGroups: [
    { name: "recovery", location: "westeurope" },
    { name: "recovered", location: "westeurope" },
  ],
  networks: [
    {
      name: "azure",
      resourceGroup: "recovered",
      subnets: { other: "10.9.9.0/24", web: "10.9.1.0/24" },
    },
    { name: "drill", resourceGroup: "recovered", subnets: { web: "10.8.1.0/24" } },
  ],
  storageAccounts: [{ name: storageAccount, resourceGroup: "recovered" }],
});

/** What a world says of an item whose machine goes to that side. */
export const recoveredThere = (
  storageAccount: string,
): Pick<Item, "recoveryResourceGroup" | "cacheStorageAccount" | "network" | "subnet"> => ({
  recoveryResourceGroup: "recovered",
  cacheStorageAccount: storageAccount,
  network: "azure",
  subnet: "web",
});

/** The calls that tests make of items whose machines come to Azure. */
export interface ItemCalls {
  /** Properties of an item. */
  item(path: string): Promise<Body>;
  /** `providerSpecificDetails` of an item. */
  details(path: string): Promise<Body>;
  /** Power of a VM in Azure; undefined if there is none. */
  azurePower(name: string): Promise<string | undefined>;
  /** Runs a verb of an item and expects it to succeed. */
  does(path: string, verb: string, body?: object): Promise<void>;
  /** Runs a verb of an item and returns the code with which its job failed. */
  fails(path: string, verb: string, body?: object): Promise<string>;
  minutes(count: number): void;
}

/** Makes those calls of a running simulator. */
export function itemCalls(shop: Shop): ItemCalls {
  const item = async (path: string) => (await shop.get(path)).properties;
  return {
    item,
    details: async (path) => (await item(path)).providerSpecificDetails,
    azurePower: async (name) => {
      const reply = await shop.ask("GET", `${azureMachine(name)}/instanceView`);
      if (reply.status === 404) return undefined;
      return reply.body.statuses.find((each: Body) => each.code.startsWith("PowerState/")).code;
    },
    async does(path, verb, body) {
      const status = await shop.run("POST", `${path}/${verb}`, body);
      if (status.status !== "Succeeded") throw new Error(`${verb}: ${JSON.stringify(status)}`);
    },
    async fails(path, verb, body) {
      const status = await shop.run("POST", `${path}/${verb}`, body);
      if (status.status !== "Failed") throw new Error(`${verb} did not fail.`);
      return status.error.code;
    },
    minutes: (count) => shop.simulator.clock.advance(count * 60_000),
  };
}
