/**
 * Objects of VMM servers and of machines between two of them, of which there are no recordings: shaped
 * after the swagger's definitions and the states that were observed (site-recovery reference, 4.5 and 6.6).
 */
type Wire = Readonly<Record<string, unknown>>;

const vault =
  "/Subscriptions/0/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/vault1";
const recoveryCloud = `${vault}/replicationFabrics/vmm2/replicationProtectionContainers/cloud-2`;
const container = `${vault}/replicationFabrics/vmm1/replicationProtectionContainers/cloud-1`;

/** A machine between two VMM clouds, replicated back while it runs at the second site. */
export const betweenSitesItem: Wire = {
  id: `${container}/replicationProtectedItems/orders`,
  name: "orders",
  properties: {
    friendlyName: "orders-1",
    protectedItemType: "HyperVVirtualMachine",
    protectableItemId: `${container}/replicationProtectableItems/vm-guid`,
    recoveryServicesProviderId: `${vault}/replicationFabrics/vmm1/replicationRecoveryServicesProviders/dra-guid`,
    primaryFabricFriendlyName: "vmm1.example",
    primaryFabricProvider: "VmmFabric",
    recoveryFabricFriendlyName: "vmm2.example",
    recoveryFabricId: `${vault}/replicationFabrics/vmm2`,
    recoveryContainerId: recoveryCloud,
    protectionState: "Protected",
    protectionStateDescription: "Protected",
    activeLocation: "Recovery",
    testFailoverState: "MarkedForDeletion",
    allowedOperations: [
      "PlannedFailover",
      "UnplannedFailover",
      "DisableProtection",
      "TestFailover",
      "RepairReplication",
    ],
    replicationHealth: "Warning",
    failoverHealth: "Normal",
    currentScenario: { scenarioName: "None", jobId: `${vault}/replicationJobs/None` },
    providerSpecificDetails: {
      instanceType: "HyperVReplica2012R2",
      lastReplicatedTime: "2026-01-15T07:58:00Z",
      vmNics: [{ nicId: "nic-guid", vMNetworkName: "corp" }],
      vmId: "vm-guid",
      vmProtectionState: "Protected",
      vmProtectionStateDescription: "Protected",
      initialReplicationDetails: {
        initialReplicationType: "Resynchronization",
        initialReplicationProgressPercentage: "40",
      },
      vMDiskDetails: [
        { maxSizeMB: 1024, vhdType: "OperatingSystem", vhdId: "vhd-1", vhdName: "os" },
        { maxSizeMB: 2048, vhdType: "Data", vhdId: "vhd-2", vhdName: "data" },
      ],
    },
  },
};

/** The same machine as one that was replicated by a SAN. */
export const sanItem: Wire = {
  ...betweenSitesItem,
  properties: {
    ...(betweenSitesItem.properties as Wire),
    allowedOperations: ["DisableProtection"],
    providerSpecificDetails: { instanceType: "San" },
  },
};

/** A Hyper-V machine that went to managed disks in Azure. */
export const managedDiskItem: Wire = {
  id: `${vault}/replicationFabrics/site1/replicationProtectionContainers/cloud_1/replicationProtectedItems/web`,
  name: "web",
  properties: {
    friendlyName: "web-1",
    primaryFabricProvider: "SingleHostHyperVFabric",
    protectionState: "PlannedFailoverCommitRequired",
    activeLocation: "Recovery",
    providerSpecificDetails: {
      instanceType: "HyperVReplicaAzure",
      recoveryAzureVmName: "web-1",
      recoveryAzureVMSize: "Standard_D2s_v3",
      recoveryAzureResourceGroupId: "/subscriptions/0/resourceGroups/west",
      recoveryAzureLogStorageAccountId: "/logs",
      useManagedDisks: "true",
      enableRdpOnTargetOption: "Never",
      licenseType: "WindowsServer",
      sqlServerLicenseType: "AHUB",
      selectedSourceNicId: "nic-1",
      targetVmTags: { owner: "shop" },
      targetNicTags: {},
      vmId: "vm-guid",
      oSDetails: { osType: "Windows" },
      azureVmDiskDetails: [
        { vhdType: "OperatingSystem", vhdId: "vhd-1", diskId: "d_0_0", maxSizeMB: "65536" },
        { vhdType: "Data", vhdId: "vhd-2", diskId: "d_0_1", maxSizeMB: "1024" },
      ],
      protectedManagedDisks: [
        { diskId: "d_0_0", replicaDiskType: "Premium_LRS", diskEncryptionSetId: "/des" },
        { diskId: "vhd-2", replicaDiskType: "Standard_LRS" },
      ],
      vmNics: [{ nicId: "nic-1", vMNetworkName: "switch", ipConfigs: [{ isPrimary: true }] }],
    },
  },
};

/** The agent of a Hyper-V host (swagger example `ReplicationRecoveryServicesProviders_Get`). */
export const providerWire: Wire = {
  id: `${vault}/replicationFabrics/cloud1/replicationRecoveryServicesProviders/241641e6-ee7b-4ee4-8141-821fadda43fa`,
  name: "241641e6-ee7b-4ee4-8141-821fadda43fa",
  properties: {
    fabricType: "HyperVSite",
    friendlyName: "host-1.example",
    providerVersion: "5.1.2250.0",
    lastHeartBeat: "2017-04-27T09:16:04.9405768Z",
    connectionStatus: "Connected",
    draIdentifier: "dra-guid",
    healthErrorDetails: [],
  },
};

/** Storage of a VMM server and what stands for it at the second one (swagger examples). */
export const storageClassificationWire: Wire = {
  id: `${vault}/replicationFabrics/vmm1/replicationStorageClassifications/gold-guid`,
  name: "gold-guid",
  properties: { friendlyName: "gold" },
};

/** What stands for it at the second site. */
export const storageClassificationMappingWire: Wire = {
  id: `${vault}/replicationFabrics/vmm1/replicationStorageClassifications/gold-guid/replicationStorageClassificationMappings/gold`,
  name: "gold",
  properties: {
    targetStorageClassificationId: `${vault}/replicationFabrics/vmm2/replicationStorageClassifications/silver-guid`,
  },
};
