import test from "ava";
import type {
  ContainerMappingFacts,
  ItemFacts,
  PolicyFacts,
} from "../../../provider/recovery/model.ts";
import type {
  ApplianceFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
  ProcessServerFacts,
} from "../../../provider/recovery/on-premises.ts";
import {
  type ChosenServers,
  chooseServers,
  type ServerSources,
  type WantedServers,
} from "../../../provider/recovery/site-servers.ts";
import { generations, onPremises, siteItemAfter } from "./vmware-items.ts";

const [modernized, classic] = generations;

const server = (name: string): ProcessServerFacts => ({
  id: `${name}-id`,
  name,
  address: "",
  agentVersion: "",
  health: "Normal",
  healthErrors: [],
  serviceStatus: "",
  machineCount: 0,
});

const masterTarget = (name: string, osType: string): MasterTargetFacts => ({
  id: `${name}-id`,
  name,
  address: "",
  osType,
  osVersion: "",
  agentVersion: "",
  diskCount: 0,
  retentionVolumes: ["/data", "/mnt/retention"].map((each) => ({
    name: each,
    capacityBytes: 1,
    freeBytes: 1,
  })),
  datastores: ["ds1", "ds2"].map((each) => ({
    name: each,
    uuid: each,
    capacityBytes: 1,
    freeBytes: 1,
    type: "VMFS",
  })),
  healthErrors: [],
  validationErrors: [],
});

const appliance = (name: string): ApplianceFacts => ({
  id: `${name}-id`,
  name,
  biosId: "",
  fqdn: `${name}.example`,
  version: "",
  health: "Normal",
  healthErrors: [],
  protectedItemCount: 0,
  accessibleDatastores: ["ds1"],
  vcenterId: "vcenter",
});

const fabric = (changes: Partial<OnPremisesFabricFacts> = {}): OnPremisesFabricFacts => ({
  generation: "classic",
  address: "10.1.0.10",
  hostName: "cs",
  agentVersion: "",
  serviceStatus: "",
  processServers: [server("ps")],
  masterTargets: [masterTarget("mt-linux", "Linux"), masterTarget("mt-windows", "Windows")],
  appliances: [],
  runAsAccounts: [{ id: "1", name: "root" }],
  ...changes,
});

const modernizedFabric = (...names: string[]): OnPremisesFabricFacts =>
  fabric({
    generation: "modernized",
    processServers: names.map(server),
    masterTargets: [],
    appliances: names.map(appliance),
    runAsAccounts: [],
  });

const mapping = (policyId: string, targetContainerId: string): ContainerMappingFacts => ({
  id: "m",
  name: "m",
  fabricName: "fabric-site",
  containerName: "container-site",
  targetContainerId,
  policyId,
  state: "Paired",
  health: "Normal",
  agentAutoUpdate: false,
  automationAccountId: "",
  automationAccountAuthenticationType: "",
});

const policy = (id: string, instanceType: string): PolicyFacts => ({
  id,
  name: id,
  instanceType,
  recoveryPointHistoryMinutes: 0,
  applicationConsistentFrequencyMinutes: 0,
  crashConsistentFrequencyMinutes: 0,
  multiVmSync: false,
});

const way = {
  policies: [
    policy("forward", "InMageAzureV2"),
    policy("rcm", "InMageRcm"),
    policy("back", "InMage"),
  ],
  mappings: [
    mapping("forward", "Microsoft Azure"),
    mapping("back", "/x/replicationProtectionContainers/container-site"),
  ],
};

function chosen(
  item: ItemFacts,
  wanted: WantedServers,
  site: OnPremisesFabricFacts,
  changes: Partial<ServerSources> = {},
): ChosenServers {
  const accounts = site.runAsAccounts;
  return chooseServers({ item, wanted, fabric: site, accounts, ...way, ...changes });
}

const names = (servers: ChosenServers) => ({
  processServer: servers.processServer?.name,
  masterTarget: servers.masterTarget?.name,
  appliance: servers.appliance?.name,
  datastore: servers.datastore,
  retentionVolume: servers.retentionVolume,
  account: servers.runAsAccount?.name,
  log: servers.cacheStorageAccountId,
  policy: servers.policyId,
});

test("R-02 classic: everything that there is only one of is found, the failback policy from the container's mapping with itself", (t) => {
  const servers = chosen(siteItemAfter(classic, 2), {}, fabric());
  t.deepEqual(servers.problems, []);
  t.deepEqual(names(servers), {
    processServer: "ps",
    masterTarget: "mt-linux",
    appliance: undefined,
    datastore: "ds1",
    retentionVolume: "/mnt/retention",
    account: "root",
    log: undefined,
    policy: "back",
  });
});

test("R-02 modernized: appliance, the machine's datastore and its log account, the service's own policy", (t) => {
  const servers = chosen(siteItemAfter(modernized, 2), {}, modernizedFabric("one"));
  t.deepEqual(servers.problems, []);
  t.deepEqual(names(servers), {
    processServer: undefined,
    masterTarget: undefined,
    appliance: "one",
    datastore: "ds1",
    retentionVolume: undefined,
    account: undefined,
    log: "/storage/log",
    policy: undefined,
  });
});

test("R-02 servers are named by name or by id, in any case, and what is named goes first", (t) => {
  const site = fabric({ processServers: [server("ps"), server("ps-azure")] });
  const wanted = {
    processServer: "PS-Azure",
    masterTarget: "mt-windows-ID",
    datastore: "ds2",
    retentionVolume: "/data",
    policy: "own",
  };
  const servers = chosen(siteItemAfter(classic, 2), wanted, site);
  t.deepEqual(servers.problems, []);
  t.like(names(servers), {
    processServer: "ps-azure",
    masterTarget: "mt-windows",
    datastore: "ds2",
    retentionVolume: "/data",
    policy: "own",
  });
});

test("R-02 what cannot be chosen is a problem that lists what there is", (t) => {
  const site = fabric({ processServers: [server("ps"), server("ps-azure")], masterTargets: [] });
  const servers = chosen(siteItemAfter(classic, 2), { runAsAccount: "nobody" }, site, {
    mappings: [],
  });
  t.deepEqual(
    servers.problems.map(({ input, fact }) => [input, fact]),
    [
      ["processServer", "the site has several of the kind process server; there are ps, ps-azure."],
      ["masterTarget", "the site has no master target for Linux."],
      ["policy", "no failback policy is mapped to its container container-site."],
      ["runAsAccount", 'the site has no account "nobody"; there are root.'],
    ],
  );
});

test("R-02 a datastore that the server does not reach is a problem, the only one for a machine without any is taken", (t) => {
  const elsewhere = siteItemAfter(modernized, 2, {
    onPremises: onPremises({ datastores: ["ds9"] }),
  });
  const [problem] = chosen(elsewhere, {}, modernizedFabric("one")).problems;
  t.is(problem?.input, "datastore");
  t.regex(problem?.fact ?? "", /ds9 .*listed: ds1/);
  const physical = siteItemAfter(modernized, 2, { onPremises: onPremises({ datastores: [] }) });
  t.is(chosen(physical, {}, modernizedFabric("one")).datastore, "ds1");
});

test("V-09 towards Azure: process server and the policy that the machine had; the appliance that carried it when there are several", (t) => {
  const home = siteItemAfter(classic, 5);
  t.like(names(chosen(home, {}, fabric())), { processServer: "ps", policy: "forward" });
  const carried = siteItemAfter(modernized, 5, {
    onPremises: onPremises({ reprotectAgentId: "two-id", lastUsedPolicyId: "rcm" }),
  });
  const servers = chosen(carried, {}, modernizedFabric("one", "two"));
  t.is(servers.way, "toAzure");
  t.like(names(servers), { processServer: "two", policy: "rcm" });
});

test("a site whose servers the vault does not show is a problem, not a crash", (t) => {
  const { problems } = chooseServers({
    item: siteItemAfter(classic, 2),
    wanted: {},
    accounts: [],
    ...way,
  });
  t.regex(problems[0]?.fact ?? "", /plant-one/);
});
