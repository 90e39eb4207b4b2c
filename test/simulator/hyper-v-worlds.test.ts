import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv } from "ajv";
import test from "ava";
import { parse } from "yaml";
import { startSimulator, type WorldDocument } from "../../simulator/index.ts";
import { PUBLISHED_WORLD_SCHEMA } from "../../simulator/world/published-schema.ts";
import type { WorldVault } from "../../simulator/world/world-document.ts";
import { fabric, HYPER_V, HYPER_V_VAULT, openPlant } from "./hyper-v-site.ts";
import { type Body, openShop } from "./shop.ts";

const MAIN = new URL("../../simulator/main.ts", import.meta.url).pathname;
const [PLANT, LATER] = HYPER_V.hyperVSites ?? [];
const [FIRST, SECOND] = HYPER_V.vmmServers ?? [];
const [VAULT] = HYPER_V.vaults ?? [];
if (!PLANT || !LATER || !FIRST || !SECOND || !VAULT) throw new Error("The world lacks something.");

const POLICIES = [
  { name: "azure", kind: "HyperVReplicaAzure", storageAccount: "plantlogs" },
  { name: "sites", kind: "HyperVReplica2012R2", replicationIntervalSeconds: 900 },
] as const;

/** The world with what its vault has from the start, both VMM servers registered. */
const withVault = (vault: Partial<WorldVault>): WorldDocument => ({
  ...HYPER_V,
  vmmServers: [FIRST, { ...SECOND, registersAfterMinutes: 0 }],
  vaults: [{ ...VAULT, policies: POLICIES, ...vault }],
});

const TO_AZURE = {
  policy: "azure",
  recoveryResourceGroup: "recovery",
  cacheStorageAccount: "plantlogs",
} as const;

test("S-03 S-04 S-06 `world init --hyperv` writes an example that keeps to the schema and starts, its machines protected", async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), "simulator-init-")), "plant.yaml");
  await promisify(execFile)(process.execPath, [MAIN, "world", "init", file, "--hyperv"]);
  const ajv = new Ajv({ allowUnionTypes: true, strictRequired: false, formats: { regex: true } });
  const validate = ajv.compile(PUBLISHED_WORLD_SCHEMA);
  t.true(validate(parse(readFileSync(file, "utf8"))), ajv.errorsText(validate.errors));
  const shop = await openShop(t, { world: file });
  const { items } = await shop.get("/_simulator/status");
  t.deepEqual(
    items.rows.map((row: Body) => [row.item, row.state]),
    [
      ["web1", "Protected"],
      ["web2", "Protected"],
      ["portal", "Protected"],
      ["erp", "Protected"],
    ],
  );
});

test("S-03 S-04 machines of sites and clouds are protected in Azure from the start", async (t) => {
  const plant = await openPlant(
    t,
    withVault({
      mappings: [
        { name: "plant", source: "plant", target: "Microsoft Azure", policy: "azure" },
        { name: "gold", source: "first/Gold", target: "Microsoft Azure", policy: "azure" },
      ],
      networkMappings: [
        { name: "corp", primaryNetwork: "first/corp", recoveryNetwork: "recovery-vnet" },
      ],
      items: [
        { ...TO_AZURE, machine: "web", container: "plant", network: "recovery-vnet" },
        { ...TO_AZURE, machine: "hv-2.plant.example/twin", container: "plant" },
        { ...TO_AZURE, machine: "sql", container: "first/gold", protected: false },
      ],
    }),
  );
  const items = await plant.get(`${HYPER_V_VAULT}/replicationProtectedItems`);
  t.deepEqual(
    items.value.map(({ name, properties }: Body) => [
      name,
      properties.providerSpecificDetails.instanceType,
      properties.primaryFabricProvider,
      properties.protectionState,
    ]),
    [
      ["web1", "HyperVReplicaAzure", "SingleHostHyperVFabric", "Protected"],
      ["web2", "HyperVReplicaAzure", "SingleHostHyperVFabric", "Protected"],
      ["twin", "HyperVReplicaAzure", "SingleHostHyperVFabric", "Protected"],
      ["sql", "HyperVReplicaAzure", "VmmFabric", "InitialReplicationInProgress"],
    ],
  );
  const machines = await plant.get(
    `${items.value[0].id.split("/replicationProtectedItems/")[0]}/replicationProtectableItems`,
  );
  t.deepEqual(
    machines.value.map(({ properties }: Body) => [
      properties.friendlyName,
      properties.protectionStatus,
    ]),
    [
      ["web1", "Protected"],
      ["web2", "Protected"],
      ["twin", "Unprotected"],
      ["twin", "Protected"],
    ],
  );
  t.is(machines.value[0].properties.replicationProtectedItemId, items.value[0].id);
  const [mapping] = (await plant.get(`${HYPER_V_VAULT}/replicationNetworkMappings`)).value;
  t.is(mapping.properties.fabricSpecificSettings.instanceType, "VmmToAzure");
});

test("S-06 machines of a cloud are protected at the second site from the start, with their mappings", async (t) => {
  const plant = await openPlant(
    t,
    withVault({
      mappings: [{ name: "gold", source: "first/Gold", target: "second/Gold", policy: "sites" }],
      networkMappings: [
        { name: "corp", primaryNetwork: "first/corp", recoveryNetwork: "second/corp" },
      ],
      storageClassificationMappings: [{ name: "fast", primary: "first/Fast", recovery: "Slow" }],
      items: [{ machine: "sql", container: "first/Gold", policy: "sites" }],
    }),
  );
  const [item] = (await plant.get(`${HYPER_V_VAULT}/replicationProtectedItems`)).value;
  t.like(item.properties, {
    protectionState: "Protected",
    primaryFabricFriendlyName: "vmm-1.plant.example",
    recoveryFabricFriendlyName: "vmm-2.plant.example",
    recoveryProtectionContainerFriendlyName: "Gold",
  });
  const [mapping] = (await plant.get(`${HYPER_V_VAULT}/replicationNetworkMappings`)).value;
  t.is(mapping.properties.recoveryFabricFriendlyName, "vmm-2.plant.example");
  const [storage] = (await plant.get(`${HYPER_V_VAULT}/replicationStorageClassificationMappings`))
    .value;
  t.regex(storage.properties.targetStorageClassificationId, /replicationFabrics\/second\//);
  const refused = await plant.run("POST", `${fabric("second")}/remove`);
  t.regex(refused.error.message, /in use by mapping gold, protected item sql/);
});

for (const [what, world, message] of [
  [
    "a cloud that two servers have",
    withVault({
      mappings: [{ name: "m", source: "Gold", target: "Microsoft Azure", policy: "azure" }],
    }),
    /vaults\.0\.mappings\.0\.source refers to the container 'Gold', which the world does not have/,
  ],
  [
    "a host that is not there",
    { ...HYPER_V, hyperVSites: [{ ...PLANT, machines: [{ name: "x", host: "hv-3" }] }] },
    /hyperVSites\.0\.machines\.0\.host refers to the host 'hv-3'/,
  ],
  [
    "machines without a host",
    { ...HYPER_V, hyperVSites: [{ ...PLANT, hosts: [] }] },
    /hyperVSites\.0 lacks the field 'hosts'/,
  ],
  [
    "two machines of one name on one host",
    { ...HYPER_V, hyperVSites: [{ ...PLANT, machines: [{ name: "x" }, { name: "X" }] }] },
    /hyperVSites\.0\.machines\.1 is there a second time on its host/,
  ],
  [
    "a VM network that is not there",
    {
      ...HYPER_V,
      vmmServers: [
        { ...FIRST, clouds: [{ name: "Gold", machines: [{ name: "x", network: "y" }] }] },
      ],
    },
    /vmmServers\.0\.clouds\.0\.machines\.0\.network refers to the network 'y'/,
  ],
  [
    "a vault that is not there",
    { ...HYPER_V, vmmServers: [{ ...FIRST, vault: "other" }] },
    /vmmServers\.0\.vault refers to the vault 'other'/,
  ],
  [
    "an item of a site that nobody has made",
    withVault({ items: [{ ...TO_AZURE, machine: "early", container: "later" }] }),
    /vaults\.0\.items\.0\.container is of the fabric 'later', which is not there from the start/,
  ],
  [
    "an item to Azure without a storage account",
    withVault({
      items: [
        { machine: "web", container: "plant", policy: "azure", recoveryResourceGroup: "recovery" },
      ],
    }),
    /vaults\.0\.items\.0 lacks the field 'cacheStorageAccount'/,
  ],
  [
    "an item between sites without a mapped cloud",
    withVault({ items: [{ machine: "sql", container: "first/Gold", policy: "sites" }] }),
    /vaults\.0\.items\.0 lacks the field 'recoveryContainer'/,
  ],
] as const) {
  test(`S-03 a world with ${what} is refused with the place of the mistake`, async (t) => {
    const error = await t.throwsAsync(startSimulator({ world: world as WorldDocument }));
    t.regex(error?.message ?? "", message);
  });
}
