/**
 * Machines that share recovery points (a replication group) go to Azure and back in a recovery plan: no
 * member can go alone. On the way home all of them use the same master target; datastores may differ.
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
  container: `${vault}/replicationFabrics/cs-1/replicationProtectionContainers/plant-machines`,
  recovery: {
    resourceGroup: `${subscription}/resourceGroups/shop-azure`,
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/shoplogs`,
    network: `${azure}/Microsoft.Network/virtualNetworks/shop-vnet`,
    subnet: "servers",
  },
  policy: { multiVmSync: true },
});

const path = new FailbackPath("plant", {
  site,
  processServer: { name: "ps-azure" },
  masterTargets: { "mt-linux": { osType: "Linux" } },
});

const member = (name: string): pulumi.Output<string> =>
  site.protect(name, { multiVmGroup: "orders" }).id;

const plan = new asr.RecoveryPlan("orders", {
  groups: [{ items: [member("orders-db")] }, { items: [member("orders-app")] }],
});

if (config.getBoolean("lost")) {
  const recoveryPlan = plan.id;
  const expect = { count: 2 };
  const over = new asr.Failover("to-azure", { recoveryPlan, expect, commit: "automatic" });
  const away = path.reprotect(
    "azure",
    { recoveryPlan, machineSettings: { "orders-db": { datastore: "fast" } } },
    { dependsOn: over },
  );

  if (config.getBoolean("restored")) {
    // An application-consistent point is the group's common one, and older than the latest.
    const recoveryPoint = "latestApplicationConsistent";
    const { placement } = away;
    new asr.Failback(
      "to-plant",
      { recoveryPlan, expect, recoveryPoint, placement, commit: "automatic" },
      { dependsOn: away },
    );
  }
}
