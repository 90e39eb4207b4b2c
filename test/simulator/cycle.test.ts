import test from "ava";
import { container, FAIL_OVER, openShop, resource, switchBody, VAULT, webItem } from "./shop.ts";

const COMPUTE = "Microsoft.Compute/virtualMachines";

test("A full cycle of failover, commit, reprotect and failback ends where it began", async (t) => {
  const shop = await openShop(t);
  const before = await shop.get(webItem());
  t.is(before.properties.protectionState, "Protected");
  t.deepEqual(before.properties.allowedOperations, [
    "UnplannedFailover",
    "DisableProtection",
    "TestFailover",
  ]);

  t.is((await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER)).status, "Succeeded");
  const failedOver = await shop.get(webItem());
  t.is(failedOver.properties.protectionState, "UnplannedFailoverCommitPendingStatesBegin");
  t.is(failedOver.properties.activeLocation, "Recovery");
  t.deepEqual(failedOver.properties.allowedOperations, [
    "CompleteMigration",
    "Commit",
    "DisableProtection",
    "ChangePit",
    "SwitchProtection",
  ]);
  t.regex(failedOver.properties.failoverRecoveryPointId, /cloud_[0-9a-f-]{36}.*recoveryPoints/);
  const source = await shop.get(`${resource("shop-ne", COMPUTE, "shop-web")}/instanceView`);
  t.is(source.statuses[1].code, "PowerState/deallocated");
  const target = await shop.get(`${resource("shop-we", COMPUTE, "shop-web")}?$expand=instanceView`);
  t.is(target.properties.instanceView.statuses[1].code, "PowerState/running");
  t.is(target.location, "westeurope");

  t.is((await shop.run("POST", `${webItem()}/failoverCommit`)).status, "Succeeded");
  const committed = await shop.get(webItem());
  t.is(committed.properties.protectionState, "UnplannedFailoverCommitted");
  t.deepEqual(committed.properties.allowedOperations, [
    "CompleteMigration",
    "DisableProtection",
    "SwitchProtection",
  ]);
  t.deepEqual((await shop.get(`${webItem()}/recoveryPoints`)).value, []);

  t.is(
    (await shop.run("POST", `${container("ne")}/switchprotection`, switchBody("ne"))).status,
    "Succeeded",
  );
  t.is((await shop.ask("GET", webItem())).status, 404);
  const replicating = await shop.get(webItem("we"));
  t.is(replicating.properties.protectionState, "InitialReplicationInProgress");
  t.is(replicating.properties.activeLocation, "Primary");
  t.is(
    replicating.properties.providerSpecificDetails.lifecycleId,
    before.properties.providerSpecificDetails.lifecycleId,
  );
  t.is(replicating.properties.providerSpecificDetails.primaryFabricLocation, "westeurope");
  await shop.until(webItem("we"), "InitialReplicationRecoveryCompletionPending");
  await shop.until(webItem("we"), "Protected");

  t.is(
    (await shop.run("POST", `${webItem("we")}/unplannedFailover`, FAIL_OVER)).status,
    "Succeeded",
  );
  const home = await shop.get(resource("shop-ne", COMPUTE, "shop-web"));
  t.is(home.location, "northeurope");
  t.is((await shop.run("POST", `${webItem("we")}/failoverCommit`)).status, "Succeeded");
  t.is(
    (await shop.run("POST", `${container("we")}/switchprotection`, switchBody("we"))).status,
    "Succeeded",
  );
  const after = await shop.until(webItem(), "Protected");
  t.is(after.id, before.id);
  t.is(
    after.properties.providerSpecificDetails.fabricObjectId,
    before.properties.providerSpecificDetails.fabricObjectId,
  );
  t.is(
    after.properties.providerSpecificDetails.recoveryAzureVMName,
    before.properties.providerSpecificDetails.recoveryAzureVMName,
  );
  t.is(after.properties.policyId, before.properties.policyId);
});

test("While a job runs the item keeps its state, offers nothing and names the job", async (t) => {
  const shop = await openShop(t);
  const reply = await shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(reply.status, 202);
  t.is(reply.body, undefined);
  shop.simulator.clock.advance(30_000);
  const item = await shop.get(webItem());
  t.is(item.properties.protectionState, "Protected");
  t.deepEqual(item.properties.allowedOperations, []);
  t.is(item.properties.currentScenario.scenarioName, "UnplannedFailover");
  const job = await shop.get(item.properties.currentScenario.jobId);
  t.is(job.properties.state, "InProgress");
  t.deepEqual(job.properties.allowedActions, ["Cancel"]);
  t.deepEqual(
    job.properties.tasks.map((task: { name: string }) => task.name),
    [
      "VmUfoPrerequisitesCheck",
      "VmShutdownVmOnPrimary",
      "VmPrepareForUnPlannedFailover",
      "VmFailover",
      "VmFoStartVmOnSecondary",
    ],
  );
  const [listed] = (await shop.get(`${VAULT}/replicationJobs`)).value;
  t.deepEqual(listed.properties.tasks, []);
  t.is(listed.properties.customDetails, null);
});
