import test from "ava";
import { SiteError } from "../../../../../provider/errors.ts";
import { failoverOf, protectedItem } from "../support/failover-request.ts";
import { fixture } from "../support/fixture.ts";
import { failedJob } from "../support/jobs.ts";
import { createRun } from "../support/run.ts";
import { type StubAnswer, startStub } from "../support/stub-service.ts";

const fabric: StubAnswer = { status: 200, body: fixture("a2a-fabric") };

test("an object is put, followed to its end and read back", async (t) => {
  const stub = await startStub(t, (request) => {
    if (request.path.includes("/replicationoperationstatus/")) {
      return { status: 200, body: { status: "Succeeded" } };
    }
    if (!request.path.endsWith("/replicationfabrics/north")) return undefined;
    if (request.method === "GET") return fabric;
    const url = `http://${request.headers.host}/x/replicationOperationStatus/op`;
    return { status: 202, headers: { "azure-asyncoperation": url } };
  });
  const facts = await stub.vault.putFabric(createRun().context, "north", "eastus");
  t.is(facts.location, "eastus");
  t.deepEqual(stub.journal[0]?.body, {
    properties: { customDetails: { instanceType: "Azure", location: "eastus" } },
  });
  t.regex(stub.journal[0]?.url ?? "", /api-version=2023-06-01$/);
});

test("a PUT whose answer was lost is observed, and not sent again when the object is there", async (t) => {
  const stub = await startStub(t, (request) => (request.method === "PUT" ? "reset" : fabric));
  const facts = await stub.vault.putFabric(createRun().context, "north", "eastus");
  t.is(facts.location, "eastus");
  t.is(stub.count("PUT", "/north"), 1);
});

test("a PUT whose answer was lost is sent again when the object is not there", async (t) => {
  let puts = 0;
  const stub = await startStub(t, (request) => {
    if (request.method === "PUT") {
      puts += 1;
      return puts === 1 ? "reset" : { status: 200, body: {} };
    }
    return puts > 1 ? fabric : undefined;
  });
  await stub.vault.putFabric(createRun().context, "north", "eastus");
  t.is(puts, 2);
});

test("P-03 the PUT that begins a protection is never sent twice", async (t) => {
  const broken = await startStub(t, (request) => (request.method === "PUT" ? "reset" : undefined));
  const error = await t.throwsAsync(
    broken.vault.enableProtection(createRun().context, `${broken.vaultId}/c`, "web", {
      machineId: "/vm",
      policyId: "/p",
      recoveryContainerId: "/c2",
      recoveryResourceGroupId: "/g",
      disks: [],
    }),
    { instanceOf: SiteError },
  );
  t.true(error?.effectUnknown);
  t.is(broken.count("PUT", "/web"), 1);
});

test("removing what is absent succeeds, for every kind of object", async (t) => {
  const stub = await startStub(t, () => undefined);
  const { context } = createRun();
  const { vault, vaultId } = stub;
  await vault.removeFabric(context, "f");
  await vault.removeContainer(context, "f", "c");
  await vault.removePolicy(context, "p");
  await vault.removeContainerMapping(
    context,
    `${vaultId}/replicationFabrics/f/replicationProtectionContainers/c`,
    "m",
  );
  await vault.removeNetworkMapping(context, "f", "azureNetwork", "n");
  await vault.removeRecoveryPlan(context, "r");
  await vault.disableProtection(context, protectedItem(vaultId));
  await stub.site.removeVault(context, vaultId);
  t.deepEqual(
    stub.journal.map((each) => `${each.method} ${each.path.split("/").slice(-2).join("/")}`),
    [
      "POST f/remove",
      "POST c/remove",
      "DELETE replicationpolicies/p",
      "DELETE replicationprotectioncontainermappings/m",
      "DELETE replicationnetworkmappings/n",
      "DELETE replicationrecoveryplans/r",
      "POST cli-test-protected-item-a2a-1/remove",
      "DELETE vaults/vault1",
    ],
  );
});

test("P-06 a set-up object whose job fails tells the job's errors", async (t) => {
  const stub = await startStub(t, (request) => {
    if (request.path.includes("/replicationjobs/")) return { status: 200, body: failedJob("op") };
    if (request.method === "GET") return { status: 200, body: { status: "Failed" } };
    const url = `http://${request.headers.host}/x/replicationOperationStatus/op`;
    return { status: 202, headers: { "azure-asyncoperation": url } };
  });
  const policy = {
    recoveryPointHistoryMinutes: 1440,
    applicationConsistentFrequencyMinutes: 0,
    crashConsistentFrequencyMinutes: 5,
    multiVmSync: false,
  };
  const error = await t.throwsAsync(stub.vault.putPolicy(createRun().context, "daily", policy), {
    instanceOf: SiteError,
  });
  t.regex(error?.message ?? "", /^Azure could not create replication policy daily: .*28031/);
  t.is(error?.serviceCode, "28031");
  t.is(error?.jobErrors.length, 1);
  t.false(error?.effectUnknown);
});

test("a write into a vault that does not exist names the vault", async (t) => {
  const error = { code: "ResourceNotFound", message: "The Resource was not found." };
  const service = await startStub(t, (request) =>
    request.method === "PUT" ? { status: 404, body: { error } } : undefined,
  );
  await t.throwsAsync(service.vault.putFabric(createRun().context, "north", "eastus"), {
    message: /^Vault Vault1 was not found in resource group dr/,
  });
});

test("settings for a network interface that the item does not have are refused", async (t) => {
  const stub = await startStub(t, () => ({ status: 200, body: fixture("a2a-item-protected") }));
  const item = protectedItem(stub.vaultId);
  const error = await t.throwsAsync(
    stub.vault.updateItem(createRun().context, item, { nics: [{ nicId: "/nics/other" }] }),
  );
  t.regex(
    error?.message ?? "",
    /CliVM2 has no network interface \/nics\/other; it has .*CliVM2VMNic/,
  );
  t.is(stub.count("PATCH", ""), 0);
});

test("the operation of a verb is known by its id and its URL, kept verbatim", async (t) => {
  const url =
    "https://management.azure.com/Subscriptions/0/replicationOperationStatus/f3040a4d-d652-4bbd-b946-8cec9ff13178?api-version=x&t=1&s=2";
  const stub = await startStub(t, (request) =>
    request.method === "POST"
      ? { status: 202, headers: { "azure-asyncoperation": url, location: "http://other" } }
      : undefined,
  );
  const started = await stub.vault.start(
    createRun().context,
    failoverOf(protectedItem(stub.vaultId)),
  );
  t.deepEqual(started, { operationId: "f3040a4d-d652-4bbd-b946-8cec9ff13178", statusUrl: url });
});

test("a vault is put, and answered when it is provisioned", async (t) => {
  const body = fixture("vault");
  const provisioning = { ...body, properties: { provisioningState: "Provisioning" } };
  const stub = await startStub(t, (request, journal) => {
    if (request.path.includes("/operationstatus/"))
      return { status: 200, body: { status: "Succeeded" } };
    if (request.method === "PUT") {
      const url = `http://${request.headers.host}/x/operationStatus/abc=`;
      return { status: 201, body: provisioning, headers: { "azure-asyncoperation": url } };
    }
    return { status: 200, body: journal.length < 4 ? provisioning : body };
  });
  const run = createRun();
  const facts = await stub.site.putVault(run.context, stub.vaultId, {
    location: "eastus2euap",
    skuName: "Standard",
    publicNetworkAccess: "Enabled",
    tags: { team: "dr" },
  });
  t.is(facts.provisioningState, "Succeeded");
  t.deepEqual(stub.journal[0]?.body, {
    location: "eastus2euap",
    sku: { name: "Standard" },
    tags: { team: "dr" },
    properties: { publicNetworkAccess: "Enabled" },
  });
});
