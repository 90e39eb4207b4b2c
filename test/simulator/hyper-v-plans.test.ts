import test, { type ExecutionContext } from "ava";
import { DRV, fabric, type HyperVWorld, openHyperV } from "./hyper-v.ts";
import { DRILL } from "./recovered-side.ts";
import type { Body } from "./shop.ts";
import { openVmmPair } from "./vmm.ts";

const PLAN = `${DRV}/replicationRecoveryPlans/plan`;
const AT_REST = ["PlannedFailover", "UnplannedFailover", "TestFailover"];

/** A plan with a boot group for each item. */
async function plan(world: HyperVWorld, from: string, to: string, items: readonly string[]) {
  const entries = await Promise.all(
    items.map(async (id) => ({ id, virtualMachineId: (await world.details(id)).vmId })),
  );
  return {
    properties: {
      primaryFabricId: fabric(from),
      recoveryFabricId: to === "Microsoft Azure" ? to : fabric(to),
      failoverDeploymentModel: "ResourceManager",
      groups: entries.map((entry) => ({ groupType: "Boot", replicationProtectedItems: [entry] })),
    },
  };
}

/** A world whose plan has one machine of the site. */
async function withPlan(t: ExecutionContext): Promise<{ world: HyperVWorld; item: string }> {
  const world = await openHyperV(t);
  const item = await world.siteItem("sql-1");
  await world.run("PUT", PLAN, await plan(world, "site", "Microsoft Azure", [item]));
  return { world, item };
}

/** The same after a planned failover of the plan, committed. */
async function inAzure(t: ExecutionContext): Promise<{ world: HyperVWorld; item: string }> {
  const { world, item } = await withPlan(t);
  await world.run("POST", `${PLAN}/plannedFailover`, OUT);
  await world.run("POST", `${PLAN}/failoverCommit`);
  return { world, item };
}

async function state(world: HyperVWorld): Promise<Body> {
  const { properties } = await world.get(PLAN);
  const { allowedOperations, currentScenario, currentScenarioStatus } = properties;
  return {
    operations: allowedOperations,
    scenario: currentScenario?.scenarioName ?? null,
    status: currentScenarioStatus,
    description: properties.currentScenarioStatusDescription,
  };
}

const groupsOf = (job: Body): readonly string[] =>
  job.tasks.map(
    (task: Body) => `${task.name === "Unknown" ? task.friendlyName : task.name}: ${task.state}`,
  );

const body = (failoverDirection: string, details: readonly object[], rest: object = {}) => ({
  properties: { failoverDirection, providerSpecificDetails: details, ...rest },
});

const AZURE = [{ instanceType: "HyperVReplicaAzure" }];
const OUT = body("PrimaryToRecovery", AZURE);
const home = (dataSyncOption: string) =>
  body("RecoveryToPrimary", [
    {
      instanceType: "HyperVReplicaAzureFailback",
      dataSyncOption,
      recoveryVmCreationOption: "NoAction",
    },
  ]);

test("H-07 a plan of Hyper-V machines offers what was recorded, and its planned failover shuts them all down first", async (t) => {
  const world = await openHyperV(t);
  const items = [await world.siteItem("sql-1")];
  await world.run("PUT", PLAN, await plan(world, "site", "Microsoft Azure", items));
  const { properties } = await world.get(PLAN);
  t.like(properties, {
    replicationProviders: ["HyperVReplicaAzure"],
    recoveryFabricFriendlyName: "Microsoft Azure",
    allowedOperations: AT_REST,
    currentScenario: null,
  });
  const [member] = properties.groups[2].replicationProtectedItems;
  t.is(member.virtualMachineId, (await world.machine("sql-1")).id);
  const job = await world.begin(PLAN, "plannedFailover", OUT);
  world.minutes(30);
  const ended = (await world.get(job)).properties;
  t.deepEqual(groupsOf(ended), [
    "RpSrsPrerequisitesCheck: Succeeded",
    "RpEnvironmentCreationTask: Succeeded",
    "All groups shutdown (1): Succeeded",
    "Recovery plan failover: Succeeded",
    "Group 1: Start (1): Succeeded",
    "EndRecoveryPlanTask: Succeeded",
  ]);
  t.is(ended.tasks[2].taskType, "RecoveryPlanShutdownGroupTaskDetails");
  t.like(ended, { scenarioName: "PlannedFailover", state: "Succeeded" });
  t.deepEqual(await state(world), {
    operations: [...AT_REST, "Commit"],
    scenario: "PlannedFailover",
    status: "Succeeded",
    description: "Completed",
  });
  t.is(await world.azurePower("sql-1"), "PowerState/running");
  await world.run("POST", `${PLAN}/failoverCommit`);
  t.deepEqual((await state(world)).operations, AT_REST);
});

test("H-09 a plan's failback copies the data, waits suspended until it is resumed, and takes the machines home then", async (t) => {
  const { world, item } = await inAzure(t);
  const job = await world.begin(PLAN, "plannedFailover", home("ForSynchronization"));
  world.minutes(60);
  const waiting = (await world.get(job)).properties;
  t.like(waiting, {
    scenarioName: "Failback",
    friendlyName: "Planned failover",
    state: "Suspended",
    allowedActions: ["Cancel", "Resume"],
  });
  t.deepEqual(groupsOf(waiting).slice(0, 5), [
    "RpSrsPrerequisitesCheck: Succeeded",
    "PrepareVmOnPremForFailback: Succeeded",
    "Data synchronization: Succeeded",
    "WaitForUserInputForFailback: InProgress",
    "All groups shutdown (1): NotStarted",
  ]);
  t.is(await world.azurePower("sql-1"), "PowerState/running");
  t.is((await world.machine("sql-1")).power, "off");
  t.deepEqual(await state(world), {
    operations: [],
    scenario: "PlannedFailover",
    status: "Suspended",
    description: "WaitingForUserInputForFailback",
  });
  await world.ask("POST", `${job}/resume`, { properties: { comments: "go" } });
  world.minutes(30);
  t.is((await world.get(job)).properties.state, "Succeeded");
  t.is((await world.machine("sql-1")).power, "on");
  t.not(await world.azurePower("sql-1"), "PowerState/running");
  t.deepEqual((await state(world)).operations, [...AT_REST, "Commit"]);
  await world.run("POST", `${PLAN}/failoverCommit`);
  t.like(await world.item(item), {
    protectionState: "RestoreFinalized",
    activeLocation: "Primary",
  });
});

test("H-09 a plan's failback during downtime waits for nobody", async (t) => {
  const { world, item } = await inAzure(t);
  const status = await world.run("POST", `${PLAN}/plannedFailover`, home("ForDownTime"));
  t.is(status.status, "Succeeded");
  t.like(await world.item(item), {
    protectionState: "PlannedFailoverCommitRequired",
    activeLocation: "Primary",
  });
});

test("H-09 a plan's failback that is cancelled while it waits leaves the machines in Azure running", async (t) => {
  const { world, item } = await inAzure(t);
  const job = await world.begin(PLAN, "plannedFailover", home("ForSynchronization"));
  world.minutes(60);
  await world.ask("POST", `${job}/cancel`);
  world.minutes(1);
  t.is((await world.get(job)).properties.state, "Cancelled");
  t.is(await world.azurePower("sql-1"), "PowerState/running");
  t.like(await world.item(item), {
    protectionState: "PlannedFailoverStatesBegin",
    activeLocation: "Recovery",
  });
  t.deepEqual((await state(world)).operations, AT_REST);
});

test("H-07 a machine that cannot be shut down does not stop the others of a planned failover, and stays where it is", async (t) => {
  const world = await openHyperV(t);
  const items = [await world.siteItem("sql-1"), await world.siteItem("stubborn")];
  await world.run("PUT", PLAN, await plan(world, "site", "Microsoft Azure", items));
  const job = await world.begin(PLAN, "plannedFailover", OUT);
  world.minutes(30);
  t.is((await world.get(job)).properties.state, "PartiallySucceeded");
  t.is((await world.item(items[0] ?? "")).activeLocation, "Recovery");
  t.like(await world.item(items[1] ?? ""), {
    protectionState: "Protected",
    activeLocation: "Primary",
  });
  t.is((await world.machine("stubborn")).power, "on");
});

test("A plan of Hyper-V machines is drilled, refuses the wrong direction and another machine's id, and is not reversed as a whole", async (t) => {
  const { world, item } = await withPlan(t);
  const drill = body("PrimaryToRecovery", AZURE, {
    networkType: "VmNetworkAsInput",
    networkId: DRILL,
  });
  t.is((await world.run("POST", `${PLAN}/testFailover`, drill)).status, "Succeeded");
  t.like(await state(world), { operations: ["TestFailoverCleanup"], status: "Suspended" });
  await world.run("POST", `${PLAN}/testFailoverCleanup`, { properties: {} });
  t.deepEqual((await state(world)).operations, AT_REST);
  const wrong = await world.run("POST", `${PLAN}/plannedFailover`, home("ForDownTime"));
  t.is(wrong.error.code, "25037");
  t.is((await world.run("POST", `${PLAN}/reProtect`)).error.code, "25038");
  t.like(await world.item(item), { protectionState: "Protected", activeLocation: "Primary" });
  const foreign = (await plan(world, "site", "Microsoft Azure", [item])) as Body;
  foreign.properties.groups[0].replicationProtectedItems[0].virtualMachineId = "sql-1";
  t.is((await world.ask("PUT", PLAN, foreign)).status, 400);
});

test("S-06 a plan between VMM sites goes out and home by its direction; after a commit it names the way back, which each machine goes by itself", async (t) => {
  const pair = await openVmmPair(t);
  const items = [await pair.cloudItem("crm-1")];
  await pair.run("PUT", PLAN, await plan(pair, "vmm-1", "vmm-2", items));
  t.like((await pair.get(PLAN)).properties, {
    replicationProviders: ["HyperVReplica2012R2"],
    recoveryFabricFriendlyName: "vmm-2",
    allowedOperations: AT_REST,
  });
  const drill = body("PrimaryToRecovery", [], {
    networkType: "VmNetworkAsInput",
    networkId: await pair.network("vmm-2", "drill"),
  });
  t.is((await pair.run("POST", `${PLAN}/testFailover`, drill)).status, "Succeeded");
  t.is((await pair.machineAt("vmm-2", "crm-1 - Test")).network, "drill");
  await pair.run("POST", `${PLAN}/testFailoverCleanup`, { properties: {} });
  const out = body("PrimaryToRecovery", []);
  t.is((await pair.run("POST", `${PLAN}/plannedFailover`, out)).status, "Succeeded");
  t.deepEqual((await state(pair)).operations, [...AT_REST, "Commit"]);
  await pair.run("POST", `${PLAN}/failoverCommit`);
  t.deepEqual((await state(pair)).operations, [...AT_REST, "ReverseReplicate"]);
  t.is((await pair.run("POST", `${PLAN}/reProtect`)).error.code, "25038");
  await pair.does(items[0] ?? "", "reProtect", {
    properties: {
      failoverDirection: "RecoveryToPrimary",
      providerSpecificDetails: { instanceType: "HyperVReplica2012R2" },
    },
  });
  await pair.until(items[0] ?? "", "Protected");
  pair.minutes(5);
  t.is((await pair.run("POST", `${PLAN}/plannedFailover`, out)).error.code, "25037");
  const unplannedHome = body("RecoveryToPrimary", [], { sourceSiteOperations: "Required" });
  t.is((await pair.run("POST", `${PLAN}/unplannedFailover`, unplannedHome)).status, "Succeeded");
  t.is((await pair.item(items[0] ?? "")).activeLocation, "Primary");
});
