/** Answers of a classic site, small, by the names of the published models; none of this kind was recorded lately. */

const site =
  "/Subscriptions/0/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/V/replicationFabrics/f1";
const container = `${site}/replicationProtectionContainers/cloud_1`;

export const classicFabric: Record<string, unknown> = {
  id: site,
  name: "f1",
  properties: {
    friendlyName: "cs-1",
    health: "Warning",
    customDetails: {
      instanceType: "VMware",
      hostName: "cs-1",
      ipAddress: "10.1.0.10",
      agentVersion: "9.55.1.1",
      lastHeartbeat: "2026-01-15T07:59:00Z",
      csServiceStatus: "Running",
      runAsAccounts: [{ accountId: "1", accountName: "linux-root" }],
      processServers: [
        {
          id: "ps-guid",
          friendlyName: "ps-azure",
          ipAddress: "10.2.0.4",
          agentVersion: "9.55.1.1",
          lastHeartbeat: "0001-01-01T00:00:00",
          machineCount: "3",
          health: "Normal",
          healthErrors: [],
          psServiceStatus: "Running",
        },
      ],
      masterTargetServers: [
        {
          id: "mt-guid",
          name: "mt-linux",
          ipAddress: "10.1.0.12",
          osType: "Linux",
          lastHeartbeat: "2026-01-15T07:58:00Z",
          diskCount: 2,
          retentionVolumes: [
            { volumeName: "/mnt/retention", capacityInBytes: 1024, freeSpaceInBytes: 512 },
          ],
          dataStores: [
            { symbolicName: "ds1", uuid: "u1", capacity: "2000", freeSpace: "1500", type: "VMFS" },
          ],
          validationErrors: [{ errorCode: "1", errorMessage: "no Tools" }],
          healthErrors: [],
        },
      ],
    },
  },
};

const common = {
  friendlyName: "web-1",
  protectableItemId: `${container}/replicationProtectableItems/guid-1`,
  primaryFabricFriendlyName: "cs-1",
  primaryFabricProvider: "VMware",
  protectionState: "Protected",
  protectionStateDescription: "Protected",
  activeLocation: "Primary",
};

export const classicItem: Record<string, unknown> = {
  id: `${container}/replicationProtectedItems/web-1`,
  name: "web-1",
  properties: {
    ...common,
    recoveryFabricFriendlyName: "Microsoft Azure",
    recoveryFabricId: "Microsoft Azure",
    protectionState: "InitialReplicationInProgress",
    providerSpecificDetails: {
      instanceType: "InMageAzureV2",
      vmId: "vm-guid",
      infrastructureVmId: "infra",
      vCenterInfrastructureId: "vcenter-1",
      discoveryType: "vCenter",
      osType: "Linux",
      osVersion: "Ubuntu 22.04",
      ipAddress: "10.1.1.11",
      lastHeartbeat: "1753-01-01T01:01:01Z",
      processServerId: "ps-guid",
      masterTargetId: "mt-guid",
      multiVmGroupName: "auto",
      multiVmSyncStatus: "Disabled",
      recoveryAzureVMName: "web-1",
      recoveryAzureResourceGroupId: "/subscriptions/0/resourceGroups/recovery",
      recoveryAzureLogStorageAccountId: "/log",
      selectedRecoveryAzureNetworkId: "/net",
      targetAvailabilityZone: "2",
      rpoInSeconds: 40,
      datastores: ["ds1"],
      protectedDisks: [
        {
          diskId: "d1",
          diskName: "/dev/sda",
          diskCapacityInBytes: 64,
          resyncRequired: "Yes",
          resyncProgressPercentage: 40,
        },
        { diskId: "d2", diskName: "/dev/sdb", resyncRequired: "No", resyncProgressPercentage: 60 },
      ],
      protectedManagedDisks: [{ diskId: "d1", replicaDiskType: "Premium_LRS" }],
      vmNics: [{ nicId: "n1", isPrimaryNic: "true", ipConfigs: [] }],
    },
  },
};

export const classicFailbackItem: Record<string, unknown> = {
  ...classicItem,
  properties: {
    ...common,
    recoveryFabricFriendlyName: "cs-1",
    recoveryContainerId: container,
    providerSpecificDetails: {
      instanceType: "InMage",
      activeSiteType: "Azure",
      vmId: "vm-guid",
      osDetails: { osType: "Linux" },
      masterTargetId: "mt-guid",
      processServerId: "ps-guid",
      protectedDisks: [{ diskId: "d1", diskName: "/dev/sda", resyncRequired: "No" }],
      discoveryType: "physical",
    },
  },
};

export const vcenterWire: Record<string, unknown> = {
  id: `${site}/replicationvCenters/vcenter-one`,
  name: "vcenter-one",
  properties: {
    friendlyName: "vcenter-one",
    ipAddress: "10.1.0.5",
    port: "443",
    processServerId: "ps-guid",
    runAsAccountId: "1",
    discoveryStatus: "Completed",
  },
};

export const protectableItemWire: Record<string, unknown> = {
  id: `${container}/replicationProtectableItems/guid-2`,
  name: "guid-2",
  properties: {
    friendlyName: "metal-1",
    protectionStatus: "Unprotected",
    protectionReadinessErrors: ["NoAgent"],
    customDetails: {
      instanceType: "VMwareVirtualMachine",
      osType: "Windows",
      ipAddress: "10.1.1.50",
      poweredOn: "On",
      agentInstalled: "False",
      discoveryType: "physical",
      diskDetails: [{ diskId: "{1}", diskName: "disk 0", diskSizeInMB: "1024" }],
      validationErrors: [{ errorCode: "9", errorMessage: "too old" }],
    },
  },
};
