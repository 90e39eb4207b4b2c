/**
 * A physical server is made known to the configuration server by its address and replicated to Azure. It
 * never comes back to its own hardware: the way home ends in a new VMware machine on `datastore`.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { FailbackPath, VmwareSite } from "pulumi-asr/components";

const config = new pulumi.Config();
const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const azure = `${subscription}/resourceGroups/shop-azure/providers`;
const vault = `${subscription}/resourceGroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/shop`;
const container = `${vault}/replicationFabrics/cs-1/replicationProtectionContainers/plant-machines`;

const site = new VmwareSite("plant", {
  generation: "classic",
  processServer: "cs-1",
  container,
  recovery: {
    resourceGroup: `${subscription}/resourceGroups/shop-azure`,
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/shoplogs`,
    network: `${azure}/Microsoft.Network/virtualNetworks/shop-vnet`,
    subnet: "servers",
  },
});

const metal = new asr.PhysicalServer("metal-1", {
  container,
  address: "10.1.1.50",
  osType: "Windows",
});

// Its name is that of the machine to be protected; it has to be known first.
const item = site.protect("metal-1", {}, { dependsOn: metal }).id;

if (config.getBoolean("lost")) {
  const over = new asr.Failover("to-azure", { item, commit: "automatic" });
  const datastore = config.get("datastore");

  // A master target on VMware, separate from the configuration server, of the server's operating system.
  if (datastore !== undefined) {
    const path = new FailbackPath("plant", {
      site,
      processServer: { name: "ps-azure" },
      masterTargets: { "mt-windows": { osType: "Windows", retentionVolume: "R" } },
    });
    const away = path.reprotect("azure", { item, datastore }, { dependsOn: over });
    const inputs = { item, placement: away.placement, commit: "automatic" } as const;
    new asr.Failback("to-vmware", inputs, { dependsOn: away });
  }
}
