/**
 * The demo stack: a shop in three tiers that runs in North Europe is protected, tested, failed over
 * to West Europe and brought back. The setting `step` says how far the story has come; everything
 * that was reached before stays in the program.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { RegionPair } from "pulumi-asr/components";
import { armId, groupId } from "./shop.ts";

const steps = ["protect", "drill", "failover", "commit", "reprotect", "failback", "return"];
const step = new pulumi.Config().require("step");
if (!steps.includes(step)) throw new Error(`step: "${step}" is none of ${steps.join(", ")}.`);
const reached = (other: string): boolean => steps.indexOf(step) >= steps.indexOf(other);

// The vault lies in the region that machines fail over to, so that it is there when the other is not.
const vault = new asr.Vault("shop-vault", {
  resourceGroup: "shop-recovery",
  location: "westeurope",
});

const northCache = armId("shop-ne", "Storage/storageAccounts", "shopcachene");
const westCache = armId("shop-we", "Storage/storageAccounts", "shopcachewe");

const regions = new RegionPair("shop", {
  vault: vault.id,
  primary: {
    location: "northeurope",
    resourceGroup: groupId("shop-ne"),
    cacheStorageAccount: northCache,
    network: armId("shop-ne", "Network/virtualNetworks", "shop-ne-vnet"),
  },
  recovery: {
    location: "westeurope",
    resourceGroup: groupId("shop-we"),
    cacheStorageAccount: westCache,
    network: armId("shop-we", "Network/virtualNetworks", "shop-we-vnet"),
  },
  policy: { recoveryPointRetention: "P1D", applicationConsistentSnapshotFrequency: "PT4H" },
});

const protect = (name: string, subnet: string): asr.ReplicatedItem =>
  regions.protect(name, {
    machine: armId("shop-ne", "Compute/virtualMachines", name),
    target: { subnet },
  });

const web = protect("shop-web", "web");
const app = protect("shop-app", "app");
const database = protect("shop-db", "database");

const plan = new asr.RecoveryPlan("shop", {
  groups: [{ items: [database.id] }, { items: [app.id] }, { items: [web.id] }],
});

/** What has been declared so far: each action waits for those before it. */
const actions: pulumi.Resource[] = [];

if (step === "drill") {
  new asr.TestFailover("drill", {
    recoveryPlan: plan.id,
    network: armId("shop-we", "Network/virtualNetworks", "shop-we-test-vnet"),
  });
}

if (reached("failover")) {
  const commit = reached("commit") ? "automatic" : "manual";
  const inputs = { recoveryPlan: plan.id, commit, expect: { count: 3 } } as const;
  actions.push(new asr.Failover("to-west", inputs));
}

if (reached("reprotect")) {
  const inputs = { recoveryPlan: plan.id, cacheStorageAccount: westCache };
  actions.push(new asr.Reprotect("protect-west", inputs, { dependsOn: [...actions] }));
}

if (reached("failback")) {
  const inputs = { recoveryPlan: plan.id, commit: "automatic", expect: { count: 3 } } as const;
  actions.push(new asr.Failback("to-north", inputs, { dependsOn: [...actions] }));
}

if (reached("return")) {
  const inputs = { recoveryPlan: plan.id, cacheStorageAccount: northCache };
  actions.push(new asr.Reprotect("protect-north", inputs, { dependsOn: [...actions] }));
}
