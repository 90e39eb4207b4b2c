import test from "ava";
import { failback, openHyperV, PENDING, PLANNED, properties, UNPLANNED } from "./hyper-v.ts";
import type { Body } from "./shop.ts";

test("H-07 a planned failover shuts the machine down first, waits for its commit, and offers the failback then", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "plannedFailover", PLANNED);
  t.deepEqual(await world.stand(path), ["PlannedFailoverCommitRequired", "Recovery", PENDING]);
  t.is((await world.machine("sql-1")).power, "off");
  t.is(await world.azurePower("sql-1"), "PowerState/running");
  const [job] = await world.jobs("sql-1");
  t.is(job.scenarioName, "PlannedFailover");
  t.deepEqual(
    job.tasks.map((task: Body) => task.name),
    [
      "VmPfoPrerequisitesCheck",
      "VmShutdownVmOnPrimary",
      "VmPrepareForFailover",
      "VmFailover",
      "VmFoStartVmOnSecondary",
    ],
  );
  await world.does(path, "failoverCommit");
  const item = await world.item(path);
  t.is(item.protectionState, "PlannedFailoverStatesBegin");
  t.is(item.protectionStateDescription, "Planned failover committed");
  t.deepEqual(item.allowedOperations, ["CompleteMigration", "DisableProtection", "Failback"]);
  t.regex(item.failoverRecoveryPointId, /recoveryPoints/);
});

test("H-08 an unplanned failover goes on without the machine, which stays as it is", async (t) => {
  const world = await openHyperV(t);
  const path = await world.cloudItem("crm-1");
  await world.does(path, "unplannedFailover", UNPLANNED);
  t.deepEqual(await world.stand(path), [
    "UnplannedFailoverCommitPendingStatesBegin",
    "Recovery",
    PENDING,
  ]);
  t.is((await world.machine("crm-1")).power, "on");
  t.is(await world.azurePower("crm-1"), "PowerState/running");
  await world.does(path, "failoverCommit");
  t.deepEqual(await world.stand(path), [
    "UnplannedFailoverCommitted",
    "Recovery",
    ["CompleteMigration", "DisableProtection", "Failback"],
  ]);
});

test("H-07 H-08 a planned failover loses nothing, an unplanned one what was not replicated yet", async (t) => {
  const pointOf = async (verb: string, body: object): Promise<number> => {
    const world = await openHyperV(t);
    world.minutes(4);
    const path = await world.siteItem("sql-1");
    await world.does(path, verb, body);
    const [job] = await world.jobs("sql-1");
    const [detail] = job.customDetails.protectedItemDetails;
    const shutDown = job.tasks.find((task: Body) => task.name === "VmShutdownVmOnPrimary");
    const began = shutDown.state === "Succeeded" ? shutDown.endTime : job.startTime;
    return Date.parse(detail.recoveryPointTime) - Date.parse(began);
  };
  t.true((await pointOf("plannedFailover", PLANNED)) >= 0);
  t.true((await pointOf("unplannedFailover", UNPLANNED)) <= -180_000);
});

test("H-08 another recovery point can be chosen until the commit", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "unplannedFailover", UNPLANNED);
  const { value } = await world.get(`${path}/recoveryPoints`);
  const older = value.at(-1);
  await world.does(
    path,
    "applyRecoveryPoint",
    properties({ instanceType: "HyperVReplicaAzure" }, { recoveryPointId: older.id }),
  );
  const item = await world.item(path);
  t.is(item.protectionState, "UnplannedFailoverCommitPendingStatesBegin");
  t.true(item.failoverRecoveryPointId.endsWith(older.name));
  t.is(await world.azurePower("sql-1"), "PowerState/running");
});

test("H-07 a planned failover whose shutdown fails ends with 532 and leaves the item where it was", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("stubborn");
  const before = await world.item(path);
  t.is(await world.fails(path, "plannedFailover", PLANNED), "532");
  const after = await world.item(path);
  t.is(after.protectionState, "Protected");
  t.is(after.activeLocation, "Primary");
  t.deepEqual(after.allowedOperations, before.allowedOperations);
  t.is((await world.machine("stubborn")).power, "on");
  t.is(await world.azurePower("stubborn"), undefined);
});

test("H-08 an unplanned failover of a machine that cannot be shut down goes on, and warns", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("stubborn");
  const status = await world.run(
    "POST",
    `${path}/unplannedFailover`,
    properties(
      { instanceType: "HyperVReplicaAzure" },
      { failoverDirection: "PrimaryToRecovery", sourceSiteOperations: "Required" },
    ),
  );
  t.is(status.status, "Succeeded");
  t.is(status.error.code, "SIM-SHUTDOWN");
  t.is((await world.item(path)).activeLocation, "Recovery");
});

for (const [place, name, server] of [
  ["siteItem", "sql-1", "hv-1"],
  ["cloudItem", "crm-1", "vmm-1"],
] as const) {
  test(`H-07 H-08 while ${server} is silent, a planned failover of ${name} fails and an unplanned one goes on`, async (t) => {
    const world = await openHyperV(t);
    const path = await world[place](name);
    await world.change("servers", server, { heartbeat: "silent" });
    t.is(await world.fails(path, "plannedFailover", PLANNED), "532");
    t.is((await world.item(path)).protectionState, "Protected");
    await world.does(path, "unplannedFailover", UNPLANNED);
    await world.does(path, "failoverCommit");
    t.is(await world.fails(path, "plannedFailover", failback()), "SIM-NO-HEARTBEAT");
    t.is((await world.item(path)).protectionState, "UnplannedFailoverCommitted");
    t.is(await world.azurePower(name), "PowerState/running");
    await world.change("servers", server, { heartbeat: "reports" });
    await world.does(path, "plannedFailover", failback());
  });
}

test("H-07 a planned failover that is cancelled leaves the machine running at home, to be resynchronized", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  const job = await world.begin(path, "plannedFailover", PLANNED);
  world.minutes(2);
  t.is((await world.machine("sql-1")).power, "off");
  await world.ask("POST", `${job}/cancel`);
  t.is((await world.machine("sql-1")).power, "on");
  const item = await world.item(path);
  t.is(item.protectionState, "Protected");
  t.is(item.allowedOperations[0], "RepairReplication");
  await world.does(path, "repairReplication");
  t.is(
    (await world.details(path)).initialReplicationDetails.initialReplicationType,
    "Resynchronization",
  );
  world.minutes(60);
  t.deepEqual((await world.item(path)).allowedOperations, item.allowedOperations.slice(1));
});

test("H-07 a planned failover that fails after the shutdown starts the machine again, and can be restarted", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  world.simulator.addFault({
    failTask: {
      task: "VmFailover",
      serviceError: { code: "28031", message: "No cores are left." },
    },
  });
  const job = await world.begin(path, "plannedFailover", PLANNED);
  world.minutes(10);
  const [error] = (await world.get(job)).properties.errors;
  t.is(error.serviceErrorDetails.code, "28031");
  t.is((await world.machine("sql-1")).power, "on");
  t.is((await world.item(path)).protectionState, "Protected");
  await world.ask("POST", `${job}/restart`);
  world.minutes(10);
  t.is((await world.item(path)).protectionState, "PlannedFailoverCommitRequired");
  t.is((await world.machine("sql-1")).power, "off");
});
