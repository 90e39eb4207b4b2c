/**
 * A failover to the other region and back, one step at a time: set `step` to the next word, look at
 * `pulumi preview`, then run `pulumi up`. A step that was reached stays in the program, and is never
 * done twice.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";

const steps = ["ready", "failover", "commit", "reprotect", "failback", "home"] as const;
const config = new pulumi.Config();
const step = config.get<(typeof steps)[number]>("step", { allowedValues: [...steps] }) ?? "ready";
const reached = (other: (typeof steps)[number]): boolean =>
  steps.indexOf(step) >= steps.indexOf(other);

const subscription = `/subscriptions/${new pulumi.Config("asr").require("subscriptionId")}`;
const cache = (group: string, name: string): string =>
  `${subscription}/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/${name}`;

// The machine is protected by another stack: the item is named, and found in the vault `asr:vault`.
const item = "shop-web";
const done: pulumi.Resource[] = [];

if (reached("failover")) {
  // Until the commit the recovery point can still be changed; the commit deletes all others.
  const failover = new asr.Failover("to-west", {
    item,
    recoveryPoint: config.get("recoveryPoint") ?? "latest",
    commit: reached("commit") ? "automatic" : "manual",
  });
  done.push(failover);
}

if (reached("reprotect")) {
  const cacheStorageAccount = cache("shop-we", "shopcachewe");
  done.push(new asr.Reprotect("west", { item, cacheStorageAccount }, { dependsOn: [...done] }));
}

if (reached("failback")) {
  done.push(new asr.Failback("to-north", { item, commit: "automatic" }, { dependsOn: [...done] }));
}

if (reached("home")) {
  const cacheStorageAccount = cache("shop-ne", "shopcachene");
  done.push(new asr.Reprotect("north", { item, cacheStorageAccount }, { dependsOn: [...done] }));
}
