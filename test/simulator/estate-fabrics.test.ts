import test from "ava";
import { CLASSIC, MODERN, openSite, SITE, SITE_VAULT } from "./estate-site.ts";

test("S-01 a configuration server is a fabric of type VMware with one container and one provider", async (t) => {
  const site = await openSite(t);
  const fabric = (await site.get(CLASSIC)).properties;
  t.is(fabric.friendlyName, "cs-1");
  t.is(fabric.health, "Normal");
  t.like(fabric.customDetails, {
    instanceType: "VMware",
    ipAddress: "10.1.0.10",
    hostName: "cs-1",
    csServiceStatus: "Running",
    agentVersion: "9.55.6765.1",
    lastHeartbeat: "2026-01-15T08:00:00Z",
    runAsAccounts: [
      { accountId: "1", accountName: "linux-root" },
      { accountId: "2", accountName: "windows-admin" },
    ],
  });
  const containers = await site.get(`${CLASSIC}/replicationProtectionContainers`);
  t.like(containers.value[0], {
    name: "cs-1-container",
    properties: { friendlyName: "cs-1", fabricType: "VMware", pairingStatus: "NotPaired" },
  });
  t.is(containers.value.length, 1);
  const providers = await site.get(`${CLASSIC}/replicationRecoveryServicesProviders`);
  t.like(providers.value[0].properties, { connectionStatus: "Connected", machineName: "cs-1" });
});

test("S-01 an appliance has one id in all lists of its fabric, and brings the service's failback policy", async (t) => {
  const site = await openSite(t);
  const details = await site.modern();
  const lists = [
    "processServers",
    "rcmProxies",
    "pushInstallers",
    "replicationAgents",
    "reprotectAgents",
    "marsAgents",
    "dras",
  ];
  const ids = lists.map((list) => details[list].map((part: { id: string }) => part.id));
  t.deepEqual(new Set(ids.flat()).size, 1);
  t.like(details.reprotectAgents[0], {
    name: "appliance-1",
    health: "Normal",
    accessibleDatastores: ["ds1"],
    vcenterId: `${details.vmwareSiteId}/vcenters/vcenter-one`,
  });
  const container = (await site.get(`${MODERN}/replicationProtectionContainers`)).value[0];
  t.is(container.properties.fabricType, "InMageRcm");
  const policy = await site.get(
    `${SITE_VAULT}/replicationPolicies/crashconsistency-policy-failback`,
  );
  t.is(policy.properties.providerSpecificDetails.instanceType, "InMageRcmFailback");
});

test("R-01 a process server is listed when it has registered, and not before", async (t) => {
  const site = await openSite(t);
  const names = async () =>
    (await site.classic()).processServers.map(
      (each: { friendlyName: string }) => each.friendlyName,
    );
  t.deepEqual(await names(), ["cs-1"]);
  site.advance(9);
  t.deepEqual(await names(), ["cs-1"]);
  site.advance(1);
  t.deepEqual(await names(), ["cs-1", "ps-azure"]);
});

test("A configuration server that registers later brings its fabric and container then", async (t) => {
  const [server] = SITE.configurationServers ?? [];
  const site = await openSite(t, {
    ...SITE,
    configurationServers: server ? [{ ...server, registersAfterMinutes: 30 }] : [],
  });
  t.is((await site.ask("GET", CLASSIC)).status, 404);
  site.advance(30);
  t.is((await site.ask("GET", CLASSIC)).status, 200);
  t.is((await site.get(`${CLASSIC}/replicationProtectionContainers`)).value.length, 1);
});

test("PS-HEARTBEAT, CS-UP a server that falls silent keeps its last heartbeat and is Critical after 15 minutes", async (t) => {
  const site = await openSite(t);
  site.advance(20);
  await site.change("servers", { name: "ps-azure", heartbeat: "silent" });
  site.advance(14);
  t.is((await site.classic()).processServers[1].health, "Normal");
  site.advance(1);
  const [, silent] = (await site.classic()).processServers;
  t.like(silent, {
    health: "Critical",
    psServiceStatus: "Stopped",
    lastHeartbeat: "2026-01-15T08:20:00Z",
  });
  t.is(silent.healthErrors[0].errorCode, "SIM-NO-HEARTBEAT");
  t.is((await site.get(CLASSIC)).properties.health, "Warning");
  const { fabricsHealth } = (await site.get(`${SITE_VAULT}/replicationVaultHealth`)).properties;
  t.like(fabricsHealth.issues[0], { category: "FabricInfrastructure", severity: "Warning" });
  await site.change("servers", { name: "cs-1", heartbeat: "silent" });
  site.advance(15);
  t.is((await site.get(CLASSIC)).properties.health, "Critical");
  t.is((await site.classic()).csServiceStatus, "Stopped");
  const [provider] = (await site.get(`${CLASSIC}/replicationRecoveryServicesProviders`)).value;
  t.is(provider.properties.connectionStatus, "Disconnected");
  await site.change("servers", { name: "cs-1", heartbeat: "reports" });
  t.is((await site.classic()).csServiceStatus, "Running");
});

test("AP-HEALTH an appliance whose machine is off sends no heartbeat", async (t) => {
  const site = await openSite(t);
  await site.change("machines", { name: "appliance-1", power: "off" });
  site.advance(16);
  const [agent] = (await site.modern()).reprotectAgents;
  t.like(agent, {
    health: "Critical",
    lastHeartbeatUtc: "2026-01-15T08:00:00Z",
    accessibleDatastores: [],
  });
  await site.change("machines", { name: "appliance-1", power: "on" });
  t.is((await site.modern()).reprotectAgents[0].health, "Normal");
});

test("MT-LISTED a retention volume is listed after 15 minutes, or at once after a refresh of the provider", async (t) => {
  const site = await openSite(t);
  const volumes = async () =>
    (await site.classic()).masterTargetServers[0].retentionVolumes.map(
      (each: { volumeName: string }) => each.volumeName,
    );
  t.deepEqual(await volumes(), ["/mnt/retention"]);
  await site.change("servers", { name: "mt-linux", retentionVolume: { name: "/mnt/two" } });
  t.deepEqual(await volumes(), ["/mnt/retention"]);
  site.advance(15);
  t.deepEqual(await volumes(), ["/mnt/retention", "/mnt/two"]);
  await site.change("servers", { name: "mt-linux", retentionVolume: { name: "/mnt/three" } });
  const [provider] = (await site.get(`${CLASSIC}/replicationRecoveryServicesProviders`)).value;
  const status = await site.run("POST", `${provider.id}/refreshProvider`);
  t.is(status.status, "Succeeded");
  t.is((await volumes()).length, 3);
});

test("VC-PRIV, MT-TOOLS, MT-VMFS datastores are invisible with a read-only account, without VMware Tools, and on a host that has none to write to", async (t) => {
  const site = await openSite(t);
  const datastores = async () => (await site.classic()).masterTargetServers[0].dataStores;
  t.like((await datastores())[0], {
    symbolicName: "ds1",
    type: "VMFS",
    capacity: "2000",
    freeSpace: "1500",
  });
  t.is((await datastores()).length, 1);
  for (const [what, hide, show] of [
    ["vcenters", { name: "vcenter-one", account: "readOnly" }, { account: "readWrite" }],
    ["machines", { name: "mt-linux", toolsRunning: false }, { toolsRunning: true }],
    ["machines", { name: "mt-linux", host: "esx2.example.local" }, { host: "esx1.example.local" }],
    ["machines", { name: "mt-linux", power: "off" }, { power: "on" }],
  ] as const) {
    await site.change(what, hide);
    t.deepEqual(await datastores(), [], JSON.stringify(hide));
    await site.change(what, { name: hide.name, ...show });
    t.is((await datastores()).length, 1, JSON.stringify(show));
  }
});

test("Renewing the certificates of a configuration server gives it three more years", async (t) => {
  const site = await openSite(t);
  site.advance(60 * 24 * 100);
  t.is((await site.classic()).sslCertExpiryRemainingDays, 995);
  await site.run("POST", `${CLASSIC}/renewCertificate`, { properties: {} });
  t.is((await site.classic()).sslCertExpiryRemainingDays, 1094);
});

test("The fabric of a site goes with its container and its servers, and no second container is made in it", async (t) => {
  const site = await openSite(t);
  const path = `${CLASSIC}/replicationProtectionContainers/second`;
  const second = await site.run("PUT", path, { properties: {} });
  t.is(second.error.code, "SIM-EXISTS");
  t.is((await site.run("POST", `${CLASSIC}/remove`)).status, "Succeeded");
  t.is((await site.ask("GET", CLASSIC)).status, 404);
  const containers = await site.get(`${SITE_VAULT}/replicationProtectionContainers`);
  t.deepEqual(
    containers.value.map((each: { name: string }) => each.name),
    ["site-vaultreplicationcontainer"],
  );
  t.deepEqual((await site.get(`${SITE_VAULT}/replicationvCenters`)).value, []);
});

test("Operating systems are told for all kinds of replication, or for the one that is asked for", async (t) => {
  const site = await openSite(t);
  const path = `${SITE_VAULT}/replicationSupportedOperatingSystems`;
  const kinds = async (query: string) =>
    (await site.get(`${path}${query}`)).properties.supportedOsList.map(
      (each: { instanceType: string }) => each.instanceType,
    );
  t.deepEqual(await kinds(""), ["A2A", "InMageAzureV2", "InMageRcm"]);
  t.deepEqual(await kinds("?instanceType=InMageRcm"), ["InMageRcm"]);
});
