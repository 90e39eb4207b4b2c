/**
 * A cloud of a VMM server is replicated to Azure. Each VM network is mapped to a virtual network: the service
 * refuses to protect a machine whose network is not. Azure has retired this way of replicating; existing
 * clouds go on, and the preview that begins with one says what to move to.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { VmmSite } from "pulumi-asr/components";

const config = new pulumi.Config();
const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const azure = `${subscription}/resourceGroups/shop-azure/providers`;
const vault = `${subscription}/resourceGroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/shop`;
const network = `${azure}/Microsoft.Network/virtualNetworks/shop-vnet`;

const cloud = new VmmSite("plant", {
  vault,
  server: "vmm-1.plant.example",
  cloud: "Production",
  networks: { corp: network },
  recovery: {
    resourceGroup: `${subscription}/resourceGroups/shop-azure`,
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/shoplogs`,
    network,
    subnet: "servers",
  },
});

// VMM does not tell what runs in a Linux machine.
const web = cloud.protect("shop-web", { osType: "Linux" });
const database = cloud.protect("shop-db");

const plan = new asr.RecoveryPlan("shop", {
  groups: [{ items: [database.id] }, { items: [web.id] }],
});

// `pulumi config set lost true`, look at the preview, and the machines start in Azure.
if (config.getBoolean("lost")) {
  const over = new asr.Failover("to-azure", { recoveryPlan: plan.id, commit: "automatic" });
  // `restored`: the plant is back. Its hosts get whole disks, which is faster after more than a month.
  if (config.getBoolean("restored")) {
    new asr.Failback(
      "to-plant",
      { recoveryPlan: plan.id, dataSynchronization: "duringDowntime", commit: "automatic" },
      { dependsOn: over },
    );
  }
}
