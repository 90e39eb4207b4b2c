import test from "ava";
import { type Body, FAIL_OVER, openShop, resource, VAULT, webItem } from "./shop.ts";

const VNET = "Microsoft.Network/virtualNetworks";
const DRILL = {
  properties: {
    failoverDirection: "PrimaryToRecovery",
    networkType: "VmNetworkAsInput",
    networkId: resource("shop-we", VNET, "vnet-test"),
    providerSpecificDetails: { instanceType: "A2A" },
  },
};
const testMachine = resource("shop-we", "Microsoft.Compute/virtualMachines", "shop-web-test");

test("A test failover makes a machine in the test network, waits, and its cleanup removes it", async (t) => {
  const shop = await openShop(t);
  const status = await shop.run("POST", `${webItem()}/testFailover`, DRILL);
  t.is(status.status, "Succeeded");
  const waiting = (await shop.get(webItem())).properties;
  t.is(waiting.protectionState, "Protected");
  t.is(waiting.testFailoverState, "WaitingForCompletion");
  t.is(waiting.currentScenario.scenarioName, "TestFailover");
  t.true(waiting.currentScenario.jobId.endsWith(status.name));
  t.deepEqual(waiting.allowedOperations, ["TestFailoverCleanup"]);
  const machine = await shop.get(testMachine);
  const nic = await shop.get(machine.properties.networkProfile.networkInterfaces[0].id);
  t.regex(nic.properties.ipConfigurations[0].properties.subnet.id, /vnet-test\/subnets\/web$/);
  t.regex(nic.properties.ipConfigurations[0].properties.privateIPAddress, /^10\.30\.1\./);

  t.is(
    (
      await shop.run("POST", `${webItem()}/testFailoverCleanup`, {
        properties: { comments: "it runs" },
      })
    ).status,
    "Succeeded",
  );
  const clean = (await shop.get(webItem())).properties;
  t.is(clean.testFailoverState, "MarkedForDeletion");
  t.is(clean.testFailoverStateDescription, "Cleaning up test environment");
  t.deepEqual(clean.allowedOperations, ["UnplannedFailover", "DisableProtection", "TestFailover"]);
  t.is(clean.failoverHealth, "Normal");
  t.deepEqual(clean.healthErrors, []);
  t.truthy(clean.lastSuccessfulTestFailoverTime);
  t.is((await shop.ask("GET", testMachine)).status, 404);
});

test("Crash-consistent points come every five minutes, application-consistent ones by policy, and old ones are thinned out", async (t) => {
  const shop = await openShop(t);
  const points = async () => (await shop.get(`${webItem()}/recoveryPoints`)).value as Body[];
  const before = await points();
  const times = before.map((point) => Date.parse(point.properties.recoveryPointTime));
  t.is(times[0] ?? 0, Date.parse(shop.simulator.clock.now()));
  t.is((times[0] ?? 0) - (times[1] ?? 0), 5 * 60_000);
  t.true(before.some((point) => point.properties.recoveryPointType === "AppConsistent"));
  t.true(before.length < 24 * 12);
  t.true((times[0] ?? 0) - (times.at(-1) ?? 0) <= 24 * 3_600_000);
  shop.simulator.clock.advance(5 * 60_000);
  const after = await points();
  t.is(after[1].name, before[0].name);
  t.is((await shop.get(`${webItem()}/recoveryPoints/${after[1].name}`)).name, after[1].name);
});

test("The recovery point can be changed before commit, and not after it", async (t) => {
  const shop = await openShop(t);
  const change = async (id: string) =>
    shop.run("POST", `${webItem()}/applyRecoveryPoint`, {
      properties: { recoveryPointId: id, providerSpecificDetails: { instanceType: "A2A" } },
    });
  await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  const points = (await shop.get(`${webItem()}/recoveryPoints`)).value;
  const chosen = points[3];
  t.is((await change(chosen.id)).status, "Succeeded");
  const changed = await shop.get(webItem());
  t.true(changed.properties.failoverRecoveryPointId.endsWith(chosen.name));
  t.is(changed.properties.protectionState, "UnplannedFailoverCommitPendingStatesBegin");
  await shop.run("POST", `${webItem()}/failoverCommit`);
  const late = await change(chosen.id);
  t.is(late.status, "Failed");
  t.is(late.error.code, "25037");
});

test("A failover to a given point uses that point and says so in its job", async (t) => {
  const shop = await openShop(t);
  const point = (await shop.get(`${webItem()}/recoveryPoints`)).value[2];
  const status = await shop.run("POST", `${webItem()}/unplannedFailover`, {
    properties: {
      ...FAIL_OVER.properties,
      providerSpecificDetails: { instanceType: "A2A", recoveryPointId: point.id },
    },
  });
  const job = (await shop.get(`${VAULT}/replicationJobs/${status.name}`)).properties;
  t.is(job.targetObjectId, "web");
  t.is(job.targetObjectName, "shop-web");
  t.is(job.customDetails.instanceType, "FailoverJobDetails");
  t.is(job.customDetails.protectedItemDetails[0].recoveryPointId, point.id);
  t.is(
    job.customDetails.protectedItemDetails[0].recoveryPointTime,
    point.properties.recoveryPointTime,
  );
  t.true((await shop.get(webItem())).properties.failoverRecoveryPointId.endsWith(point.name));
});

test("A source that cannot be shut down does not stop the failover, which ends with a warning", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({ shutdownFails: { machine: "shop-web" } });
  const status = await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(status.status, "Succeeded");
  t.is(status.error.code, "SIM-SHUTDOWN");
  const job = (await shop.get(`${VAULT}/replicationJobs/${status.name}`)).properties;
  t.is(job.state, "CompletedWithInformation");
  const [, shutdown] = job.tasks;
  t.is(shutdown.name, "VmShutdownVmOnPrimary");
  t.is(shutdown.state, "Failed");
  t.is(shutdown.errors[0].serviceErrorDetails.code, "SIM-SHUTDOWN");
  t.is((await shop.get(webItem())).properties.activeLocation, "Recovery");
});

test("Without sourceSiteOperations the shutdown is skipped and the source keeps running", async (t) => {
  const shop = await openShop(t);
  const status = await shop.run("POST", `${webItem()}/unplannedFailover`, {
    properties: { ...FAIL_OVER.properties, sourceSiteOperations: "NotRequired" },
  });
  const [, shutdown] = (await shop.get(`${VAULT}/replicationJobs/${status.name}`)).properties.tasks;
  t.is(shutdown.state, "Other");
  t.is(shutdown.stateDescription, "Skipped");
  const view = await shop.get(
    `${resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-web")}/instanceView`,
  );
  t.is(view.statuses[1].code, "PowerState/running");
});
