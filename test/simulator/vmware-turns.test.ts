import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { azureMachine, NETWORK } from "./recovered-side.ts";
import type { Body } from "./shop.ts";
import {
  classic,
  ESTATE,
  HOME,
  modern,
  OUT,
  OUT_CLASSIC,
  openEstate,
  policy,
  properties,
} from "./vmware.ts";

const WEB = modern("web-1");
const OLD = classic("old-1");
const DRILL = NETWORK.replace(/azure$/, "drill");

test("A drill of a machine of a site makes a copy in the network that is asked for, and cleans it up", async (t) => {
  const estate = await openEstate(t);
  await estate.does(
    WEB,
    "testFailover",
    properties(
      { instanceType: "InMageRcm", networkId: DRILL },
      { failoverDirection: "PrimaryToRecovery", networkType: "VmNetworkAsInput", networkId: DRILL },
    ),
  );
  t.like(await estate.item(WEB), {
    testFailoverState: "WaitingForCompletion",
    allowedOperations: ["TestFailoverCleanup"],
    protectionState: "Protected",
  });
  t.is(await estate.azurePower("web-1-test"), "PowerState/running");
  t.is((await estate.machine("web-1")).power, "on");
  await estate.does(WEB, "testFailoverCleanup", { properties: { comments: "fine" } });
  t.is(await estate.azurePower("web-1-test"), undefined);
  const after = await estate.item(WEB);
  t.is(after.testFailoverState, "MarkedForDeletion");
  t.truthy(after.lastSuccessfulTestFailoverTime);
});

test("FB-CANCEL a failback of a modernized machine can be cancelled before its commit, and done again", async (t) => {
  const estate = await openEstate(t);
  await estate.failOver(WEB);
  await estate.reprotectToSite(WEB);
  await estate.does(WEB, "plannedFailover", HOME);
  await estate.does(WEB, "failoverCancel");
  const cancelled = await estate.item(WEB);
  t.like(cancelled, {
    protectionState: "Protected",
    activeLocation: "Primary",
    allowedOperations: ["PlannedFailover", "DisableProtection"],
  });
  t.is(cancelled.providerSpecificDetails.lastPlannedFailoverStatus, "Cancelled");
  t.is((await estate.machine("web-1")).power, "off");
  t.is(await estate.azurePower("web-1"), "PowerState/running");
  estate.minutes(10);
  await estate.does(WEB, "plannedFailover", HOME);
  t.is((await estate.machine("web-1")).power, "on");
});

test("A modernized machine is reprotected without a commit: the job commits by itself, and removes the VM of a failback", async (t) => {
  const estate = await openEstate(t);
  await estate.failOver(WEB);
  await estate.reprotectToSite(WEB);
  await estate.does(WEB, "plannedFailover", HOME);
  const [server] = (await estate.fabric("site")).processServers;
  const back = properties({
    instanceType: "InMageRcmFailback",
    processServerId: server.id,
    policyId: policy("modern"),
  });
  t.is(await estate.fails(WEB, "reProtect", back), "95226");
  estate.minutes(15);
  const reply = await estate.ask("POST", `${WEB}/reProtect`, back);
  t.is(reply.status, 202);
  const ready = await estate.until(WEB, "InitialReplicationRecoveryCompletionPending");
  t.is(ready.properties.providerSpecificDetails.instanceType, "InMageRcm");
  t.is(await estate.azurePower("web-1"), undefined);
  const name = (reply.headers.get("azure-asyncoperation") ?? "").split("?")[0]?.split("/").at(-1);
  const job = (await estate.get(`${WEB.split("/replicationFabrics")[0]}/replicationJobs/${name}`))
    .properties;
  t.is(job.scenarioName, "SwitchReplicationGroupProtection");
  t.deepEqual(
    job.tasks.map((task: Body) => `${task.name} ${task.state}`),
    [
      "SwitchReplicationGroupProtectionPreflightTask Succeeded",
      "VmCommitFailover Succeeded",
      "DiscoverReplicaTask Succeeded",
      "GetSwitchProtectionRequirementsTask Succeeded",
      "ProtectReplicaTask Succeeded",
    ],
  );
});

test("A failover without a shutdown leaves the machine on premises running", async (t) => {
  const estate = await openEstate(t);
  await estate.does(
    WEB,
    "unplannedFailover",
    properties(
      { instanceType: "InMageRcm", performShutdown: "false" },
      { failoverDirection: "PrimaryToRecovery" },
    ),
  );
  t.is((await estate.machine("web-1")).power, "on");
  estate.minutes(15);
  await estate.reprotectToSite(WEB);
  t.is((await estate.machine("web-1")).power, "off");
});

test("A failover goes on when the site does not answer, and says so", async (t) => {
  const estate = await openEstate(t);
  await estate.change("servers", { name: "appliance-1", heartbeat: "silent" });
  const status = await estate.run("POST", `${WEB}/unplannedFailover`, OUT);
  t.is(status.status, "Succeeded");
  t.is(status.error.code, "SIM-SHUTDOWN");
  t.is((await estate.machine("web-1")).power, "on");
});

test("The recovery point can be changed before the commit of a failover to Azure, not after it", async (t) => {
  const estate = await openEstate(t);
  for (const [path, out, kind] of [
    [WEB, OUT, "InMageRcm"],
    [OLD, OUT_CLASSIC, "InMageAzureV2"],
  ] as const) {
    await estate.does(path, "unplannedFailover", out);
    const { value } = await estate.get(`${path}/recoveryPoints`);
    const older = value[3];
    const change = properties(
      { instanceType: kind, ...(kind === "InMageRcm" && { recoveryPointId: older.id }) },
      { recoveryPointId: older.id },
    );
    await estate.does(path, "applyRecoveryPoint", change);
    const item = await estate.item(path);
    t.is(item.protectionState, "UnplannedFailoverCommitPendingStatesBegin");
    t.true(item.failoverRecoveryPointId.endsWith(older.name));
    await estate.does(path, "failoverCommit");
    t.is(await estate.fails(path, "applyRecoveryPoint", change), "25037");
    t.deepEqual((await estate.get(`${path}/recoveryPoints`)).value, []);
  }
});

test("MG-ONEWAY a completed migration ends the protection and leaves the VM in Azure", async (t) => {
  const estate = await openEstate(t);
  const complete = { properties: { disableProtectionReason: "MigrationComplete" } };
  t.is(await estate.fails(WEB, "remove", complete), "25037");
  await estate.does(WEB, "unplannedFailover", OUT);
  await estate.does(WEB, "failoverCommit");
  await estate.does(WEB, "remove", complete);
  t.is((await estate.ask("GET", WEB)).status, 404);
  t.is(await estate.azurePower("web-1"), "PowerState/running");
  t.is((await estate.machine("web-1")).power, "off");
});

test("R-03 a machine that was deleted on premises is made anew where the reprotect says", async (t) => {
  const estate = await openEstate(t);
  await estate.does(OLD, "unplannedFailover", OUT_CLASSIC);
  await estate.does(OLD, "failoverCommit");
  await estate.change("machines", { name: "old-1", deleted: true });
  estate.minutes(15);
  await estate.does(OLD, "reProtect", await estate.toSiteClassic({ datastoreName: "ds2" }));
  await estate.until(OLD, "Protected");
  await estate.does(
    OLD,
    "unplannedFailover",
    properties({ instanceType: "InMage", recoveryPointType: "LatestTime" }),
  );
  t.like(await estate.machine("old-1"), {
    deleted: false,
    power: "on",
    host: "esx1",
    datastore: "ds2",
  });
});

test("IT-GONE a machine whose VM in Azure was deleted is not reprotected", async (t) => {
  const estate = await openEstate(t);
  await estate.does(WEB, "unplannedFailover", OUT);
  estate.minutes(15);
  await estate.ask("DELETE", azureMachine("web-1"));
  t.is(await estate.fails(WEB, "reProtect", await estate.toSite()), "SIM-REPLICA-GONE");
});

test("A classic failover that finds no quota leaves the recorded state, from which it is tried again", async (t) => {
  const estate = await openEstate(t);
  estate.simulator.addFault({
    failTask: {
      scenario: "UnplannedFailover",
      task: "VmFailover",
      machine: "old-1",
      serviceError: { code: "539", message: "The operation failed." },
      providerError: { errorCode: 28_031, errorMessage: "Core quota exceeded." },
    },
  });
  t.is(await estate.fails(OLD, "unplannedFailover", OUT_CLASSIC), "539");
  t.like(await estate.item(OLD), {
    protectionState: "UnplannedFailoverCompletionFailed",
    activeLocation: "Primary",
    allowedOperations: ["RepairReplication", "UnplannedFailover", "DisableProtection"],
  });
  await estate.does(OLD, "unplannedFailover", OUT_CLASSIC);
  t.is((await estate.item(OLD)).activeLocation, "Recovery");
});

test("A reversed machine outlives a restart of the simulator", async (t) => {
  const stateFile = join(tmpdir(), `vmware-${process.pid}.json`);
  t.teardown(() => rmSync(stateFile, { force: true }));
  const first = await openEstate(t, ESTATE, { stateFile });
  await first.failOver(WEB);
  await first.reprotectToSite(WEB);
  const before = await first.get(WEB);
  await first.simulator.close();
  const second = await openEstate(t, ESTATE, { stateFile });
  t.deepEqual(await second.get(WEB), before);
  await second.does(WEB, "plannedFailover", HOME);
  t.is((await second.machine("web-1")).power, "on");
});

test("Somebody else can fail a machine of a site over", async (t) => {
  const estate = await openEstate(t);
  await estate.ask("POST", "/_simulator/someone-else", {
    item: "web-1",
    verb: "unplannedFailover",
    by: "night-shift",
  });
  await estate.until(WEB, "UnplannedFailoverCommitPendingStatesBegin");
  const { value } = await estate.get(`${WEB.split("/replicationFabrics")[0]}/replicationEvents`);
  t.is(value[0].properties.providerSpecificDetails.instanceType, "InMageRcm");
});

test("V-04 a failback to an application-consistent point that there is not fails before anything is stopped", async (t) => {
  const estate = await openEstate(t);
  await estate.failOver(WEB);
  await estate.reprotectToSite(WEB);
  const body = properties({
    instanceType: "InMageRcmFailback",
    recoveryPointType: "ApplicationConsistent",
  });
  t.is(await estate.fails(WEB, "plannedFailover", body), "SIM-NO-POINT");
  t.is(await estate.azurePower("web-1"), "PowerState/running");
  t.is((await estate.machine("web-1")).power, "off");
});

test("A failback that fails half-way leaves the machine running in Azure, and can be done again", async (t) => {
  const estate = await openEstate(t);
  await estate.failOver(WEB);
  await estate.reprotectToSite(WEB);
  estate.simulator.addFault({
    failTask: {
      scenario: "PlannedFailover",
      task: "VmFailover",
      machine: "web-1",
      serviceError: { code: "78052", message: "The operation failed." },
    },
  });
  t.is(await estate.fails(WEB, "plannedFailover", HOME), "78052");
  t.like(await estate.item(WEB), { protectionState: "Protected", activeLocation: "Primary" });
  t.is(await estate.azurePower("web-1"), "PowerState/running");
  t.is((await estate.machine("web-1")).power, "off");
  await estate.does(WEB, "plannedFailover", HOME);
  t.is((await estate.machine("web-1")).power, "on");
});
