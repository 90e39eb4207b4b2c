import test, { type ExecutionContext } from "ava";
import { unknownValue } from "../../../provider/unknown.ts";
import { type Bench, handlerOf, machineId, startBench, storageId, vaultId } from "./bench.ts";
import {
  containerOf,
  type Generation,
  networkId,
  type SiteBench,
  siteItem,
  siteWorld,
  startSite,
} from "./site-bench.ts";

const modernized = "VmwareToAzure";
const classic = "VmwareToAzureClassic";

interface Refusal {
  readonly generation: Generation;
  readonly type: string;
  readonly inputs: (site: SiteBench) => object;
  readonly path: string;
  readonly reason: RegExp;
}

/** What a preview says against inputs, and that it asked for nothing but reads. */
const refused = test.macro({
  async exec(t, { generation, type, inputs, path, reason }: Refusal) {
    const site = await startSite(t, generation);
    site.bench.simulator.clearJournal();
    const failures = await site.bench.failuresOf(type, inputs(site));
    const failure = failures.find((each) => each.path === path);
    t.regex(failure?.reason ?? JSON.stringify(failures), reason);
    t.is(site.bench.simulator.journal({ writesOnly: true }).length, 0);
  },
  title: (name, { generation, type }: Refusal) =>
    `S-01 ${generation}: ${type} is refused at preview: ${name}`,
});

const item = (
  generation: Generation,
  machine: string,
  path: string,
  reason: RegExp,
  more: object = {},
): Refusal => ({
  generation,
  type: "ReplicatedItem",
  inputs: (site) => siteItem(site, machine, more),
  path,
  reason,
});

for (const generation of [modernized, classic] as const) {
  test(
    "a name that two machines bear, with both of them",
    refused,
    item(
      generation,
      "twin",
      "machine",
      /2 machines of the site .* are called "twin"\. Give the id of one of them: .*10\.1\.2\.1.*; .*10\.1\.3\.1/,
    ),
  );
  test(
    "a machine that is not discovered, with the nearest name",
    refused,
    item(
      generation,
      "wbe-1",
      "machine",
      /has not discovered a machine "wbe-1"\. Did you mean "web-1"\?/,
    ),
  );
  test(
    "an Azure VM in a site's container",
    refused,
    item(generation, machineId("shop-web"), "machine", /is not the id of a .*needs/),
  );
  test(
    "a process server that the site does not have",
    refused,
    item(generation, "web-1", "processServer", /has no process server.* "ps-9"; there are/, {
      processServer: "ps-9",
    }),
  );
  test(
    "an account that the site does not have",
    refused,
    item(
      generation,
      "web-1",
      "runAsAccount",
      /has no run-as account "root"; there are linux-root/,
      {
        runAsAccount: "root",
      },
    ),
  );
  test(
    "another container as the target",
    refused,
    item(generation, "web-1", "recoveryContainer", /means nothing for a machine of a site/, {
      recoveryContainer: containerOf(generation === classic ? modernized : classic),
    }),
  );
  test(
    "a network that is not there",
    refused,
    item(generation, "web-1", "target.network", /there is no virtual network/, {
      target: { resourceGroup: "shop-recovery", network: networkId("none", "shop-recovery") },
    }),
  );
  test(
    "no account for the data",
    refused,
    item(generation, "web-1", "cacheStorageAccount", /region of the vault/, {
      cacheStorageAccount: "",
    }),
  );
  test("a mapping that does not lead to Azure", refused, {
    generation,
    type: "ProtectionContainerMapping",
    inputs: ({ policy, containerId }) => ({
      sourceContainer: containerId,
      targetContainer: containerId,
      policy: policy.id,
    }),
    path: "targetContainer",
    reason: /is the source container itself.*Give "Microsoft Azure"/,
  });
}

test(
  "a public address, which this kind cannot have",
  refused,
  item(modernized, "web-1", "nics[].publicAddress", /cannot be set by the service/, {
    nics: [{ publicAddress: "/subscriptions/x/y" }],
  }),
);
test(
  "boot diagnostics, which this kind cannot have",
  refused,
  item(classic, "web-1", "target.bootDiagnosticsStorageAccount", /cannot be set by the service/, {
    target: {
      resourceGroup: "shop-recovery",
      bootDiagnosticsStorageAccount: storageId("shoplog", "shop-recovery"),
    },
  }),
);
test(
  "a disk that the machine does not have",
  refused,
  item(classic, "web-1", "disks[0].disk", /is no disk of web-1/, { disks: [{ disk: "d" }] }),
);
test("agent updates that a configuration server cannot do", refused, {
  generation: classic,
  type: "ProtectionContainerMapping",
  inputs: ({ mapping }) => ({ ...mapping.inputs, name: "x", agentAutoUpdate: true }),
  path: "agentAutoUpdate",
  reason: /cannot be had for a classic VMware site/,
});
test("a container of its own", refused, {
  generation: classic,
  type: "ProtectionContainer",
  inputs: () => ({ fabric: "cs-1" }),
  path: "fabric",
  reason: /cs-1 is no region: the container of a site registers itself/,
});
test("a policy of the other generation", refused, {
  generation: modernized,
  type: "ProtectionContainerMapping",
  inputs: ({ policy }) => ({
    sourceContainer: containerOf(classic),
    targetContainer: "Microsoft Azure",
    policy: policy.id,
  }),
  path: "policy",
  reason: /daily is a policy of the scenario VmwareToAzure, the container .* VmwareToAzureClassic/,
});
test("a policy that is kept too long", refused, {
  generation: classic,
  type: "ReplicationPolicy",
  inputs: () => ({ scenario: classic, recoveryPointRetention: "P4D" }),
  path: "recoveryPointRetention",
  reason: /longer than the service keeps recovery points\. Give PT0S to P3D/,
});
test("points that are too seldom", refused, {
  generation: modernized,
  type: "ReplicationPolicy",
  inputs: () => ({ scenario: modernized, applicationConsistentSnapshotFrequency: "PT13H" }),
  path: "applicationConsistentSnapshotFrequency",
  reason: /too seldom\. Give PT1M to PT12H/,
});
test("PO-FAILBACK a failback policy of own values", refused, {
  generation: classic,
  type: "ReplicationPolicy",
  inputs: () => ({ scenario: classic, failback: true, recoveryPointRetention: "PT12H" }),
  path: "recoveryPointRetention",
  reason: /is fixed at PT24H/,
});
test("a failback policy where there is none", refused, {
  generation: modernized,
  type: "ReplicationPolicy",
  inputs: () => ({ scenario: modernized, failback: true }),
  path: "failback",
  reason: /is for VmwareToAzureClassic only/,
});

async function withOneItem(t: ExecutionContext, generation: Generation): Promise<SiteBench> {
  const site = await startSite(t, generation);
  await site.bench.create("web", "ReplicatedItem", siteItem(site, "web-1", { waitFor: "enabled" }));
  return site;
}

test("S-01 a machine that another item has already is refused with that item's name, however it is named", async (t) => {
  const site = await withOneItem(t, classic);
  const failures = await site.bench.failuresOf("ReplicatedItem", siteItem(site, "web-1"), "again");
  t.regex(failures[0]?.reason ?? "", /web-1 is replicated already, as the item web\./);
});

test("S-01 a machine that is protected by an item that the vault does not show is refused", async (t) => {
  const site = await startSite(t, classic);
  const elsewhere = handlerOf("ReplicatedItem");
  const { bench } = site;
  const run = bench.anotherRun({ name: "web", preview: true });
  const azure = await run.sites.azure(run);
  const vault = azure.vault(vaultId("shop"));
  const machines = await vault.onPremises.protectableItems(run, site.containerId);
  const list = machines.map((each) => ({ ...each, protectionStatus: "Protected" }));
  const onPremises = { ...vault.onPremises, protectableItems: async () => list };
  const sites = {
    ...run.sites,
    azure: async () => ({ ...azure, vault: () => ({ ...vault, onPremises }) }),
  };
  const { failures } = await elsewhere.check({ ...run, sites }, { ...siteItem(site, "web-2") });
  t.regex(failures[0]?.reason ?? "", /web-2 is protected already, in another vault/);
});

test("S-01 the disks of a machine of a site cannot change once its protection has begun", async (t) => {
  const site = await withOneItem(t, classic);
  const { bench } = site;
  const handler = handlerOf("ReplicatedItem");
  const run = bench.anotherRun({ name: "web", preview: true });
  const olds = (await handler.check(run, { ...siteItem(site, "web-1") })).inputs;
  const news = siteItem(site, "web-1", { disks: [{ disk: "other" }] });
  const { failures } = await handler.check(bench.anotherRun({ name: "web" }), { ...news }, olds);
  t.regex(failures.find(({ path }) => path === "disks")?.reason ?? "", /cannot change/);
});

test("SC-OLD the classic kind is said to be old, once in a run", async (t) => {
  const { bench } = await startSite(t, classic);
  const warnings = (): number => bench.log.filter(({ text }) => /\[SC-OLD\]/.test(text)).length;
  t.is(warnings(), 1);
  const run = bench.anotherRun({ preview: true });
  const at = { containerId: containerOf(classic) };
  for (const name of ["web-1", "web-2"]) {
    await handlerOf("ReplicatedItem").check({ ...run, name }, { ...siteItem(at, name) });
  }
  t.is(warnings(), 2);
});

test("S-01 what is not known yet at preview is in order", async (t) => {
  const site = await startSite(t, modernized);
  const check = (more: object): Promise<readonly object[]> =>
    site.bench.failuresOf("ReplicatedItem", siteItem(site, "web-1", more));
  t.deepEqual(await check({ machine: unknownValue }), []);
  t.deepEqual(await check({ container: unknownValue }), []);
  t.deepEqual(await check({ processServer: unknownValue, runAsAccount: unknownValue }), []);
});

test("S-01 a program that declares policy, mapping and item at once passes its first preview", async (t) => {
  const bench: Bench = await startBench(t, siteWorld);
  const run = bench.anotherRun({ preview: true });
  const check = async (type: string, name: string, inputs: object): Promise<object> => {
    const { failures, inputs: checked } = await handlerOf(type).check(
      { ...run, name },
      { ...inputs },
    );
    t.deepEqual(failures, [], type);
    return checked;
  };
  const containerId = containerOf(modernized);
  await check("ReplicationPolicy", "daily", { scenario: modernized });
  const policy = `${vaultId("shop")}/replicationPolicies/daily`;
  await check("ProtectionContainerMapping", "to-azure", {
    sourceContainer: containerId,
    targetContainer: "Microsoft Azure",
    policy,
  });
  await check("ReplicatedItem", "web", siteItem({ containerId }, "web-1", { policy }));
  t.is(bench.simulator.journal({ writesOnly: true }).length, 0);
});

test("S-01 S-02 a machine that this run makes known, by a vCenter or as a physical server, is no unknown one", async (t) => {
  const { bench, containerId } = await startSite(t, classic);
  const fabricId = containerId.split("/").slice(0, -2).join("/");
  const check = async (declared: string, more: object = {}): Promise<readonly object[]> => {
    const run = bench.anotherRun({ name: "thing", preview: true });
    run.declared.add(declared.toLowerCase());
    const inputs = siteItem({ containerId }, "metal-2", more);
    return (await handlerOf("ReplicatedItem").check(run, { ...inputs })).failures;
  };
  t.is((await check(`${containerId}/physicalServers/other`)).length, 1);
  t.deepEqual(await check(`${containerId}/physicalServers/metal-2`), []);
  t.is((await check(`${fabricId}/replicationvCenters/vcenter-one`)).length, 1, "it is known");
  t.deepEqual(await check(`${fabricId}/replicationvCenters/vcenter-four`), []);
  const named = { machine: "web-1", processServer: "ps-new" };
  t.is((await check(`${fabricId}/processServers/ps-old`, named)).length, 1);
  t.deepEqual(await check(`${fabricId}/processServers/ps-new`, named), []);
});
