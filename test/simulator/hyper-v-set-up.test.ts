import test from "ava";
import { fabric, HYPER_V_VAULT, openPlant } from "./hyper-v-site.ts";
import { differences, recorded } from "./recorded.ts";
import type { Body } from "./shop.ts";

const FIRST = fabric("first");
const PLANT = fabric("plant");
const CONTAINERS = "replicationProtectionContainers";
const SITE_BODY = { properties: { customDetails: { instanceType: "HyperVSite" } } };

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
