import test from "ava";
import { itemFacts } from "../../../../../provider/sites/azure/facts/item.ts";
import {
  discoveredMachineFacts,
  protectableItemFacts,
  vcenterFacts,
} from "../../../../../provider/sites/azure/facts/on-premises-objects.ts";
import { fabricFacts } from "../../../../../provider/sites/azure/facts/setup.ts";
import { fixture } from "../support/fixture.ts";
import {
  classicFabric,
  classicFailbackItem,
  classicItem,
  protectableItemWire,
  vcenterWire,
} from "./classic-wires.ts";

const vaultId = "/subscriptions/0/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/V";
const azure = {
  fabricName: "Microsoft Azure",
  fabricFriendlyName: "Microsoft Azure",
  containerId: "Microsoft Azure",
};

test("S-01 a recorded modernized site shows its process server and the appliance with its datastores", (t) => {
  const { onPremises } = fabricFacts(fixture("rcm-fabric"));
  t.like(onPremises, { generation: "modernized", masterTargets: [], runAsAccounts: [] });
  t.like(onPremises?.processServers[0], {
    name: "vaultv2arcm",
    address: "10.150.248.230",
    agentVersion: "9.55.6765.1",
    lastHeartbeat: "2023-08-26T02:53:19.9097932Z",
    health: "Normal",
  });
  t.like(onPremises?.appliances[0], {
    id: "83629832-8201-4d31-b9cd-a644185d035a",
    fqdn: "WIN-IC0UJCH7P58",
    accessibleDatastores: ["5 TB External storage", "Datastore 3", "datastore1 (6)"],
  });
  t.deepEqual(
    onPremises?.discoverySiteIds?.map((id) => id.split("/").at(-2)),
    ["VMwareSites", "ServerSites"],
  );
  t.is(fabricFacts(fixture("a2a-fabric")).onPremises, undefined);
});

test("S-01 a classic site shows configuration server, process servers, master targets and accounts", (t) => {
  const { onPremises } = fabricFacts(classicFabric);
  t.like(onPremises, {
    generation: "classic",
    address: "10.1.0.10",
    serviceStatus: "Running",
    lastHeartbeat: "2026-01-15T07:59:00Z",
    runAsAccounts: [{ id: "1", name: "linux-root" }],
  });
  const [server] = onPremises?.processServers ?? [];
  t.like(server, { id: "ps-guid", name: "ps-azure", machineCount: 3, serviceStatus: "Running" });
  t.is(server?.lastHeartbeat, undefined);
  const [target] = onPremises?.masterTargets ?? [];
  t.like(target, { id: "mt-guid", osType: "Linux", diskCount: 2 });
  t.deepEqual(target?.retentionVolumes, [
    { name: "/mnt/retention", capacityBytes: 1024, freeBytes: 512 },
  ]);
  t.deepEqual(target?.datastores, [
    {
      name: "ds1",
      uuid: "u1",
      capacityBytes: 2000 * 2 ** 30,
      freeBytes: 1500 * 2 ** 30,
      type: "VMFS",
    },
  ]);
  t.is(target?.validationErrors[0]?.message, "no Tools");
});

test("S-01 a recorded modernized item comes from its site and goes to a region", (t) => {
  const item = itemFacts(vaultId, fixture("rcm-item-protected"));
  t.is(item.scenario, "VmwareToAzure");
  t.like(item.primary, { fabricFriendlyName: "shop-vmwarefabric", location: "" });
  t.like(item.recovery, { ...azure, location: "eastus" });
  t.true(item.machineId.endsWith("/machines/vcenter65_5013a427-875d-d00f-8488-ae04c6780453"));
  t.is(item.replicationLagSeconds, 541);
  t.is(item.initialReplicationPercent, undefined);
  t.false(item.multiVmGroupCreatedByUser);
  t.like(item.disks[0], {
    diskId: "{1477963391}",
    capacityBytes: 42_949_672_960,
    targetDiskType: "Premium_LRS",
    resynchronizationRequired: false,
  });
  t.is(item.disks[0]?.recoveredDiskId, undefined);
  t.like(item.nics[0], {
    nicId: "00:50:56:93:78:90",
    sourceNetworkId: "VM Network",
    sourceAddress: "10.150.249.15",
    recoverySubnetName: "MySubnet",
    primary: true,
  });
  t.true(item.nics[0]?.recoveryNetworkId.endsWith("/cli-test-vnet-V2ARCM-1"));
  t.like(item.onPremises, {
    discoveryType: "VCenter",
    ipAddress: "10.150.249.15",
    datastores: ["Datastore 3"],
    sourceDeleted: false,
    sourcePowerStatus: "ON",
    azureMachineId: "",
    internalIdentifier: "9564a42b-620d-531d-9f35-eb9617659b5b",
    lastHeartbeat: "2023-08-26T04:15:32.2372302Z",
  });
  t.is(item.onPremises?.agentRegisteredAfterFailover, undefined);
  t.is(item.onPremises?.resynchronizationPercent, undefined);
});

test("V-10 a recorded failed-over item says that its agent has not registered, and which disks it runs from", (t) => {
  const item = itemFacts(vaultId, fixture("rcm-item-commit-pending"));
  t.is(item.activeLocation, "Recovery");
  t.false(item.onPremises?.agentRegisteredAfterFailover);
  t.regex(item.disks[0]?.recoveredDiskId ?? "", /\/disks\/PHYSICALDRIVE0-RCM_Win2K16_01/);
});

test("V-03 a recorded item on the way back replicates from Azure to its site, whatever the service calls primary", (t) => {
  const item = itemFacts(vaultId, fixture("rcm-item-failback-protected"));
  t.is(item.scenario, "VmwareToAzure");
  t.like(item.primary, azure);
  t.like(item.recovery, { fabricFriendlyName: "shop-vmwarefabric", location: "" });
  t.regex(
    item.recovery.containerId,
    /\/replicationProtectionContainers\/sitereplicationcontainer$/,
  );
  t.regex(item.machineId, /\/virtualMachines\/RCM-Win2K16-01-e9369372/);
  t.like(item.nics[0], { nicId: "00:0D:3A:12:AE:8C", sourceAddress: "10.0.0.6" });
  t.is(item.failoverRecoveryPointId, undefined);
  t.like(item.onPremises, {
    reprotectAgentId: "83629832-8201-4d31-b9cd-a644185d035a",
    datastores: ["Datastore 3"],
    azureMachineId: item.machineId,
  });
  t.regex(item.onPremises?.lastUsedPolicyId ?? "", /\/replicationPolicies\/cli-test-policy/);
});

test("S-01 a classic item tells its servers, and the copy of its disks as one percentage", (t) => {
  const item = itemFacts(vaultId, classicItem);
  t.is(item.scenario, "VmwareToAzureClassic");
  t.is(item.initialReplicationPercent, 50);
  t.regex(item.machineId, /\/replicationProtectableItems\/guid-1$/);
  t.false(item.multiVmGroupCreatedByUser);
  t.like(item.target, { machineName: "web-1", networkId: "/net", availabilityZone: "2" });
  t.like(item.disks[0], {
    targetDiskType: "Premium_LRS",
    cacheStorageAccountId: "/log",
    resynchronizationRequired: true,
  });
  t.like(item.onPremises, {
    osVersion: "Ubuntu 22.04",
    processServerId: "ps-guid",
    masterTargetId: "mt-guid",
    vcenterId: "vcenter-1",
    internalIdentifier: "vm-guid",
  });
  t.is(item.onPremises?.lastHeartbeat, undefined);
});

test("S-02 a classic item on the way back has its site as the target; a physical server is told as one", (t) => {
  const item = itemFacts(vaultId, classicFailbackItem);
  t.is(item.scenario, "VmwareToAzureClassic");
  t.is(item.osType, "Linux");
  t.like(item.primary, azure);
  t.regex(item.recovery.containerId, /\/cloud_1$/);
  t.is(item.onPremises?.discoveryType, "physical");
});

test("S-02 discovered machines, vCenters and physical servers read in the same words", (t) => {
  t.like(vcenterFacts(vcenterWire), {
    fabricName: "f1",
    address: "10.1.0.5",
    port: "443",
    discoveryStatus: "Completed",
  });
  const server = protectableItemFacts(protectableItemWire);
  t.like(server, {
    friendlyName: "metal-1",
    discoveryType: "physical",
    poweredOn: true,
    agentInstalled: false,
    readinessErrors: ["NoAgent", "too old"],
  });
  t.is(server.disks[0]?.capacityBytes, 2 ** 30);
  t.regex(server.containerId, /\/cloud_1$/);
  t.like(
    discoveredMachineFacts({
      id: "/m",
      name: "m",
      properties: {
        displayName: "web-1",
        powerStatus: "ON",
        operatingSystemDetails: { osName: "Ubuntu Linux (64-bit)" },
        networkAdapters: [{ ipAddressList: ["10.1.1.11"] }],
        disks: [{ uuid: "u", label: "Hard disk 1", maxSizeInBytes: 64 }],
        vCenterId: "/vc",
      },
    }),
    { displayName: "web-1", osType: "Linux", addresses: ["10.1.1.11"], deleted: false },
  );
});
