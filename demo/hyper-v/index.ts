/**
 * The demo stack of a Hyper-V site: a shop in three tiers is protected, tested, failed over to Azure without
 * losing anything, and brought home. The setting `step` says how far the story has come; everything that was
 * reached before stays in the program.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { HyperVSite } from "pulumi-asr/components";
import { azureSide, testNetwork, vault } from "../shop-azure.ts";

const steps = ["protect", "drill", "failover", "commit", "failback"];
const step = new pulumi.Config().require("step");
if (!steps.includes(step)) throw new Error(`step: "${step}" is none of ${steps.join(", ")}.`);
const reached = (other: string): boolean => steps.indexOf(step) >= steps.indexOf(other);

const site = new HyperVSite("plant", {
  vault,
  hosts: ["hv-1.plant.example", "hv-2.plant.example"],
  recovery: azureSide,
  policy: { replicationInterval: "PT30S", recoveryPointRetention: "PT12H" },
});

// A host does not tell what runs in a Linux machine.
const web = site.protect("shop-web", { osType: "Linux" });
const app = site.protect("shop-app", { osType: "Linux" });
const database = site.protect("shop-db");

const plan = new asr.RecoveryPlan("shop", {
  groups: [{ items: [database.id] }, { items: [app.id] }, { items: [web.id] }],
});

const recoveryPlan = plan.id;
const expect = { count: 3 };

if (step === "drill") new asr.TestFailover("drill", { recoveryPlan, network: testNetwork });

if (reached("failover")) {
  const commit = reached("commit") ? "automatic" : "manual";
  const over = new asr.Failover("to-azure", { recoveryPlan, mode: "planned", commit, expect });

  if (reached("failback")) {
    const inputs = { recoveryPlan, commit: "automatic", expect } as const;
    new asr.Failback("to-plant", inputs, { dependsOn: over });
  }
}
