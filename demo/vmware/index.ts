/**
 * The demo stack of a VMware site with an appliance: a shop in three tiers is protected, tested, failed
 * over to Azure and brought home. The setting `step` says how far the story has come; everything that was
 * reached before stays in the program.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { VmwareSite } from "pulumi-asr/components";
import { azureSide, testNetwork } from "../shop-azure.ts";
import { container } from "../vmware-site.ts";
import { actionsOf } from "../vmware-steps.ts";

const step = new pulumi.Config().require("step");

const site = new VmwareSite("plant", {
  container,
  recovery: azureSide,
  policy: { recoveryPointRetention: "P1D", applicationConsistentSnapshotFrequency: "PT4H" },
  // Storage DRS may not move the appliance: that breaks a failback.
  servers: { appliances: { "appliance-1": { manage: ["storageDrs"] } } },
});

const web = site.protect("shop-web");
const app = site.protect("shop-app");
const database = site.protect("shop-db");

const plan = new asr.RecoveryPlan("shop", {
  groups: [{ items: [database.id] }, { items: [app.id] }, { items: [web.id] }],
});

actionsOf(step, {
  recoveryPlan: plan.id,
  testNetwork,
  reprotect: (name, args, options) => new asr.Reprotect(name, args, options),
  protectAgain: (name, args, options) => site.protectAgain(name, args, options),
});
