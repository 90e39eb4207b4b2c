import test from "ava";
import {
  type Body,
  container,
  FAIL_OVER,
  openShop,
  resource,
  switchBody,
  VAULT,
  webItem,
} from "./shop.ts";

const item = (name: string, machine: string, disk: string) => ({
  path: `${container("ne")}/replicationProtectedItems/${name}`,
  body: {
    properties: {
      policyId: `${VAULT}/replicationPolicies/policy`,
      providerSpecificDetails: {
        instanceType: "A2A",
        fabricObjectId: resource("shop-ne", "Microsoft.Compute/virtualMachines", machine),
        recoveryContainerId: container("we"),
        recoveryResourceGroupId: `/subscriptions/${VAULT.split("/")[2]}/resourceGroups/shop-we`,
        vmManagedDisks: [
          {
            diskId: resource("shop-ne", "Microsoft.Compute/disks", disk),
            primaryStagingAzureStorageAccountId: resource(
              "shop-ne",
              "Microsoft.Storage/storageAccounts",
              "cachene",
            ),
            recoveryResourceGroupId: `/subscriptions/${VAULT.split("/")[2]}/resourceGroups/shop-we`,
          },
        ],
      },
    },
  },
});

function changed(body: Body, change: (details: Body, properties: Body) => void): Body {
  const copy = structuredClone(body);
  change(copy.properties.providerSpecificDetails, copy.properties);
  return copy;
}

const badItem = test.macro({
  exec: async (t, change: (details: Body, properties: Body) => void, message: RegExp) => {
    const shop = await openShop(t);
    const { path, body } = item("app", "shop-app", "shop-app-os");
    const reply = await shop.ask("PUT", path, changed(body, change));
    t.is(reply.status, 400);
    t.is(reply.body.error.code, "BadRequest");
    t.regex(reply.body.error.message, message);
    t.truthy(reply.body.error.details[0].code);
    t.is((await shop.ask("GET", path)).status, 404);
  },
  title: (given) => `An item is refused when ${given}`,
});

test(
  "its instance type is unknown",
  badItem,
  (details) => {
    details.instanceType = "A3A";
  },
  /instanceType' must be one of A2A/,
);
test(
  "it has no instance type",
  badItem,
  (details) => {
    delete details.instanceType;
  },
  /instanceType' is required/,
);
test(
  "it has no policy",
  badItem,
  (_details, properties) => {
    delete properties.policyId;
  },
  /policyId' is required/,
);
test(
  "its policy does not exist",
  badItem,
  (_details, properties) => {
    properties.policyId += "x";
  },
  /policyx.* does not exist/,
);
test(
  "its machine does not exist",
  badItem,
  (details) => {
    details.fabricObjectId += "x";
  },
  /does not exist/,
);
test(
  "its container does not exist",
  badItem,
  (details) => {
    details.recoveryContainerId += "x";
  },
  /does not exist/,
);
test(
  "a disk is not the machine's",
  badItem,
  (details) => {
    details.vmManagedDisks[0].diskId = details.vmManagedDisks[0].diskId.replace("app", "web");
  },
  /not a disk of the virtual machine/,
);
test(
  "the cache account is missing",
  badItem,
  (details) => {
    delete details.vmManagedDisks[0].primaryStagingAzureStorageAccountId;
  },
  /vmManagedDisks\[0\]\.primaryStaging.* is required/,
);
test(
  "the cache account lies in the other region",
  badItem,
  (details) => {
    details.vmManagedDisks[0].primaryStagingAzureStorageAccountId = resource(
      "shop-we",
      "Microsoft.Storage/storageAccounts",
      "cachewe",
    );
  },
  /is in westeurope/,
);
test(
  "a list is something else",
  badItem,
  (details) => {
    details.vmManagedDisks = "all";
  },
  /must be a list/,
);

test("Unknown fields of a body are ignored", async (t) => {
  const shop = await openShop(t);
  const { path, body } = item("app", "shop-app", "shop-app-os");
  const status = await shop.run(
    "PUT",
    path,
    changed(body, (details) => {
      details.something = { new: true };
    }),
  );
  t.is(status.status, "Succeeded");
  t.is((await shop.get(path)).properties.protectionState, "InitialReplicationInProgress");
});

test("A machine is protected once only", async (t) => {
  const shop = await openShop(t);
  const { path, body } = item("again", "shop-web", "shop-web-os");
  const status = await shop.run("PUT", path, body);
  t.is(status.status, "Failed");
  t.is(status.error.code, "45031");
  t.is((await shop.ask("GET", path)).status, 404);
});

test("Things that do not exist answer 404 with ArmResourceDoesNotExist", async (t) => {
  const shop = await openShop(t);
  for (const path of [
    "replicationFabrics/x",
    "replicationPolicies/x",
    "replicationRecoveryPlans/x",
    "replicationJobs/x",
  ]) {
    const reply = await shop.ask("GET", `${VAULT}/${path}`);
    t.is(reply.status, 404);
    t.is(reply.body.error.code, "NotFound");
    t.is(reply.body.error.details[0].code, "ArmResourceDoesNotExist");
  }
});

test("An unknown path answers with an ARM error, not with nothing", async (t) => {
  const shop = await openShop(t);
  for (const path of [
    "/nothing",
    `${VAULT}/replicationNonsense`,
    `/subscriptions/${VAULT.split("/")[2]}/providers/x/y`,
  ]) {
    const reply = await shop.ask("GET", path);
    t.is(reply.status, 404);
    t.truthy(reply.body.error.code);
  }
  t.is((await shop.ask("PATCH", `${VAULT}/replicationJobs`)).status, 405);
  t.is(
    (await shop.ask("GET", "/subscriptions/99999999-2222-3333-4444-555555555555/resourceGroups"))
      .body.error.code,
    "SubscriptionNotFound",
  );
});

test("A verb the item does not offer is taken and its job fails", async (t) => {
  const shop = await openShop(t);
  const status = await shop.run("POST", `${webItem()}/failoverCommit`);
  t.is(status.status, "Failed");
  t.is(status.error.code, "25037");
  const job = (await shop.get(`${VAULT}/replicationJobs/${status.name}`)).properties;
  t.is(job.state, "Failed");
  t.deepEqual(job.allowedActions, ["Restart"]);
  t.truthy(job.errors[0].serviceErrorDetails.recommendedAction);
  const reprotect = await shop.run("POST", `${container("ne")}/switchprotection`, switchBody("ne"));
  t.is(reprotect.error.code, "25038");
  t.is((await shop.get(webItem())).properties.protectionState, "Protected");
});

test("A failover in the wrong direction is refused at once", async (t) => {
  const shop = await openShop(t);
  const reply = await shop.ask("POST", `${webItem()}/unplannedFailover`, {
    properties: { ...FAIL_OVER.properties, failoverDirection: "RecoveryToPrimary" },
  });
  t.is(reply.status, 400);
  t.is(reply.body.error.details[0].code, "InvalidFailoverDirection");
});

test("A second failover while one runs fails and leaves the first alone", async (t) => {
  const shop = await openShop(t);
  const first = await shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  shop.simulator.clock.advance(20_000);
  const second = await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(second.status, "Failed");
  shop.simulator.clock.advance(600_000);
  t.is((await shop.get(first.headers.get("azure-asyncoperation") ?? "")).status, "Succeeded");
  t.is((await shop.get(webItem())).properties.activeLocation, "Recovery");
});

test("A policy put again with other settings fails with 15035, with the same ones it succeeds", async (t) => {
  const shop = await openShop(t);
  const path = `${VAULT}/replicationPolicies/fresh`;
  const body = (history: number) => ({
    properties: {
      providerSpecificInput: {
        instanceType: "A2A",
        multiVmSyncStatus: "Enable",
        recoveryPointHistory: history,
      },
    },
  });
  t.is((await shop.run("PUT", path, body(1440))).status, "Succeeded");
  t.is((await shop.run("PUT", path, body(1440))).status, "Succeeded");
  t.is((await shop.run("PUT", path, body(720))).error.code, "15035");
  const details = (await shop.get(path)).properties.providerSpecificDetails;
  t.is(details.multiVmSyncStatus, "Enabled");
  t.is(details.recoveryPointHistory, 1440);
  t.is((await shop.ask("PUT", path, body(30_000))).status, 400);
});

test("What is in use cannot be removed", async (t) => {
  const shop = await openShop(t);
  for (const [method, path] of [
    ["DELETE", `${VAULT}/replicationPolicies/policy`],
    ["POST", `${container("ne")}/remove`],
    ["DELETE", `${VAULT}/replicationFabrics/fabric-ne`],
  ] as const) {
    const status = await shop.run(method, path);
    t.is(status.status, "Failed", path);
    t.is(status.error.code, "SIM-IN-USE");
  }
  t.is((await shop.ask("DELETE", VAULT)).status, 409);
});

test("Everything can be taken down in order, and results of removals are 204", async (t) => {
  const shop = await openShop(t);
  const removal = await shop.ask("POST", `${webItem()}/remove`, {
    properties: {
      disableProtectionReason: "NotSpecified",
      replicationProviderInput: { instanceType: "DisableProtectionProviderSpecificInput" },
    },
  });
  t.is(removal.status, 202);
  const result = removal.headers.get("location") ?? "";
  t.is((await shop.ask("GET", result)).status, 202);
  shop.simulator.clock.advance(200_000);
  t.is((await shop.ask("GET", result)).status, 204);
  const back = `${container("we")}/replicationProtectionContainerMappings/back`;
  const steps: readonly (readonly [string, string])[] = [
    ["DELETE", `${container("ne")}/replicationProtectionContainerMappings/there`],
    ["POST", `${back}/remove`],
    [
      "DELETE",
      `${VAULT}/replicationFabrics/fabric-ne/replicationNetworks/azureNetwork/replicationNetworkMappings/there`,
    ],
    ["POST", `${container("ne")}/remove`],
    ["POST", `${container("we")}/remove`],
    ["DELETE", `${VAULT}/replicationPolicies/policy`],
    ["POST", `${VAULT}/replicationFabrics/fabric-ne/remove`],
    ["DELETE", `${VAULT}/replicationFabrics/fabric-we`],
  ];
  for (const [method, path] of steps)
    t.is((await shop.run(method, path)).status, "Succeeded", path);
  t.is((await shop.ask("DELETE", VAULT)).status, 204);
  t.is((await shop.ask("GET", VAULT)).status, 404);
});
