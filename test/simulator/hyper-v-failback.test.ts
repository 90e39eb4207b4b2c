import test from "ava";
import {
  failback,
  HYPER_V,
  type HyperVWorld,
  OFFERED,
  openHyperV,
  PLANNED,
  properties,
  REVERSE,
  UNPLANNED,
} from "./hyper-v.ts";
import type { Body } from "./shop.ts";

for (const [scenario, place, name, dataSyncOption] of [
  ["S-03", "siteItem", "sql-1", "ForSynchronization"],
  ["S-04", "cloudItem", "crm-1", "ForDownTime"],
] as const) {
  test(`${scenario} H-09 ${name} comes back with ${dataSyncOption}, is committed, replicates again and can leave anew`, async (t) => {
    const world = await openHyperV(t);
    const path = await world[place](name);
    for (const _ of ["first", "second"]) {
      await world.does(path, "plannedFailover", PLANNED);
      await world.does(path, "failoverCommit");
      await world.does(path, "plannedFailover", failback({ dataSyncOption }));
      t.deepEqual(await world.stand(path), [
        "PlannedFailoverCommitRequired",
        "Primary",
        ["Commit", "DisableProtection"],
      ]);
      t.is((await world.machine(name)).power, "on");
      t.is(await world.azurePower(name), "PowerState/deallocated");
      await world.does(path, "failoverCommit");
      t.deepEqual(await world.stand(path), [
        "RestoreFinalized",
        "Primary",
        ["ReverseReplicate", "DisableProtection"],
      ]);
      t.is((await world.details(path)).vmProtectionState, "RestoreFinalized");
      t.is(await world.azurePower(name), undefined);
      await world.does(path, "reProtect", REVERSE);
      const [job] = await world.jobs(name);
      t.is(job.scenarioName, "ReprotectReplicationGroup");
      t.is(job.friendlyName, "Reverse replication");
      t.deepEqual(await world.stand(path), ["Protected", "Primary", OFFERED]);
      t.is((await world.item(path)).providerSpecificDetails.instanceType, "HyperVReplicaAzure");
      world.minutes(10);
    }
  });
}

/** Lets a failback run until a task of its job is in progress, and returns the job. */
async function runUntil(world: HyperVWorld, job: string, task: string): Promise<Body> {
  for (let round = 0; round < 100; round += 1) {
    const { tasks } = (await world.get(job)).properties;
    if (tasks.some((each: Body) => each.name === task && each.state === "InProgress"))
      return (await world.get(job)).properties;
    world.simulator.clock.advance(10_000);
  }
  throw new Error(`${task} does not begin.`);
}

for (const [dataSyncOption, power] of [
  ["ForSynchronization", "PowerState/running"],
  ["ForDownTime", "PowerState/deallocated"],
] as const) {
  test(`H-09 with ${dataSyncOption} the machine in Azure is ${power} while data are copied`, async (t) => {
    const world = await openHyperV(t);
    const path = await world.siteItem("sql-1");
    await world.does(path, "plannedFailover", PLANNED);
    await world.does(path, "failoverCommit");
    const job = await world.begin(path, "plannedFailover", failback({ dataSyncOption }));
    await runUntil(world, job, "DataSync");
    t.is(await world.azurePower("sql-1"), power);
    t.is((await world.machine("sql-1")).power, "off");
  });
}

test("H-09 a reprotect in the wrong direction is refused, one before the commit fails and can be restarted", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  const wrong = properties(
    { instanceType: "HyperVReplicaAzure" },
    { failoverDirection: "RecoveryToPrimary" },
  );
  const reply = await world.ask("POST", `${path}/reProtect`, wrong);
  t.is(reply.status, 400);
  t.is(reply.body.error.code, "BadRequest");
  t.is(reply.body.error.details[0].code, "InvalidFailoverDirection");
  for (const body of [failback(), { properties: { failoverDirection: "RecoveryToPrimary" } }]) {
    const other = await world.ask("POST", `${path}/plannedFailover`, body);
    t.is(other.status, 400);
    t.is(other.body.error.details[0].code, "InvalidFailoverDirection");
  }
  await world.does(path, "plannedFailover", PLANNED);
  const job = await world.begin(path, "reProtect", REVERSE);
  world.minutes(1);
  const { state, errors, allowedActions } = (await world.get(job)).properties;
  t.is(state, "Failed");
  t.is(errors[0].serviceErrorDetails.code, "25038");
  t.deepEqual(allowedActions, ["Restart"]);
  t.is((await world.item(path)).protectionState, "PlannedFailoverCommitRequired");
  t.is(await world.fails(path, "plannedFailover", failback()), "25037");
});

test("H-09 a machine that was deleted comes back only if it may be made anew", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "unplannedFailover", UNPLANNED);
  await world.does(path, "failoverCommit");
  await world.change("machines", "sql-1", { deleted: true });
  t.is(await world.fails(path, "plannedFailover", failback()), "SIM-MACHINE-GONE");
  t.is((await world.item(path)).protectionState, "UnplannedFailoverCommitted");
  await world.does(
    path,
    "plannedFailover",
    failback({ recoveryVmCreationOption: "CreateVmIfNotFound" }),
  );
  t.false((await world.machine("sql-1")).deleted);
  t.is((await world.machine("sql-1")).power, "on");
});

test("H-09 a machine comes back to another host of its site if it may be made there", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "unplannedFailover", UNPLANNED);
  await world.does(path, "failoverCommit");
  await world.change("servers", "hv-1", { heartbeat: "silent" });
  const { value } = await world.get(
    `${path.split("/replicationProtectionContainers/")[0]}/replicationRecoveryServicesProviders`,
  );
  const host = value.find((each: Body) => each.properties.friendlyName === "hv-2");
  const there = { providerIdForAlternateRecovery: host.id };
  t.is(await world.fails(path, "plannedFailover", failback(there)), "SIM-MACHINE-GONE");
  const stray = await world.ask(
    "POST",
    `${path}/plannedFailover`,
    failback({ providerIdForAlternateRecovery: `${host.id}x` }),
  );
  t.is(stray.status, 400);
  await world.does(
    path,
    "plannedFailover",
    failback({ ...there, recoveryVmCreationOption: "CreateVmIfNotFound" }),
  );
  t.is((await world.machine("sql-1")).host, "hv-2");
  t.true(
    (await world.item(path)).recoveryServicesProviderId.endsWith(host.properties.draIdentifier),
  );
  await world.does(path, "failoverCommit");
  await world.does(path, "reProtect", REVERSE);
  t.is((await world.item(path)).protectionState, "Protected");
});

test("H-09 cancelling a failback while data flow costs the machine at the site, and only it", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "plannedFailover", PLANNED);
  await world.does(path, "failoverCommit");
  const job = await world.begin(path, "plannedFailover", failback());
  world.minutes(2);
  await world.ask("POST", `${job}/cancel`);
  t.is((await world.get(job)).properties.state, "Cancelled");
  t.true((await world.machine("sql-1")).deleted);
  t.is(await world.azurePower("sql-1"), "PowerState/running");
  const item = await world.item(path);
  t.is(item.protectionState, "PlannedFailoverStatesBegin");
  t.deepEqual(item.allowedOperations, ["CompleteMigration", "DisableProtection", "Failback"]);
  t.is(await world.fails(path, "plannedFailover", failback()), "SIM-MACHINE-GONE");
});

test("H-09 cancelling a failback that waits for the user costs the machine at the site, too; after the downtime began it does not", async (t) => {
  for (const [knob, minutes, isGone] of [
    [true, 30, true],
    [false, 6, false],
  ] as const) {
    const world = await openHyperV(t, { ...HYPER_V, knobs: { failbackWaitsForUser: knob } });
    const path = await world.siteItem("sql-1");
    await world.does(path, "plannedFailover", PLANNED);
    await world.does(path, "failoverCommit");
    const job = await world.begin(path, "plannedFailover", failback());
    world.minutes(minutes);
    await world.ask("POST", `${job}/cancel`);
    t.is((await world.get(job)).properties.state, "Cancelled");
    t.is((await world.machine("sql-1")).deleted, isGone);
    t.is(await world.azurePower("sql-1"), "PowerState/running");
    t.is((await world.item(path)).activeLocation, "Recovery");
  }
});

test("H-09 a job that waits for the user goes on when it is resumed, with the machine in Azure up to then", async (t) => {
  const world = await openHyperV(t, { ...HYPER_V, knobs: { failbackWaitsForUser: true } });
  const path = await world.siteItem("sql-1");
  await world.does(path, "plannedFailover", PLANNED);
  await world.does(path, "failoverCommit");
  const job = await world.begin(path, "plannedFailover", failback());
  world.minutes(30);
  const waiting = (await world.get(job)).properties;
  t.is(waiting.state, "Suspended");
  t.deepEqual(waiting.allowedActions, ["Cancel", "Resume"]);
  t.is(
    waiting.tasks.find((task: Body) => task.state === "InProgress").name,
    "WaitForUserInputForFailback",
  );
  t.is(await world.azurePower("sql-1"), "PowerState/running");
  await world.ask("POST", `${job}/resume`, { properties: { comments: "now" } });
  world.minutes(30);
  t.is((await world.get(job)).properties.state, "Succeeded");
  t.is((await world.item(path)).activeLocation, "Primary");
  t.is((await world.machine("sql-1")).power, "on");
});
