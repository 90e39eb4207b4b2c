import test from "ava";
import {
  type Body,
  container,
  FAIL_OVER,
  openShop,
  resource,
  SHOP,
  switchBody,
  VAULT,
  webItem,
} from "./shop.ts";

const [vault] = SHOP.vaults ?? [];
const [item] = vault?.items ?? [];
const app = webItem().replace(/web$/, "shop-app");

/** The test world with both machines protected, and in one replication group. */
function grouped(): Body {
  const { name: _name, ...rest } = item as Body;
  return {
    ...SHOP,
    vaults: [
      {
        ...vault,
        items: [
          { ...item, multiVmGroup: "tier" },
          { ...rest, machine: "shop-app", multiVmGroup: "tier" },
        ],
      },
    ],
  };
}

test("A member of a replication group does not fail over alone", async (t) => {
  const shop = await openShop(t, { world: grouped() });
  const details = (await shop.get(webItem())).properties.providerSpecificDetails;
  t.is(details.multiVmGroupName, "tier");
  t.is(
    details.multiVmGroupId,
    (await shop.get(app)).properties.providerSpecificDetails.multiVmGroupId,
  );
  const status = await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(status.error.code, "25037");
  t.regex(status.error.message, /replication group 'tier'/);
});

test("A plan in which one machine fails ends PartiallySucceeded, and can be restarted", async (t) => {
  const shop = await openShop(t, { world: grouped() });
  const plan = `${VAULT}/replicationRecoveryPlans/tier`;
  await shop.run("PUT", plan, {
    properties: {
      primaryFabricId: `${VAULT}/replicationFabrics/fabric-ne`,
      recoveryFabricId: `${VAULT}/replicationFabrics/fabric-we`,
      groups: [{ groupType: "Boot", replicationProtectedItems: [{ id: webItem() }, { id: app }] }],
    },
  });
  shop.simulator.addFault({
    failTask: {
      task: "VmFailover",
      machine: "shop-app",
      serviceError: { code: "539", message: "No cores left." },
    },
  });
  const status = await shop.run("POST", `${plan}/unplannedFailover`, {
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "NotRequired",
      providerSpecificDetails: [{ instanceType: "A2A", recoveryPointType: "Latest" }],
    },
  });
  t.is(status.status, "Failed");
  t.is(status.error.code, "539");
  const job = await shop.get(`${VAULT}/replicationJobs/${status.name}`);
  t.is(job.properties.state, "PartiallySucceeded");
  t.deepEqual(job.properties.allowedActions, ["Restart"]);
  t.is((await shop.get(webItem())).properties.activeLocation, "Recovery");
  t.is((await shop.get(app)).properties.activeLocation, "Primary");
  t.is((await shop.run("POST", `${job.id}/restart`)).status, "Succeeded");
  t.is((await shop.get(app)).properties.activeLocation, "Recovery");
});

test("CH-PLAN-STOPPED a plan whose own step fails leaves the jobs of its machines to go on by themselves", async (t) => {
  const shop = await openShop(t, { world: grouped() });
  const plan = `${VAULT}/replicationRecoveryPlans/tier`;
  await shop.run("PUT", plan, {
    properties: {
      primaryFabricId: `${VAULT}/replicationFabrics/fabric-ne`,
      recoveryFabricId: `${VAULT}/replicationFabrics/fabric-we`,
      groups: [{ groupType: "Boot", replicationProtectedItems: [{ id: webItem() }, { id: app }] }],
    },
  });
  shop.simulator.addFault({
    failTask: {
      task: "Unknown",
      machine: "tier",
      serviceError: { code: "170001", message: "The group failed." },
    },
  });
  const status = await shop.run("POST", `${plan}/unplannedFailover`, {
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "NotRequired",
      providerSpecificDetails: [{ instanceType: "A2A", recoveryPointType: "Latest" }],
    },
  });
  t.is(status.error.code, "170001");
  shop.simulator.clock.advance(3_600_000);
  for (const machine of [webItem(), app]) {
    const { activeLocation, currentScenario } = (await shop.get(machine)).properties;
    t.is(activeLocation, "Recovery");
    t.not(currentScenario?.scenarioName, "UnplannedFailover");
  }
});

test("A manual action of a plan suspends its job until it is resumed", async (t) => {
  const shop = await openShop(t);
  const plan = `${VAULT}/replicationRecoveryPlans/manual`;
  const action = {
    actionName: "Check the network",
    failoverTypes: ["UnplannedFailover"],
    failoverDirections: ["PrimaryToRecovery"],
    customDetails: { instanceType: "ManualActionDetails", description: "look" },
  };
  await shop.run("PUT", plan, {
    properties: {
      primaryFabricId: `${VAULT}/replicationFabrics/fabric-ne`,
      recoveryFabricId: `${VAULT}/replicationFabrics/fabric-we`,
      groups: [
        {
          groupType: "Boot",
          replicationProtectedItems: [{ id: webItem() }],
          startGroupActions: [action],
        },
      ],
    },
  });
  const reply = await shop.ask("POST", `${plan}/unplannedFailover`, {
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "NotRequired",
      providerSpecificDetails: [],
    },
  });
  shop.simulator.clock.advance(3_600_000);
  const { jobId } = (await shop.get(plan)).properties.currentScenario;
  t.is((await shop.get(jobId)).properties.state, "Suspended");
  t.deepEqual((await shop.get(jobId)).properties.allowedActions, ["Cancel", "Resume"]);
  t.is(
    (await shop.run("POST", `${jobId}/resume`, { properties: { comments: "fine" } })).status,
    "Succeeded",
  );
  t.is((await shop.get(reply.headers.get("azure-asyncoperation") ?? "")).status, "Succeeded");
});

const originalMachine = test.macro({
  exec: async (t, knob: "deleted" | "kept") => {
    const shop = await openShop(t, {
      world: { ...SHOP, knobs: { originalMachineAtReprotect: knob } },
    });
    const original = resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-web");
    await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
    await shop.run("POST", `${webItem()}/failoverCommit`);
    await shop.run("POST", `${container("ne")}/switchprotection`, switchBody("ne"));
    t.is((await shop.ask("GET", original)).status, knob === "kept" ? 200 : 404);
    await shop.until(webItem("we"), "Protected");
    t.is((await shop.run("POST", `${webItem("we")}/unplannedFailover`, FAIL_OVER)).error, null);
    const view = await shop.get(`${original}/instanceView`);
    t.is(view.statuses[1].code, "PowerState/running");
  },
  title: (_given: string | undefined, knob: string) =>
    `The original machine, ${knob} at reprotect, runs again after the failback`,
});
test(originalMachine, "deleted");
test(originalMachine, "kept");

test("item/reProtect with A2A input moves the item as switchprotection does", async (t) => {
  const shop = await openShop(t);
  await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  const status = await shop.run("POST", `${webItem()}/reProtect`, {
    properties: {
      failoverDirection: "RecoveryToPrimary",
      providerSpecificDetails: { instanceType: "A2A" },
    },
  });
  t.is(status.status, "Succeeded");
  const job = (await shop.get(`${VAULT}/replicationJobs/${status.name}`)).properties;
  t.is(job.scenarioName, "SwitchReplicationGroupProtection");
  t.is(job.customDetails.newReplicationProtectedItemId, (await shop.get(webItem("we"))).id);
  const commit = job.tasks.find((task: Body) => task.taskId === "CommitFailoverTask");
  t.is(commit.state, "Succeeded");
});
