import test from "ava";
import {
  type Body,
  openShop,
  resource,
  SHOP,
  type Shop,
  SUBSCRIPTION,
  VAULT,
  webItem,
} from "./shop.ts";

const INTENTS = `${VAULT}/replicationProtectionIntents`;
const GROUP = (name: string) => `/subscriptions/${SUBSCRIPTION}/resourceGroups/${name}`;
const MACHINE = (name: string) => resource("shop-ne", "Microsoft.Compute/virtualMachines", name);
const SET = resource("shop-we", "Microsoft.Compute/availabilitySets", "app-set");
/** The shop with a vault that nobody has set up. */
const BARE = {
  ...SHOP,
  vaults: [{ name: "shop-vault", resourceGroup: "shop-recovery" }],
};

function wish(more: object = {}): Body {
  return {
    properties: {
      providerSpecificDetails: {
        instanceType: "A2A",
        fabricObjectId: MACHINE("shop-app"),
        primaryLocation: "northeurope",
        recoveryLocation: "West Europe",
        recoverySubscriptionId: SUBSCRIPTION,
        recoveryAvailabilityType: "Single",
        recoveryResourceGroupId: GROUP("shop-we"),
        ...more,
      },
    },
  };
}

async function names(shop: Shop, list: string): Promise<readonly string[]> {
  const body: Body = await shop.get(`${VAULT}/${list}`);
  return body.value.map((each: Body) => each.name);
}

test("An intent in an empty vault is answered at once, and makes all that protects the machine", async (t) => {
  const shop = await openShop(t, { world: BARE });
  const reply = await shop.ask("PUT", `${INTENTS}/app`, wish());
  t.is(reply.status, 200);
  t.is(
    reply.body.id,
    `${VAULT.replace("/subscriptions", "/Subscriptions")}/replicationProtectionIntents/app`,
  );
  t.is(reply.body.properties.isActive, true);
  t.is(reply.body.properties.providerSpecificDetails.recoveryAvailabilityType, "Single");
  t.regex(reply.headers.get("azure-asyncoperation") ?? "", /replicationOperationStatus/);
  t.deepEqual(await names(shop, "replicationFabrics"), [
    "asr-a2a-default-northeurope",
    "asr-a2a-default-westeurope",
  ]);
  t.deepEqual(await names(shop, "replicationProtectionContainers"), [
    "asr-a2a-default-northeurope-container",
    "asr-a2a-default-westeurope-container",
  ]);
  t.deepEqual(await names(shop, "replicationPolicies"), ["24-hour-retention-policy"]);
  t.deepEqual(await names(shop, "replicationProtectionContainerMappings"), [
    "northeurope-westeurope-24-hour-retention-policy",
  ]);
  t.deepEqual(await names(shop, "replicationNetworkMappings"), ["northeurope-westeurope-vnet-ne"]);
  const network = await shop.get(
    resource("shop-we", "Microsoft.Network/virtualNetworks", "vnet-ne-asr"),
  );
  t.is(network.location, "westeurope");
  t.is(network.properties.subnets[0].properties.addressPrefix, "10.10.1.0/24");

  const job = await shop.get(reply.body.properties.jobId);
  t.is(job.properties.scenarioName, "EnableDr");
  const [item] = (await shop.get(`${VAULT}/replicationProtectedItems`)).value;
  t.is(item.name, "app");
  t.is(item.properties.friendlyName, "shop-app");
  const done = await shop.until(item.id, "Protected");
  const [disk] = done.properties.providerSpecificDetails.protectedManagedDisks;
  t.regex(disk.primaryStagingAzureStorageAccountId, /shop-ne\/.*\/asrcache/);
  const intent = await shop.get(`${INTENTS}/APP`);
  t.is(intent.properties.jobState, "Succeeded");
  const failover = await shop.run("POST", `${item.id}/unplannedFailover`, {
    properties: {
      failoverDirection: "PrimaryToRecovery",
      providerSpecificDetails: { instanceType: "A2A" },
    },
  });
  t.is(failover.status, "Succeeded");
});

test("An intent uses what the vault has for its regions, and what it names itself", async (t) => {
  const shop = await openShop(t, {
    world: { ...SHOP, availabilitySets: [{ name: "app-set", resourceGroup: "shop-we" }] },
  });
  const before = await Promise.all(
    ["replicationFabrics", "replicationProtectionContainers", "replicationNetworkMappings"].map(
      (list) => names(shop, list),
    ),
  );
  const account = resource("shop-ne", "Microsoft.Storage/storageAccounts", "cachene");
  const reply = await shop.ask(
    "PUT",
    `${INTENTS}/app`,
    wish({
      protectionProfileCustomInput: {
        resourceType: "New",
        policyName: "gold",
        recoveryPointHistory: 4320,
        appConsistentFrequencyInMinutes: 60,
        multiVmSyncStatus: "Enable",
      },
      primaryStagingStorageAccountCustomInput: {
        resourceType: "Existing",
        azureStorageAccountId: account,
      },
      recoveryAvailabilityType: "AvailabilitySet",
      recoveryAvailabilitySetCustomInput: {
        resourceType: "Existing",
        recoveryAvailabilitySetId: SET,
      },
    }),
  );
  t.is(reply.status, 200, JSON.stringify(reply.body));
  const item = await shop.get(webItem().replace(/web$/, "app"));
  t.is(item.properties.policyFriendlyName, "gold");
  const details = item.properties.providerSpecificDetails;
  t.regex(details.recoveryAvailabilitySet, /availabilitySets\/app-set$/);
  t.is(details.protectedManagedDisks[0].primaryStagingAzureStorageAccountId, account);
  t.regex(details.selectedRecoveryAzureNetworkId, /vnet-we$/);
  t.deepEqual(
    await Promise.all(
      ["replicationFabrics", "replicationProtectionContainers", "replicationNetworkMappings"].map(
        (list) => names(shop, list),
      ),
    ),
    before,
  );
});

test("The same intent again starts nothing; for another machine it is refused", async (t) => {
  const shop = await openShop(t, { world: BARE });
  const first = await shop.ask("PUT", `${INTENTS}/app`, wish());
  const again = await shop.ask("PUT", `${INTENTS}/app`, wish());
  t.is(again.status, 200);
  t.is(again.body.properties.jobId, first.body.properties.jobId);
  const other = await shop.ask(
    "PUT",
    `${INTENTS}/app`,
    wish({ fabricObjectId: MACHINE("shop-web") }),
  );
  t.is(other.status, 400);
  t.is(other.body.error.details[0].code, "SIM-EXISTS");
  t.is((await shop.get(`${VAULT}/replicationJobs`)).value.length, 1);
});

test("An intent for a machine that is protected already ends in a failed job and leaves the item alone", async (t) => {
  const shop = await openShop(t);
  const before = await shop.get(webItem());
  const reply = await shop.ask(
    "PUT",
    `${INTENTS}/again`,
    wish({ fabricObjectId: MACHINE("shop-web") }),
  );
  t.is(reply.status, 200);
  shop.simulator.clock.advance(60_000);
  const intent = await shop.get(`${INTENTS}/again`);
  t.is(intent.properties.jobState, "Failed");
  t.false(intent.properties.isActive);
  t.is((await shop.get(webItem())).properties.protectionState, before.properties.protectionState);
});

test("A refused intent says which field is wrong and makes nothing", async (t) => {
  const shop = await openShop(t, { world: BARE });
  const state = async () => {
    const { vaults, resources } = await shop.get("/_simulator/state");
    return { vaults, resources };
  };
  const before = await state();
  for (const [wrong, field] of [
    [{ fabricObjectId: MACHINE("nobody") }, /fabricObjectId/],
    [{ primaryLocation: "westeurope", recoveryLocation: "northeurope" }, /primaryLocation/],
    [{ recoveryLocation: "atlantis" }, /recoveryLocation/],
    [{ recoveryLocation: "northeurope" }, /zone to zone/],
    [{ recoveryAvailabilityType: "Twin" }, /recoveryAvailabilityType/],
    [{ recoverySubscriptionId: "none" }, /recoverySubscriptionId/],
    [{ recoveryResourceGroupId: GROUP("none") }, /recoveryResourceGroupId/],
    [{ vmManagedDisks: [{ diskId: "no-disk" }] }, /vmManagedDisks\[0\]\.diskId/],
    [{ protectionProfileCustomInput: { policyName: "x" } }, /resourceType' is required/],
    [
      { protectionProfileCustomInput: { resourceType: "Existing", protectionProfileId: "/x" } },
      /protectionProfileId/,
    ],
    [
      {
        primaryStagingStorageAccountCustomInput: {
          resourceType: "Existing",
          azureStorageAccountId: "/none",
        },
      },
      /azureStorageAccountId/,
    ],
  ] as const) {
    const reply = await shop.ask("PUT", `${INTENTS}/app`, wish(wrong));
    t.is(reply.status, 400, JSON.stringify(wrong));
    t.regex(reply.body.error.message, field);
  }
  t.deepEqual(await state(), before);
  t.is((await shop.ask("GET", `${INTENTS}/app`)).status, 404);
});

test("Intents are listed in pages of the size that takeToken asks for", async (t) => {
  const shop = await openShop(t, { world: BARE });
  for (const name of ["app", "web"]) {
    const reply = await shop.ask(
      "PUT",
      `${INTENTS}/${name}`,
      wish({ fabricObjectId: MACHINE(`shop-${name}`) }),
    );
    t.is(reply.status, 200);
  }
  const first = await shop.get(`${INTENTS}?takeToken=1`);
  t.deepEqual(
    first.value.map((each: Body) => each.name),
    ["app"],
  );
  const second = await shop.get(first.nextLink);
  t.deepEqual(
    second.value.map((each: Body) => each.name),
    ["web"],
  );
  t.is(second.nextLink, null);
  t.is((await shop.get(INTENTS)).value.length, 2);
});
