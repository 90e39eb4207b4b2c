import { SiteRecoveryManagementClient } from "@azure/arm-recoveryservices-siterecovery";
import test, { type ExecutionContext } from "ava";
import { startSimulator, type WorldDocument } from "../../simulator/index.ts";
import { resource, SHOP, SUBSCRIPTION, webItem } from "./shop.ts";

const credential = {
  getToken: async () => ({ token: "simulated", expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const VAULT = ["shop-vault", "shop-recovery"] as const;
async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of list) found.push(each);
  return found;
}
const FAST = { updateIntervalInMs: 20 };

async function open(
  t: ExecutionContext,
  world: WorldDocument,
): Promise<SiteRecoveryManagementClient> {
  const simulator = await startSimulator({ world, clock: "accelerated:20000" });
  t.teardown(() => simulator.close());
  const client = new SiteRecoveryManagementClient(credential, SUBSCRIPTION, {
    endpoint: simulator.url,
    allowInsecureConnection: true,
  });
  client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  return client;
}

test("The stock JavaScript client protects machines by intents and follows the pages of their list", async (t) => {
  const client = await open(t, {
    ...SHOP,
    vaults: [{ name: "shop-vault", resourceGroup: "shop-recovery" }],
  });
  for (const name of ["app", "web"]) {
    const intent = await client.replicationProtectionIntents.create(...VAULT, name, {
      properties: {
        providerSpecificDetails: {
          instanceType: "A2A",
          fabricObjectId: resource("shop-ne", "Microsoft.Compute/virtualMachines", `shop-${name}`),
          primaryLocation: "northeurope",
          recoveryLocation: "westeurope",
          recoverySubscriptionId: SUBSCRIPTION,
          recoveryAvailabilityType: "Single",
          recoveryResourceGroupId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-we`,
        },
      },
    });
    t.true(intent.properties?.isActive);
  }
  const pages: (string | undefined)[][] = [];
  for await (const page of client.replicationProtectionIntents
    .list(...VAULT, { takeToken: "1" })
    .byPage())
    pages.push(page.map(({ name }) => name));
  t.deepEqual(pages, [["app"], ["web"]]);
  const items: (string | undefined)[] = [];
  for await (const item of client.replicationProtectedItems.list(...VAULT))
    items.push(item.properties?.friendlyName);
  t.deepEqual(items, ["shop-app", "shop-web"]);
});

test("The stock JavaScript client cares for a fabric and its provider, and reads points page by page", async (t) => {
  const client = await open(t, { ...SHOP, knobs: { pageSize: 7 } });
  const fabric = [...VAULT, "fabric-ne"] as const;
  const checked = await client.replicationFabrics.beginCheckConsistencyAndWait(...fabric, FAST);
  t.is(checked.properties?.friendlyName, "North Europe");
  const renewal = { properties: { renewCertificateType: "Cloud" } };
  await client.replicationFabrics.beginRenewCertificateAndWait(...fabric, renewal, FAST);
  const [provider] = await all(
    client.replicationRecoveryServicesProviders.listByReplicationFabrics(...fabric),
  );
  const refreshed = await client.replicationRecoveryServicesProviders.beginRefreshProviderAndWait(
    ...fabric,
    provider?.name ?? "",
    FAST,
  );
  t.is(refreshed.id, provider?.id);
  const removal = client.replicationRecoveryServicesProviders.beginDeleteAndWait(
    ...fabric,
    provider?.name ?? "",
    FAST,
  );
  await t.throwsAsync(removal, { message: /SIM-PROVIDER-OF-SERVICE/ });
  const detailed = await client.replicationFabrics.get(...fabric, {
    filter: "locationDetails eq 'true'",
  });
  t.like(detailed.properties?.customDetails, {
    locationDetails: { 0: { recoveryFabricLocation: "westeurope" } },
  });
  const names = webItem().split("/");
  const points = await all(
    client.recoveryPoints.listByReplicationProtectedItems(
      ...fabric,
      "container-ne",
      names.at(-1) ?? "",
    ),
  );
  t.true(points.length > 14);
  t.is(new Set(points.map(({ name }) => name)).size, points.length);
});
