import test from "ava";
import { OFFERED } from "./hyper-v.ts";
import type { Body } from "./shop.ts";
import { BODY, openVmmPair } from "./vmm.ts";

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

test("S-06 H-09 a machine goes to the second site unplanned, is reversed there, comes home and is reversed again: one item, one id", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  const before = await pair.item(path);
  t.deepEqual(before.allowedOperations, OFFERED);
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
  t.deepEqual(there.allowedOperations, OFFERED);
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
  t.deepEqual((await pair.item(path)).allowedOperations, OFFERED);
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
  t.deepEqual((await pair.item(path)).allowedOperations, OFFERED);
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
  t.deepEqual((await pair.item(path)).allowedOperations, OFFERED);
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
