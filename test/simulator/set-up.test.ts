import test from "ava";
import {
  type Body,
  container,
  openShop,
  resource,
  SHOP,
  type Shop,
  SUBSCRIPTION,
  VAULT,
  webItem,
} from "./shop.ts";

const WORLD = { ...SHOP, vaults: [] };
const GROUP = (name: string) => `/subscriptions/${SUBSCRIPTION}/resourceGroups/${name}`;
const FABRIC = (side: string) => `${VAULT}/replicationFabrics/fabric-${side}`;
const NETWORK = (side: string) =>
  resource(`shop-${side}`, "Microsoft.Network/virtualNetworks", `vnet-${side}`);

/** Makes vault, fabrics, containers, policy and mappings as clients do. */
async function setUp(shop: Shop): Promise<void> {
  await shop.ask("PUT", VAULT, {
    location: "westeurope",
    sku: { name: "Standard" },
    properties: {},
  });
  shop.simulator.clock.advance(10_000);
  const done = async (path: string, properties: unknown) => {
    const status = await shop.run("PUT", path, { properties });
    if (status.status !== "Succeeded") throw new Error(`${path}: ${JSON.stringify(status.error)}`);
  };
  await done(FABRIC("ne"), { customDetails: { instanceType: "Azure", location: "northeurope" } });
  await done(FABRIC("we"), { customDetails: { instanceType: "Azure", location: "West Europe" } });
  await done(`${VAULT}/replicationPolicies/policy`, {
    providerSpecificInput: { instanceType: "A2A", multiVmSyncStatus: "Enable" },
  });
  await done(container("ne"), {});
  await done(container("we"), { providerSpecificInput: [{ instanceType: "A2A" }] });
  for (const [from, to] of [
    ["ne", "we"],
    ["we", "ne"],
  ] as const) {
    await done(`${container(from)}/replicationProtectionContainerMappings/${from}-${to}`, {
      targetProtectionContainerId: container(to),
      policyId: `${VAULT}/replicationPolicies/policy`,
      providerSpecificInput: { instanceType: "A2A" },
    });
    await done(
      `${FABRIC(from)}/replicationNetworks/azureNetwork/replicationNetworkMappings/${from}-${to}`,
      {
        recoveryNetworkId: NETWORK(to),
        recoveryFabricName: `fabric-${to}`,
        fabricSpecificDetails: { instanceType: "AzureToAzure", primaryNetworkId: NETWORK(from) },
      },
    );
  }
}

const ITEM: Body = {
  properties: {
    policyId: `${VAULT}/replicationPolicies/policy`,
    providerSpecificDetails: {
      instanceType: "A2A",
      fabricObjectId: resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-web"),
      recoveryContainerId: container("we"),
      recoveryResourceGroupId: GROUP("shop-we"),
      vmManagedDisks: [
        {
          diskId: resource("shop-ne", "Microsoft.Compute/disks", "shop-web-os"),
          primaryStagingAzureStorageAccountId: resource(
            "shop-ne",
            "Microsoft.Storage/storageAccounts",
            "cachene",
          ),
          recoveryResourceGroupId: GROUP("shop-we"),
          recoveryTargetDiskAccountType: "StandardSSD_LRS",
        },
      ],
    },
  },
};

test("A machine is protected from nothing: set-up, enable, initial replication, first recovery point", async (t) => {
  const shop = await openShop(t, { world: WORLD });
  await setUp(shop);
  t.is((await shop.get(FABRIC("we"))).properties.friendlyName, "West Europe");
  t.is((await shop.get(container("ne"))).properties.pairingStatus, "Paired");

  const put = await shop.ask("PUT", webItem(), ITEM);
  t.is(put.status, 202);
  const enabling = (await shop.get(webItem())).properties;
  t.is(enabling.protectionState, "UnprotectedStatesBegin");
  t.is(enabling.currentScenario.scenarioName, "EnableProtection");
  t.deepEqual(enabling.allowedOperations, []);
  shop.simulator.clock.advance(601_000);
  t.is((await shop.get(put.headers.get("azure-asyncoperation") ?? "")).status, "Succeeded");
  const copying = (await shop.get(webItem())).properties;
  t.is(copying.protectionState, "InitialReplicationInProgress");
  t.deepEqual(copying.allowedOperations, ["DisableProtection"]);
  t.is(copying.providerSpecificDetails.vmProtectionState, "UnprotectedStatesBegin");
  t.deepEqual((await shop.get(`${webItem()}/recoveryPoints`)).value, []);
  shop.simulator.clock.advance(8 * 60_000);
  t.true(
    (await shop.get(webItem())).properties.providerSpecificDetails.monitoringPercentageCompletion >
      0,
  );
  const pending = (await shop.until(webItem(), "InitialReplicationRecoveryCompletionPending"))
    .properties;
  t.is(pending.protectionStateDescription, "Waiting for first recovery point");
  const ready = (await shop.until(webItem(), "Protected")).properties;
  const details = ready.providerSpecificDetails;
  t.is(details.selectedRecoveryAzureNetworkId, NETWORK("we"));
  t.is(details.vmNics[0].ipConfigs[0].recoverySubnetName, "web");
  t.is(details.protectedManagedDisks[0].recoveryTargetDiskAccountType, "StandardSSD_LRS");
  t.is((await shop.get(`${webItem()}/recoveryPoints`)).value.length, 1);
});

test("PATCH changes the machine that a failover makes", async (t) => {
  const shop = await openShop(t);
  const nic = (await shop.get(webItem())).properties.providerSpecificDetails.vmNics[0];
  await shop.ask("PUT", resource("shop-we", "Microsoft.Compute/availabilitySets", "set"), {
    location: "westeurope",
  });
  const status = await shop.run("PATCH", webItem(), {
    properties: {
      recoveryAzureVMName: "shop-web-dr",
      recoveryAzureVMSize: "Standard_D4s_v3",
      recoveryAvailabilitySetId: resource("shop-we", "Microsoft.Compute/availabilitySets", "set"),
      vmNics: [
        {
          nicId: nic.nicId,
          ipConfigs: [
            {
              ipConfigName: "ipconfig1",
              recoverySubnetName: "other",
              recoveryStaticIPAddress: "10.20.9.77",
            },
          ],
        },
      ],
      providerSpecificDetails: {
        instanceType: "A2A",
        tfoAzureVMName: "drill",
        managedDiskUpdateDetails: [
          {
            diskId: resource("shop-ne", "Microsoft.Compute/disks", "shop-web-os"),
            failoverDiskName: "web-disk",
          },
        ],
      },
    },
  });
  t.is(status.status, "Succeeded");
  await shop.run("POST", `${webItem()}/unplannedFailover`, {
    properties: { providerSpecificDetails: { instanceType: "A2A" } },
  });
  const machine = await shop.get(
    resource("shop-we", "Microsoft.Compute/virtualMachines", "shop-web-dr"),
  );
  t.is(machine.properties.hardwareProfile.vmSize, "Standard_D4s_v3");
  t.regex(machine.properties.availabilitySet.id, /\/set$/);
  t.regex(machine.properties.storageProfile.osDisk.managedDisk.id, /\/web-disk$/);
  const { ipConfigurations } = (
    await shop.get(machine.properties.networkProfile.networkInterfaces[0].id)
  ).properties;
  t.is(ipConfigurations[0].properties.privateIPAddress, "10.20.9.77");
});

test("A disk added to the machine shows as unprotected until it is added to the item", async (t) => {
  const shop = await openShop(t);
  const path = resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-web");
  const machine = await shop.get(path);
  const disks = [{ lun: 3, name: "extra", createOption: "Empty", diskSizeGB: 32 }];
  await shop.ask("PUT", path, {
    ...machine,
    properties: {
      ...machine.properties,
      storageProfile: { ...machine.properties.storageProfile, dataDisks: disks },
    },
  });
  const open = (await shop.get(webItem())).properties.providerSpecificDetails.unprotectedDisks;
  t.deepEqual(open, [{ diskLunId: 3, diskAutoProtectionStatus: "Disabled" }]);
  const diskId = resource("shop-ne", "Microsoft.Compute/disks", "extra");
  const added = await shop.run("POST", `${webItem()}/addDisks`, {
    properties: {
      providerSpecificDetails: {
        instanceType: "A2A",
        vmManagedDisks: [
          {
            diskId,
            primaryStagingAzureStorageAccountId: resource(
              "shop-ne",
              "Microsoft.Storage/storageAccounts",
              "cachene",
            ),
            recoveryResourceGroupId: GROUP("shop-we"),
          },
        ],
      },
    },
  });
  t.is(added.status, "Succeeded");
  const both = (await shop.get(webItem())).properties.providerSpecificDetails;
  t.is(both.protectedManagedDisks.length, 2);
  t.is(both.unprotectedDisks, null);
  await shop.run("POST", `${webItem()}/removeDisks`, {
    properties: { providerSpecificDetails: { instanceType: "A2A", vmManagedDisksIds: [diskId] } },
  });
  t.is(
    (await shop.get(webItem())).properties.providerSpecificDetails.protectedManagedDisks.length,
    1,
  );
});

test("Without a network to go to, a failover fails with the documented code and the item stays protected", async (t) => {
  const shop = await openShop(t, {
    world: {
      ...SHOP,
      vaults: (SHOP.vaults ?? []).map((vault) => ({ ...vault, networkMappings: [] })),
    },
  });
  const status = await shop.run("POST", `${webItem()}/unplannedFailover`, {
    properties: { providerSpecificDetails: { instanceType: "A2A" } },
  });
  t.is(status.error.code, "28092");
  t.is((await shop.get(webItem())).properties.protectionState, "Protected");
});

test("A machine of the target name that is a stranger makes the failover rename its own, with a warning", async (t) => {
  const [machine] = SHOP.machines ?? [];
  if (!machine) return t.fail();
  const stranger = {
    ...machine,
    resourceGroup: "shop-we",
    network: "vnet-we",
  };
  const shop = await openShop(t, {
    world: { ...SHOP, machines: [stranger, ...(SHOP.machines ?? [])] },
  });
  const status = await shop.run("POST", `${webItem()}/unplannedFailover`, {
    properties: { providerSpecificDetails: { instanceType: "A2A" } },
  });
  t.is(status.status, "Succeeded");
  t.is(status.error.code, "28175");
  t.is(
    (
      await shop.ask(
        "GET",
        resource("shop-we", "Microsoft.Compute/virtualMachines", "shop-web-asr"),
      )
    ).status,
    200,
  );
  const nic = await shop.get(
    resource("shop-we", "Microsoft.Network/networkInterfaces", "shop-web-nic"),
  );
  t.regex(nic.properties.virtualMachine.id, /virtualMachines\/shop-web$/);
  const disk = await shop.get(resource("shop-we", "Microsoft.Compute/disks", "shop-web-os"));
  t.regex(disk.managedBy, /virtualMachines\/shop-web$/);
});

test("Jobs and events can be filtered", async (t) => {
  const shop = await openShop(t);
  await shop.run("POST", `${webItem()}/failoverCommit`);
  await shop.run("POST", `${webItem()}/unplannedFailover`, {
    properties: { providerSpecificDetails: { instanceType: "A2A" } },
  });
  const failed = (await shop.get(`${VAULT}/replicationJobs?$filter=JobStatus eq 'Failed'`)).value;
  t.deepEqual(
    failed.map((job: Body) => job.properties.scenarioName),
    ["CommitFailover"],
  );
  const events = (
    await shop.get(
      `${VAULT}/replicationEvents?$filter=EventType eq 'JobStatus' and AffectedObjectFriendlyName eq 'shop-web'`,
    )
  ).value;
  t.is(events[0].properties.description, "UnplannedFailover - Succeeded");
  t.is((await shop.ask("GET", `${VAULT}/replicationJobs?$filter=Colour eq 'red'`)).status, 400);
});

test("Resource groups, networks and machines answer as Resource Manager does", async (t) => {
  const shop = await openShop(t);
  t.is((await shop.ask("HEAD", GROUP("shop-ne"))).status, 204);
  t.is((await shop.ask("GET", GROUP("none"))).body.error.code, "ResourceGroupNotFound");
  t.is(
    (await shop.ask("PUT", GROUP("fresh"), { location: "westeurope", tags: { a: "b" } })).status,
    201,
  );
  t.is((await shop.ask("PUT", GROUP("fresh"), { location: "nowhere" })).status, 400);
  t.true((await shop.get(`${GROUP("shop-ne")}/resources`)).value.length >= 4);
  t.is((await shop.get(`${NETWORK("ne")}/subnets/WEB`)).properties.addressPrefix, "10.10.1.0/24");
  const machine = resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-app");
  await shop.ask("POST", `${machine}/deallocate`);
  t.is((await shop.get(`${machine}/instanceView`)).statuses[1].code, "PowerState/deallocated");
  t.is((await shop.ask("DELETE", machine)).status, 200);
  t.is((await shop.ask("DELETE", machine)).status, 204);
  t.is((await shop.ask("GET", machine)).body.error.code, "ResourceNotFound");
  t.is((await shop.get("/subscriptions")).value[0].subscriptionId, SUBSCRIPTION);
  t.true((await shop.get(`/subscriptions/${SUBSCRIPTION}/locations`)).value.length > 40);
  t.is((await shop.get("/metadata/endpoints")).resourceManager, shop.simulator.url);
});
