import test from "ava";
import { fabric, HYPER_V_VAULT, openPlant, policy, VNET } from "./hyper-v-site.ts";
import { differences, recorded } from "./recorded.ts";

const FIRST = fabric("first");
const PLANT = fabric("plant");
const CONTAINERS = "replicationProtectionContainers";

test("S-03 a Hyper-V site's container is mapped to Microsoft Azure with a policy of its kind only", async (t) => {
  const plant = await openPlant(t);
  await plant.putPolicy("azure", { instanceType: "HyperVReplicaAzure" });
  await plant.putPolicy("sites", { instanceType: "HyperVReplica2012R2" });
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
  await plant.putPolicy("sites", { instanceType: "HyperVReplica2012R2" });
  await plant.putPolicy("azure", { instanceType: "HyperVReplicaAzure" });
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
