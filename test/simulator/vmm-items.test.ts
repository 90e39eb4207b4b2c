import test from "ava";
import { policy } from "./hyper-v.ts";
import type { Body } from "./shop.ts";
import { BODY, openVmmPair, VMM_PAIR } from "./vmm.ts";

const AT_REST = ["PlannedFailover", "UnplannedFailover", "DisableProtection", "TestFailover"];
const PENDING = [
  "CompleteMigration",
  "ReverseReplicate",
  "Commit",
  "DisableProtection",
  "ChangePit",
];
const COMMITTED = ["CompleteMigration", "ReverseReplicate", "DisableProtection"];

const tasksOf = (job: Body): Record<string, string> =>
  Object.fromEntries(job.tasks.map((task: Body) => [task.name, task.stateDescription]));

test("S-06 a machine of a VMM cloud is protected in the cloud of a second site: replica, network and storage as they are mapped", async (t) => {
  const pair = await openVmmPair(t);
  const { path, status } = await pair.enable("new-1");
  t.is(status.status, "Succeeded");
  const copying = await pair.item(path);
  t.like(copying, {
    protectionState: "InitialReplicationInProgress",
    activeLocation: "Primary",
    allowedOperations: ["DisableProtection"],
    protectedItemType: "HyperVVirtualMachine",
    primaryFabricProvider: "VmmFabric",
    primaryProtectionContainerFriendlyName: "gold",
    recoveryProtectionContainerFriendlyName: "silver",
  });
  t.like(copying.providerSpecificDetails, {
    instanceType: "HyperVReplica2012R2",
    vmProtectionState: "UnprotectedStatesBegin",
    lastReplicatedTime: null,
    initialReplicationDetails: { initialReplicationType: "InitialReplication" },
  });
  const replica = await pair.machineAt("vmm-2", "new-1");
  t.like(replica, { power: "off", network: "corp-dr", storageClassification: "", host: "hv-2" });
  await pair.until(path, "Protected");
  pair.minutes(5);
  const item = await pair.item(path);
  t.deepEqual(item.allowedOperations, AT_REST);
  t.deepEqual(item.providerSpecificDetails.vMDiskDetails, [
    {
      maxSizeMB: 65_536,
      vhdType: "OperatingSystem",
      vhdId: (await pair.machineAt("vmm-1", "new-1")).disks[0].id,
      vhdName: "new-1",
    },
  ]);
  t.is(item.providerSpecificDetails.vmNics[0].recoveryVMNetworkId, "corp-dr");
  t.is((await pair.machineAt("vmm-2", "crm-1")).storageClassification, "fast-dr");
});

test("S-06 finalizing runs a job for each site, and nothing can be done with the machine until the first is over", async (t) => {
  const pair = await openVmmPair(t);
  const { path } = await pair.enable("new-1");
  await pair.until(path, "Protected");
  const item = await pair.item(path);
  t.deepEqual(item.allowedOperations, []);
  t.is(item.currentScenario.scenarioName, "EnableProtection");
  t.is(item.providerSpecificDetails.vmProtectionState, "ReplicaConfigurationInProgress");
  pair.minutes(5);
  const { value } = await pair.get(path.replace(/replicationFabrics.*/, "replicationJobs"));
  const scenarios = value.map((each: Body) => each.properties.scenarioName);
  t.true(scenarios.includes("PrimaryIrCompletion"));
  t.true(scenarios.includes("SecondaryIrCompletion"));
  t.is((await pair.item(path)).providerSpecificDetails.vmProtectionState, "Protected");
});

test("S-06 a machine without a network mapping, or of an unmapped policy, is not protected, and a replica is so already", async (t) => {
  const pair = await openVmmPair(t);
  const refused = await pair.enable("lab-1");
  t.is(refused.status.error.code, "SIM-NETWORK-MAPPING");
  t.is((await pair.ask("GET", refused.path)).status, 404);
  t.is(await pair.machineAt("vmm-2", "lab-1"), undefined);
  const cloud = await pair.container("gold");
  const wrongPolicy = await pair.ask("PUT", `${cloud}/replicationProtectedItems/new-1`, {
    properties: {
      policyId: `${cloud.replace(/replicationFabrics.*/, "")}replicationPolicies/unmapped`,
      protectableItemId: (await pair.protectable(cloud, "new-1")).id,
      providerSpecificDetails: { instanceType: "HyperVReplica2012R2" },
    },
  });
  t.is(wrongPolicy.status, 400);
  t.regex(wrongPolicy.body.error.message, /is not mapped to another cloud/);
  const replica = await pair.protectable(await pair.container("silver"), "crm-1");
  t.is(replica.properties.protectionStatus, "Protected");
});

test("S-06 H-09 a machine goes to the second site unplanned, is reversed there, comes home and is reversed again: one item, one id", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  const before = await pair.item(path);
  t.deepEqual(before.allowedOperations, AT_REST);
  await pair.does(path, "unplannedFailover", BODY.unplanned());
  const away = await pair.item(path);
  t.like(away, {
    protectionState: "UnplannedFailoverCommitPendingStatesBegin",
    activeLocation: "Recovery",
  });
  t.deepEqual(away.allowedOperations, PENDING);
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "off");
  t.is((await pair.machineAt("vmm-2", "crm-1")).power, "on");
  const reversed = await pair.job(path, "reProtect", BODY.reverse(BODY.home));
  t.like(reversed, { scenarioName: "ReverseReplication", state: "Succeeded" });
  t.is(tasksOf(reversed).VmCommit, "Completed");
  await pair.until(path, "Protected");
  pair.minutes(5);
  const there = await pair.item(path);
  t.like(there, { protectionState: "Protected", activeLocation: "Recovery" });
  t.deepEqual(there.allowedOperations, AT_REST);
  await pair.does(path, "unplannedFailover", BODY.unplanned(BODY.home));
  t.like(await pair.item(path), {
    protectionState: "UnplannedFailoverCommitPendingStatesBegin",
    activeLocation: "Primary",
  });
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "on");
  t.is((await pair.machineAt("vmm-2", "crm-1")).power, "off");
  await pair.does(path, "failoverCommit");
  t.like(await pair.item(path), {
    protectionState: "UnplannedFailoverCommitted",
    protectionStateDescription: "Failover committed",
  });
  t.deepEqual((await pair.item(path)).allowedOperations, COMMITTED);
  const again = await pair.job(path, "reProtect", BODY.reverse(BODY.out));
  t.is(tasksOf(again).VmCommit, "Skipped");
  await pair.until(path, "Protected");
  pair.minutes(5);
  t.like(await pair.item(path), { activeLocation: "Primary", name: before.name });
  t.is((await pair.details(path)).vmId, before.providerSpecificDetails.vmId);
});

test("S-06 a planned failover shuts the machine down first, either way; its commit and its recovery point", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  await pair.does(path, "plannedFailover", BODY.planned());
  t.like(await pair.item(path), {
    protectionState: "PlannedFailoverCommitRequired",
    activeLocation: "Recovery",
  });
  t.deepEqual((await pair.item(path)).allowedOperations, PENDING);
  const { value } = await pair.get(`${path}/recoveryPoints`);
  await pair.does(path, "applyRecoveryPoint", {
    properties: {
      recoveryPointId: value.at(-1).id,
      providerSpecificDetails: { instanceType: "ApplyRecoveryPointProviderSpecificInput" },
    },
  });
  t.regex((await pair.item(path)).failoverRecoveryPointId, new RegExp(value.at(-1).name));
  await pair.does(path, "failoverCommit");
  t.like(await pair.item(path), {
    protectionState: "PlannedFailoverStatesBegin",
    protectionStateDescription: "Planned failover committed",
  });
  await pair.does(path, "reProtect", BODY.reverse(BODY.home));
  await pair.until(path, "Protected");
  pair.minutes(5);
  await pair.does(path, "plannedFailover", BODY.planned(BODY.home));
  t.like(await pair.item(path), {
    protectionState: "PlannedFailoverCommitRequired",
    activeLocation: "Primary",
  });
});

test("S-06 a planned failover whose shutdown fails ends with 532 and leaves the machine where it was; an unplanned one goes on", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("erp-1");
  t.is(await pair.fails(path, "plannedFailover", BODY.planned()), "532");
  t.like(await pair.item(path), { protectionState: "Protected", activeLocation: "Primary" });
  t.is((await pair.machineAt("vmm-1", "erp-1")).power, "on");
  t.is((await pair.machineAt("vmm-2", "erp-1")).power, "off");
  const status = await pair.run("POST", `${path}/unplannedFailover`, BODY.unplanned());
  t.is(status.status, "Succeeded");
  t.is(status.error.code, "SIM-SHUTDOWN");
  t.is((await pair.item(path)).activeLocation, "Recovery");
});

test("S-06 a planned failover that fails after its shutdown starts the machine again; restarted, it shuts it down again", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  await pair.ask("POST", "/_simulator/faults", {
    failTask: {
      task: "VmFailover",
      machine: "crm-1",
      serviceError: { code: "SIM-TEST", message: "The failover does not work." },
    },
  });
  t.is(await pair.fails(path, "plannedFailover", BODY.planned()), "SIM-TEST");
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "on");
  t.deepEqual((await pair.item(path)).allowedOperations, AT_REST);
  const { value } = await pair.get(path.replace(/replicationFabrics.*/, "replicationJobs"));
  const failed = value.find((each: Body) => each.properties.state === "Failed");
  await pair.ask("POST", `${failed.id}/restart`);
  pair.minutes(10);
  t.is((await pair.item(path)).activeLocation, "Recovery");
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "off");
  t.is((await pair.machineAt("vmm-2", "crm-1")).power, "on");
});

test("S-06 a planned failover that is cancelled leaves the machine running where it was, to be resynchronized", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  const job = await pair.begin(path, "plannedFailover", BODY.planned());
  pair.minutes(2);
  await pair.ask("POST", `${job}/cancel`);
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "on");
  t.is((await pair.machineAt("vmm-2", "crm-1")).power, "off");
  t.is((await pair.item(path)).allowedOperations[0], "RepairReplication");
});

test("S-06 an unplanned failover that is cancelled stops the replication until somebody repairs it", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  const job = await pair.begin(path, "unplannedFailover", BODY.unplanned(BODY.out, "NotRequired"));
  pair.minutes(1);
  await pair.ask("POST", `${job}/cancel`);
  pair.minutes(1);
  const stopped = await pair.item(path);
  t.like(stopped, { protectionState: "Protected", activeLocation: "Primary" });
  t.is(stopped.replicationHealth, "Critical");
  t.is(stopped.allowedOperations[0], "RepairReplication");
  await pair.does(path, "repairReplication");
  pair.minutes(90);
  t.is((await pair.item(path)).replicationHealth, "Normal");
  t.deepEqual((await pair.item(path)).allowedOperations, AT_REST);
});

test("S-06 a verb in the direction that does not start from the active side is 400 InvalidFailoverDirection", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  for (const [verb, body] of [
    ["plannedFailover", BODY.planned(BODY.home)],
    ["unplannedFailover", BODY.unplanned(BODY.home)],
    ["testFailover", BODY.test(undefined, BODY.home)],
    ["reProtect", BODY.reverse(BODY.home)],
  ] as const) {
    const reply = await pair.ask("POST", `${path}/${verb}`, body);
    t.is(reply.status, 400, verb);
    t.is(reply.body.error.details[0].code, "InvalidFailoverDirection");
  }
  t.is(await pair.fails(path, "reProtect", BODY.reverse(BODY.out)), "25038");
  t.deepEqual((await pair.item(path)).allowedOperations, AT_REST);
});

test("S-06 H-03 a test failover makes a machine of its own at the other site, and its cleanup takes it away", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  await pair.does(path, "testFailover", BODY.test(await pair.network("vmm-2", "drill")));
  t.like(await pair.item(path), {
    testFailoverState: "WaitingForCompletion",
    allowedOperations: ["TestFailoverCleanup"],
  });
  const copy = await pair.machineAt("vmm-2", "crm-1 - Test");
  t.like(copy, { power: "on", network: "drill" });
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "on");
  await pair.does(path, "testFailoverCleanup", { properties: { comments: "fine" } });
  t.is(await pair.machineAt("vmm-2", "crm-1 - Test"), undefined);
  t.is((await pair.item(path)).testFailoverState, "MarkedForDeletion");
  const wrong = await pair.ask(
    "POST",
    `${path}/testFailover`,
    BODY.test(await pair.network("vmm-1", "corp")),
  );
  t.is(wrong.status, 400);
});

test("S-06 a machine that runs at the second site is drilled at the first", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  await pair.does(path, "plannedFailover", BODY.planned());
  await pair.does(path, "reProtect", BODY.reverse(BODY.home));
  await pair.until(path, "Protected");
  pair.minutes(5);
  await pair.does(path, "testFailover", BODY.test(undefined, BODY.home));
  t.like(await pair.machineAt("vmm-1", "crm-1 - Test"), { power: "on", network: "" });
});

test("S-06 nothing is reversed while the other site does not answer, and the item stays where it is", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  await pair.change("servers", "vmm-1", { heartbeat: "silent" });
  t.is(await pair.fails(path, "plannedFailover", BODY.planned()), "532");
  await pair.does(path, "unplannedFailover", BODY.unplanned(BODY.out, "NotRequired"));
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "on");
  t.is(await pair.fails(path, "reProtect", BODY.reverse(BODY.home)), "SIM-NO-HEARTBEAT");
  t.deepEqual((await pair.item(path)).allowedOperations, PENDING);
  await pair.change("servers", "vmm-1", { heartbeat: "reports" });
  await pair.does(path, "reProtect", BODY.reverse(BODY.home));
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "off");
});

test("S-06 disabling protection leaves the machines and forgets the item; a migration is completed away", async (t) => {
  const pair = await openVmmPair(t);
  const [crm, erp] = [await pair.cloudItem("crm-1"), await pair.cloudItem("erp-1")];
  await pair.does(crm, "remove", { properties: {} });
  t.is((await pair.ask("GET", crm)).status, 404);
  t.is((await pair.machineAt("vmm-1", "crm-1")).power, "on");
  await pair.does(erp, "unplannedFailover", BODY.unplanned());
  await pair.does(erp, "remove", {
    properties: { disableProtectionReason: "MigrationComplete" },
  });
  t.is((await pair.ask("GET", erp)).status, 404);
  t.is((await pair.machineAt("vmm-2", "erp-1")).power, "on");
});

test("S-07 an item of SAN replication can be read and disabled, and nothing else; nobody makes another one", async (t) => {
  const world = structuredClone(VMM_PAIR) as Body;
  world.vaults[0].items[0].retiredKind = "San";
  const pair = await openVmmPair(t, world);
  const path = await pair.cloudItem("crm-1");
  t.like(await pair.item(path), {
    protectionState: "Protected",
    allowedOperations: ["DisableProtection"],
    primaryFabricProvider: "VmmFabric",
    providerSpecificDetails: { instanceType: "San" },
  });
  t.is(await pair.fails(path, "failoverCommit"), "25037");
  t.is((await pair.ask("POST", `${path}/unplannedFailover`, BODY.unplanned())).status, 400);
  await pair.does(path, "remove", { properties: {} });
  t.is((await pair.ask("GET", path)).status, 404);
  const cloud = await pair.container("gold");
  const made = await pair.ask("PUT", `${cloud}/replicationProtectedItems/new-1`, {
    properties: {
      policyId: policy("between"),
      protectableItemId: (await pair.protectable(cloud, "new-1")).id,
      providerSpecificDetails: { instanceType: "San" },
    },
  });
  t.is(made.status, 400);
});
