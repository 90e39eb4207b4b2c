import test from "ava";
import {
  CLASSIC,
  CLASSIC_CONTAINER,
  DISCOVERY,
  MODERN,
  MODERN_CONTAINER,
  openSite,
  SITE_VAULT,
  type Site,
} from "./estate-site.ts";
import type { Body } from "./shop.ts";

const ITEMS = `${CLASSIC_CONTAINER}/replicationProtectableItems`;
const VCENTER = (name: string) => `${CLASSIC}/replicationvCenters/${name}`;

async function names(site: Site, path: string): Promise<readonly string[]> {
  const { value } = await site.get(path);
  return value.map((each: Body) => each.properties.friendlyName ?? each.properties.displayName);
}

async function discover(site: Site, ipAddress: string, osType: string): Promise<Body> {
  return site.run("POST", `${CLASSIC_CONTAINER}/discoverProtectableItem`, {
    properties: { friendlyName: "metal", ipAddress, osType },
  });
}

test("S-01 a configuration server lists the machines of its vCenter with disks, power and address", async (t) => {
  const site = await openSite(t);
  t.deepEqual(await names(site, ITEMS), ["web1", "web2", "db", "mt-linux", "appliance-1"]);
  const [web] = (await site.get(ITEMS)).value;
  t.like(web.properties, {
    friendlyName: "web1",
    protectionStatus: "Unprotected",
    replicationProtectedItemId: null,
    supportedReplicationProviders: ["InMageAzureV2"],
  });
  t.like(web.properties.customDetails, {
    instanceType: "VMwareVirtualMachine",
    osType: "Linux",
    ipAddress: "10.1.1.11",
    poweredOn: "On",
    discoveryType: "VMware",
    agentInstalled: "false",
  });
  t.deepEqual(
    web.properties.customDetails.diskDetails.map((disk: Body) => disk.diskSizeInMB),
    ["65536", "32768"],
  );
  t.deepEqual(await site.get(web.id), web);
  t.is((await site.ask("GET", `${ITEMS}/no-such`)).status, 404);
});

test("Protectable items come in pages, the last of which is empty, and can be filtered by state", async (t) => {
  const site = await openSite(t);
  const found: string[] = [];
  let next: string | null = `${ITEMS}?$take=2`;
  let pages = 0;
  while (next) {
    const page: Body = await site.get(next);
    found.push(...page.value.map((each: Body) => each.properties.friendlyName));
    next = page.nextLink;
    pages += 1;
  }
  t.is(found.length, 5);
  t.is(pages, 4);
  t.is((await names(site, `${ITEMS}?$filter=State eq 'Unprotected'`)).length, 5);
  t.deepEqual(await names(site, `${ITEMS}?$filter=State eq 'Protected'`), []);
  t.is((await site.ask("GET", `${ITEMS}?$filter=Colour eq 'red'`)).status, 400);
});

test("S-02 a physical server is known once it has been discovered", async (t) => {
  const site = await openSite(t);
  const status = await discover(site, "10.1.1.50", "Windows");
  t.is(status.status, "Succeeded");
  const job = await site.get(`${SITE_VAULT}/replicationJobs/${status.name}`);
  t.is(job.properties.scenarioName, "DiscoverPhysicalMachine");
  const metal = (await site.get(ITEMS)).value.find(
    (each: Body) => each.properties.friendlyName === "metal-1",
  );
  t.is(metal.properties.customDetails.discoveryType, "Physical");
  t.is(metal.properties.customDetails.vCenterInfrastructureId, "");
});

test("S-02 the discovery of a server that is not reached fails with 559 and 95222", async (t) => {
  const site = await openSite(t);
  for (const [address, osType] of [
    ["10.1.1.51", "Linux"],
    ["10.1.1.50", "Linux"],
    ["10.9.9.9", "Windows"],
  ] as const) {
    const status = await discover(site, address, osType);
    t.is(status.status, "Failed");
    t.is(status.error.code, "559");
    const job = (await site.get(`${SITE_VAULT}/replicationJobs/${status.name}`)).properties;
    t.is(job.errors[0].providerErrorDetails.errorCode, 95_222);
  }
  t.false((await names(site, ITEMS)).some((name) => name.startsWith("metal")));
  const refused = await site.ask("POST", `${CLASSIC_CONTAINER}/discoverProtectableItem`, {
    properties: { friendlyName: "metal", ipAddress: "10.1.1.50", osType: "Amiga" },
  });
  t.is(refused.status, 400);
});

test("VC-CONNECTED a vCenter is added, discovers its machines, is changed and removed", async (t) => {
  const site = await openSite(t);
  t.is((await site.get(VCENTER("vcenter-one"))).properties.discoveryStatus, "Completed");
  const [, account] = (await site.classic()).runAsAccounts;
  const put = await site.run("PUT", VCENTER("two"), {
    properties: {
      friendlyName: "second",
      ipAddress: "vcenter-two.example.local",
      processServerId: (await site.classic()).processServers[0].id,
      port: "443",
      runAsAccountId: account.accountId,
    },
  });
  t.is(put.status, "Succeeded");
  const job = await site.get(`${SITE_VAULT}/replicationJobs/${put.name}`);
  t.like(job.properties, { scenarioName: "DiscoverVCenter", targetInstanceType: "VCenter" });
  t.like((await site.get(VCENTER("two"))).properties, {
    friendlyName: "second",
    ipAddress: "vcenter-two.example.local",
    port: "443",
    runAsAccountId: "2",
    discoveryStatus: "Pending",
    fabricArmResourceName: "cs-1",
    healthErrors: [],
  });
  t.false((await names(site, ITEMS)).includes("late"));
  site.advance(5);
  t.is((await site.get(VCENTER("two"))).properties.discoveryStatus, "Completed");
  t.true((await names(site, ITEMS)).includes("late"));
  const patch = await site.run("PATCH", VCENTER("two"), {
    properties: { friendlyName: "renamed" },
  });
  t.is(patch.status, "Succeeded");
  t.like((await site.get(VCENTER("two"))).properties, {
    friendlyName: "renamed",
    runAsAccountId: "2",
    discoveryStatus: "Completed",
  });
  t.is((await site.get(`${SITE_VAULT}/replicationvCenters`)).value.length, 2);
  t.is((await site.run("DELETE", VCENTER("two"))).status, "Succeeded");
  t.is((await site.ask("GET", VCENTER("two"))).status, 404);
  t.false((await names(site, ITEMS)).includes("late"));
});

test("VC-CONNECTED a vCenter where nothing answers fails its discovery and says so", async (t) => {
  const site = await openSite(t);
  await site.run("PUT", VCENTER("wrong"), { properties: { ipAddress: "10.9.9.9" } });
  site.advance(60);
  const { properties } = await site.get(VCENTER("wrong"));
  t.is(properties.discoveryStatus, "Failed");
  t.regex(properties.healthErrors[0].errorMessage, /10\.9\.9\.9:443/);
});

test("VC-ORIGINAL a vCenter whose address is changed is discovered anew, at the new address", async (t) => {
  const site = await openSite(t);
  const moved = { properties: { ipAddress: "vcenter-two.example.local" } };
  t.is((await site.run("PATCH", VCENTER("vcenter-one"), moved)).status, "Succeeded");
  t.is((await site.get(VCENTER("vcenter-one"))).properties.discoveryStatus, "Pending");
  t.deepEqual(await names(site, ITEMS), []);
  site.advance(5);
  t.deepEqual(await names(site, ITEMS), ["late"]);
  const other = await site.run("PUT", VCENTER("vcenter-one"), {
    properties: { ipAddress: "10.1.0.5" },
  });
  t.is(other.error.code, "SIM-EXISTS");
});

test("A vCenter with a process server or account that the site does not have is refused", async (t) => {
  const site = await openSite(t);
  for (const field of ["processServerId", "runAsAccountId"]) {
    const reply = await site.ask("PUT", VCENTER("two"), { properties: { [field]: "no-such" } });
    t.is(reply.status, 400);
    t.is(reply.body.error.details[0].code, "SIM-MISSING-REFERENCE");
  }
  const onModern = await site.ask("PUT", `${MODERN}/replicationvCenters/two`, { properties: {} });
  t.is(onModern.body.error.details[0].code, "SIM-NOT-SUPPORTED");
});

test("S-01 the appliances' site lists machines, accounts and vCenters at their ARM ids", async (t) => {
  const site = await openSite(t);
  const { vmwareSiteId, processServers, reprotectAgents } = await site.modern();
  t.is(vmwareSiteId, DISCOVERY);
  const { value } = await site.get(`${DISCOVERY}/machines`);
  t.is(value.length, 5);
  const [web, , db] = value;
  t.deepEqual(await site.get(web.id), web);
  t.regex(web.name, /^vcenter-one_[0-9a-f-]{36}$/);
  t.like(web.properties, {
    displayName: "web1",
    powerStatus: "ON",
    vMwareToolsStatus: "OK",
    isDeleted: false,
    vCenterId: reprotectAgents[0].vcenterId,
    allocatedMemoryInMB: 4096,
  });
  t.deepEqual(web.properties.networkAdapters[0].ipAddressList, ["10.1.1.11"]);
  t.is(web.properties.disks.length, 2);
  t.is(db.properties.powerStatus, "OFF");
  const machine = await site.get(processServers[0].fabricObjectId);
  t.is(machine.properties.displayName, "appliance-1");
  t.is(machine.properties.biosGuid, processServers[0].biosId);
  const accounts = await site.get(`${DISCOVERY}/runAsAccounts`);
  t.is(accounts.value[0].properties.displayName, "linux-root");
  t.is((await site.get(accounts.value[0].id)).id, accounts.value[0].id);
  t.is((await site.get(`${DISCOVERY}/vcenters`)).value[0].properties.fqdn, "10.1.0.5");
  t.is((await site.ask("GET", `${DISCOVERY}-x/machines`)).status, 404);
  t.deepEqual((await site.get(`${MODERN_CONTAINER}/replicationProtectableItems`)).value, []);
});

test("The appliances of a vault are listed with their parts, for their provider type only", async (t) => {
  const site = await openSite(t);
  const [entry] = (await site.get(`${SITE_VAULT}/replicationAppliances`)).value;
  const { instanceType, appliances } = entry.properties.providerSpecificDetails;
  t.is(instanceType, "InMageRcm");
  t.like(appliances[0], { name: "appliance-1", processServer: { health: "Normal" } });
  t.is(appliances[0].fabricArmId.toLowerCase(), MODERN.toLowerCase());
  const other = await site.get(
    `${SITE_VAULT}/replicationAppliances?$filter=ProviderType eq 'VMwareCbt'`,
  );
  t.deepEqual(other.value, []);
});

test("reassociateGateway refuses a process server that the site does not have, and appliances have none of it", async (t) => {
  const site = await openSite(t);
  const [server] = (await site.classic()).processServers;
  const body = (target: string) => ({
    properties: {
      containerName: "cs-1-container",
      sourceProcessServerId: server.id,
      targetProcessServerId: target,
      updateType: "SystemLevel",
    },
  });
  const missing = await site.ask("POST", `${CLASSIC}/reassociateGateway`, body("no-such"));
  t.is(missing.status, 400);
  site.advance(10);
  const [, second] = (await site.classic()).processServers;
  const moved = await site.run("POST", `${CLASSIC}/reassociateGateway`, body(second.id));
  t.is(moved.status, "Succeeded");
  t.is((await site.get(VCENTER("vcenter-one"))).properties.processServerId, second.id);
  const modern = await site.run("POST", `${MODERN}/reassociateGateway`, body(second.id));
  t.is(modern.error.code, "SIM-NO-SUCH-SERVER");
});
