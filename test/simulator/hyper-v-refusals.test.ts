import test from "ava";
import { ACCOUNT, enabling, type HyperVWorld, openHyperV, policy, properties } from "./hyper-v.ts";
import type { Body } from "./shop.ts";

/** Asks for the protection of a machine; returns the answer or the final status. */
async function enable(world: HyperVWorld, place: string, name: string, body?: object) {
  const container = await world.container(place);
  const found = await world.protectable(container, name);
  const path = `${container}/replicationProtectedItems/${name}`;
  return { path, body: body ?? enabling(found.id), found };
}

async function refusal(world: HyperVWorld, path: string, body: object): Promise<string> {
  const reply = await world.ask("PUT", path, body);
  if (reply.status !== 400) throw new Error(`${reply.status}`);
  return `${reply.body.error.details[0].code}: ${reply.body.error.message}`;
}

test("S-04 a machine of a VMM cloud whose network is not mapped to Azure is not protected, and says what to map", async (t) => {
  const world = await openHyperV(t);
  const { path, body } = await enable(world, "gold", "lab-1");
  const status = await world.run("PUT", path, body);
  t.is(status.status, "Failed");
  t.is(status.error.code, "SIM-NETWORK-MAPPING");
  t.regex(status.error.message, /'lab'.*'lab-1'/);
  t.is((await world.ask("GET", path)).status, 404);
});

test("S-03 requests that name what does not fit are refused before anything begins", async (t) => {
  const world = await openHyperV(t);
  const { path, found } = await enable(world, "site", "app-1");
  const [disk] = found.properties.customDetails.diskDetails;
  const asked = (details: object, rest: object = {}) =>
    properties(
      { instanceType: "HyperVReplicaAzure", targetStorageAccountId: ACCOUNT, ...details },
      { policyId: policy("to-azure"), protectableItemId: found.id, ...rest },
    );
  t.regex(
    await refusal(world, path, asked({}, { policyId: policy("other") })),
    /'InMageRcm', and 'HyperVReplicaAzure' is needed/,
  );
  t.regex(
    await refusal(world, path, asked({}, { protectableItemId: `${found.id}0` })),
    /SIM-MISSING-REFERENCE.*protectableItemId/,
  );
  t.regex(
    await refusal(world, path, asked({ targetStorageAccountId: `${ACCOUNT}x` })),
    /SIM-MISSING-REFERENCE.*targetStorageAccountId/,
  );
  t.regex(
    await refusal(world, path, asked({ targetStorageAccountId: null })),
    /targetStorageAccountId' is required/,
  );
  t.regex(await refusal(world, path, asked({ disksToInclude: ["x"] })), /disksToInclude\[0\]/);
  t.regex(await refusal(world, path, asked({ vhdId: "x" })), /vhdId/);
  t.regex(
    await refusal(world, path, { properties: { ...(asked({}) as Body).properties, policyId: "" } }),
    /policyId' must not be empty/,
  );
  const cloud = await enable(world, "gold", "erp-1");
  t.regex(
    await refusal(world, path, enabling(cloud.found.id)),
    /'erp-1'.*does not lie in the container/,
  );
  t.is((await world.ask("GET", path)).status, 404);
  const status = await world.run("PUT", path, asked({ disksToInclude: [disk.vhdId] }));
  t.is(status.status, "Succeeded");
});

test("S-03 data disks are not protected without the disk of the operating system", async (t) => {
  const world = await openHyperV(t);
  const path = await world.siteItem("sql-1");
  await world.does(path, "remove", { properties: {} });
  const { found } = await enable(world, "site", "sql-1");
  const data = found.properties.customDetails.diskDetails[1].vhdId;
  t.regex(
    await refusal(world, path, enabling(found.id, { disksToInclude: [data] })),
    /operating system disk of 'sql-1'/,
  );
});

test("S-03 a machine whose host is silent is not protected", async (t) => {
  const world = await openHyperV(t);
  const { path, body } = await enable(world, "site", "app-1");
  await world.change("servers", "hv-1", { heartbeat: "silent" });
  const status = await world.run("PUT", path, body);
  t.is(status.status, "Failed");
  t.is(status.error.code, "SIM-NO-HEARTBEAT");
  t.regex(status.error.message, /'hv-1'/);
});
