import test from "ava";
import { type Body, openShop, type Shop, VAULT, webItem } from "./shop.ts";

const FABRIC = `${VAULT}/replicationFabrics/fabric-ne`;

async function jobOf(shop: Shop, status: Body): Promise<Body> {
  return (await shop.get(`${VAULT}/replicationJobs/${status.name}`)).properties;
}

async function provider(shop: Shop): Promise<string> {
  const list = await shop.get(`${FABRIC}/replicationRecoveryServicesProviders`);
  return list.value[0].id;
}

const TAKEN = [
  ["checkConsistency", "CheckVmmConsistency"],
  ["migratetoaad", "MigrateFabricToAad"],
  ["renewCertificate", "CertificateRenewal"],
] as const;

for (const [verb, scenario] of TAKEN) {
  test(`An Azure fabric takes ${verb} as a job ${scenario}, whose result is the fabric`, async (t) => {
    const shop = await openShop(t);
    const reply = await shop.ask("POST", `${FABRIC}/${verb}`, { properties: {} });
    t.is(reply.status, 202);
    shop.simulator.clock.advance(120_000);
    const status = await shop.get(reply.headers.get("azure-asyncoperation") ?? "");
    t.is(status.status, "Succeeded");
    const job = await jobOf(shop, status);
    t.is(job.scenarioName, scenario);
    t.is(job.targetInstanceType, "Server");
    t.is(job.customDetails.affectedObjectDetails.primaryvmmname, "North Europe");
    const result = await shop.ask("GET", reply.headers.get("location") ?? "");
    t.is(result.status, 200);
    t.is(result.body.name, "fabric-ne");
  });
}

test("Renewing the certificates of a fabric gives its items three more years", async (t) => {
  const shop = await openShop(t);
  const expiry = async () =>
    Date.parse(
      (await shop.get(webItem())).properties.providerSpecificDetails.agentCertificateExpiryDate,
    );
  const before = await expiry();
  shop.simulator.clock.advance(30 * 86_400_000);
  t.is(await expiry(), before);
  await shop.run("POST", `${VAULT}/replicationFabrics/fabric-we/renewCertificate`);
  t.is(await expiry(), before);
  await shop.run("POST", `${FABRIC}/renewCertificate`, {
    properties: { renewCertificateType: "x" },
  });
  t.true((await expiry()) - before >= 30 * 86_400_000);
});

test("A fabric without process servers or appliance says so by a failed job", async (t) => {
  const shop = await openShop(t);
  for (const [verb, missing] of [
    ["reassociateGateway", "process server"],
    ["removeInfra", "appliance"],
  ] as const) {
    const status = await shop.run("POST", `${FABRIC}/${verb}`, { properties: {} });
    t.is(status.status, "Failed");
    t.is(status.error.code, "SIM-NO-SUCH-SERVER");
    t.true(status.error.message.includes(`'fabric-ne' has no ${missing}`));
    const job = await jobOf(shop, status);
    t.truthy(job.errors[0].serviceErrorDetails.recommendedAction);
  }
  t.is((await shop.get(FABRIC)).name, "fabric-ne");
});

test("The provider of an Azure fabric can be refreshed, and not removed", async (t) => {
  const shop = await openShop(t);
  const path = await provider(shop);
  const refreshed = await shop.run("POST", `${path}/refreshProvider`);
  t.is(refreshed.status, "Succeeded");
  t.is((await jobOf(shop, refreshed)).scenarioName, "RefreshFabricLayout");
  for (const [method, at, scenario] of [
    ["POST", `${path}/remove`, "UnregisterDra"],
    ["DELETE", path, "PurgeDra"],
  ] as const) {
    const status = await shop.run(method, at);
    t.is(status.error.code, "SIM-PROVIDER-OF-SERVICE");
    t.is((await jobOf(shop, status)).scenarioName, scenario);
  }
  t.is((await shop.get(path)).id, path);
});

test("A provider, a body or a fabric that is not there is refused before anything starts", async (t) => {
  const shop = await openShop(t);
  const strange = `${FABRIC}/replicationRecoveryServicesProviders/no-such`;
  t.is((await shop.ask("GET", strange)).status, 404);
  t.is((await shop.ask("POST", `${strange}/refreshProvider`)).status, 404);
  t.is((await shop.ask("POST", `${VAULT}/replicationFabrics/none/checkConsistency`)).status, 404);
  const bad = await shop.ask("POST", `${FABRIC}/reassociateGateway`, {
    properties: { vmsToMigrate: "web" },
  });
  t.is(bad.status, 400);
  t.regex(bad.body.error.message, /properties\.vmsToMigrate/);
  t.deepEqual((await shop.get(`${VAULT}/replicationJobs`)).value, []);
});
