import { readFileSync } from "node:fs";
import test from "ava";
import { differences, fieldOrder, recorded } from "./recorded.ts";
import { container, FAIL_OVER, openShop, resource, switchBody, VAULT, webItem } from "./shop.ts";

/** Tags are whatever the machine has. */
const FREE = [".properties.providerSpecificDetails.vmSyncedConfigDetails.tags"];

test("A protected item has the fields, kinds and order of recording A2A.073", async (t) => {
  const shop = await openShop(t);
  const ours = await shop.get(webItem());
  const theirs = recorded("A2A.073.rpi-protected");
  t.deepEqual(differences(ours, theirs, "", FREE), []);
  t.deepEqual(fieldOrder(ours), fieldOrder(theirs));
  t.is(ours.properties.failoverHealth, theirs.properties.failoverHealth);
  t.is(ours.properties.healthErrors[0].errorCode, theirs.properties.healthErrors[0].errorCode);
});

test("A reprotected item has the fields and kinds of recording A2A.121", async (t) => {
  const shop = await openShop(t);
  await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  await shop.run("POST", `${webItem()}/failoverCommit`);
  await shop.run("POST", `${container("ne")}/switchprotection`, switchBody("ne"));
  const ours = await shop.until(webItem("we"), "Protected");
  const theirs = recorded("A2A.121.rpi-protected-after-switch");
  // The recording has a security group on its network interface; this machine has none.
  const free = [
    ...FREE,
    ".properties.providerSpecificDetails.vmNics[].recoveryNetworkSecurityGroupId",
  ];
  t.deepEqual(differences(ours, theirs, "", free), []);
  t.is(
    ours.properties.providerSpecificDetails.protectedManagedDisks[0].recoveryOrignalTargetDiskId,
    "",
  );
});

const sameForm = test.macro({
  exec: async (t, path: string, name: string) => {
    const shop = await openShop(t);
    const reply = await shop.ask("GET", path);
    t.is(reply.status, 200);
    t.deepEqual(differences(reply.body, recorded(name)), []);
  },
  title: (_given: string | undefined, path: string, name: string) =>
    `GET ${path.split("/").slice(9).join("/")} has the form of recording ${name}`,
});

test(sameForm, `${VAULT}/replicationFabrics/fabric-ne`, "A2A.004.fabric-get");
test(sameForm, container("ne"), "A2A.016.container-get");
test(
  sameForm,
  `${container("ne")}/replicationProtectionContainerMappings/there`,
  "A2A.026.mapping-get",
);
test(
  sameForm,
  `${VAULT}/replicationFabrics/fabric-ne/replicationNetworks/azureNetwork/replicationNetworkMappings/there`,
  "A2A.042.networkmapping-get",
);
test(sameForm, `${VAULT}/replicationVaultHealth`, "vault.026.vaulthealth-get");

test("A vault is created, polled and read as recorded", async (t) => {
  const shop = await openShop(t);
  const path = VAULT.replace("shop-vault", "second");
  t.is((await shop.ask("GET", path)).body.error.code, "ResourceNotFound");
  const body = JSON.parse(
    readFileSync(new URL("./fixtures/vault.001.vault-put.json", import.meta.url), "utf8"),
  ).request.body;
  const put = await shop.ask("PUT", path, { ...body, location: "westeurope" });
  t.is(put.status, 201);
  t.deepEqual(differences(put.body, recorded("vault.001.vault-put")), []);
  const poll = put.headers.get("azure-asyncoperation") ?? "";
  t.is((await shop.get(poll)).status, "InProgress");
  shop.simulator.clock.advance(10_000);
  t.deepEqual(differences(await shop.get(poll), recorded("vault.003.vault-opstatus")), []);
  t.deepEqual(differences(await shop.get(path), recorded("vault.004.vault-get")), []);
});

test("Operations and jobs have the recorded form", async (t) => {
  const shop = await openShop(t);
  const reply = await shop.ask("POST", `${VAULT}/replicationVaultHealth/default/refresh`);
  t.is(reply.status, 202);
  t.is(reply.headers.get("content-length"), "0");
  t.regex(
    reply.headers.get("location") ?? "",
    /\/replicationVaultHealth\/operationresults\/[0-9a-f-]{36}\?api-version=2023-06-01&t=/,
  );
  const poll = reply.headers.get("azure-asyncoperation") ?? "";
  t.regex(poll, /\/Subscriptions\/.*\/replicationOperationStatus\//);
  t.deepEqual(
    differences(await shop.get(poll), recorded("V2A_RCMInMage.016.opstatus-notstarted")),
    [],
  );
  shop.simulator.clock.advance(10_000);
  const status = await shop.get(poll);
  t.deepEqual(differences(status, recorded("V2A_RCMInMage.011.opstatus-succeeded")), []);
  t.regex(status.endTime, /\.0000000Z$/);
  t.deepEqual(
    differences(await shop.get(`${VAULT}/replicationJobs`), recorded("vault.027.jobs-list")),
    [],
  );
  t.deepEqual(
    differences(
      await shop.get(`${VAULT}/replicationJobs/${status.name}`),
      recorded("vault.028.job-get"),
    ),
    [],
  );
});

test("A plan has the form of the recorded one", async (t) => {
  const shop = await openShop(t);
  const path = `${VAULT}/replicationRecoveryPlans/shop`;
  await shop.run("PUT", path, {
    properties: {
      primaryFabricId: `${VAULT}/replicationFabrics/fabric-ne`,
      recoveryFabricId: `${VAULT}/replicationFabrics/fabric-we`,
      failoverDeploymentModel: "ResourceManager",
      groups: [
        {
          groupType: "Boot",
          replicationProtectedItems: [{ id: webItem(), virtualMachineId: "x" }],
        },
      ],
    },
  });
  t.deepEqual(differences(await shop.get(path), recorded("V2A_RCMInMage.100.plan-get")), []);
});

test("Ids are written as the service writes them and compare without regard to case", async (t) => {
  const shop = await openShop(t);
  const item = await shop.get(webItem().toUpperCase());
  t.true(item.id.startsWith("/Subscriptions/"));
  t.is(item.name, "web");
  const details = item.properties.providerSpecificDetails;
  t.is(
    details.fabricObjectId,
    resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-web").toLowerCase(),
  );
  t.is(
    details.recoveryAzureResourceGroupId,
    `/subscriptions/${VAULT.split("/")[2]}/resourceGroups/shop-we`,
  );
  t.true((await shop.get(VAULT)).id.startsWith("/subscriptions/"));
});
