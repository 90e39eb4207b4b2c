import test, { type ExecutionContext } from "ava";
import {
  done,
  type HyperVWorld,
  hyperVIds,
  latest,
  of,
  policySettings,
  protectedWorld,
  reversed,
  siteWorld,
  startHyperV,
  toAzureSpecification,
} from "./support/simulated-hyper-v.ts";

/** Makes the Hyper-V site and all that protection needs; answers container and policy. */
async function siteWithPolicy(
  t: ExecutionContext,
  { vault, run, until }: HyperVWorld,
): Promise<{ readonly containerId: string; readonly policyId: string }> {
  const { context } = run;
  t.like(await vault.hyperV.putSite(context, "site"), { instanceType: "HyperVSite" });
  const providers = await until("both hosts", async () => {
    const found = await vault.hyperV.providers(context);
    return found.length === 2 ? found : undefined;
  });
  t.deepEqual(providers.map((each) => [each.friendlyName, each.connectionStatus]).sort(), [
    ["hv-1.example", "Connected"],
    ["hv-2.example", "Connected"],
  ]);
  const container = await until("the site's container", async () =>
    (await vault.containers(context)).find((each) => each.fabricName === "site"),
  );
  const made = await vault.putPolicy(context, "two-hours", {
    ...policySettings,
    scenario: "HyperVToAzure",
    hyperV: { replicationIntervalSeconds: 300, storageAccountId: hyperVIds.account },
  });
  t.like(made, {
    recoveryPointHistoryMinutes: 120,
    applicationConsistentFrequencyMinutes: 60,
    hyperV: { replicationIntervalSeconds: 300, encryption: "Disabled" },
  });
  const mapping = await vault.putContainerMapping(context, container.id, "to-azure", {
    scenario: "HyperVToAzure",
    targetContainerId: "Microsoft Azure",
    policyId: made.id,
    agentAutoUpdate: false,
  });
  t.like(mapping, { state: "Paired", targetContainerId: "Microsoft Azure" });
  return { containerId: container.id, policyId: made.id };
}

test("S-03 H-01 H-07 H-09 a machine of a Hyper-V site is protected, drilled, failed over as planned, failed back and reversed", async (t) => {
  const world = await startHyperV(t, siteWorld);
  const { vault, run, untilOffered, until } = world;
  const { context } = run;
  const { containerId, policyId } = await siteWithPolicy(t, world);
  await until(
    "the discovery of web",
    async () => (await vault.onPremises.protectableItems(context, containerId))[0],
  );
  const specification = await toAzureSpecification(world, containerId, policyId, {
    networkId: hyperVIds.network,
    subnetName: "servers",
    machineSize: "Standard_D2s_v3",
  });
  const started = await vault.enableProtection(context, containerId, "web", specification);
  const enabled = await vault.follow(context, started);
  t.true(enabled.succeeded, enabled.failure);
  const seen = await world.item();
  t.is(seen.protectionState, "InitialReplicationInProgress");
  t.true((seen.initialReplicationPercent ?? -1) >= 0);
  t.is(seen.hyperV?.replicationType, "InitialReplication");

  const home = await untilOffered("PlannedFailover");
  t.is(home.scenario, "HyperVToAzure");
  t.like(home.target, { machineName: "web", machineSize: "Standard_D2s_v3" });
  t.is(home.disks.length, 2);
  await vault.updateItem(context, home, { machineSize: "Standard_D4s_v3" });
  t.is((await world.item()).target.machineSize, "Standard_D4s_v3");

  const drill = {
    verb: "testFailover",
    target: of(await world.item()),
    direction: "PrimaryToRecovery",
    networkId: hyperVIds.testNetwork,
    recoveryPoint: latest,
  } as const;
  const drilled = await done(t, world, drill);
  t.is(drilled.testFailoverState, "WaitingForCompletion");
  const rested = await done(t, world, {
    verb: "testFailoverCleanup",
    target: of(drilled),
    comments: "done",
  });

  const away = await done(t, world, {
    verb: "plannedFailover",
    target: of(rested),
    direction: "PrimaryToRecovery",
    recoveryPoint: latest,
  });
  t.is(away.activeLocation, "Recovery");
  t.is(away.protectionState, "PlannedFailoverCommitRequired");
  const committed = await done(t, world, { verb: "commit", target: of(away) });
  t.true(committed.allowedOperations.includes("Failback"), committed.protectionState);

  let resumed = 0;
  run.progress.length = 0;
  const returned = await done(
    t,
    world,
    {
      verb: "plannedFailover",
      target: of(committed),
      direction: "RecoveryToPrimary",
      recoveryPoint: latest,
      failback: { dataSynchronization: "beforeDowntime", createMachine: false },
    },
    async (job) => {
      resumed += 1;
      await vault.hyperV.resumeJob(context, job.name, "the downtime begins");
    },
  );
  t.is(returned.activeLocation, "Primary");
  t.is(resumed, 1);
  t.true(run.progress.some((text) => text.includes("waits for the downtime")));
  const restored = await done(t, world, { verb: "commit", target: of(returned) });
  t.is(restored.protectionState, "RestoreFinalized");
  t.true(restored.allowedOperations.includes("ReverseReplicate"));
  await done(t, world, reversed(restored, "PrimaryToRecovery"));
  const again = await untilOffered("PlannedFailover");
  t.like(again, { armId: home.armId, name: "web", activeLocation: "Primary" });
});

test("H-08 a Hyper-V machine is failed over without its site to a point, and to another one after that", async (t) => {
  const world = await startHyperV(t, siteWorld);
  const { vault, run, untilOffered, until } = world;
  const { containerId, policyId } = await siteWithPolicy(t, world);
  await until(
    "the discovery of web",
    async () => (await vault.onPremises.protectableItems(run.context, containerId))[0],
  );
  const specification = await toAzureSpecification(world, containerId, policyId, {
    networkId: hyperVIds.network,
    diskType: "",
  });
  await vault.follow(
    run.context,
    await vault.enableProtection(run.context, containerId, "web", specification),
  );
  const home = await untilOffered("UnplannedFailover");
  t.is(home.hyperV?.storageAccountId, hyperVIds.account);
  t.false(home.hyperV?.usesManagedDisks);
  const points = await vault.recoveryPoints(run.context, home);
  t.true(points.length > 0);
  const away = await done(t, world, {
    verb: "unplannedFailover",
    target: of(home),
    direction: "PrimaryToRecovery",
    shutdownSource: false,
    recoveryPoint: { ...latest, recoveryPointId: points.at(-1)?.id ?? "" },
  });
  t.is(away.protectionState, "UnplannedFailoverCommitPendingStatesBegin");
  t.is(away.hyperV?.usesManagedDisks, false);
  const changed = await done(t, world, {
    verb: "changeRecoveryPoint",
    target: of(away),
    recoveryPointId: points[0]?.id ?? "",
  });
  t.is(changed.protectionState, "UnplannedFailoverCommitPendingStatesBegin");
});

test("H-05 a machine that is behind is resynchronized by hand, and says that it is under way", async (t) => {
  const world = await startHyperV(t, protectedWorld);
  const behind = await world.item("behind");
  t.true(behind.disks.every((disk) => disk.resynchronizationRequired));
  t.is(behind.replicationHealth, "Critical");
  t.false((await world.item("web")).disks.some((disk) => disk.resynchronizationRequired));
  const begun = await done(t, world, { verb: "resynchronize", target: of(behind) });
  t.is(begun.hyperV?.replicationType, "Resynchronization");
  const ended = await world.until("the end of the resynchronization", async () => {
    const item = await world.item("behind");
    return item.hyperV?.replicationType === "Resynchronization" ? undefined : item;
  });
  t.false(ended.disks.some((disk) => disk.resynchronizationRequired));
});

test("H-09 a plan of Hyper-V machines goes to Azure and returns, its job taken up again for the downtime", async (t) => {
  const world = await startHyperV(t, protectedWorld);
  const { vault, run, site } = world;
  const { context } = run;
  const web = await world.item("web");
  const plan = await vault.putRecoveryPlan(context, "all", {
    primaryFabricId: `${hyperVIds.vault}/replicationFabrics/site`,
    recoveryFabricId: "Microsoft Azure",
    groups: [
      {
        type: "Boot",
        items: [{ armId: web.armId, machineId: web.hyperV?.machineGuid ?? "" }],
        startActions: [],
        endActions: [],
      },
    ],
  });
  const target = { kind: "recoveryPlan", plan, instanceTypes: ["HyperVReplicaAzure"] } as const;
  await done(t, world, {
    verb: "plannedFailover",
    target,
    direction: "PrimaryToRecovery",
    recoveryPoint: latest,
  });
  const away = await world.item("web");
  t.is(away.activeLocation, "Recovery");
  const machine = await site.recoveredMachine(context, away);
  t.like(machine, { name: "web", location: "westeurope" });
  await done(t, world, { verb: "commit", target });
  await done(
    t,
    world,
    {
      verb: "plannedFailover",
      target,
      direction: "RecoveryToPrimary",
      recoveryPoint: latest,
      failback: { dataSynchronization: "beforeDowntime", createMachine: false },
    },
    (job) => vault.hyperV.resumeJob(context, job.name, "the downtime begins"),
  );
  const home = await world.item("web");
  t.is(home.activeLocation, "Primary");
  // The commit is what removes it.
  t.is((await site.recoveredMachine(context, home))?.powerState, "deallocated");
  const committed = await done(t, world, { verb: "commit", target: of(home) });
  t.is(await site.recoveredMachine(context, committed), undefined);
});
