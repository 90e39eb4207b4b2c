import test from "ava";
import { recoveryPlanFacts } from "../../../../../provider/sites/azure/facts/recovery-plan.ts";
import { recoveryPointFacts } from "../../../../../provider/sites/azure/facts/recovery-point.ts";
import {
  alertSettingFacts,
  containerFacts,
  containerMappingFacts,
  fabricFacts,
  networkMappingFacts,
  policyFacts,
} from "../../../../../provider/sites/azure/facts/setup.ts";
import {
  machineFacts,
  networkFacts,
  vaultFacts,
} from "../../../../../provider/sites/azure/facts/surroundings.ts";
import { fixture } from "../support/fixture.ts";

test("A-01 recorded fabrics, containers and mappings read with the names in their ids", (t) => {
  t.like(fabricFacts(fixture("a2a-fabric")), {
    name: "cli-test-fabric-A2A-1",
    friendlyName: "East US",
    location: "eastus",
    health: "Normal",
  });
  t.like(containerFacts(fixture("a2a-container")), {
    fabricName: "cli-test-fabric-A2A-1",
    fabricType: "Azure",
    pairingStatus: "NotPaired",
    protectedItemCount: 0,
  });
  t.like(containerMappingFacts(fixture("a2a-container-mapping")), {
    containerName: "cli-test-container-A2A-1",
    state: "Paired",
    agentAutoUpdate: false,
    automationAccountId: "",
    automationAccountAuthenticationType: "RunAsAccount",
  });
  t.like(networkMappingFacts(fixture("a2a-network-mapping")), {
    fabricName: "cli-test-fabric-A2A-1",
    networkName: "azureNetwork",
    state: "Paired",
  });
});

test("a policy reads in minutes whatever words its scenario uses", (t) => {
  t.like(policyFacts(fixture("rcm-policy")), {
    instanceType: "InMageRcm",
    recoveryPointHistoryMinutes: 1440,
    crashConsistentFrequencyMinutes: 5,
    multiVmSync: true,
  });
  const details = { instanceType: "A2A", recoveryPointHistory: 4320, multiVmSyncStatus: "Enabled" };
  const regional = policyFacts({ properties: { providerSpecificDetails: details } });
  t.like(regional, { recoveryPointHistoryMinutes: 4320, multiVmSync: true });
  t.false("recoveryPointThresholdMinutes" in regional);
});

test("a recorded recovery plan reads with the groups that the service adds", (t) => {
  const plan = recoveryPlanFacts(fixture("rcm-recovery-plan"));
  t.deepEqual(
    plan.groups.map((group) => [group.type, group.itemNames.length]),
    [
      ["Shutdown", 0],
      ["Failover", 0],
      ["Boot", 1],
    ],
  );
  t.deepEqual(plan.groups[2]?.itemNames, ["cli-test-protected-item-V2ARCM-1"]);
  t.false("currentScenario" in plan);
});

test("what a recovery plan does at the moment reads with its status", (t) => {
  const at = (scenarioName: string) =>
    recoveryPlanFacts({
      properties: {
        currentScenario: { scenarioName, jobId: "/replicationJobs/job-1" },
        currentScenarioStatus: "InProgress",
      },
    });
  t.deepEqual(at("UnplannedFailover").currentScenario, {
    name: "UnplannedFailover",
    status: "InProgress",
  });
  t.false("currentScenario" in at("None"));
});

test("actions of a recovery plan read with their kind and place", (t) => {
  const action = (customDetails: object): object => ({
    actionName: "step",
    failoverTypes: ["UnplannedFailover"],
    failoverDirections: ["PrimaryToRecovery"],
    customDetails,
  });
  const startGroupActions = [
    action({ instanceType: "ManualActionDetails", description: "Call the office" }),
    action({
      instanceType: "AutomationRunbookActionDetails",
      runbookId: "/runbook",
      fabricLocation: "Recovery",
      timeout: "00:10:00",
    }),
  ];
  const plan = recoveryPlanFacts({
    properties: { groups: [{ groupType: "Boot", startGroupActions }], currentScenario: null },
  });
  const [manual, runbook] = plan.groups[0]?.startActions ?? [];
  t.like(manual, { kind: "manual", description: "Call the office", fabricLocation: "" });
  t.like(runbook, { kind: "runbook", runbookId: "/runbook", fabricLocation: "Recovery" });
});

test("A-04 recovery points read newest first", (t) => {
  const point = (
    name: string,
    recoveryPointTime: string,
    recoveryPointSyncType: string,
  ): object => ({
    id: `/points/${name}`,
    name,
    properties: {
      recoveryPointTime,
      recoveryPointType: "CrashConsistent",
      providerSpecificDetails: { instanceType: "A2A", recoveryPointSyncType },
    },
  });
  const points = recoveryPointFacts([
    point("old", "2026-01-15T07:00:00Z", "PerVmRecoveryPoint"),
    point("new", "2026-01-15T07:30:00Z", "MultiVmSyncRecoveryPoint"),
    point("none", "0001-01-01T00:00:00", "PerVmRecoveryPoint"),
  ] as Record<string, unknown>[]);
  t.deepEqual(
    points.map((each) => [each.name, each.multiVmConsistent]),
    [
      ["new", true],
      ["old", false],
    ],
  );
});

test("a recorded vault and its alert setting read", (t) => {
  t.like(vaultFacts(fixture("vault")), {
    name: "vault000002",
    skuName: "Standard",
    provisioningState: "Succeeded",
    publicNetworkAccess: "Enabled",
    tags: {},
  });
  t.like(alertSettingFacts(fixture("alert-setting")), {
    sendToOwners: true,
    emailAddresses: ["email@address.com"],
    locale: "en_US",
  });
});

test("A-03 a machine and a network of Azure read with what checks look at", (t) => {
  const machine = machineFacts({
    id: "/vm",
    name: "web",
    location: "northeurope",
    zones: ["2"],
    properties: {
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      storageProfile: {
        osDisk: { osType: "Linux", managedDisk: { id: "/os" } },
        dataDisks: [{ managedDisk: { id: "/data" } }],
      },
      networkProfile: { networkInterfaces: [{ id: "/nic" }] },
      instanceView: { statuses: [{ code: "ProvisioningState/x" }, { code: "PowerState/running" }] },
    },
  });
  t.like(machine, { size: "Standard_D2s_v5", powerState: "running", zone: "2", osDiskId: "/os" });
  t.deepEqual(machine.dataDiskIds, ["/data"]);
  const subnets = [
    { name: "a", properties: { addressPrefix: "10.0.0.0/24" } },
    { name: "b", properties: { addressPrefixes: ["10.1.0.0/24", "fd00::/64"] } },
  ];
  const network = networkFacts({ id: "/n", location: "westeurope", properties: { subnets } });
  t.deepEqual(network.subnets, [
    { name: "a", addressPrefixes: ["10.0.0.0/24"] },
    { name: "b", addressPrefixes: ["10.1.0.0/24", "fd00::/64"] },
  ]);
});
