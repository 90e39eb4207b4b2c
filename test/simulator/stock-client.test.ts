import { SiteRecoveryManagementClient } from "@azure/arm-recoveryservices-siterecovery";
import test from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { container, resource, SHOP, SUBSCRIPTION } from "./shop.ts";

const credential = {
  getToken: async () => ({ token: "simulated", expiresOnTimestamp: Date.now() + 3_600_000 }),
};

test("The stock JavaScript client protects a machine, fails it over, commits and reprotects it", async (t) => {
  const simulator = await startSimulator({ world: SHOP, clock: "accelerated:20000" });
  t.teardown(() => simulator.close());
  const client = new SiteRecoveryManagementClient(credential, SUBSCRIPTION, {
    endpoint: simulator.url,
    allowInsecureConnection: true,
  });
  client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  const fast = { updateIntervalInMs: 20 };
  const at = ["shop-vault", "shop-recovery", "fabric-ne", "container-ne", "app"] as const;

  await client.replicationPolicies.beginCreateAndWait(
    "shop-vault",
    "shop-recovery",
    "hourly",
    {
      properties: {
        providerSpecificInput: {
          instanceType: "A2A",
          multiVmSyncStatus: "Disable",
          recoveryPointHistory: 1440,
          appConsistentFrequencyInMinutes: 60,
        },
      },
    },
    fast,
  );
  const policies: string[] = [];
  for await (const policy of client.replicationPolicies.list("shop-vault", "shop-recovery"))
    policies.push(policy.name ?? "");
  t.deepEqual(policies, ["policy", "hourly"]);

  const enabled = await client.replicationProtectedItems.beginCreateAndWait(
    ...at,
    {
      properties: {
        policyId: `${container("ne").split("/replicationFabrics")[0]}/replicationPolicies/policy`,
        providerSpecificDetails: {
          instanceType: "A2A",
          fabricObjectId: resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-app"),
          recoveryContainerId: container("we"),
          recoveryResourceGroupId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-we`,
          vmManagedDisks: [
            {
              diskId: resource("shop-ne", "Microsoft.Compute/disks", "shop-app-os"),
              primaryStagingAzureStorageAccountId: resource(
                "shop-ne",
                "Microsoft.Storage/storageAccounts",
                "cachene",
              ),
              recoveryResourceGroupId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-we`,
            },
          ],
        },
      },
    },
    fast,
  );
  t.is(enabled.name, "app");
  simulator.clock.advance(3_600_000);
  const ready = await client.replicationProtectedItems.get(...at);
  t.is(ready.properties?.protectionState, "Protected");

  const failedOver = await client.replicationProtectedItems.beginUnplannedFailoverAndWait(
    ...at,
    {
      properties: {
        failoverDirection: "PrimaryToRecovery",
        sourceSiteOperations: "Required",
        providerSpecificDetails: { instanceType: "A2A" },
      },
    },
    fast,
  );
  t.is(failedOver.properties?.activeLocation, "Recovery");
  const committed = await client.replicationProtectedItems.beginFailoverCommitAndWait(...at, fast);
  t.is(committed.properties?.protectionState, "UnplannedFailoverCommitted");
  await client.replicationProtectionContainers.beginSwitchProtectionAndWait(
    "shop-vault",
    "shop-recovery",
    "fabric-ne",
    "container-ne",
    {
      properties: {
        replicationProtectedItemName: "app",
        providerSpecificDetails: {
          instanceType: "A2A",
          recoveryContainerId: container("ne"),
          policyId: ready.properties?.policyId ?? "",
        },
      },
    },
    fast,
  );
  const moved = await client.replicationProtectedItems.get(
    "shop-vault",
    "shop-recovery",
    "fabric-we",
    "container-we",
    "app",
  );
  t.is(moved.properties?.primaryFabricFriendlyName, "West Europe");

  const refused = await t.throwsAsync(client.replicationProtectedItems.get(...at));
  t.is((refused as { code?: string }).code, "NotFound");
  const failing = await t.throwsAsync(
    client.replicationProtectedItems.beginFailoverCommitAndWait(
      "shop-vault",
      "shop-recovery",
      "fabric-we",
      "container-we",
      "app",
      fast,
    ),
  );
  t.regex(failing?.message ?? "", /The long-running operation has failed\. 25037/);
});
