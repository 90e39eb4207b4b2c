import test from "ava";
import {
  siteNetworkFacts,
  siteProviderFacts,
  storageClassificationFacts,
  storageClassificationMappingFacts,
} from "../../../../../provider/sites/azure/facts/hyper-v-objects.ts";
import { itemFacts } from "../../../../../provider/sites/azure/facts/item.ts";
import { protectableItemFacts } from "../../../../../provider/sites/azure/facts/on-premises-objects.ts";
import {
  containerFacts,
  fabricFacts,
  networkMappingFacts,
  policyFacts,
} from "../../../../../provider/sites/azure/facts/setup.ts";
import { fixture } from "../support/fixture.ts";
import {
  betweenSitesItem,
  managedDiskItem,
  providerWire,
  sanItem,
  storageClassificationMappingWire,
  storageClassificationWire,
} from "./hyper-v-wires.ts";

const vaultId = "/subscriptions/0/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/V";

test("S-04 a recorded machine of a VMM cloud goes from its cloud to Azure", (t) => {
  const item = itemFacts(vaultId, fixture("hyperv-item-protected"));
  t.is(item.scenario, "VmmToAzure");
  t.like(item.primary, {
    fabricFriendlyName: "IDCLAB-A409.fareast.corp.microsoft.com",
    containerName: "28a7b9eb-c2f9-47e8-91ff-697d0d719963",
    location: "",
  });
  t.deepEqual(item.recovery, {
    fabricName: "Microsoft Azure",
    fabricFriendlyName: "Microsoft Azure",
    containerName: "Microsoft Azure",
    containerId: "Microsoft Azure",
    location: "",
  });
  t.like(item.target, { machineName: "CliVM2", machineSize: "Standard_B1s" });
  t.like(item.nics[0], {
    nicId: "5fa405cc-9d48-488c-9157-fd858e8dc013",
    sourceNetworkId: "corp",
    recoverySubnetName: "MySubnet",
    primary: true,
  });
  t.true(
    item.machineId.endsWith("/replicationProtectableItems/a5246033-3af5-4905-8889-cfedaeea9540"),
  );
  t.is(item.osType, "Windows");
});

test("H-02 the initial replication of a recorded machine is visible by its percentage and its disks", (t) => {
  const item = itemFacts(vaultId, fixture("hyperv-item-initial-replication"));
  t.is(item.protectionState, "InitialReplicationInProgress");
  t.is(item.initialReplicationPercent, 0);
  t.like(item.hyperV, {
    machineProtectionState: "UnprotectedStatesBegin",
    replicationType: "InitialReplication",
    machineGuid: "a5246033-3af5-4905-8889-cfedaeea9540",
    usesManagedDisks: false,
  });
  t.deepEqual(
    item.disks.map(({ diskId, name, capacityBytes }) => ({ diskId, name, capacityBytes })),
    [
      {
        diskId: "2f32c91d-22df-4054-80bc-1fde2c405612",
        name: "A409-ForAzure-Vm1_disk_1",
        capacityBytes: 40960 * 2 ** 20,
      },
    ],
  );
});

test("H-03 while protection is finalized the machine says so, and its percentage counts no more", (t) => {
  const item = itemFacts(vaultId, fixture("hyperv-item-protected"));
  t.is(item.protectionState, "Protected");
  t.deepEqual(item.allowedOperations, []);
  t.like(item.currentScenario, { name: "EnableProtection" });
  t.like(item.hyperV, {
    machineProtectionState: "ReplicaConfigurationInProgress",
    machineProtectionStateDescription: "Configuring the replica",
    lastReplicatedTime: "2023-08-18T05:51:18Z",
    osDiskId: "2f32c91d-22df-4054-80bc-1fde2c405612",
    licenseType: "NotSpecified",
  });
  t.is(item.initialReplicationPercent, undefined);
  t.is(item.replicationLagSeconds, 4);
});

test("S-03 managed disks of a Hyper-V machine are found under either of their two ids", (t) => {
  const item = itemFacts(vaultId, managedDiskItem);
  t.is(item.scenario, "HyperVToAzure");
  t.true(item.hyperV?.usesManagedDisks);
  t.is(item.hyperV?.logStorageAccountId, "/logs");
  t.deepEqual(
    item.disks.map(({ diskId, replicaDiskType, recoveryDiskEncryptionSetId }) => [
      diskId,
      replicaDiskType,
      recoveryDiskEncryptionSetId,
    ]),
    [
      ["vhd-1", "Premium_LRS", "/des"],
      ["vhd-2", "Standard_LRS", ""],
    ],
  );
});

test("S-06 a machine between VMM clouds keeps its sides while it runs at the second one", (t) => {
  const item = itemFacts(vaultId, betweenSitesItem);
  t.is(item.scenario, "VmmToVmm");
  t.is(item.activeLocation, "Recovery");
  t.like(item.primary, { fabricName: "vmm1", containerName: "cloud-1" });
  t.like(item.recovery, {
    fabricName: "vmm2",
    fabricFriendlyName: "vmm2.example",
    containerName: "cloud-2",
  });
  t.deepEqual(
    item.disks.map((disk) => [disk.diskId, disk.capacityBytes]),
    [
      ["vhd-1", 1024 * 2 ** 20],
      ["vhd-2", 2048 * 2 ** 20],
    ],
  );
});

test("H-05 a machine that is offered its repair needs a resynchronization, and says when one runs", (t) => {
  const item = itemFacts(vaultId, betweenSitesItem);
  t.true(item.disks.every((disk) => disk.resynchronizationRequired));
  t.is(item.hyperV?.replicationType, "Resynchronization");
  const healthy = itemFacts(vaultId, fixture("hyperv-item-protected"));
  t.false(healthy.disks.some((disk) => disk.resynchronizationRequired));
});

test("S-07 an item of the retired SAN replication can be read by its name", (t) => {
  const item = itemFacts(vaultId, sanItem);
  t.is(item.scenario, "VmmToVmmSan");
  t.deepEqual(item.allowedOperations, ["DisableProtection"]);
  t.is(item.friendlyName, "orders-1");
});

test("S-04 a recorded discovered machine shows its disks, its host and what replicates it", (t) => {
  const machine = protectableItemFacts(fixture("hyperv-protectable-item"));
  t.like(machine, {
    friendlyName: "A412-Gen1",
    osType: "Windows",
    protectionStatus: "Unprotected",
  });
  t.deepEqual(machine.disks, [
    {
      id: "2da79f92-a29e-4a78-921d-9b39b46b2d7a",
      name: "A412-Gen1",
      capacityBytes: 40960 * 2 ** 20,
    },
  ]);
  t.like(machine.hyperV, {
    generation: "1",
    supportedTypes: ["HyperVReplicaAzure"],
    unsupportedParts: [],
  });
  t.is(machine.hyperV?.osDiskId, undefined);
  const wire = fixture("hyperv-protectable-item");
  const shared = {
    ...wire,
    properties: {
      customDetails: {
        instanceType: "VmmVirtualMachine",
        hasSharedVhd: "Present",
        hasPhysicalDisk: "Present",
        diskDetails: [{ vhdId: "os", vhdType: "OperatingSystem" }],
      },
    },
  };
  const { hyperV } = protectableItemFacts(shared);
  t.deepEqual(hyperV?.unsupportedParts, ["physical disk", "shared disk"]);
  t.is(hyperV?.osDiskId, "os");
});

test("S-04 a recorded VMM server, its cloud, VM network and mapping read with the names that people gave", (t) => {
  t.like(fabricFacts(fixture("hyperv-fabric")), { instanceType: "VMM", location: "" });
  t.like(containerFacts(fixture("hyperv-container")), {
    friendlyName: "ForAzure",
    fabricType: "VMM",
  });
  t.like(siteNetworkFacts(fixture("hyperv-network")), {
    name: "68a19c46-18a9-47ec-9829-e814038ff99d",
    friendlyName: "corp",
    networkType: "NoIsolation",
    subnetNames: [],
  });
  t.like(networkMappingFacts(fixture("hyperv-network-mapping")), {
    networkName: "68a19c46-18a9-47ec-9829-e814038ff99d",
    recoveryFabricId: "Microsoft Azure",
    state: "Paired",
  });
});

test("S-03 the agent of a host tells whether it is connected, and by which id items name it", (t) => {
  t.like(siteProviderFacts(providerWire), {
    fabricName: "cloud1",
    friendlyName: "host-1.example",
    fabricType: "HyperVSite",
    version: "5.1.2250.0",
    connectionStatus: "Connected",
    lastHeartbeat: "2017-04-27T09:16:04.9405768Z",
    identifier: "dra-guid",
    healthErrors: [],
  });
});

test("S-06 storage classifications and their mappings read with the names in their ids", (t) => {
  t.like(storageClassificationFacts(storageClassificationWire), {
    fabricName: "vmm1",
    name: "gold-guid",
    friendlyName: "gold",
  });
  const mapping = storageClassificationMappingFacts(storageClassificationMappingWire);
  t.like(mapping, { fabricName: "vmm1", storageClassificationName: "gold-guid", name: "gold" });
  t.true(mapping.targetStorageClassificationId.endsWith("/silver-guid"));
});

test("H-04 policies of Hyper-V count hours and points, and read as minutes", (t) => {
  const policy = (details: object) =>
    policyFacts({ id: "/p", name: "p", properties: { providerSpecificDetails: details } });
  t.like(
    policy({
      instanceType: "HyperVReplicaAzure",
      recoveryPointHistoryDurationInHours: 2,
      applicationConsistentSnapshotFrequencyInHours: 1,
      replicationInterval: 30,
      onlineReplicationStartTime: "22:00:00",
      encryption: "Disabled",
      activeStorageAccountId: "/account",
    }),
    {
      recoveryPointHistoryMinutes: 120,
      applicationConsistentFrequencyMinutes: 60,
      hyperV: {
        replicationIntervalSeconds: 30,
        initialReplicationStartTime: "22:00:00",
        storageAccountId: "/account",
        encryption: "Disabled",
      },
    },
  );
  t.like(
    policy({
      instanceType: "HyperVReplica2012R2",
      replicationFrequencyInSeconds: 900,
      recoveryPoints: 3,
      applicationConsistentSnapshotFrequencyInHours: 0,
      compression: "Enabled",
      initialReplicationMethod: "OverNetwork",
      onlineReplicationStartTime: null,
      replicationPort: 8084,
      allowedAuthenticationType: 2,
      replicaDeletionOption: "OnRecoveryCloud",
    }),
    {
      recoveryPointHistoryMinutes: 180,
      hyperV: {
        replicationIntervalSeconds: 900,
        storageAccountId: "",
        encryption: "",
        betweenSites: {
          compression: true,
          initialReplicationMethod: "OverNetwork",
          port: 8084,
          authentication: "Certificate",
          deletesReplica: true,
        },
      },
    },
  );
  t.is(policyFacts(fixture("rcm-policy")).hyperV, undefined);
});
