/**
 * Hyper-V machines go to Azure in a planned failover, without losing anything, and come home, one step at a
 * time: set `step` to the next word, look at `pulumi preview`, then run `pulumi up`. The last step brings the
 * machines home and protects them again: the failback reverses the replication by itself.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { HyperVSite } from "pulumi-asr/components";

const steps = ["ready", "failover", "commit", "failback"] as const;
const config = new pulumi.Config();
const step = config.get<(typeof steps)[number]>("step", { allowedValues: [...steps] }) ?? "ready";
const reached = (other: (typeof steps)[number]): boolean =>
  steps.indexOf(step) >= steps.indexOf(other);
// When the plant burns there is no time to shut machines down: `unplanned` goes on without it.
const mode = config.get<"planned" | "unplanned">("mode") ?? "planned";

const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const azure = `${subscription}/resourceGroups/shop-azure/providers`;
const vault = `${subscription}/resourceGroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/shop`;

const site = new HyperVSite("plant", {
  vault,
  // Each registers itself with the site's key; the program waits until it has.
  hosts: ["hv-1.plant.example"],
  recovery: {
    resourceGroup: `${subscription}/resourceGroups/shop-azure`,
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/shoplogs`,
    network: `${azure}/Microsoft.Network/virtualNetworks/shop-vnet`,
    subnet: "servers",
  },
  policy: { replicationInterval: "PT30S", recoveryPointRetention: "PT12H" },
});

const items = [
  // A host does not tell what runs in a Linux machine.
  site.protect("shop-web", { osType: "Linux" }).id,
  site.protect("shop-db").id,
];

if (reached("failover")) {
  const commit = reached("commit") ? "automatic" : "manual";
  const over = new asr.Failover("to-azure", { items, mode, commit });

  if (reached("failback")) {
    // What differs is sent home while the machines in Azure run on; the downtime is for the rest.
    const inputs = { items, dataSynchronization: "beforeDowntime", commit: "automatic" } as const;
    new asr.Failback("to-plant", inputs, { dependsOn: over });
  }
}
