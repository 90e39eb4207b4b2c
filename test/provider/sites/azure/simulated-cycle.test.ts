import test from "ava";
import { SiteError } from "../../../../provider/errors.ts";
import { failoverOf } from "./support/failover-request.ts";
import { disksFor, ids, startWorld } from "./support/simulated-world.ts";

test("A-13 a machine is drilled, failed over, committed, reprotected and failed back", async (t) => {
  const { run, site, vault, item, perform, untilProtected } = await startWorld(t);
  const before = await item();
  const drill = await perform({
    verb: "testFailover",
    target: { kind: "item", item: before },
    direction: "PrimaryToRecovery",
    networkId: ids.testNetwork,
    recoveryPoint: { kind: "Latest" },
  });
  t.true(drill.succeeded, drill.failure);
  t.is((await item()).testFailoverState, "WaitingForCompletion");
  const cleanup = await perform({
    verb: "testFailoverCleanup",
    target: { kind: "item", item: await item() },
    comments: "drill done",
  });
  t.true(cleanup.succeeded, cleanup.failure);

  run.progress.length = 0;
  const failover = await perform(failoverOf(await item()));
  t.true(failover.succeeded, failover.failure);
  t.true(
    run.progress.some((each) => /^web: .+ \(\d of 5\)$/.test(each)),
    run.progress.join("\n"),
  );
  const away = await item();
  t.is(away.activeLocation, "Recovery");
  t.true(away.allowedOperations.includes("Commit"));

  t.true((await perform({ verb: "commit", target: { kind: "item", item: away } })).succeeded);
  const machine = await site.machine(
    run.context,
    `${ids.westGroup}/providers/Microsoft.Compute/virtualMachines/web`,
  );
  t.is(machine?.location, "westeurope");
  const committed = await item();
  const reprotect = await perform({
    verb: "reprotect",
    way: "toRegion",
    target: { kind: "item", item: committed },
    recoveryContainerId: committed.primary.containerId,
    policyId: committed.policyId,
    recoveryResourceGroupId: ids.northGroup,
    disks: disksFor([machine?.osDiskId ?? ""], ids.westCache, ids.northGroup),
  });
  t.true(reprotect.succeeded, reprotect.failure);
  const back = await untilProtected();
  t.is(back.name, before.name);
  t.not(back.armId, before.armId);
  t.is(back.primary.location, "westeurope");
  t.is(back.initialPrimaryLocation, "northeurope");
  t.true((await perform(failoverOf(back))).succeeded);
  t.is((await vault.jobs(run.context))[0]?.scenarioName, "UnplannedFailover");
});

test("a whole set-up is made, read back, changed and removed in order", async (t) => {
  const { run, site, untilProtected, simulator } = await startWorld(t);
  const { context } = run;
  const facts = await site.putVault(context, ids.newVault, {
    location: "westeurope",
    skuName: "Standard",
    publicNetworkAccess: "Enabled",
    tags: { team: "dr" },
  });
  t.deepEqual(facts.tags, { team: "dr" });
  const vault = site.vault(ids.newVault);
  t.is((await vault.putFabric(context, "n", "northeurope")).friendlyName, "North Europe");
  await vault.putFabric(context, "w", "westeurope");
  const north = await vault.putContainer(context, "n", "box-n");
  const west = await vault.putContainer(context, "w", "box-w");
  const settings = {
    recoveryPointHistoryMinutes: 720,
    applicationConsistentFrequencyMinutes: 0,
    crashConsistentFrequencyMinutes: 5,
    multiVmSync: true,
  };
  await vault.putPolicy(context, "p", settings);
  const policy = await vault.updatePolicy(context, "p", {
    ...settings,
    recoveryPointHistoryMinutes: 1440,
  });
  t.is(policy.recoveryPointHistoryMinutes, 1440);
  t.true(policy.multiVmSync);
  const mapping = { targetContainerId: west.id, policyId: policy.id, agentAutoUpdate: false };
  t.is((await vault.putContainerMapping(context, north.id, "m", mapping)).state, "Paired");
  const networks = {
    primaryNetworkId: ids.northNetwork,
    recoveryNetworkId: ids.westNetwork,
    recoveryFabricName: "w",
  };
  t.is(
    (await vault.putNetworkMapping(context, "n", "azureNetwork", "nm", networks)).fabricName,
    "n",
  );
  const alert = { sendToOwners: true, emailAddresses: ["dr@example.org"], locale: "en_US" };
  t.like(await vault.putAlertSetting(context, "defaultAlertSetting", alert), alert);

  const machine = `${ids.northGroup}/providers/Microsoft.Compute/virtualMachines/web`;
  const osDisk = (await site.machine(context, machine))?.osDiskId ?? "";
  const started = await vault.enableProtection(context, north.id, "web", {
    machineId: machine,
    policyId: policy.id,
    recoveryContainerId: west.id,
    recoveryResourceGroupId: ids.westGroup,
    disks: disksFor([osDisk], ids.northCache, ids.westGroup),
  });
  const enabled = await vault.follow(context, started);
  t.true(enabled.succeeded, enabled.failure);
  const item = await untilProtected(vault);
  t.true((await vault.recoveryPoints(context, item)).length > 0);
  t.true((await vault.machineSizes(context, item)).length > 0);
  await vault.updateItem(context, item, {
    machineSize: "Standard_D4s_v3",
    testNetworkId: ids.testNetwork,
  });
  const [updated] = await vault.items(context);
  t.is(updated?.target.machineSize, "Standard_D4s_v3");
  t.is(updated?.nics[0]?.recoverySubnetName, item.nics[0]?.recoverySubnetName);

  const plan = await vault.putRecoveryPlan(context, "all", {
    primaryFabricId: `${ids.newVault}/replicationFabrics/n`,
    recoveryFabricId: `${ids.newVault}/replicationFabrics/w`,
    groups: [
      {
        type: "Boot",
        items: [{ armId: item.armId, machineId: item.machineId }],
        startActions: [],
        endActions: [],
      },
    ],
  });
  t.deepEqual(
    plan.groups.flatMap((each) => each.itemNames),
    ["web"],
  );

  await vault.removeRecoveryPlan(context, "all");
  await vault.disableProtection(context, item);
  await vault.disableProtection(context, item);
  await vault.removeNetworkMapping(context, "n", "azureNetwork", "nm");
  await vault.removeContainerMapping(context, north.id, "m");
  await vault.removeContainer(context, "n", "box-n");
  await vault.removeContainer(context, "w", "box-w");
  await vault.removePolicy(context, "p");
  await vault.removeFabric(context, "n");
  await vault.removeFabric(context, "w");
  await site.removeVault(context, ids.newVault);
  t.is(await site.vaultFacts(context, ids.newVault), undefined);
  t.deepEqual(
    simulator.journal().filter((each) => each.status >= 400 && each.status !== 404),
    [],
  );
});

test("A-06 a recovery plan is drilled and fails over as one job under a name of its own", async (t) => {
  const { run, vault, item, perform } = await startWorld(t);
  const { context } = run;
  const items = [await item("web"), await item("app")];
  const plan = await vault.putRecoveryPlan(context, "all", {
    primaryFabricId: `${ids.vault}/replicationFabrics/north`,
    recoveryFabricId: `${ids.vault}/replicationFabrics/west`,
    groups: items.map(({ armId, machineId }) => ({
      type: "Boot" as const,
      items: [{ armId, machineId }],
      startActions: [],
      endActions: [],
    })),
  });
  const target = { kind: "recoveryPlan", plan, instanceTypes: ["A2A"] } as const;
  const drill = await perform({
    verb: "testFailover",
    target,
    direction: "PrimaryToRecovery",
    networkId: ids.testNetwork,
    recoveryPoint: { kind: "Latest" },
  });
  t.true(drill.succeeded, drill.failure);
  t.is((await item("app")).testFailoverState, "WaitingForCompletion");
  const cleanup = await perform({ verb: "testFailoverCleanup", target, comments: "done" });
  t.true(cleanup.succeeded, cleanup.failure);
  run.progress.length = 0;
  const outcome = await perform({
    verb: "unplannedFailover",
    target,
    direction: "PrimaryToRecovery",
    shutdownSource: true,
    recoveryPoint: { kind: "Latest" },
  });
  t.true(outcome.succeeded, outcome.failure);
  t.is(outcome.job?.targetInstanceType, "RecoveryPlan");
  t.true(
    run.progress.some((each) => each.includes("app: ")),
    run.progress.join("\n"),
  );
  t.is((await item("app")).activeLocation, "Recovery");
});

test("P-03 a failover whose answer was lost runs once, and is found and followed by its job", async (t) => {
  const { run, vault, item, simulator } = await startWorld(t);
  const request = failoverOf(await item());
  simulator.addFault({ match: { method: "POST", path: "/unplannedFailover$" }, reset: "after" });
  const error = await t.throwsAsync(vault.start(run.context, request), { instanceOf: SiteError });
  t.true(error?.effectUnknown);
  const held = (await item()).currentScenario;
  const outcome = await vault.follow(run.context, { operationId: held?.jobName ?? "" });
  t.true(outcome.succeeded, outcome.failure);
  t.is((await item()).activeLocation, "Recovery");
  const posts = simulator.journal().filter((each) => each.method === "POST");
  t.is(posts.length, 1);
});

test("P-06 a failover that fails tells machine, task, code, cause and action", async (t) => {
  const { item, perform, simulator } = await startWorld(t);
  simulator.addFault({
    failTask: {
      scenario: "UnplannedFailover",
      task: "VmFailover",
      serviceError: {
        code: "28031",
        message: "The core quota is exceeded.",
        possibleCauses: "Too few cores.",
        recommendedAction: "Raise the quota.",
      },
    },
  });
  const outcome = await perform(failoverOf(await item()));
  t.false(outcome.succeeded);
  t.regex(
    outcome.failure,
    /^web, task ".+": 28031: The core quota is exceeded. Possible causes: Too few cores. Recommended action: Raise the quota./,
  );
});

test("A-05 a failover goes on when its source cannot be shut down, and warns of it", async (t) => {
  const { item, perform, simulator } = await startWorld(t);
  simulator.addFault({ shutdownFails: { machine: "web" } });
  const outcome = await perform(failoverOf(await item()));
  t.true(outcome.succeeded, outcome.failure);
  t.true(outcome.warnings.length > 0);
  t.is(outcome.job?.state, "CompletedWithInformation");
});

test("an unchanged look at a vault costs one request per list, however often it is asked", async (t) => {
  const { run, vault, simulator } = await startWorld(t);
  simulator.clearJournal();
  const looks = Array.from({ length: 100 }, () =>
    Promise.all([vault.items(run.context), vault.policies(run.context), vault.jobs(run.context)]),
  );
  await Promise.all(looks);
  t.is(simulator.journal().length, 3);
});
