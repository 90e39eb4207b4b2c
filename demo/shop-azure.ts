import * as pulumi from "@pulumi/pulumi";
import type { AzureSide } from "pulumi-asr/components";

const subscriptionId = new pulumi.Config("asr").require("subscriptionId");

const inAzure = (group: string, rest: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.${rest}`;

/** The vault. */
export const vault: string = inAzure("shop-recovery", "RecoveryServices/vaults/shop");

/** What the shop uses in Azure; it exists already, and the demo does not manage it. */
export const azureSide: AzureSide = {
  resourceGroup: `/subscriptions/${subscriptionId}/resourceGroups/shop-azure`,
  cacheStorageAccount: inAzure("shop-azure", "Storage/storageAccounts/shoplogs"),
  network: inAzure("shop-azure", "Network/virtualNetworks/shop-vnet"),
  subnet: "servers",
};

/** The isolated network of the drill. */
export const testNetwork: string = inAzure("shop-azure", "Network/virtualNetworks/shop-test-vnet");
