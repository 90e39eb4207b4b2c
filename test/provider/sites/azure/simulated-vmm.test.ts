import test from "ava";
import { sameId } from "../../../../provider/recovery/identity.ts";
import {
  done,
  type HyperVWorld,
  hyperVIds,
  latest,
  of,
  policySettings,
  reversed,
  startHyperV,
  toAzureSpecification,
  vmmWorld,
} from "./support/simulated-hyper-v.ts";

/** Id of a cloud by its name. */
async function cloudId({ vault, run }: HyperVWorld, name: string): Promise<string> {
  const clouds = await vault.containers(run.context);
  return clouds.find((each) => each.friendlyName === name)?.id ?? "";
}

test("S-06 H-09 a machine between VMM sites fails over, replicates back and returns", async (t) => {
  const world = await startHyperV(t, vmmWorld);
  const { vault, run, untilOffered } = world;
  const { context } = run;
  const { hyperV } = vault;
  const networks = await hyperV.networks(context);
  const networkOf = (name: string) => networks.find((each) => each.friendlyName === name);
  const corp = networkOf("corp");
  const networkMapping = await vault.putNetworkMapping(context, "vmm1", corp?.name ?? "", "corp", {
    primaryNetworkId: corp?.id ?? "",
    recoveryNetworkId: networkOf("corp-2")?.id ?? "",
    recoveryFabricName: "vmm2",
  });
  t.is(networkMapping.state, "Paired");
  const storage = await hyperV.storageClassifications(context);
  const [fast, slow] = ["fast", "slow"].map((name) =>
    storage.find((each) => each.friendlyName === name),
  );
  const storageMapping = await hyperV.putStorageClassificationMapping(
    context,
    "vmm1",
    fast?.name ?? "",
    "fast",
    slow?.id ?? "",
  );
  t.true(sameId(storageMapping.targetStorageClassificationId, slow?.id ?? ""));
  const [gold, silver] = [await cloudId(world, "Gold"), await cloudId(world, "Silver")];
  const made = await vault.putPolicy(context, "pair", {
    ...policySettings,
    scenario: "VmmToVmm",
    hyperV: {
      replicationIntervalSeconds: 900,
      betweenSites: {
        compression: true,
        port: 8084,
        authentication: "Certificate",
        deletesReplica: true,
      },
    },
  });
  t.like(made.hyperV?.betweenSites, {
    authentication: "Certificate",
    deletesReplica: true,
    port: 8084,
  });
  await vault.putContainerMapping(context, gold, "pair", {
    scenario: "VmmToVmm",
    targetContainerId: silver,
    policyId: made.id,
    agentAutoUpdate: false,
  });
  const [machine] = await vault.onPremises.protectableItems(context, gold);
  const started = await vault.enableProtection(context, gold, "orders", {
    scenario: "VmmToVmm",
    protectableItemId: machine?.id ?? "",
    policyId: made.id,
  });
  const enabled = await vault.follow(context, started);
  t.true(enabled.succeeded, enabled.failure);
  const home = await untilOffered("PlannedFailover");
  t.like(home, { scenario: "VmmToVmm", activeLocation: "Primary" });
  t.is(home.primary.fabricName, "vmm1");
  t.is(home.recovery.fabricName, "vmm2");

  const away = await done(t, world, {
    verb: "unplannedFailover",
    target: of(home),
    direction: "PrimaryToRecovery",
    shutdownSource: true,
    recoveryPoint: latest,
  });
  t.is(away.activeLocation, "Recovery");
  await done(t, world, reversed(away, "RecoveryToPrimary"));
  const there = await untilOffered("PlannedFailover");
  t.like(there, { activeLocation: "Recovery", armId: home.armId });
  const returned = await done(t, world, {
    verb: "plannedFailover",
    target: of(there),
    direction: "RecoveryToPrimary",
    recoveryPoint: latest,
  });
  t.is(returned.activeLocation, "Primary");
  const committed = await done(t, world, { verb: "commit", target: of(returned) });
  await done(t, world, reversed(committed, "PrimaryToRecovery"));
  t.is((await untilOffered("PlannedFailover")).activeLocation, "Primary");
});

test("S-04 H-03 a machine of a VMM cloud is mapped and protected towards Azure, finalized before it offers a failover", async (t) => {
  const world = await startHyperV(t, vmmWorld);
  const { vault, run, untilOffered } = world;
  const { context } = run;
  const corp = (await vault.hyperV.networks(context)).find((each) => each.friendlyName === "corp");
  const networks = {
    primaryNetworkId: corp?.id ?? "",
    recoveryNetworkId: hyperVIds.testNetwork,
    recoveryFabricName: "Microsoft Azure",
  };
  const network = corp?.name ?? "";
  await vault.putNetworkMapping(context, "vmm1", network, "corp", networks);
  const mapping = await vault.updateNetworkMapping(context, "vmm1", network, "corp", {
    ...networks,
    recoveryNetworkId: hyperVIds.network,
  });
  t.like(mapping, { recoveryNetworkId: hyperVIds.network, recoveryFabricId: "Microsoft Azure" });
  const gold = await cloudId(world, "Gold");
  const policy = await vault.putPolicy(context, "to-azure", {
    ...policySettings,
    scenario: "VmmToAzure",
    hyperV: { replicationIntervalSeconds: 30, initialReplicationStartTime: "22:00:00" },
  });
  t.is(policy.hyperV?.initialReplicationStartTime, "22:00:00");
  const updated = await vault.updatePolicy(context, "to-azure", {
    ...policySettings,
    scenario: "VmmToAzure",
    hyperV: { replicationIntervalSeconds: 300 },
  });
  t.is(updated.hyperV?.replicationIntervalSeconds, 300);
  await vault.putContainerMapping(context, gold, "to-azure", {
    scenario: "VmmToAzure",
    targetContainerId: "Microsoft Azure",
    policyId: policy.id,
    agentAutoUpdate: false,
  });
  const specification = await toAzureSpecification(world, gold, policy.id);
  const started = await vault.enableProtection(context, gold, "orders", {
    ...specification,
    scenario: "VmmToAzure",
  });
  t.true((await vault.follow(context, started)).succeeded);
  const finalizing = await world.until("the end of the initial replication", async () => {
    const item = await world.item();
    return item.protectionState === "Protected" ? item : undefined;
  });
  t.like(finalizing.currentScenario, { name: "EnableProtection" });
  t.deepEqual(finalizing.allowedOperations, []);
  t.is(finalizing.hyperV?.machineProtectionState, "ReplicaConfigurationInProgress");
  const item = await untilOffered("TestFailover");
  t.is(item.scenario, "VmmToAzure");
  t.true(sameId(item.nics[0]?.recoveryNetworkId, hyperVIds.network));
  const jobs = await vault.jobs(context);
  t.true(jobs.some((job) => job.scenarioName === "IrCompletion"));
  await vault.disableProtection(context, item);
  await vault.removeContainerMapping(context, gold, "to-azure");
  await vault.removeNetworkMapping(context, "vmm1", network, "corp");
  await vault.removePolicy(context, "to-azure");
  vault.forget();
  t.deepEqual(await vault.items(context), []);
  t.deepEqual(await vault.networkMappings(context), []);
});
