import { readFileSync } from "node:fs";
import test from "ava";
import { type Body, openShop, SUBSCRIPTION, webItem } from "./shop.ts";

interface ServiceOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

const OPERATIONS = JSON.parse(
  readFileSync(new URL("./fixtures/service-operations.json", import.meta.url), "utf8"),
) as readonly ServiceOperation[];

const VERSIONS = ["2016-08-10", "2018-07-10", "2021-12-01", "2023-08-01", "2024-04-01"];

/** Names of objects that exist in the world of the tests. */
const EXISTING: Readonly<Record<string, string>> = {
  subscriptionId: SUBSCRIPTION,
  resourceGroupName: "shop-recovery",
  resourceName: "shop-vault",
  virtualMachineName: "shop-web",
  fabricName: "fabric-ne",
  protectionContainerName: "container-ne",
  replicatedProtectedItemName: "web",
  policyName: "policy",
  mappingName: "there",
  networkName: "azureNetwork",
  networkMappingName: "there",
  alertSettingName: "defaultAlertSetting",
  vaultSettingName: "default",
};

function pathOf(operation: ServiceOperation, names: Readonly<Record<string, string>>): string {
  const path = operation.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => names[name] ?? "no-such",
  );
  return operation.path.includes("Microsoft.Compute")
    ? path.replace("shop-recovery", "shop-ne")
    : path;
}

/** What a Site Recovery client can read: an ARM error with code and message, for a 404 of this service with details. */
function faultOf(reply: { status: number; body: Body }): string | undefined {
  const { status, body } = reply;
  if (status >= 500) return `status ${status}`;
  if (status < 400) return undefined;
  const error = body?.error;
  if (typeof error?.code !== "string" || typeof error?.message !== "string")
    return `${status} without an error body`;
  if (error.code === "InvalidResourceType" || status === 405) return `no route: ${error.code}`;
  return undefined;
}

const answered = test.macro({
  exec: async (t, version: string, body: unknown) => {
    const faults: string[] = [];
    for (const operation of OPERATIONS) {
      const shop = await openShop(t);
      const isRead = operation.method === "GET" || operation.method === "DELETE";
      for (const names of [EXISTING, { ...EXISTING, fabricName: "no-such" }]) {
        const path = `${pathOf(operation, names)}?api-version=${version}`;
        const reply = await shop.ask(operation.method, path, isRead ? undefined : body);
        const fault = faultOf(reply);
        if (fault !== undefined) faults.push(`${operation.operationId}: ${fault}`);
      }
      await shop.simulator.close();
    }
    t.deepEqual(faults, []);
  },
  title: (given) =>
    `Each of the ${OPERATIONS.length} published operations is answered by content or the service's own error ${given}`,
});

for (const version of VERSIONS) {
  test(`in version ${version}`, answered, version, { properties: {} });
}
test("when the body is a list", answered, "2023-08-01", []);
test("when properties is null", answered, "2023-08-01", { properties: null });
test("when the body's members are of other types", answered, "2023-08-01", {
  properties: { providerSpecificDetails: 7, providerSpecificInput: "x", groups: {}, policyId: [] },
});
test("without a body", answered, "2023-08-01", undefined);

test("Every list of the API has a value and says whether there is more", async (t) => {
  const shop = await openShop(t);
  const lists = OPERATIONS.filter(({ operationId }) => /_List/.test(operationId));
  t.is(lists.length, 39);
  for (const operation of lists) {
    const missing = /MigrationItems\/|Classifications\/|Clusters\/|\{networkName\}/;
    if (missing.test(operation.path)) continue;
    const { status, body } = await shop.ask("GET", pathOf(operation, EXISTING));
    t.is(status, 200, operation.operationId);
    t.true(Array.isArray(body.value), operation.operationId);
    // The model of eligibility results has no continuation.
    const isWhole = operation.operationId.startsWith("ReplicationEligibilityResults");
    t.is("nextLink" in body, !isWhole, operation.operationId);
  }
});

test("An operation of another scenario on an existing item is refused with the reason and what to do", async (t) => {
  const shop = await openShop(t);
  const before = await shop.get(webItem());
  for (const verb of ["updateMobilityService", "switchProvider", "updateAppliance"]) {
    const reply = await shop.ask("POST", `${webItem()}/${verb}`, { properties: {} });
    t.is(reply.status, 400);
    t.is(reply.body.error.details[0].code, "SIM-NOT-SUPPORTED");
    t.regex(reply.body.error.message, new RegExp(verb));
    t.truthy(reply.body.error.details[0].recommendedAction);
  }
  t.deepEqual(await shop.get(webItem()), before);
});

test("An object of another scenario is absent by its own name, not by that of its parent", async (t) => {
  const shop = await openShop(t);
  const items = `${webItem().replace(/replicationProtectedItems.*/, "replicationMigrationItems")}`;
  for (const path of [items, `${items}/vm7/migrationRecoveryPoints/p1`]) {
    const reply = await shop.ask("GET", path === items ? `${items}/vm7` : path);
    t.is(reply.status, 404);
    t.is(reply.body.error.details[0].code, "ArmResourceDoesNotExist");
    t.regex(reply.body.error.message, /'vm7'/);
  }
});
