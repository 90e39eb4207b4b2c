import test from "ava";
import { OFFERED, policy } from "./hyper-v.ts";
import type { Body } from "./shop.ts";
import { BODY, openVmmPair, VMM_PAIR } from "./vmm.ts";

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
  t.deepEqual(item.allowedOperations, OFFERED);
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
