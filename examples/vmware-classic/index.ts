/**
 * VMware machines, replicated to Azure by a configuration server (classic), and their way back: a process
 * server in Azure, and a master target at the site that is made fit for a failback long before the day.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { FailbackPath, VmwareSite } from "pulumi-asr/components";

const config = new pulumi.Config();
const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const azure = `${subscription}/resourceGroups/shop-azure/providers`;
const vault = `${subscription}/resourceGroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/shop`;

const site = new VmwareSite("plant", {
  generation: "classic",
  processServer: "cs-1",
  // The configuration server made fabric and container when it registered with the vault.
  container: `${vault}/replicationFabrics/cs-1/replicationProtectionContainers/plant-machines`,
  recovery: {
    resourceGroup: `${subscription}/resourceGroups/shop-azure`,
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/shoplogs`,
    network: `${azure}/Microsoft.Network/virtualNetworks/shop-vnet`,
    subnet: "servers",
  },
  servers: {
    // A server that was lost has to be restored with the address that machines know.
    configurationServer: { address: "10.1.0.10" },
    vcenters: { "plant-vcenter": { address: "10.1.0.5" } },
  },
});

const path = new FailbackPath("plant", {
  site,
  processServer: { name: "ps-azure" },
  masterTargets: {
    "mt-linux": {
      osType: "Linux",
      // Each of these shows in the preview before it is done; what is not named here is only told.
      manage: ["snapshots", "diskUuid", "reboot", "retentionDisk"],
      retentionDisk: { datastore: "ds1", sizeGiB: 1024 },
    },
  },
});

const items = ["shop-web", "shop-db"].map((name) => site.protect(name).id);

// The whole round stands in the program as the day goes: `lost`, then `restored`.
const state = config.get("state") ?? "well";
if (state === "lost" || state === "restored") {
  const over = new asr.Failover("to-azure", { items, commit: "automatic" });
  const away = path.reprotect("azure", { items }, { dependsOn: over });

  if (state === "restored") {
    const { placement } = away;
    const inputs = { items, placement, commit: "automatic" } as const;
    const back = new asr.Failback("to-plant", inputs, { dependsOn: away });
    site.protectAgain("plant", { items }, { dependsOn: back });
  }
}
