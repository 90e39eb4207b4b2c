/**
 * A drill: copies of protected machines start in an isolated network of the other region, while
 * production and replication go on. `pulumi preview` shows what would start where. Setting `drill`
 * to false, or destroying the stack, cleans the copies up; raising `round` repeats the drill.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";

const config = new pulumi.Config();
const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const network = `${subscription}/resourceGroups/shop-we/providers/Microsoft.Network/virtualNetworks/shop-we-test-vnet`;

// The machines are protected by another stack: items are named, and found in the vault `asr:vault`.
const drill =
  (config.getBoolean("drill") ?? true)
    ? new asr.TestFailover("shop", {
        items: ["shop-web", "shop-app", "shop-db"],
        network,
        recoveryPoint: "latestProcessed",
        trigger: config.get("round") ?? "1",
        comments: "Quarterly drill",
      })
    : undefined;

/** What each machine did and how long it took: the evidence of the drill. */
export const machines = drill?.machines;
