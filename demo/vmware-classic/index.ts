/**
 * The demo stack of a VMware site with a configuration server, the classic way: a shop in three tiers is
 * protected, tested, failed over to Azure and brought home through a process server in Azure and a master
 * target at the site. The setting `step` says how far the story has come; everything that was reached
 * before stays in the program.
 */
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { FailbackPath, VmwareSite } from "pulumi-asr/components";
import { azureSide, testNetwork } from "../shop-azure.ts";
import { container } from "../vmware-site.ts";
import { actionsOf } from "../vmware-steps.ts";

const step = new pulumi.Config().require("step");

const site = new VmwareSite("plant", {
  generation: "classic",
  container,
  recovery: azureSide,
  // There is another process server, in Azure, for the way back.
  processServer: "cs-1",
  servers: { configurationServer: { address: "10.1.0.10" } },
});

// The way back, made before anybody leaves: the master target is made fit for it at once.
const path = new FailbackPath("plant", {
  site,
  processServer: { name: "ps-azure" },
  masterTargets: { "mt-linux": { osType: "Linux", manage: ["snapshots", "diskUuid", "reboot"] } },
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
  reprotect: (name, args, options) => path.reprotect(name, args, options),
  protectAgain: (name, args, options) => site.protectAgain(name, args, options),
});
