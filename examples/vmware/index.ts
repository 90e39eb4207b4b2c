/**
 * VMware machines, replicated to Azure by an appliance (modernized), go over and come back, one step at a
 * time: set `step` to the next word, look at `pulumi preview`, then run `pulumi up`. A step that was
 * reached stays in the program, and is never done twice.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { VmwareSite } from "pulumi-asr/components";

const steps = ["ready", "failover", "commit", "reprotect", "failback", "home"] as const;
const config = new pulumi.Config();
const step = config.get<(typeof steps)[number]>("step", { allowedValues: [...steps] }) ?? "ready";
const reached = (other: (typeof steps)[number]): boolean =>
  steps.indexOf(step) >= steps.indexOf(other);

const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const azure = `${subscription}/resourceGroups/shop-azure/providers`;
const vault = `${subscription}/resourceGroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/shop`;

const site = new VmwareSite("plant", {
  // The appliance made fabric and container when it registered with the vault.
  container: `${vault}/replicationFabrics/plant/replicationProtectionContainers/plant-machines`,
  recovery: {
    resourceGroup: `${subscription}/resourceGroups/shop-azure`,
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/shoplogs`,
    network: `${azure}/Microsoft.Network/virtualNetworks/shop-vnet`,
    subnet: "servers",
  },
  servers: { appliances: { "appliance-1": { manage: ["storageDrs"] } } },
});

const items = ["shop-web", "shop-db"].map((name) => site.protect(name).id);

if (reached("failover")) {
  const commit = reached("commit") ? "automatic" : "manual";
  const over = new asr.Failover("to-azure", { items, commit });

  if (reached("reprotect")) {
    const away = new asr.Reprotect("azure", { items }, { dependsOn: over });

    if (reached("failback")) {
      // Where the appliance lay at the reprotect: preview tells when it was moved since.
      const { placement } = away;
      const inputs = { items, placement, commit: "automatic" } as const;
      const back = new asr.Failback("to-plant", inputs, { dependsOn: away });

      if (reached("home")) site.protectAgain("plant", { items }, { dependsOn: back });
    }
  }
}
