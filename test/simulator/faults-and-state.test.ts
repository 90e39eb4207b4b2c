import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { container, FAIL_OVER, openShop, SHOP, switchBody, VAULT, webItem } from "./shop.ts";

test("A rule answers with a status and Retry-After instead of the service, as often as told", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    match: { method: "GET", path: "replicationPolicies" },
    times: 2,
    respond: { status: 429, retryAfter: 7 },
  });
  const path = `${VAULT}/replicationPolicies/policy`;
  const first = await shop.ask("GET", path);
  t.is(first.status, 429);
  t.is(first.headers.get("retry-after"), "7");
  t.is((await shop.ask("GET", path)).status, 429);
  t.is((await shop.ask("GET", path)).status, 200);
  t.is(shop.simulator.journal({ status: 429 }).length, 2);
});

test("A connection can break before the service acts, and after it", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    match: { method: "POST", path: "unplannedFailover$" },
    reset: "before",
  });
  await t.throwsAsync(shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER));
  t.is((await shop.get(webItem())).properties.currentScenario.scenarioName, "None");
  shop.simulator.clearFaults();
  shop.simulator.addFault({
    match: { method: "POST", path: "unplannedFailover$" },
    reset: "after",
  });
  await t.throwsAsync(shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER));
  t.is((await shop.get(webItem())).properties.currentScenario.scenarioName, "UnplannedFailover");
});

test("A task can fail with the service's and the provider's error, and the job be restarted", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    failTask: {
      scenario: "UnplannedFailover",
      task: "VmFailover",
      machine: "web",
      serviceError: {
        code: "539",
        message: "The failover failed.",
        possibleCauses: "Quota.",
        recommendedAction: "Raise the quota.",
      },
      providerError: { errorCode: 28031, errorMessage: "Core quota exceeded." },
    },
  });
  const status = await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(status.status, "Failed");
  t.deepEqual(status.error, { code: "539", message: "The failover failed.", details: null });
  const path = `${VAULT}/replicationJobs/${status.name}`;
  const job = (await shop.get(path)).properties;
  const failed = job.tasks.find((task: { state: string }) => task.state === "Failed");
  t.is(failed.name, "VmFailover");
  t.is(failed.errors[0].providerErrorDetails.errorCode, 28031);
  t.is((await shop.get(webItem())).properties.protectionState, "Protected");
  t.is((await shop.run("POST", `${path}/restart`)).status, "Succeeded");
  t.is((await shop.get(webItem())).properties.activeLocation, "Recovery");
});

test("A failover that failed at its last task can be done again under the same name", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    failTask: {
      task: "VmFoStartVmOnSecondary",
      serviceError: { code: "170010", message: "It does not start." },
    },
  });
  t.is((await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER)).error.code, "170010");
  const again = await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(again.status, "Succeeded");
  t.is(again.error, null);
});

test("A job can hang until it is cancelled", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    hangJob: { scenario: "UnplannedFailover", task: "VmPrepareForUnPlannedFailover" },
  });
  await shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  shop.simulator.clock.advance(24 * 3_600_000);
  const { jobId } = (await shop.get(webItem())).properties.currentScenario;
  t.is((await shop.get(jobId)).properties.state, "InProgress");
  await shop.run("POST", `${jobId}/cancel`);
  const item = (await shop.get(webItem())).properties;
  t.is(item.currentScenario.scenarioName, "None");
  t.true(item.allowedOperations.includes("RepairReplication"));
});

test("A lost region stops replication, and comes back", async (t) => {
  const shop = await openShop(t);
  await shop.ask("POST", "/_simulator/regions", { name: "northeurope", unavailable: true });
  shop.simulator.clock.advance(2 * 3_600_000);
  const item = (await shop.get(webItem())).properties;
  t.is(item.replicationHealth, "Critical");
  t.is(item.healthErrors[0].errorCode, "153007");
  t.true(item.providerSpecificDetails.rpoInSeconds > 7000);
  t.is(
    (await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER)).error.code,
    "SIM-SHUTDOWN",
  );
  await shop.run("POST", `${webItem()}/failoverCommit`);
  t.is(
    (await shop.run("POST", `${container("ne")}/switchprotection`, switchBody("ne"))).error.code,
    "SIM-REGION",
  );
  await shop.ask("POST", "/_simulator/regions", { name: "northeurope", unavailable: false });
  t.is(
    (await shop.run("POST", `${container("ne")}/switchprotection`, switchBody("ne"))).status,
    "Succeeded",
  );
});

test("A simulator that is stopped in the middle of a failover goes on from its state file", async (t) => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "simulator-")), "state.json");
  const first = await openShop(t, { stateFile });
  const reply = await first.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  first.simulator.clock.advance(60_000);
  const poll = new URL(reply.headers.get("azure-asyncoperation") ?? "");
  const before = await first.get(webItem());
  await first.simulator.close();
  const second = await openShop(t, { stateFile });
  t.deepEqual(await second.get(webItem()), before);
  t.is((await second.get(`${poll.pathname}${poll.search}`)).status, "InProgress");
  second.simulator.clock.advance(300_000);
  t.is((await second.get(`${poll.pathname}${poll.search}`)).status, "Succeeded");
  t.is((await second.get(webItem())).properties.activeLocation, "Recovery");
});

test("The journal records who asked what in order, without secrets", async (t) => {
  const shop = await openShop(t);
  await shop.ask("PUT", `${VAULT}/replicationAlertSettings/default`, {
    properties: { locale: "en", password: "hidden" },
  });
  await shop.get(webItem());
  const [write] = shop.simulator.journal({ writesOnly: true });
  t.is(write?.method, "PUT");
  t.is(write?.sequence, 1);
  t.deepEqual(write?.body, { properties: { locale: "en", password: "***" } });
  const { value } = await shop.get("/_simulator/journal?path=replicationProtectedItems");
  t.is(value.length, 1);
  t.is(value[0].query["api-version"], "2023-06-01");
  shop.simulator.clearJournal();
  t.deepEqual(shop.simulator.journal(), []);
});

test("Chances are drawn from the seed: two worlds with the same rules behave alike", async (t) => {
  const strikes = async () => {
    const shop = await openShop(t, { seed: "chance" });
    shop.simulator.addFault({
      id: "half",
      match: { method: "GET" },
      times: 0,
      probability: 0.5,
      respond: { status: 503 },
    });
    const statuses: number[] = [];
    for (let round = 0; round < 12; round += 1)
      statuses.push((await shop.ask("GET", VAULT)).status);
    return statuses;
  };
  const once = await strikes();
  t.deepEqual(await strikes(), once);
  t.true(once.includes(503) && once.includes(200));
});

test("A world of two hundred protected machines is listed in pages", async (t) => {
  const [vault] = SHOP.vaults ?? [];
  const [machine] = SHOP.machines ?? [];
  const [item] = vault?.items ?? [];
  if (!vault || !machine || !item) return t.fail();
  const { name: _name, ...unnamed } = item;
  const networks = [
    { name: "vnet-ne", resourceGroup: "shop-ne", subnets: { web: "10.10.0.0/16" } },
    ...(SHOP.networks ?? []).slice(1),
  ];
  const world = {
    ...SHOP,
    networks,
    machines: [{ ...machine, count: 250 }],
    vaults: [{ ...vault, items: [unnamed] }],
  };
  const shop = await openShop(t, { world });
  const names: string[] = [];
  for (let next: string | null = `${VAULT}/replicationProtectedItems`; next; ) {
    const page: { value: { name: string }[]; nextLink: string | null } = await shop.get(next);
    t.true(page.value.length <= 100);
    names.push(...page.value.map((each) => each.name));
    next = page.nextLink;
  }
  t.is(new Set(names).size, 250);
  t.is(names[0], "shop-web001");
  const filtered = await shop.get(
    `${VAULT}/replicationProtectedItems?$filter=sourceFabricName eq 'fabric-we'`,
  );
  t.deepEqual(filtered.value, []);
});

const badWorld = test.macro({
  exec: async (t, text: string, message: RegExp) => {
    const file = join(mkdtempSync(join(tmpdir(), "world-")), "world.yaml");
    writeFileSync(file, text);
    const error = await t.throwsAsync(startSimulator({ world: file }));
    t.regex(error?.message ?? "", message);
    t.true(error?.message.startsWith(`${file}:`));
  },
  title: (given) => `A world file is refused with file, line and field when ${given}`,
});
const SUBSCRIPTIONS = "subscriptions: [{ id: 11111111-2222-3333-4444-555555555555 }]\n";
test(
  "a region is unknown",
  badWorld,
  `${SUBSCRIPTIONS}resourceGroups:\n  - name: a\n    location: atlantis\n`,
  /:4: resourceGroups\.0\.location must be one of/,
);
test(
  "a field is unknown",
  badWorld,
  `${SUBSCRIPTIONS}machine: []\n`,
  /:2: machine is not a known field/,
);
test(
  "a field is missing",
  badWorld,
  `${SUBSCRIPTIONS}machines:\n  - name: a\n`,
  /:3: machines\.0 lacks the field 'resourceGroup'/,
);
test(
  "a name leads nowhere",
  badWorld,
  `${SUBSCRIPTIONS}storageAccounts:\n  - name: a\n    resourceGroup: b\n`,
  /:4: storageAccounts\.0\.resourceGroup refers to the resource group 'b'/,
);
test(
  "several items would have one name",
  badWorld,
  JSON.stringify({
    ...SHOP,
    machines: SHOP.machines?.map((machine) => ({ ...machine, count: 3 })),
  }),
  /: vaults\.0\.items\.0\.name would be the name of 3 items/,
);
test("it is not YAML", badWorld, "subscriptions: [\n", /:\d+: /);

test("The example world is valid and has no vault", async (t) => {
  const file = new URL("../../simulator/worlds/three-tier.yaml", import.meta.url).pathname;
  const shop = await openShop(t, { world: file });
  t.regex(readFileSync(file, "utf8"), /northeurope/);
  t.deepEqual(
    (
      await shop.get(
        "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.RecoveryServices/vaults",
      )
    ).value,
    [],
  );
  t.is(
    (
      await shop.get(
        "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Compute/virtualMachines",
      )
    ).value.length,
    3,
  );
});
