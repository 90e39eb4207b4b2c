import test, { type ExecutionContext } from "ava";
import {
  container,
  openShop,
  resource,
  SHOP,
  type Shop,
  SUBSCRIPTION,
  VAULT,
  webItem,
} from "./shop.ts";

/** What the Azure CLI and Terraform's azurerm were seen to ask, with the api-versions they send. */

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/new-group`;
const NETWORKS = {
  ne: resource("shop-ne", "Microsoft.Network/virtualNetworks", "vnet-ne"),
  we: resource("shop-we", "Microsoft.Network/virtualNetworks", "vnet-we"),
};
const MAPPING = `${VAULT}/replicationFabrics/fabric-ne/replicationNetworks/vnet-ne/replicationNetworkMappings`;

/** Polls a long operation as azurerm does: after each pause the service asks for, in whole seconds. */
async function follow(
  t: ExecutionContext,
  shop: Shop,
  method: string,
  path: string,
  body?: unknown,
) {
  const begun = await shop.ask(method, path, body);
  t.true([201, 202].includes(begun.status), `${method} ${path}: ${begun.status}`);
  let answer = begun;
  for (let round = 0; round < 300; round += 1) {
    const pause = answer.headers.get("retry-after") ?? "";
    t.regex(pause, /^[1-9]\d*$/, "Retry-After is a whole number of seconds");
    shop.simulator.clock.advance(5000);
    answer = await shop.ask("GET", begun.headers.get("azure-asyncoperation") ?? "");
    if (!["NotStarted", "InProgress"].includes(answer.body.status)) break;
  }
  t.is(answer.body.status, "Succeeded", `${method} ${path}: ${JSON.stringify(answer.body.error)}`);
}

test("The Azure CLI lists the resources of a subscription, of a group, of a type or of a name", async (t) => {
  const shop = await openShop(t);
  const named = async (filter: string) => {
    const query = filter === "" ? "" : `$filter=${encodeURIComponent(filter)}&`;
    const list = await shop.get(
      `/subscriptions/${SUBSCRIPTION}/resources?${query}$expand=createdTime,changedTime,provisioningState&api-version=2024-11-01`,
    );
    return list.value.map(({ name }: { name: string }) => name).sort();
  };
  const all = await named("");
  t.true(["shop-web", "shop-vault", "vnet-we", "cachene"].every((name) => all.includes(name)));
  t.false(all.includes("shop-ne"), "a resource group is no resource");
  t.deepEqual(await named("resourceGroup eq 'SHOP-recovery'"), ["shop-vault"]);
  t.deepEqual(await named("resourceType eq 'Microsoft.Compute/virtualMachines'"), [
    "shop-app",
    "shop-web",
  ]);
  t.deepEqual(await named("name eq 'vnet-we' and resourceGroup eq 'shop-we'"), ["vnet-we"]);
});

test("The Azure CLI finds its subscription, misses a vault, makes it under a lower-case path and takes it away", async (t) => {
  const shop = await openShop(t);
  const subscriptions = await shop.get("/subscriptions?api-version=2022-12-01");
  t.deepEqual(
    subscriptions.value
      .map(Object.keys)
      .every((keys: string[]) =>
        ["id", "subscriptionId", "displayName", "state"].every((field) => keys.includes(field)),
      ),
    true,
  );
  const vault = `/subscriptions/${SUBSCRIPTION}/resourcegroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/cli-vault`;
  const version = "?api-version=2026-07-01";
  const missing = await shop.ask("GET", vault + version);
  t.is(missing.status, 404);
  t.is(missing.body.error.code, "ResourceNotFound");
  await follow(t, shop, "PUT", vault + version, {
    location: "westeurope",
    sku: { name: "Standard" },
    properties: {},
  });
  t.is((await shop.get(vault + version)).properties.provisioningState, "Succeeded");
  const fabrics = await shop.get(`${vault}/replicationFabrics?api-version=2022-08-01`);
  t.deepEqual(fabrics.value, []);
  t.true([202, 204].includes((await shop.ask("DELETE", vault + version)).status));
});

test("azurerm makes a resource group, finds nothing left in it, deletes it and waits until it is gone", async (t) => {
  const shop = await openShop(t);
  const version = "?api-version=2023-07-01";
  t.is((await shop.ask("GET", GROUP + version)).status, 404);
  t.is((await shop.ask("PUT", GROUP + version, { location: "westeurope", tags: {} })).status, 201);
  t.is((await shop.get(GROUP + version)).properties.provisioningState, "Succeeded");
  await shop.ask("PUT", `${GROUP}/providers/Microsoft.Authorization/roleAssignments/one`, {
    properties: { principalId: "someone", roleDefinitionId: "/x/roleDefinitions/reader" },
  });
  const inside = await shop.get(`${GROUP}/resources${version}&$expand=provisioningState&$top=10`);
  t.deepEqual(inside.value, []);
  t.true([200, 202].includes((await shop.ask("DELETE", GROUP + version)).status));
  t.is((await shop.ask("GET", GROUP + version)).status, 404);
});

test("azurerm reads the resource providers and their types", async (t) => {
  const shop = await openShop(t);
  const list = await shop.get(`/subscriptions/${SUBSCRIPTION}/providers?api-version=2022-09-01`);
  const recovery = list.value.find(
    (each: { namespace: string }) => each.namespace === "Microsoft.RecoveryServices",
  );
  t.is(recovery.registrationState, "Registered");
  t.is(recovery.resourceTypes[0].resourceType, "vaults");
  t.true(recovery.resourceTypes[0].locations.includes("West Europe"));
  const one = `/subscriptions/${SUBSCRIPTION}/providers/microsoft.compute`;
  t.is((await shop.get(one)).namespace, "Microsoft.Compute");
  t.is((await shop.ask("POST", `${one}/register`)).status, 200);
  t.is((await shop.ask("GET", `/subscriptions/${SUBSCRIPTION}/providers/None.Such`)).status, 404);
});

test("azurerm reads a vault with its settings, in versions newer than any known", async (t) => {
  const shop = await openShop(t);
  for (const version of ["2025-08-01", "2026-11-01", "2031-01-01-preview"]) {
    t.is((await shop.ask("GET", `${VAULT}?api-version=${version}`)).status, 200);
    const settings = `${VAULT}/replicationVaultSettings/default?api-version=${version}`;
    t.is((await shop.ask("GET", settings)).status, 200);
  }
});

test("azurerm finds every field it reads of mappings and machines, and its removals are taken", async (t) => {
  const shop = await openShop(t, {
    world: {
      ...SHOP,
      vaults: SHOP.vaults?.map((vault) => ({ ...vault, networkMappings: [] })) ?? [],
    },
  });
  const network = `${MAPPING}/azurerm?api-version=2024-04-01`;
  t.is((await shop.ask("GET", network)).status, 404);
  await follow(t, shop, "PUT", network, {
    properties: {
      recoveryFabricName: "fabric-we",
      recoveryNetworkId: NETWORKS.we,
      fabricSpecificDetails: { instanceType: "AzureToAzure", primaryNetworkId: NETWORKS.ne },
    },
  });
  const mapped = (await shop.get(network)).properties;
  t.regex(mapped.recoveryFabricArmId, /replicationFabrics\/fabric-we$/);
  t.regex(mapped.primaryFabricFriendlyName, /North Europe/);
  await follow(t, shop, "DELETE", network);
  t.is((await shop.ask("GET", network)).status, 404);

  const mapping = `${container("ne")}/replicationProtectionContainerMappings/there`;
  t.is((await shop.get(mapping)).properties.sourceProtectionContainerFriendlyName, "container-ne");

  const item = (await shop.get(webItem())).properties.providerSpecificDetails;
  t.is(item.vmProtectionState, "Protected");
  t.regex(item.vmNics[0].sourceNicArmId, /networkInterfaces\/shop-web-nic$/);
  t.is(item.vmNics[0].ipConfigs.length, 1);
  await follow(t, shop, "POST", `${webItem()}/remove?api-version=2024-04-01`, {
    properties: {
      disableProtectionReason: "NotSpecified",
      replicationProviderInput: { instanceType: "DisableProtectionProviderSpecificInput" },
    },
  });
  t.is((await shop.ask("GET", webItem())).status, 404);
});

test("A container is made of empty properties, and taken away by POST remove", async (t) => {
  const shop = await openShop(t);
  const path = `${VAULT}/replicationFabrics/fabric-ne/replicationProtectionContainers/second`;
  await follow(t, shop, "PUT", path, { properties: {} });
  await follow(t, shop, "POST", `${path}/remove`);
  t.is((await shop.ask("GET", path)).status, 404);
  t.is((await shop.ask("GET", `${VAULT}/replicationPolicies/policy`)).status, 200);
});

test("Role assignments are kept on every scope, listed with what is above and below, and never twice", async (t) => {
  const shop = await openShop(t);
  const roles = "providers/Microsoft.Authorization/roleAssignments";
  const account = resource("shop-ne", "Microsoft.Storage/storageAccounts", "cachene");
  const definitions = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions`;
  const found = await shop.get(`${definitions}?$filter=roleName eq 'Contributor'`);
  t.is(found.value.length, 1);
  const body = {
    properties: { principalId: "vault-identity", roleDefinitionId: found.value[0].id },
  };
  const put = await shop.ask("PUT", `${account}/${roles}/first`, body);
  t.is(put.status, 201);
  t.is(put.body.properties.scope, account);
  t.is((await shop.ask("PUT", `${account}/${roles}/first`, body)).status, 200);
  t.is((await shop.ask("PUT", `${account}/${roles}/second`, body)).status, 409);
  const other = { properties: { ...body.properties, principalId: "other" } };
  t.is((await shop.ask("PUT", `${account}/${roles}/first`, other)).status, 400);
  t.is((await shop.ask("PUT", `${account}/${roles}/third`, { properties: {} })).status, 400);
  t.is((await shop.get(`/subscriptions/${SUBSCRIPTION}/${roles}`)).value.length, 1);
  const filter = "?$filter=principalId eq 'nobody'";
  t.is((await shop.get(`/subscriptions/${SUBSCRIPTION}/${roles}${filter}`)).value.length, 0);
  t.is((await shop.get(`${account}/${roles}/first`)).name, "first");
  t.is((await shop.ask("DELETE", `${account}/${roles}/first`)).status, 200);
  t.is((await shop.ask("DELETE", `${account}/${roles}/first`)).status, 204);
  t.is((await shop.ask("GET", `${account}/${roles}/first`)).status, 404);
});
