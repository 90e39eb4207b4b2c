import test from "ava";
import type { WorldDocument } from "../../simulator/index.ts";
import {
  CLASSIC,
  CLASSIC_CONTAINER,
  MODERN,
  MODERN_CONTAINER,
  openSite,
  SITE,
  SITE_VAULT,
} from "./estate-site.ts";
import type { Body } from "./shop.ts";

const ITEM = {
  recoveryResourceGroup: "recovery",
  cacheStorageAccount: "logs",
  network: "net",
} as const;

/** The site with two classic machines and a modernized one protected from the start, and a second appliance. */
const PROTECTED: WorldDocument = {
  ...SITE,
  networks: [{ name: "net", resourceGroup: "recovery", subnets: { web: "10.20.1.0/24" } }],
  storageAccounts: [{ name: "logs", resourceGroup: "recovery" }],
  appliances: [
    ...(SITE.appliances ?? []),
    { name: "appliance-2", vault: "site-vault", vcenters: ["vcenter-one"], address: "10.1.0.21" },
  ],
  vaults: [
    {
      name: "site-vault",
      resourceGroup: "recovery",
      policies: [
        { name: "classic", kind: "InMageAzureV2" },
        { name: "modern", kind: "InMageRcm" },
      ],
      mappings: [
        { name: "classic", source: "cs-1", target: "Microsoft Azure", policy: "classic" },
        { name: "modern", source: "appliance-1", target: "Microsoft Azure", policy: "modern" },
      ],
      items: [
        { machine: "web", container: "cs-1", policy: "classic", ...ITEM },
        { machine: "mt-linux", container: "appliance-1", policy: "modern", ...ITEM },
      ],
    },
  ],
};

const CLASSIC_ITEM = (name: string) => `${CLASSIC_CONTAINER}/replicationProtectedItems/${name}`;
const MODERN_ITEM = `${MODERN_CONTAINER}/replicationProtectedItems/mt-linux`;

test("A machine that is protected says so among the protectable items, and names its item", async (t) => {
  const site = await openSite(t, PROTECTED);
  const { value } = await site.get(`${CLASSIC_CONTAINER}/replicationProtectableItems`);
  const [web1, , db] = value;
  t.is(web1.properties.protectionStatus, "Protected");
  t.is(
    web1.properties.replicationProtectedItemId.toLowerCase(),
    CLASSIC_ITEM("web1").toLowerCase(),
  );
  t.is(web1.properties.customDetails.agentInstalled, "true");
  t.is(db.properties.protectionStatus, "Unprotected");
  t.is((await site.get(CLASSIC_CONTAINER)).properties.protectedItemCount, 2);
});

test("R-01 the machines of one process server are moved to another, one by one or all", async (t) => {
  const site = await openSite(t, PROTECTED);
  site.advance(10);
  const counts = async () =>
    (await site.classic()).processServers.map((each: Body) => each.machineCount);
  const [first, second] = (await site.classic()).processServers;
  t.deepEqual(await counts(), ["2", "0"]);
  const move = (more: object) =>
    site.run("POST", `${CLASSIC}/reassociateGateway`, {
      properties: {
        containerName: "cs-1-container",
        sourceProcessServerId: first.id,
        targetProcessServerId: second.id,
        ...more,
      },
    });
  t.is((await move({ vmsToMigrate: ["web2"], updateType: "ServerLevel" })).status, "Succeeded");
  t.deepEqual(await counts(), ["1", "1"]);
  const details = async (name: string) =>
    (await site.get(CLASSIC_ITEM(name))).properties.providerSpecificDetails;
  t.is((await details("web2")).processServerId, second.id);
  t.is((await details("web1")).processServerId, first.id);
  t.is((await move({ updateType: "SystemLevel" })).status, "Succeeded");
  t.deepEqual(await counts(), ["0", "2"]);
});

test("A vCenter, a mapping, a policy and a fabric that protected machines need stay", async (t) => {
  const site = await openSite(t, PROTECTED);
  for (const [method, path] of [
    ["DELETE", `${CLASSIC}/replicationvCenters/vcenter-one`],
    ["DELETE", `${CLASSIC_CONTAINER}/replicationProtectionContainerMappings/classic`],
    ["DELETE", `${SITE_VAULT}/replicationPolicies/classic`],
    ["POST", `${CLASSIC}/remove`],
    ["DELETE", MODERN],
  ] as const) {
    const status = await site.run(method, path);
    t.is(status.error.code, "SIM-IN-USE", path);
  }
});

test("An appliance that machines replicate through stays, another one and an idle configuration server go", async (t) => {
  const site = await openSite(t, PROTECTED);
  const path = `${MODERN}/replicationRecoveryServicesProviders`;
  const [busy, idle] = (await site.get(path)).value;
  t.is((await site.run("POST", `${busy.id}/remove`)).error.code, "SIM-IN-USE");
  t.is((await site.run("POST", `${MODERN}/removeInfra`)).error.code, "SIM-IN-USE");
  t.is((await site.run("DELETE", idle.id)).status, "Succeeded");
  t.deepEqual(
    (await site.get(path)).value.map((each: Body) => each.name),
    [busy.name],
  );
  const idleSite = await openSite(t);
  const [server] = (await idleSite.get(`${CLASSIC}/replicationRecoveryServicesProviders`)).value;
  t.is((await idleSite.run("POST", `${server.id}/remove`)).status, "Succeeded");
  t.is((await idleSite.ask("GET", CLASSIC)).status, 404);
  t.is((await idleSite.run("POST", `${MODERN}/removeInfra`)).status, "Succeeded");
  t.deepEqual((await idleSite.modern()).reprotectAgents, []);
});

test("A modernized machine is given to another appliance of its site", async (t) => {
  const site = await openSite(t, PROTECTED);
  const [, second] = (await site.modern()).processServers;
  t.is(second.name, "appliance-2");
  const body = (targetApplianceId: string) => ({
    properties: {
      targetApplianceId,
      providerSpecificDetails: { instanceType: "InMageRcm", runAsAccountId: "account" },
    },
  });
  const missing = await site.ask("POST", `${MODERN_ITEM}/updateAppliance`, body("no-such"));
  t.is(missing.body.error.details[0].code, "SIM-MISSING-REFERENCE");
  const status = await site.run("POST", `${MODERN_ITEM}/updateAppliance`, body(second.id));
  t.is(status.status, "Succeeded");
  const { properties } = await site.get(MODERN_ITEM);
  t.like(properties.providerSpecificDetails, {
    processServerId: second.id,
    processServerName: "appliance-2",
    runAsAccountId: "account",
  });
  t.not(properties.allowedOperations.length, 0);
  const [, counted] = (await site.modern()).processServers;
  t.is(counted.protectedItemCount, 1);
  const classic = await site.ask("POST", `${CLASSIC_ITEM("web1")}/updateAppliance`, body("x"));
  t.is(classic.body.error.details[0].code, "SIM-NOT-SUPPORTED");
});
