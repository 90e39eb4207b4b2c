import test from "ava";
import { type HyperVWorld, openHyperV } from "./hyper-v.ts";
import type { Body } from "./shop.ts";
import { BODY, openVmmPair } from "./vmm.ts";

const AT_REST = ["PlannedFailover", "UnplannedFailover", "DisableProtection", "TestFailover"];

const codes = (item: Body): string[] => item.healthErrors.map((error: Body) => error.errorCode);
const errorOf = (item: Body, code: string): Body =>
  item.healthErrors.find((error: Body) => error.errorCode === code);
const trouble = (kind: string | null) => ({
  replicationError: kind === null ? null : { kind },
});

/** Lets the log of a machine's disks grow until a resynchronization is due, in office hours. */
async function fillLog(world: HyperVWorld, path: string): Promise<Body> {
  // 64 GiB of disks: half of it takes 32 GiB, at 40 MiB/s 819 s while nothing gets through.
  await world.change("machines", "sql-1", { churnMiBPerSecond: 40 });
  await world.change("servers", "hv-1", { heartbeat: "silent" });
  world.minutes(13);
  const before = await world.item(path);
  world.minutes(1);
  await world.change("servers", "hv-1", { heartbeat: "reports" });
  await world.change("machines", "sql-1", { churnMiBPerSecond: 1 });
  return before;
}

test("H-04 changes are sent at the interval of the policy, and only what was sent is counted", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  const replicated = async () => Date.parse((await pair.details(path)).lastReplicatedTime);
  const now = async () => Date.parse((await pair.get("/_simulator/clock")).now);
  t.true((await now()) - (await replicated()) <= 30_000);
  await pair.change("servers", "hv-1", { heartbeat: "silent" });
  const last = await replicated();
  pair.minutes(10);
  t.is(await replicated(), last);
  await pair.change("servers", "hv-1", { heartbeat: "reports" });
  pair.minutes(1);
  t.true((await now()) - (await replicated()) <= 30_000);
});

test("H-04 a machine keeps the newest point and one of each hour, some of them application-consistent", async (t) => {
  const world = await openHyperV(t);
  const { value } = await world.get(`${await world.siteItem("sql-1")}/recoveryPoints`);
  t.is(value.length, 5);
  const hours = value
    .slice(1)
    .map((point: Body) => Date.parse(point.properties.recoveryPointTime) / 3_600_000);
  t.deepEqual(
    hours.map((hour: number) => hours[0] - hour),
    [0, 1, 2, 3],
  );
  t.true(value.some((point: Body) => point.properties.recoveryPointType === "AppConsistent"));
});

test("H-05 a log that reaches half of its disk marks the machine for resynchronization: repair is offered first, health is critical", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  const before = await fillLog(world, path);
  t.deepEqual(before.allowedOperations, AT_REST);
  const item = await world.item(path);
  t.deepEqual(item.allowedOperations, ["RepairReplication", ...AT_REST]);
  t.is(item.replicationHealth, "Critical");
  const error = errorOf(item, "324510");
  t.like(error, { errorLevel: "Critical", customerResolvability: "Allowed" });
  t.regex(error.possibleCauses, /50 %/);
  t.regex(error.recommendedAction, /from 2026-01-15T18:00:00Z on/);
});

test("H-05 a log grows as well when a machine writes more than gets through, and goes down again", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.change("machines", "sql-1", { churnMiBPerSecond: 60 });
  world.minutes(13);
  t.deepEqual((await world.item(path)).allowedOperations, AT_REST);
  await world.change("machines", "sql-1", { churnMiBPerSecond: 0 });
  world.minutes(60);
  await world.change("machines", "sql-1", { churnMiBPerSecond: 60 });
  world.minutes(13);
  t.deepEqual((await world.item(path)).allowedOperations, AT_REST);
  world.minutes(2);
  t.is((await world.item(path)).allowedOperations[0], "RepairReplication");
});

test("H-05 a resynchronization by hand tells how far it is, keeps the machine protected and ends healthy", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await fillLog(world, path);
  const job = await world.begin(path, "repairReplication");
  world.minutes(1);
  t.like((await world.get(job)).properties, {
    scenarioName: "RepairVMReplication",
    state: "Succeeded",
  });
  const begun = await world.item(path);
  t.like(begun, { protectionState: "Protected", replicationHealth: "Warning" });
  t.deepEqual(begun.allowedOperations, AT_REST);
  t.is(
    begun.providerSpecificDetails.initialReplicationDetails.initialReplicationType,
    "Resynchronization",
  );
  world.minutes(3);
  const { initialReplicationDetails } = await world.details(path);
  t.like(initialReplicationDetails, { initialReplicationType: "Resynchronization" });
  world.minutes(10);
  const ended = await world.item(path);
  t.is(ended.replicationHealth, "Normal");
  t.is(
    ended.providerSpecificDetails.initialReplicationDetails.initialReplicationType,
    "InitialReplication",
  );
});

test("H-05 nobody's hand is needed: outside office hours the machine is resynchronized by itself", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await fillLog(world, path);
  world.simulator.clock.advance("2026-01-15T17:59:00Z");
  t.is((await world.item(path)).allowedOperations[0], "RepairReplication");
  world.minutes(2);
  t.is(
    (await world.details(path)).initialReplicationDetails.initialReplicationType,
    "Resynchronization",
  );
  world.minutes(10);
  const ended = await world.item(path);
  t.false(codes(ended).includes("324510"));
  t.deepEqual(ended.allowedOperations, AT_REST);
  // Until the next hour it lacks an application-consistent point.
  world.minutes(60);
  t.like(await world.item(path), { replicationHealth: "Normal", protectionState: "Protected" });
});

test("H-05 a machine whose host is silent in the evening is resynchronized when it speaks again", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await fillLog(world, path);
  await world.change("servers", "hv-1", { heartbeat: "silent" });
  world.simulator.clock.advance("2026-01-15T20:10:00Z");
  t.is((await world.item(path)).allowedOperations[0], "RepairReplication");
  t.is(await world.fails(path, "repairReplication"), "SIM-HV-RESYNC");
  await world.change("servers", "hv-1", { heartbeat: "reports" });
  world.minutes(60);
  t.is((await world.item(path)).replicationHealth, "Normal");
});

test("H-05 a resynchronization that is asked for by a world or an operator of the simulator is planned as well", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.ask("POST", "/_simulator/items", { id: path, resyncRequired: true });
  t.is((await world.item(path)).replicationHealth, "Critical");
  await world.ask("POST", "/_simulator/items", { id: path, resyncRequired: false });
  t.is((await world.item(path)).replicationHealth, "Normal");
  await world.ask("POST", "/_simulator/items", { id: path, resyncRequired: true });
  world.simulator.clock.advance("2026-01-15T19:00:00Z");
  t.is((await world.item(path)).replicationHealth, "Normal");
});

test("H-06 a recoverable error is tried again after 1, 2, 4, 8, 10 and then every 30 minutes, and its health tells when", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.change("machines", "sql-1", trouble("network"));
  const start = Date.parse((await world.get("/_simulator/clock")).now);
  const tries: number[] = [];
  for (const waited of [0, 1, 3, 7, 15, 25, 55, 85]) {
    world.simulator.clock.advance(new Date(start + waited * 60_000 + 1000).toISOString());
    const error = errorOf(await world.item(path), "SIM-HV-NETWORK");
    t.is(error.errorLevel, "Warning");
    const next = /next try is at (\S+)\.$/.exec(error.errorMessage)?.[1] ?? "";
    tries.push(Math.round((Date.parse(next) - start) / 60_000) - waited);
  }
  t.deepEqual(tries, [1, 2, 4, 8, 10, 30, 30, 30]);
});

test("H-06 the replication goes on with the first try after the cause is gone", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  for (const kind of ["network", "diskSpace", "memory"]) {
    await world.change("machines", "sql-1", trouble(kind));
    world.minutes(4);
    t.is((await world.item(path)).replicationHealth, "Warning", kind);
    await world.change("machines", "sql-1", trouble(null));
    world.minutes(2);
    t.is((await world.item(path)).replicationHealth, "Warning", kind);
    world.minutes(2);
    t.is((await world.item(path)).replicationHealth, "Normal", kind);
  }
  const { value } = await world.get(path.replace(/replicationFabrics.*/, "replicationEvents"));
  const told = value.map((event: Body) => event.properties.description);
  t.true(told.some((each: string) => /tried again at/.test(each)));
  t.true(told.includes("Replication of the virtual machine goes on"));
});

test("H-06 a recoverable error that lasts for an hour is critical: nothing was copied meanwhile", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.change("machines", "sql-1", trouble("diskSpace"));
  world.minutes(70);
  const item = await world.item(path);
  t.is(item.replicationHealth, "Critical");
  t.true(codes(item).includes("153007"));
});

test("H-06 authentication, authorization and an invalid replica are critical and not tried again: mend them and resynchronize", async (t) => {
  for (const kind of ["authentication", "authorization", "invalidReplica"]) {
    const world = await openHyperV(t);
    const path = await world.siteItem("sql-1");
    await world.change("machines", "sql-1", trouble(kind));
    const item = await world.item(path);
    t.is(item.replicationHealth, "Critical");
    const error = errorOf(item, `SIM-HV-${kind.toUpperCase()}`);
    t.is(error.errorLevel, "Critical");
    t.regex(error.errorMessage, /not tried again/);
    t.is(item.allowedOperations[0], "RepairReplication");
    t.is(await world.fails(path, "repairReplication"), "SIM-HV-RESYNC");
    await world.change("machines", "sql-1", trouble(null));
    world.minutes(120);
    t.is((await world.item(path)).replicationHealth, "Critical", kind);
    await world.does(path, "repairReplication");
    world.minutes(75);
    t.is((await world.item(path)).replicationHealth, "Normal", kind);
  }
});

test("H-06 a silent host is a warning after 15 minutes; a machine that is off is up to date and healthy", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.change("machines", "sql-1", { power: "off" });
  world.minutes(120);
  t.is((await world.item(path)).replicationHealth, "Normal");
  await world.change("servers", "hv-1", { heartbeat: "silent" });
  world.minutes(14);
  t.is((await world.item(path)).replicationHealth, "Normal");
  world.minutes(2);
  t.deepEqual(codes(await world.item(path)), ["SIM-NO-HEARTBEAT"]);
});

test("H-06 between sites the error of the side that replicates counts, and a failover ends it", async (t) => {
  const pair = await openVmmPair(t);
  const path = await pair.cloudItem("crm-1");
  // Its replica has the same name; the machine itself is meant.
  await pair.change("machines", "crm-1", trouble("network"));
  t.is((await pair.item(path)).replicationHealth, "Warning");
  t.is(await pair.fails(path, "plannedFailover", BODY.planned()), "532");
  await pair.does(path, "unplannedFailover", BODY.unplanned());
  t.deepEqual((await pair.item(path)).healthErrors, []);
});

test("H-05 a failover ends what a replication had to do yet: no repair is offered, and the next one begins anew", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await fillLog(world, path);
  await world.does(path, "unplannedFailover", {
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "NotRequired",
      providerSpecificDetails: { instanceType: "HyperVReplicaAzure" },
    },
  });
  const away = await world.item(path);
  t.false(away.allowedOperations.includes("RepairReplication"));
  t.deepEqual(away.healthErrors, []);
  world.simulator.clock.advance("2026-01-16T01:00:00Z");
  t.is((await world.item(path)).protectionState, "UnplannedFailoverCommitPendingStatesBegin");
});
