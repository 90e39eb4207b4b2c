import test from "ava";
import {
  ACCOUNT,
  enabling,
  type HyperVWorld,
  OFFERED,
  openHyperV,
  PLANNED,
  policy,
  properties,
  TEST,
  UNPLANNED,
} from "./hyper-v.ts";
import { differences, fieldOrder, recorded } from "./recorded.ts";
import { GROUP, NETWORK } from "./recovered-side.ts";
import type { Body } from "./shop.ts";

/** Protects a machine through the door; returns the path of its new item. */
async function protect(
  world: HyperVWorld,
  place: string,
  name: string,
  rest: object = {},
): Promise<string> {
  const container = await world.container(place);
  const path = `${container}/replicationProtectedItems/${name}`;
  const { id } = await world.protectable(container, name);
  const status = await world.run("PUT", path, enabling(id, rest));
  if (status.status !== "Succeeded") throw new Error(JSON.stringify(status));
  return path;
}

test("S-03 H-01 enabling protection of a machine without VMM is a job of prerequisites, relationship and first copy", async (t) => {
  const world = await openHyperV(t);
  const path = await protect(world, "site", "app-1", { targetAzureNetworkId: NETWORK });
  const [job] = await world.jobs("app-1");
  t.is(job.scenarioName, "EnableDr");
  t.is(job.friendlyName, "Enable replication");
  t.deepEqual(
    job.tasks.map((task: Body) => [task.name, task.state]),
    [
      ["EnableProtectionPrerequisitesCheck", "Succeeded"],
      ["CreateProtectionTarget", "Succeeded"],
      ["EnableProtection", "Succeeded"],
      ["VmStartInitialReplication", "Succeeded"],
      ["UpdateDraState", "Succeeded"],
    ],
  );
  t.is(job.tasks[1].friendlyName, "Identifying the replication target");
  const item = await world.item(path);
  t.is(item.primaryFabricProvider, "SingleHostHyperVFabric");
  t.is(item.protectedItemType, "HyperVVirtualMachine");
  t.deepEqual(await world.stand(path), [
    "InitialReplicationInProgress",
    "Primary",
    ["DisableProtection"],
  ]);
});

test("H-02 the first copy tells its progress, and the wait for the first recovery point", async (t) => {
  const world = await openHyperV(t);
  const path = await protect(world, "site", "app-1");
  const percent = async () =>
    Number(
      (await world.details(path)).initialReplicationDetails.initialReplicationProgressPercentage,
    );
  t.is(await percent(), 0);
  world.minutes(5);
  const sooner = await percent();
  t.true(sooner > 0 && sooner < 100);
  t.is((await world.details(path)).rpoInSeconds, null);
  const waiting = await world.until(path, "InitialReplicationRecoveryCompletionPending");
  t.deepEqual(waiting.properties.allowedOperations, ["DisableProtection"]);
  t.is(waiting.properties.providerSpecificDetails.vmProtectionState, "UnprotectedStatesBegin");
});

for (const [scenario, place, machine] of [
  ["S-03", "site", "app-1"],
  ["S-04", "gold", "erp-1"],
] as const) {
  test(`${scenario} H-03 protection is finalized by a job of its own before anything can be done with ${machine}`, async (t) => {
    const world = await openHyperV(t);
    const path = await protect(world, place, machine);
    const item = (await world.until(path, "Protected")).properties;
    t.deepEqual(item.allowedOperations, []);
    t.is(item.currentScenario.scenarioName, "EnableProtection");
    t.is(item.providerSpecificDetails.vmProtectionState, "ReplicaConfigurationInProgress");
    t.is(item.providerSpecificDetails.vmProtectionStateDescription, "Configuring the replica");
    t.is(await world.fails(path, "testFailover", TEST), "25037");
    world.minutes(5);
    t.deepEqual(await world.stand(path), ["Protected", "Primary", OFFERED]);
    const [job] = (await world.jobs(machine)).filter(
      (each) => each.scenarioName === "IrCompletion",
    );
    t.is(job.friendlyName, "Finalize protection on the virtual machine");
    t.is(job.state, "Succeeded");
    t.is((await world.details(path)).vmProtectionState, "Protected");
  });
}

test("S-04 an item of a VMM cloud has the fields, kinds and order of the recordings, while it is copied and finalized", async (t) => {
  const world = await openHyperV(t);
  const path = await protect(world, "gold", "erp-1", { useManagedDisks: "false" });
  const same = (ours: Body, name: string) => {
    const theirs = recorded(`hyper-v/${name}`);
    t.deepEqual(differences(ours, theirs), []);
    t.deepEqual(fieldOrder(ours), fieldOrder(theirs));
    for (const field of [
      "protectedItemType",
      "primaryFabricProvider",
      "recoveryFabricId",
      "protectionState",
      "protectionStateDescription",
      "activeLocation",
      "allowedOperations",
      "replicationHealth",
      "failoverHealth",
      "healthErrors",
    ])
      t.deepEqual(ours.properties[field], theirs.properties[field], field);
    const details = ours.properties.providerSpecificDetails;
    const recordedDetails = theirs.properties.providerSpecificDetails;
    for (const field of ["vmProtectionState", "vmProtectionStateDescription", "encryption"])
      t.is(details[field], recordedDetails[field], field);
  };
  same(await world.get(path), "H2A_E2A.036.rpi-initialreplication");
  const finalizing = await world.until(path, "Protected");
  same(finalizing, "H2A_E2A.040.rpi-protected");
  const { vmNics } = finalizing.properties.providerSpecificDetails;
  t.is(vmNics[0].vMNetworkName, "corp");
  t.is(vmNics[0].recoveryVMNetworkId, NETWORK);
  t.is(finalizing.properties.primaryProtectionContainerFriendlyName, "gold");
});

test("H-04 changes arrive at the policy's interval, one point an hour is kept as long as it says", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  const { value } = await world.get(`${path}/recoveryPoints`);
  const times = value.map((each: Body) => Date.parse(each.properties.recoveryPointTime));
  const [newest] = times;
  t.true(times.every((at: number) => newest - at <= 4 * 3_600_000));
  t.true(times.length >= 4 && times.length <= 6);
  const before = (await world.details(path)).lastReplicatedTime;
  world.minutes(5);
  const after = (await world.details(path)).lastReplicatedTime;
  t.is(Date.parse(after) - Date.parse(before), 300_000);
});

test("A test failover leaves the item waiting for its cleanup, which removes the test machine", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "testFailover", TEST);
  const item = await world.item(path);
  t.deepEqual(item.allowedOperations, ["TestFailoverCleanup"]);
  t.is(item.testFailoverState, "WaitingForCompletion");
  t.is(await world.azurePower("sql-1-test"), "PowerState/running");
  t.is((await world.machine("sql-1")).power, "on");
  await world.does(path, "testFailoverCleanup", { properties: { comments: "seen" } });
  t.is((await world.item(path)).testFailoverState, "MarkedForDeletion");
  t.is(await world.azurePower("sql-1-test"), undefined);
  t.deepEqual(await world.stand(path), ["Protected", "Primary", OFFERED]);
});

test("A migration that is completed ends the item and leaves the machine in Azure; so does disabling", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "unplannedFailover", UNPLANNED);
  await world.does(path, "failoverCommit");
  await world.does(path, "remove", {
    properties: { disableProtectionReason: "MigrationComplete" },
  });
  t.is((await world.ask("GET", path)).status, 404);
  t.is(await world.azurePower("sql-1"), "PowerState/running");
  const other = await world.cloudItem("crm-1");
  await world.does(other, "remove", { properties: {} });
  t.is((await world.ask("GET", other)).status, 404);
});

test("Settings of the recovered machine can be changed while it is protected", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  const { vmNics, azureVmDiskDetails } = await world.details(path);
  const status = await world.run(
    "PATCH",
    path,
    properties(
      {
        instanceType: "HyperVReplicaAzure",
        recoveryAzureV2ResourceGroupId: GROUP,
        targetAvailabilityZone: "2",
        vmDisks: [{ diskId: azureVmDiskDetails[0].vhdId, targetDiskName: "sql-os" }],
      },
      {
        recoveryAzureVMName: "sql-new",
        recoveryAzureVMSize: "Standard_D4s_v3",
        selectedRecoveryAzureNetworkId: NETWORK,
        licenseType: "WindowsServer",
        enableRdpOnTargetOption: "OnlyOnTestFailover",
        vmNics: [
          {
            nicId: vmNics[0].nicId,
            selectionType: "SelectedByUser",
            ipConfigs: [{ isPrimary: true, recoverySubnetName: "other" }],
          },
        ],
      },
    ),
  );
  t.is(status.status, "Succeeded");
  const details = await world.details(path);
  t.is(details.recoveryAzureVmName, "sql-new");
  t.is(details.recoveryAzureVMSize, "Standard_D4s_v3");
  t.is(details.targetAvailabilityZone, "2");
  t.is(details.licenseType, "WindowsServer");
  t.is(details.enableRdpOnTargetOption, "OnlyOnTestFailover");
  t.is(details.vmNics[0].ipConfigs[0].recoverySubnetName, "other");
  t.is(details.recoveryAzureStorageAccount, ACCOUNT);
  t.is((await world.item(path)).policyId.toLowerCase(), policy("to-azure").toLowerCase());
  await world.does(path, "plannedFailover", PLANNED);
  t.is(await world.azurePower("sql-new"), "PowerState/running");
});
