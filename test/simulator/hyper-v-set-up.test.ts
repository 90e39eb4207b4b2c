import test from "ava";
import {
  fabric,
  HYPER_V_VAULT,
  openPlant,
  type Plant,
  policy,
  STORAGE,
  VNET,
} from "./hyper-v-site.ts";
import { differences, recorded } from "./recorded.ts";
import type { Body } from "./shop.ts";

const FIRST = fabric("first");
const PLANT = fabric("plant");
const CONTAINERS = "replicationProtectionContainers";
const SITE_BODY = { properties: { customDetails: { instanceType: "HyperVSite" } } };

async function policyOf(plant: Plant, name: string, input: object): Promise<Body> {
  return plant.run("PUT", policy(name), { properties: { providerSpecificInput: input } });
}

const names = (body: Body) => body.value.map((each: Body) => each.properties.friendlyName);

test("S-04 the fabric, clouds and networks of a VMM server are read as recorded", async (t) => {
  const plant = await openPlant(t);
  const { value } = await plant.get(`${HYPER_V_VAULT}/replicationFabrics`);
  const vmm = value.find((each: Body) => each.name === "first");
  const [theirs] = recorded("hyper-v/H2A_E2A.008.fabrics-list").value;
  t.deepEqual(differences(vmm, theirs), []);
  t.deepEqual(Object.keys(vmm.properties), Object.keys(theirs.properties));
  t.is(vmm.properties.friendlyName, "vmm-1.plant.example");
  t.deepEqual(vmm.properties.customDetails, { instanceType: "VMM" });

  const containers = await plant.get(`${FIRST}/${CONTAINERS}`);
  t.deepEqual(differences(containers, recorded("hyper-v/H2A_E2A.014.containers-list")), []);
  t.deepEqual(names(containers), ["Gold", "Silver"]);
  t.is(containers.value[0].properties.fabricType, "VMM");
  t.regex(containers.value[0].name, /^[0-9a-f]{8}-/);

  const networks = await plant.get(`${FIRST}/replicationNetworks`);
  t.deepEqual(differences(networks, recorded("hyper-v/H2A_E2A.023.networks-list")), []);
  t.deepEqual(names(networks), ["corp", "lab"]);
  t.deepEqual(networks.value[1].properties.subnets, [
    { name: "one", friendlyName: "one", addressList: ["10.9.0.0/24"] },
  ]);
  const one = await plant.get(`${FIRST}/replicationNetworks/${networks.value[0].name}`);
  t.deepEqual(one, networks.value[0]);
});

test("S-04 machines of a cloud are listed as recorded, and an empty page ends the list", async (t) => {
  const plant = await openPlant(t);
  const { id } = await plant.named(`${FIRST}/${CONTAINERS}`, "Gold");
  const list = await plant.get(`${id}/replicationProtectableItems`);
  const theirs = recorded("hyper-v/H2A_E2A.029.protectableitems-list").value;
  const sql = list.value[0];
  t.deepEqual(differences(sql, theirs[2]), []);
  t.deepEqual(
    Object.keys(sql.properties.customDetails),
    Object.keys(theirs[2].properties.customDetails),
  );
  t.deepEqual(differences(list.value[1], theirs[0]), []);
  t.is(list.value[1].properties.customDetails.osDetails, null);
  t.is(sql.properties.customDetails.generation, "2");
  t.deepEqual(
    sql.properties.customDetails.diskDetails.map((each: Body) => [each.vhdName, each.maxSizeMB]),
    [
      ["sql", 40_960],
      ["sql-data", 102_400],
    ],
  );
  const [provider] = (await plant.get(`${FIRST}/replicationRecoveryServicesProviders`)).value;
  t.is(sql.properties.recoveryServicesProviderId, provider.id);
  t.deepEqual(await plant.get(sql.id), sql);
  t.deepEqual((await plant.get(list.nextLink)).value, []);
  t.is((await plant.ask("GET", `${id}/replicationProtectableItems/none`)).status, 404);
});

test("S-04 a VMM server registers by itself, with its clouds, after its time", async (t) => {
  const plant = await openPlant(t);
  t.is((await plant.ask("GET", fabric("second"))).status, 404);
  plant.advance(31);
  t.is((await plant.get(fabric("second"))).properties.customDetails.instanceType, "VMM");
  t.deepEqual(names(await plant.get(`${fabric("second")}/${CONTAINERS}`)), ["Gold"]);
  const jobs = (await plant.get(`${HYPER_V_VAULT}/replicationJobs`)).value;
  const [job] = jobs.filter((each: Body) => each.properties.scenarioName === "RegisterDra");
  t.is(job.properties.friendlyName, "Register the Azure Site Recovery Provider");
  t.is(job.properties.targetObjectName, "vmm-2.plant.example");
});

test("S-03 a Hyper-V site is made by job CreateSite, its container comes with it, its hosts register by RegisterDra", async (t) => {
  const plant = await openPlant(t);
  const later = fabric("later");
  t.is((await plant.run("PUT", later, SITE_BODY)).status, "Succeeded");
  const site = await plant.get(later);
  t.deepEqual(site.properties.customDetails, { instanceType: "HyperVSite", hyperVHosts: [] });
  t.is(site.properties.friendlyName, "later");
  const { value } = await plant.get(`${later}/${CONTAINERS}`);
  t.is(value.length, 1);
  t.is(value[0].name, `cloud_${site.properties.internalIdentifier}`);
  t.is(value[0].properties.friendlyName, "later");
  const machines = async () => names(await plant.get(`${value[0].id}/replicationProtectableItems`));
  const hosts = async () => names(await plant.get(`${later}/replicationRecoveryServicesProviders`));
  t.deepEqual([await hosts(), await machines()], [[], []]);
  plant.advance(6);
  t.deepEqual([await hosts(), await machines()], [["hv-8.plant.example"], ["early"]]);
  plant.advance(15);
  t.deepEqual(await hosts(), ["hv-8.plant.example", "hv-9.plant.example"]);
  t.deepEqual(await machines(), ["early", "late"]);
  t.is((await plant.get(later)).properties.customDetails.hyperVHosts.length, 2);
  const jobs = (await plant.get(`${HYPER_V_VAULT}/replicationJobs`)).value.map(
    (each: Body) => `${each.properties.scenarioName} ${each.properties.targetObjectName}`,
  );
  t.deepEqual(jobs.sort(), [
    "CreateSite later",
    "RegisterDra hv-8.plant.example",
    "RegisterDra hv-9.plant.example",
  ]);
  t.is((await plant.run("PUT", later, SITE_BODY)).status, "Succeeded");
  t.is((await hosts()).length, 2);
});

test("S-03 the jobs that make and remove a Hyper-V site have the recorded tasks and name the site", async (t) => {
  const plant = await openPlant(t);
  await plant.run("PUT", fabric("later"), SITE_BODY);
  await plant.run("POST", `${fabric("later")}/remove`);
  const { value } = await plant.get(`${HYPER_V_VAULT}/replicationJobs`);
  const jobs = await Promise.all(value.map((each: Body) => plant.get(each.id)));
  const tasks = Object.fromEntries(
    jobs.map(({ properties }: Body) => [
      properties.scenarioName,
      properties.tasks.map((each: Body) => each.taskId),
    ]),
  );
  t.deepEqual(tasks, {
    CreateSite: ["RegisterVMMTask"],
    UnregisterFabric: [
      "UnregisterFabricPreflightChecksTask",
      "CleanupFabricTask",
      "UnregisterFabricTask",
    ],
  });
  const made = jobs.find(({ properties }: Body) => properties.scenarioName === "CreateSite");
  t.like(made.properties.customDetails.affectedObjectDetails, {
    primaryfabricproviderid: "SingleHostHyperVFabric",
    primaryvmmname: "later",
  });
});

test("S-04 a cloud of a VMM server is neither made nor removed by a client", async (t) => {
  const plant = await openPlant(t);
  const { id } = await plant.named(`${FIRST}/${CONTAINERS}`, "Silver");
  t.is((await plant.run("POST", `${id}/remove`)).error.code, "SIM-CONTAINER-OF-SITE");
  t.is((await plant.ask("GET", id)).status, 200);
  const made = await plant.run("PUT", `${FIRST}/${CONTAINERS}/bronze`, { properties: {} });
  t.is(made.error.code, "SIM-EXISTS");
});

test("S-03 a Hyper-V site that is removed waits for its hosts again when it is made again", async (t) => {
  const plant = await openPlant(t);
  t.is((await plant.run("POST", `${PLANT}/remove`)).status, "Succeeded");
  t.is((await plant.ask("GET", PLANT)).status, 404);
  t.deepEqual(
    names(await plant.get(`${HYPER_V_VAULT}/${CONTAINERS}`)).filter(
      (each: string) => each === "plant",
    ),
    [],
  );
  t.is((await plant.run("PUT", PLANT, SITE_BODY)).status, "Succeeded");
  plant.advance(1);
  const providers = await plant.get(`${PLANT}/replicationRecoveryServicesProviders`);
  t.deepEqual(names(providers), ["hv-1.plant.example", "hv-2.plant.example"]);
});

test("S-03 a name that is a VMM server's cannot become a Hyper-V site's", async (t) => {
  const plant = await openPlant(t);
  const status = await plant.run("PUT", FIRST, SITE_BODY);
  t.is(status.error.code, "SIM-EXISTS");
  t.regex(status.error.message, /it is of type VMM/);
  t.is(
    (
      await plant.ask("PUT", fabric("x"), {
        properties: { customDetails: { instanceType: "VMM" } },
      })
    ).status,
    400,
  );
});

test("S-03 two machines of one name are told apart by host and id", async (t) => {
  const plant = await openPlant(t);
  const [{ id }] = (await plant.get(`${PLANT}/${CONTAINERS}`)).value;
  const { value } = await plant.get(`${id}/replicationProtectableItems`);
  const twins = value.filter((each: Body) => each.properties.friendlyName === "twin");
  t.is(new Set(twins.map((each: Body) => each.name)).size, 2);
  const hosts = (await plant.get(PLANT)).properties.customDetails.hyperVHosts;
  t.deepEqual(
    twins.map((each: Body) => each.properties.customDetails.hyperVHostId),
    hosts.map((each: Body) => each.id),
  );
});

test("S-03 a host that falls silent is Disconnected and its site Critical until it speaks again", async (t) => {
  const plant = await openPlant(t);
  const list = `${PLANT}/replicationRecoveryServicesProviders`;
  const statusOf = async (name: string) =>
    (await plant.named(list, name)).properties.connectionStatus;
  t.is(await statusOf("hv-2.plant.example"), "Connected");
  await plant.change("servers", "hv-2.plant.example", { heartbeat: "silent" });
  plant.advance(20);
  t.is(await statusOf("hv-2.plant.example"), "Disconnected");
  t.is(await statusOf("hv-1.plant.example"), "Connected");
  t.is((await plant.get(PLANT)).properties.health, "Critical");
  await plant.change("servers", "hv-2.plant.example", { heartbeat: "reports" });
  t.is(await statusOf("hv-2.plant.example"), "Connected");
  t.is((await plant.get(PLANT)).properties.health, "Normal");
});

test("S-03 a host is unregistered by its provider, and its machines are no longer listed", async (t) => {
  const plant = await openPlant(t);
  const list = `${PLANT}/replicationRecoveryServicesProviders`;
  const { id } = await plant.named(list, "hv-2.plant.example");
  t.is((await plant.run("POST", `${id}/remove`)).status, "Succeeded");
  t.deepEqual(names(await plant.get(list)), ["hv-1.plant.example"]);
  const [container] = (await plant.get(`${PLANT}/${CONTAINERS}`)).value;
  const machines = names(await plant.get(`${container.id}/replicationProtectableItems`));
  t.deepEqual(machines, ["web1", "web2", "twin"]);
});

test("H-01 a machine that was deleted at its host is no longer listed", async (t) => {
  const plant = await openPlant(t);
  const [container] = (await plant.get(`${PLANT}/${CONTAINERS}`)).value;
  const changed = await plant.change("machines", "web1", { deleted: true, power: "off" });
  t.is(changed.power, "off");
  const machines = names(await plant.get(`${container.id}/replicationProtectableItems`));
  t.deepEqual(machines, ["web2", "twin", "twin"]);
  t.regex((await plant.change("machines", "twin", {})).error.message, /say which/);
  t.regex((await plant.change("machines", "nobody", {})).error.message, /no Hyper-V machine/);
});

test("S-03 a Hyper-V site's container is mapped to Microsoft Azure with a policy of its kind only", async (t) => {
  const plant = await openPlant(t);
  await policyOf(plant, "azure", { instanceType: "HyperVReplicaAzure" });
  await policyOf(plant, "sites", { instanceType: "HyperVReplica2012R2" });
  const [{ id }] = (await plant.get(`${PLANT}/${CONTAINERS}`)).value;
  const mapping = `${id}/replicationProtectionContainerMappings/map`;
  const body = (name: string) => ({
    properties: {
      policyId: policy(name),
      targetProtectionContainerId: "Microsoft Azure",
      providerSpecificInput: { instanceType: "ReplicationProviderSpecificContainerMappingInput" },
    },
  });
  t.is((await plant.run("PUT", mapping, body("sites"))).error.code, "SIM-POLICY-KIND");
  t.is((await plant.run("PUT", mapping, body("azure"))).status, "Succeeded");
  const { properties } = await plant.get(mapping);
  t.is(properties.targetProtectionContainerId, "Microsoft Azure");
  t.is(properties.targetProtectionContainerFriendlyName, "Microsoft Azure");
  t.is(properties.sourceProtectionContainerFriendlyName, "plant");
  t.is(properties.state, "Paired");
  t.is(properties.providerSpecificDetails, null);
  const refused = await plant.run("POST", `${PLANT}/remove`);
  t.regex(refused.error.message, /in use by mapping map/);
  t.is((await plant.run("DELETE", mapping)).status, "Succeeded");
});

test("S-06 a cloud is mapped to a cloud of the second site with a policy between sites", async (t) => {
  const plant = await openPlant(t);
  plant.advance(31);
  await policyOf(plant, "sites", { instanceType: "HyperVReplica2012R2" });
  await policyOf(plant, "azure", { instanceType: "HyperVReplicaAzure" });
  const { id: from } = await plant.named(`${FIRST}/${CONTAINERS}`, "Gold");
  const { id: to } = await plant.named(`${fabric("second")}/${CONTAINERS}`, "Gold");
  const mapping = `${from}/replicationProtectionContainerMappings/map`;
  const body = (name: string, target: string) => ({
    properties: { policyId: policy(name), targetProtectionContainerId: target },
  });
  t.is((await plant.run("PUT", mapping, body("azure", to))).error.code, "SIM-POLICY-KIND");
  t.is((await plant.run("PUT", mapping, body("sites", from))).error.code, "SIM-POLICY-KIND");
  t.is((await plant.run("PUT", mapping, body("sites", to))).status, "Succeeded");
  const { properties } = await plant.get(mapping);
  t.is(properties.targetProtectionContainerId.toLowerCase(), to.toLowerCase());
  t.is(properties.targetFabricFriendlyName, "vmm-2.plant.example");
  const [sql] = (await plant.get(`${from}/replicationProtectableItems`)).value;
  t.deepEqual(sql.properties.supportedReplicationProviders, ["HyperVReplica2012R2"]);
});

test("S-04 a VM network is mapped to a network in Azure as recorded", async (t) => {
  const plant = await openPlant(t);
  const { id } = await plant.named(`${FIRST}/replicationNetworks`, "corp");
  const path = `${id}/replicationNetworkMappings/corp-map`;
  const body = {
    properties: {
      recoveryFabricName: "Microsoft Azure",
      recoveryNetworkId: VNET,
      fabricSpecificDetails: { instanceType: "VmmToAzure" },
    },
  };
  t.is((await plant.run("PUT", path, body)).status, "Succeeded");
  const mapping = await plant.get(path);
  const theirs = recorded("hyper-v/H2A_E2A.028.networkmapping-get");
  t.deepEqual(differences(mapping, theirs), []);
  t.is(mapping.properties.recoveryNetworkId, VNET);
  t.is(mapping.properties.primaryNetworkFriendlyName, "corp");
  t.is(mapping.properties.recoveryFabricFriendlyName, "Microsoft Azure");
  t.is(
    mapping.properties.recoveryFabricArmId.split("/").at(-1),
    theirs.properties.recoveryFabricArmId.split("/").at(-1),
  );
  t.is((await plant.get(`${HYPER_V_VAULT}/replicationNetworkMappings`)).value.length, 1);
  const other = { ...body.properties, fabricSpecificDetails: { instanceType: "VmmToVmm" } };
  const refused = await plant.ask("PUT", path, { properties: other });
  t.is(refused.status, 400);
  t.regex(refused.body.error.message, /must be VmmToAzure/);
  const nowhere = { ...body.properties, recoveryNetworkId: `${VNET}-gone` };
  const absent = await plant.ask("PUT", path, { properties: nowhere });
  t.is(absent.status, 400);
  t.regex(absent.body.error.message, /recovery-vnet-gone' given in .* does not exist/);
  t.is((await plant.run("DELETE", path)).status, "Succeeded");
  t.is((await plant.ask("GET", path)).status, 404);
});

test("S-06 a VM network is mapped to one of the second VMM server", async (t) => {
  const plant = await openPlant(t);
  plant.advance(31);
  const { id } = await plant.named(`${FIRST}/replicationNetworks`, "lab");
  const { id: target } = await plant.named(`${fabric("second")}/replicationNetworks`, "corp");
  const path = `${id}/replicationNetworkMappings/lab-map`;
  const body = {
    properties: {
      recoveryFabricName: "second",
      recoveryNetworkId: target,
      fabricSpecificDetails: { instanceType: "VmmToVmm" },
    },
  };
  t.is((await plant.run("PUT", path, body)).status, "Succeeded");
  const { properties } = await plant.get(path);
  t.deepEqual(properties.fabricSpecificSettings, { instanceType: "VmmToVmm" });
  t.is(properties.recoveryNetworkFriendlyName, "corp");
  t.is(properties.recoveryFabricFriendlyName, "vmm-2.plant.example");
  t.true(properties.recoveryFabricArmId.endsWith("/replicationFabrics/second"));
  t.is(
    (await plant.run("PATCH", path, { properties: { recoveryNetworkId: target } })).status,
    "Succeeded",
  );
});

test("S-06 storage classifications of two VMM servers are mapped, and the mapping can be removed", async (t) => {
  const plant = await openPlant(t);
  plant.advance(31);
  const list = "replicationStorageClassifications";
  const { id } = await plant.named(`${FIRST}/${list}`, "Fast");
  const { id: target } = await plant.named(`${fabric("second")}/${list}`, "Slow");
  t.is((await plant.get(`${HYPER_V_VAULT}/${list}`)).value.length, 3);
  const path = `${id}/replicationStorageClassificationMappings/storage`;
  const body = (targetStorageClassificationId: string) => ({
    properties: { targetStorageClassificationId },
  });
  t.is((await plant.run("PUT", path, body(target))).status, "Succeeded");
  t.deepEqual((await plant.get(path)).properties, body(target).properties);
  const all = await plant.get(`${HYPER_V_VAULT}/replicationStorageClassificationMappings`);
  t.is(all.value.length, 1);
  const { id: other } = await plant.named(`${fabric("second")}/${list}`, "Fast");
  t.is((await plant.run("PUT", path, body(other))).error.code, "SIM-EXISTS");
  const absent = await plant.ask("PUT", path, body(`${other}x`));
  t.is(absent.status, 400);
  t.regex(absent.body.error.message, /does not exist/);
  t.is((await plant.run("DELETE", path)).status, "Succeeded");
  t.is((await plant.ask("GET", path)).status, 404);
  t.deepEqual((await plant.get(`${PLANT}/${list}`)).value, []);
});

test("S-03 a policy to Azure is read back by other names than it was made with", async (t) => {
  const plant = await openPlant(t);
  const input = {
    instanceType: "HyperVReplicaAzure",
    recoveryPointHistoryDuration: 24,
    applicationConsistentSnapshotFrequencyInHours: 4,
    replicationInterval: 30,
    onlineReplicationStartTime: "22:30:00",
    storageAccounts: [STORAGE],
  };
  t.is((await policyOf(plant, "azure", input)).status, "Succeeded");
  t.deepEqual((await plant.get(policy("azure"))).properties.providerSpecificDetails, {
    instanceType: "HyperVReplicaAzure",
    recoveryPointHistoryDurationInHours: 24,
    applicationConsistentSnapshotFrequencyInHours: 4,
    replicationInterval: 30,
    onlineReplicationStartTime: "22:30:00",
    encryption: "Disabled",
    activeStorageAccountId: STORAGE,
  });
  t.is((await policyOf(plant, "azure", input)).status, "Succeeded");
  t.is(
    (await policyOf(plant, "azure", { ...input, replicationInterval: 300 })).error.code,
    "15035",
  );
  t.is(
    (await policyOf(plant, "plain", { instanceType: "HyperVReplicaAzure" })).status,
    "Succeeded",
  );
  const plain = (await plant.get(policy("plain"))).properties.providerSpecificDetails;
  t.like(plain, {
    recoveryPointHistoryDurationInHours: 2,
    replicationInterval: 300,
    activeStorageAccountId: null,
  });
});

test("S-06 a policy between VMM sites is read with all its published settings", async (t) => {
  const plant = await openPlant(t);
  const input = {
    instanceType: "HyperVReplica2012R2",
    replicationFrequencyInSeconds: 900,
    recoveryPoints: 6,
    applicationConsistentSnapshotFrequencyInHours: 2,
    compression: "Disable",
    initialReplicationMethod: "OverNetwork",
    replicationPort: 8084,
    allowedAuthenticationType: 2,
    replicaDeletion: "OnRecoveryCloud",
  };
  t.is((await policyOf(plant, "sites", input)).status, "Succeeded");
  t.deepEqual((await plant.get(policy("sites"))).properties.providerSpecificDetails, {
    instanceType: "HyperVReplica2012R2",
    replicationFrequencyInSeconds: 900,
    recoveryPoints: 6,
    applicationConsistentSnapshotFrequencyInHours: 2,
    compression: "Disable",
    initialReplicationMethod: "OverNetwork",
    onlineReplicationStartTime: null,
    offlineReplicationImportPath: null,
    offlineReplicationExportPath: null,
    replicationPort: 8084,
    allowedAuthenticationType: 2,
    replicaDeletionOption: "OnRecoveryCloud",
  });
});

for (const [what, input, message] of [
  [
    "a frequency of a minute",
    { replicationInterval: 60 },
    /replicationInterval must be 30 or 300, and is 60/,
  ],
  ["a frequency of 15 minutes to Azure", { replicationInterval: 900 }, /must be 30 or 300/],
  ["a history of 25 hours", { recoveryPointHistoryDuration: 25 }, /must be between 0 and 24/],
  ["a history of half an hour", { recoveryPointHistoryDuration: 0.5 }, /whole number of hours/],
  [
    "an application-consistent point each 13 hours",
    { applicationConsistentSnapshotFrequencyInHours: 13 },
    /must be between 0 and 12/,
  ],
  [
    "an application-consistent point more seldom than the history is long",
    { recoveryPointHistoryDuration: 2, applicationConsistentSnapshotFrequencyInHours: 3 },
    /must not exceed recoveryPointHistoryDuration/,
  ],
  ["a start time that is none", { onlineReplicationStartTime: "25:00" }, /time of day HH:MM:SS/],
  [
    "a frequency of an hour between sites",
    { instanceType: "HyperVReplica2012R2", replicationFrequencyInSeconds: 3600 },
    /must be 30 or 300 or 900/,
  ],
] as const) {
  test(`S-03 a policy with ${what} is refused with the allowed values`, async (t) => {
    const plant = await openPlant(t);
    const reply = await plant.ask("PUT", policy("bad"), {
      properties: { providerSpecificInput: { instanceType: "HyperVReplicaAzure", ...input } },
    });
    t.is(reply.status, 400);
    t.regex(reply.body.error.message, message);
    t.is((await plant.ask("GET", policy("bad"))).status, 404);
  });
}
