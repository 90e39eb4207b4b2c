import test from "ava";
import {
  CLASSIC_CONTAINER,
  MODERN_CONTAINER,
  openSite,
  SITE_VAULT,
  type Site,
} from "./estate-site.ts";
import type { Body } from "./shop.ts";

const POLICY = (name: string) => `${SITE_VAULT}/replicationPolicies/${name}`;
const MAPPING = (container: string, name: string) =>
  `${container}/replicationProtectionContainerMappings/${name}`;

async function putPolicy(site: Site, name: string, input: object): Promise<Body> {
  return site.run("PUT", POLICY(name), { properties: { providerSpecificInput: input } });
}

async function putMapping(site: Site, path: string, policy: string, target: string): Promise<Body> {
  return site.run("PUT", path, {
    properties: { policyId: POLICY(policy), targetProtectionContainerId: target },
  });
}

const READ_BACK = [
  [
    "modernized",
    {
      instanceType: "InMageRcm",
      appConsistentFrequencyInMinutes: 0,
      crashConsistentFrequencyInMinutes: 5,
      enableMultiVmSync: "true",
      recoveryPointHistoryInMinutes: 1440,
    },
    {
      instanceType: "InMageRcm",
      recoveryPointHistoryInMinutes: 1440,
      appConsistentFrequencyInMinutes: 0,
      crashConsistentFrequencyInMinutes: 5,
      enableMultiVmSync: "true",
      status: false,
      associatedItemsCount: 0,
      dataSourceType: "VM",
    },
  ],
  [
    "classic",
    {
      instanceType: "InMageAzureV2",
      multiVmSyncStatus: "Enable",
      recoveryPointThresholdInMinutes: 30,
      recoveryPointHistory: 2880,
      crashConsistentFrequencyInMinutes: 10,
      appConsistentFrequencyInMinutes: 60,
    },
    {
      instanceType: "InMageAzureV2",
      multiVmSyncStatus: "Enabled",
      recoveryPointThresholdInMinutes: 30,
      recoveryPointHistory: 2880,
      crashConsistentFrequencyInMinutes: 10,
      appConsistentFrequencyInMinutes: 60,
    },
  ],
  [
    "classic failback",
    {
      instanceType: "InMage",
      multiVmSyncStatus: "Disable",
      recoveryPointThresholdInMinutes: 15,
      recoveryPointHistory: 1440,
      appConsistentFrequencyInMinutes: 60,
    },
    {
      instanceType: "InMage",
      multiVmSyncStatus: "Disabled",
      recoveryPointThresholdInMinutes: 15,
      recoveryPointHistory: 1440,
      appConsistentFrequencyInMinutes: 60,
    },
  ],
] as const;

for (const [kind, input, details] of READ_BACK) {
  test(`S-01 a ${kind} policy is read with the settings it was made with`, async (t) => {
    const site = await openSite(t);
    t.is((await putPolicy(site, "policy", input)).status, "Succeeded");
    const { properties } = await site.get(POLICY("policy"));
    t.deepEqual(properties.providerSpecificDetails, details);
    t.is((await putPolicy(site, "policy", input)).status, "Succeeded");
    const other = { ...input, appConsistentFrequencyInMinutes: 120 };
    t.is((await putPolicy(site, "policy", other)).error.code, "15035");
    const update = { properties: { replicationProviderSettings: other } };
    t.is((await site.run("PATCH", POLICY("policy"), update)).status, "Succeeded");
    const changed = await site.get(POLICY("policy"));
    t.is(changed.properties.providerSpecificDetails.appConsistentFrequencyInMinutes, 120);
    t.is((await site.run("DELETE", POLICY("policy"))).status, "Succeeded");
    t.is((await site.ask("GET", POLICY("policy"))).status, 404);
  });
}

test("PO-FAILBACK the policy that the service supplies can be neither changed nor deleted", async (t) => {
  const site = await openSite(t);
  const path = POLICY("crashconsistency-policy-failback");
  const settings = { instanceType: "InMageRcmFailback", crashConsistentFrequencyInMinutes: 60 };
  const patched = await site.run("PATCH", path, {
    properties: { replicationProviderSettings: settings },
  });
  t.is(patched.error.code, "SIM-POLICY-OF-SERVICE");
  t.is((await site.run("DELETE", path)).error.code, "SIM-POLICY-OF-SERVICE");
  t.is((await site.ask("GET", path)).status, 200);
});

test("A policy whose settings are out of range, or that lacks what its kind needs, is refused at once", async (t) => {
  const site = await openSite(t);
  for (const [input, message] of [
    [{ instanceType: "InMageAzureV2" }, /multiVmSyncStatus' is required/],
    [
      { instanceType: "InMageRcm", recoveryPointHistoryInMinutes: 30_000 },
      /recoveryPointHistoryInMinutes' must be between 0 and 21600/,
    ],
    [{ instanceType: "InMageRcm", enableMultiVmSync: true }, /enableMultiVmSync' must be a string/],
    [
      {
        instanceType: "InMageRcm",
        recoveryPointHistoryInMinutes: 60,
        appConsistentFrequencyInMinutes: 120,
      },
      /must not exceed recoveryPointHistory/,
    ],
    [
      { instanceType: "InMage", multiVmSyncStatus: "Enable", recoveryPointHistory: 5000 },
      /recoveryPointHistory' must be between 0 and 4320/,
    ],
  ] as const) {
    const reply = await site.ask("PUT", POLICY("bad"), {
      properties: { providerSpecificInput: input },
    });
    t.is(reply.status, 400);
    t.regex(reply.body.error.message, message);
  }
});

test("A policy keeps its kind when it is changed", async (t) => {
  const site = await openSite(t);
  await putPolicy(site, "policy", { instanceType: "InMageRcm" });
  const settings = { instanceType: "InMageAzureV2", multiVmSyncStatus: "Enable" };
  const status = await site.run("PATCH", POLICY("policy"), {
    properties: { replicationProviderSettings: settings },
  });
  t.is(status.error.code, "SIM-EXISTS");
});

test("A container of appliances is mapped to Microsoft Azure as recorded, and its agents' upgrade can be switched", async (t) => {
  const site = await openSite(t);
  await putPolicy(site, "policy", { instanceType: "InMageRcm" });
  const path = MAPPING(MODERN_CONTAINER, "there");
  const put = await site.run("PUT", path, {
    properties: {
      policyId: POLICY("policy"),
      providerSpecificInput: { instanceType: "InMageRcm", enableAgentAutoUpgrade: "true" },
      targetProtectionContainerId: "Microsoft Azure",
    },
  });
  t.is(put.status, "Succeeded");
  t.like((await site.get(path)).properties, {
    targetProtectionContainerId: "Microsoft Azure",
    targetProtectionContainerFriendlyName: "Microsoft Azure",
    providerSpecificDetails: { instanceType: "InMageRcm", enableAgentAutoUpgrade: "true" },
    health: "Normal",
    state: "Paired",
    sourceProtectionContainerFriendlyName: "site-vaultreplicationcontainer",
    sourceFabricFriendlyName: "site-vault-vmwarefabric",
    targetFabricFriendlyName: "Microsoft Azure",
    policyFriendlyName: "policy",
  });
  const container = await site.get(MODERN_CONTAINER);
  t.like(container.properties, { pairingStatus: "Paired", role: "Primary" });
  const patch = await site.run("PATCH", path, {
    properties: {
      providerSpecificInput: { instanceType: "InMageRcm", enableAgentAutoUpgrade: "false" },
    },
  });
  t.is(patch.status, "Succeeded");
  const { providerSpecificDetails } = (await site.get(path)).properties;
  t.is(providerSpecificDetails.enableAgentAutoUpgrade, "false");
  t.is((await site.run("DELETE", POLICY("policy"))).error.code, "SIM-IN-USE");
  t.is((await site.run("DELETE", path)).status, "Succeeded");
  t.is((await site.run("DELETE", POLICY("policy"))).status, "Succeeded");
});

test("PO-FAILBACK a classic container is mapped to Microsoft Azure, and to itself with the failback policy", async (t) => {
  const site = await openSite(t);
  const classic = { multiVmSyncStatus: "Enable" };
  await putPolicy(site, "forward", { instanceType: "InMageAzureV2", ...classic });
  await putPolicy(site, "forward-failback", { instanceType: "InMage", ...classic });
  const there = MAPPING(CLASSIC_CONTAINER, "there");
  const back = MAPPING(CLASSIC_CONTAINER, "back");
  t.is((await putMapping(site, there, "forward", "Microsoft Azure")).status, "Succeeded");
  const status = await putMapping(site, back, "forward-failback", CLASSIC_CONTAINER);
  t.is(status.status, "Succeeded");
  const job = await site.get(`${SITE_VAULT}/replicationJobs/${status.name}`);
  t.is(job.properties.scenarioName, "AssociateProtectionProfile");
  const { properties } = await site.get(back);
  t.is(properties.targetProtectionContainerId.toLowerCase(), CLASSIC_CONTAINER.toLowerCase());
  t.is(properties.targetProtectionContainerFriendlyName, "cs-1");
  t.is(properties.providerSpecificDetails, null);
  const all = await site.get(`${SITE_VAULT}/replicationProtectionContainerMappings`);
  t.is(all.value.length, 2);
});

test("A mapping whose policy is of another kind than its direction needs fails its job and is not there", async (t) => {
  const site = await openSite(t);
  await putPolicy(site, "modern", { instanceType: "InMageRcm" });
  await putPolicy(site, "back", { instanceType: "InMage", multiVmSyncStatus: "Enable" });
  for (const [container, policy, target] of [
    [CLASSIC_CONTAINER, "modern", "Microsoft Azure"],
    [CLASSIC_CONTAINER, "back", "Microsoft Azure"],
    [MODERN_CONTAINER, "back", MODERN_CONTAINER],
    [CLASSIC_CONTAINER, "back", MODERN_CONTAINER],
  ] as const) {
    const path = MAPPING(container, "wrong");
    const status = await putMapping(site, path, policy, target);
    t.is(status.error.code, "SIM-POLICY-KIND");
    t.is((await site.ask("GET", path)).status, 404);
  }
});
