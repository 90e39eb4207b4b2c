/**
 * Two VMM clouds of two sites. A machine keeps its item whichever way it goes: a planned failover to the annex,
 * reverse replication, and the same back. Azure has retired this way of replicating; existing pairs go on, and
 * the preview that begins one says what to move to.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { VmmPair } from "pulumi-asr/components";

const steps = ["ready", "failover", "reprotect", "failback", "home"] as const;
const step =
  new pulumi.Config().get<(typeof steps)[number]>("step", { allowedValues: [...steps] }) ?? "ready";
const reached = (other: (typeof steps)[number]): boolean =>
  steps.indexOf(step) >= steps.indexOf(other);

const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const vault = `${subscription}/resourceGroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/shop`;

const pair = new VmmPair("plants", {
  vault,
  primary: { server: "vmm-1.plant.example", cloud: "Production" },
  recovery: { server: "vmm-2.annex.example", cloud: "Replica" },
  networks: { corp: "corp-annex" },
  storageClassifications: { Fast: "Fast" },
});

const items = ["shop-web", "shop-db"].map((name) => pair.protect(name).id);

if (reached("failover")) {
  const inputs = { items, mode: "planned", commit: "automatic" } as const;
  const over = new asr.Failover("to-annex", inputs);

  if (reached("reprotect")) {
    const away = new asr.Reprotect("annex", { items }, { dependsOn: over });

    if (reached("failback")) {
      const back = new asr.Failback("to-plant", inputs, { dependsOn: away });

      if (reached("home")) new asr.Reprotect("plant", { items }, { dependsOn: back });
    }
  }
}
