/**
 * One Azure VM is protected by replication to another region. The region pair makes everything that
 * belongs to it in both directions, so that the way back is there before anybody leaves.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { RegionPair } from "pulumi-asr/components";

const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const north = `${subscription}/resourceGroups/shop-ne/providers`;
const west = `${subscription}/resourceGroups/shop-we/providers`;

// The vault lies in the region that machines fail over to: it is there when the other region is not.
const vault = new asr.Vault("shop", { resourceGroup: "shop-recovery", location: "westeurope" });

const pair = new RegionPair("shop", {
  vault: vault.id,
  primary: {
    location: "northeurope",
    resourceGroup: "shop-ne",
    cacheStorageAccount: `${north}/Microsoft.Storage/storageAccounts/shopcachene`,
    network: `${north}/Microsoft.Network/virtualNetworks/shop-ne-vnet`,
  },
  recovery: {
    location: "westeurope",
    resourceGroup: "shop-we",
    cacheStorageAccount: `${west}/Microsoft.Storage/storageAccounts/shopcachewe`,
    network: `${west}/Microsoft.Network/virtualNetworks/shop-we-vnet`,
  },
});

const web = pair.protect("shop-web", {
  machine: `${north}/Microsoft.Compute/virtualMachines/shop-web`,
  target: { subnet: "web" },
});

/** The item's identity, which stays the same through failover, reprotect and failback. */
export const item = web.id;
/** `Protected` once the initial copy is over. */
export const state = web.protectionState;
