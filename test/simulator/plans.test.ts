import test from "ava";
import { type Body, openShop, resource, VAULT, webItem } from "./shop.ts";

const PLAN = `${VAULT}/replicationRecoveryPlans/shop`;
const FABRICS = {
  primaryFabricId: `${VAULT}/replicationFabrics/fabric-ne`,
  recoveryFabricId: `${VAULT}/replicationFabrics/fabric-we`,
};
const planOf = (...groups: readonly (readonly string[])[]) => ({
  properties: {
    ...FABRICS,
    failoverDeploymentModel: "ResourceManager",
    groups: groups.map((items) => ({
      groupType: "Boot",
      replicationProtectedItems: items.map((id) => ({ id })),
      startGroupActions: [],
      endGroupActions: [],
    })),
  },
});
const TEST = {
  properties: {
    failoverDirection: "PrimaryToRecovery",
    networkType: "VmNetworkAsInput",
    networkId: resource("shop-we", "Microsoft.Network/virtualNetworks", "vnet-test"),
    providerSpecificDetails: [{ instanceType: "A2A", recoveryPointType: "Latest" }],
  },
};
const FAILOVER = {
  properties: {
    failoverDirection: "PrimaryToRecovery",
    sourceSiteOperations: "Required",
    providerSpecificDetails: [{ instanceType: "A2A", recoveryPointType: "LatestProcessed" }],
  },
};

test("A plan is returned with the Shutdown and Failover groups filled in", async (t) => {
  const shop = await openShop(t);
  t.is((await shop.run("PUT", PLAN, planOf([webItem()]))).status, "Succeeded");
  const { properties } = await shop.get(PLAN);
  t.deepEqual(
    properties.groups.map((group: Body) => group.groupType),
    ["Shutdown", "Failover", "Boot"],
  );
  t.deepEqual(properties.allowedOperations, ["UnplannedFailover", "TestFailover"]);
  t.is(properties.currentScenario, null);
});

test("A plan goes through test failover, cleanup, failover and commit, and its job has another name than the operation", async (t) => {
  const shop = await openShop(t);
  await shop.run("PUT", PLAN, planOf([webItem()]));
  t.is((await shop.run("POST", `${PLAN}/testFailover`, TEST)).status, "Succeeded");
  const drilled = await shop.get(PLAN);
  t.deepEqual(drilled.properties.allowedOperations, ["TestFailoverCleanup"]);
  t.is(drilled.properties.currentScenarioStatus, "Suspended");
  t.is(drilled.properties.currentScenarioStatusDescription, "WaitingForStopTestFailover");
  t.is((await shop.get(webItem())).properties.testFailoverState, "WaitingForCompletion");
  t.is(
    (await shop.run("POST", `${PLAN}/testFailoverCleanup`, { properties: { comments: "fine" } }))
      .status,
    "Succeeded",
  );
  t.is((await shop.get(webItem())).properties.testFailoverState, "MarkedForDeletion");

  const status = await shop.run("POST", `${PLAN}/unplannedFailover`, FAILOVER);
  t.is(status.status, "Succeeded");
  const job = await shop.get(`${VAULT}/replicationJobs/${status.name}`);
  t.not(job.name, status.name);
  t.is(job.properties.scenarioName, "UnplannedFailover");
  t.is(job.properties.targetInstanceType, "RecoveryPlan");
  const [, , all, first] = job.properties.tasks;
  t.is(all.groupTaskCustomDetails.rpGroupType, "RpFailoverTask");
  t.is(first.friendlyName, "Group 1: Start (1)");
  const child = first.groupTaskCustomDetails.childTasks[0].customDetails.jobTask;
  t.is(child.jobScenarioName, "UnplannedFailover");
  t.is((await shop.get(child.jobId)).properties.targetObjectId, "web");
  t.deepEqual((await shop.get(PLAN)).properties.allowedOperations, [
    "UnplannedFailover",
    "TestFailover",
    "Commit",
  ]);
  t.is((await shop.run("POST", `${PLAN}/failoverCommit`)).status, "Succeeded");
  t.is((await shop.get(webItem())).properties.protectionState, "UnplannedFailoverCommitted");
});

test("Machines of a plan start in the order of its groups", async (t) => {
  const shop = await openShop(t);
  const app = webItem().replace(/web$/, "app");
  await shop.run("PUT", app, {
    properties: {
      policyId: `${VAULT}/replicationPolicies/policy`,
      providerSpecificDetails: {
        instanceType: "A2A",
        fabricObjectId: resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-app"),
        recoveryContainerId: `${VAULT}/replicationFabrics/fabric-we/replicationProtectionContainers/container-we`,
        recoveryResourceGroupId: `/subscriptions/${VAULT.split("/")[2]}/resourceGroups/shop-we`,
        vmManagedDisks: [
          {
            diskId: resource("shop-ne", "Microsoft.Compute/disks", "shop-app-os"),
            primaryStagingAzureStorageAccountId: resource(
              "shop-ne",
              "Microsoft.Storage/storageAccounts",
              "cachene",
            ),
            recoveryResourceGroupId: `/subscriptions/${VAULT.split("/")[2]}/resourceGroups/shop-we`,
          },
        ],
      },
    },
  });
  await shop.until(app, "Protected");
  await shop.run("PUT", PLAN, planOf([app], [webItem()]));
  const status = await shop.run("POST", `${PLAN}/unplannedFailover`, FAILOVER);
  t.is(status.status, "Succeeded");
  const { tasks } = (await shop.get(`${VAULT}/replicationJobs/${status.name}`)).properties;
  const [one, two] = tasks.filter((task: Body) => task.taskId.startsWith("Group"));
  t.is(one.groupTaskCustomDetails.childTasks[0].name, "shop-app");
  t.true(one.endTime <= two.startTime);
});

test("A plan that names a machine twice is refused, and reprotect of a plan is dead", async (t) => {
  const shop = await openShop(t);
  const twice = await shop.ask("PUT", PLAN, planOf([webItem()], [webItem()]));
  t.is(twice.status, 400);
  t.regex(twice.body.error.message, /more than once/);
  await shop.run("PUT", PLAN, planOf([webItem()]));
  const status = await shop.run("POST", `${PLAN}/reProtect`);
  t.is(status.status, "Failed");
  t.is(status.error.code, "25038");
});
