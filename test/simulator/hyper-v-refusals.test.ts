import test from "ava";
import {
  ACCOUNT,
  enabling,
  failback,
  HYPER_V,
  type HyperVWorld,
  openHyperV,
  PLANNED,
  policy,
  properties,
  REVERSE,
  UNPLANNED,
} from "./hyper-v.ts";
import type { Body } from "./shop.ts";

/** Asks for the protection of a machine; returns the answer or the final status. */
async function enable(world: HyperVWorld, place: string, name: string, body?: object) {
  const container = await world.container(place);
  const found = await world.protectable(container, name);
  const path = `${container}/replicationProtectedItems/${name}`;
  return { path, body: body ?? enabling(found.id), found };
}

async function refusal(world: HyperVWorld, path: string, body: object): Promise<string> {
  const reply = await world.ask("PUT", path, body);
  if (reply.status !== 400) throw new Error(`${reply.status}`);
  return `${reply.body.error.details[0].code}: ${reply.body.error.message}`;
}

test("S-04 a machine of a VMM cloud whose network is not mapped to Azure is not protected, and says what to map", async (t) => {
  const world = await openHyperV(t);
  const { path, body } = await enable(world, "gold", "lab-1");
  const status = await world.run("PUT", path, body);
  t.is(status.status, "Failed");
  t.is(status.error.code, "SIM-NETWORK-MAPPING");
  t.regex(status.error.message, /'lab'.*'lab-1'/);
  t.is((await world.ask("GET", path)).status, 404);
});

test("S-03 requests that name what does not fit are refused before anything begins", async (t) => {
  const world = await openHyperV(t);
  const { path, found } = await enable(world, "site", "app-1");
  const [disk] = found.properties.customDetails.diskDetails;
  const asked = (details: object, rest: object = {}) =>
    properties(
      { instanceType: "HyperVReplicaAzure", targetStorageAccountId: ACCOUNT, ...details },
      { policyId: policy("to-azure"), protectableItemId: found.id, ...rest },
    );
  t.regex(
    await refusal(world, path, asked({}, { policyId: policy("other") })),
    /'InMageRcm', and 'HyperVReplicaAzure' is needed/,
  );
  t.regex(
    await refusal(world, path, asked({}, { protectableItemId: `${found.id}0` })),
    /SIM-MISSING-REFERENCE.*protectableItemId/,
  );
  t.regex(
    await refusal(world, path, asked({ targetStorageAccountId: `${ACCOUNT}x` })),
    /SIM-MISSING-REFERENCE.*targetStorageAccountId/,
  );
  t.regex(
    await refusal(world, path, asked({ targetStorageAccountId: null })),
    /targetStorageAccountId' is required/,
  );
  t.regex(await refusal(world, path, asked({ disksToInclude: ["x"] })), /disksToInclude\[0\]/);
  t.regex(await refusal(world, path, asked({ vhdId: "x" })), /vhdId/);
  t.regex(
    await refusal(world, path, { properties: { ...(asked({}) as Body).properties, policyId: "" } }),
    /policyId' must not be empty/,
  );
  const cloud = await enable(world, "gold", "erp-1");
  t.regex(
    await refusal(world, path, enabling(cloud.found.id)),
    /'erp-1'.*does not lie in the container/,
  );
  t.is((await world.ask("GET", path)).status, 404);
  const status = await world.run("PUT", path, asked({ disksToInclude: [disk.vhdId] }));
  t.is(status.status, "Succeeded");
});

test("S-03 data disks are not protected without the disk of the operating system", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "remove", { properties: {} });
  const { found } = await enable(world, "site", "sql-1");
  const data = found.properties.customDetails.diskDetails[1].vhdId;
  t.regex(
    await refusal(world, path, enabling(found.id, { disksToInclude: [data] })),
    /operating system disk of 'sql-1'/,
  );
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

test("S-03 a machine whose host is silent is not protected", async (t) => {
  const world = await openHyperV(t);
  const { path, body } = await enable(world, "site", "app-1");
  await world.change("servers", "hv-1", { heartbeat: "silent" });
  const status = await world.run("PUT", path, body);
  t.is(status.status, "Failed");
  t.is(status.error.code, "SIM-NO-HEARTBEAT");
  t.regex(status.error.message, /'hv-1'/);
});

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

test("H-07 a planned failover that fails after the shutdown starts the machine again", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  world.simulator.addFault({
    failTask: {
      task: "VmFailover",
      serviceError: { code: "28031", message: "No cores are left." },
    },
  });
  t.is(await world.fails(path, "plannedFailover", PLANNED), "28031");
  t.is((await world.machine("sql-1")).power, "on");
  t.is((await world.item(path)).protectionState, "Protected");
});
