import type { JsonObject } from "../../state/json.ts";
import type { IpConfiguration, ProtectedDisk, ProtectedItem, ProtectedNic } from "./item.ts";
import type { DiskReadings } from "./readings.ts";

const BYTES_PER_GIB = 1024 ** 3;

/** A protected managed disk as it is read. */
export function diskBody(
  item: ProtectedItem,
  disk: ProtectedDisk,
  readings: DiskReadings | undefined,
): JsonObject {
  const copying = item.protectionState.startsWith("InitialReplication");
  return {
    diskId: disk.diskId.toLowerCase(),
    recoveryResourceGroupId: disk.recoveryResourceGroupId,
    recoveryTargetDiskId: disk.targetDiskId,
    recoveryReplicaDiskId: disk.replicaDiskId,
    recoveryOrignalTargetDiskId: disk.originalTargetDiskId,
    recoveryReplicaDiskAccountType: disk.replicaAccountType,
    recoveryTargetDiskAccountType: disk.targetAccountType,
    recoveryDiskEncryptionSetId: disk.recoveryDiskEncryptionSetId,
    primaryDiskEncryptionSetId: null,
    diskName: disk.diskName,
    diskCapacityInBytes: disk.sizeGiB * BYTES_PER_GIB,
    primaryStagingAzureStorageAccountId: disk.stagingStorageAccountId,
    diskType: disk.isOsDisk ? "OperatingSystem" : "Data",
    resyncRequired: item.replication.resyncRequired,
    monitoringPercentageCompletion: readings?.percentage,
    monitoringJobType: copying ? "InitialReplication" : null,
    dataPendingInStagingStorageAccountInMB: readings?.inStagingMiB,
    dataPendingAtSourceAgentInMB: readings?.atSourceMiB,
    diskState: copying ? "InitialReplicationInProgress" : "Protected",
    allowedDiskLevelOperation: [],
    isDiskEncrypted: false,
    secretIdentifier: null,
    dekKeyVaultArmId: null,
    isDiskKeyEncrypted: false,
    keyIdentifier: null,
    kekKeyVaultArmId: null,
    failoverDiskName: disk.failoverDiskName,
    tfoDiskName: disk.tfoDiskName,
  };
}

/** A network interface as it is read. */
export function nicBody(nic: ProtectedNic): JsonObject {
  return {
    nicId: nic.nicId,
    replicaNicId: null,
    sourceNicArmId: nic.sourceNicId,
    vMNetworkName: nic.networkId,
    recoveryVMNetworkId: nic.recoveryNetworkId,
    ipConfigs: nic.ipConfigurations.map(ipConfigurationBody),
    selectionType: nic.selectionType,
    recoveryNetworkSecurityGroupId: nic.recoverySecurityGroupId,
    enableAcceleratedNetworkingOnRecovery: nic.acceleratedOnRecovery,
    tfoVMNetworkId: nic.tfoNetworkId,
    tfoNetworkSecurityGroupId: nic.tfoSecurityGroupId,
    enableAcceleratedNetworkingOnTfo: nic.acceleratedOnTfo,
    recoveryNicName: nic.recoveryNicName,
    recoveryNicResourceGroupName: nic.recoveryNicResourceGroup,
    reuseExistingNic: nic.reuseExistingNic,
    tfoRecoveryNicName: nic.tfoNicName,
    tfoRecoveryNicResourceGroupName: nic.tfoNicResourceGroup,
    tfoReuseExistingNic: nic.tfoReuseExistingNic,
    targetNicName: nic.targetNicName,
  };
}

function ipConfigurationBody(configuration: IpConfiguration): JsonObject {
  return {
    name: configuration.name,
    isPrimary: configuration.isPrimary,
    subnetName: configuration.subnetName,
    staticIPAddress: configuration.address,
    ipAddressType: configuration.addressType,
    isSeletedForFailover: configuration.selectedForFailover,
    recoverySubnetName: configuration.recoverySubnetName,
    recoveryStaticIPAddress: configuration.recoveryAddress,
    recoveryIPAddressType: configuration.recoveryAddress === "" ? "Dynamic" : "Static",
    recoveryPublicIPAddressId: configuration.recoveryPublicIpId,
    recoveryLBBackendAddressPoolIds: configuration.recoveryPoolIds,
    tfoSubnetName: configuration.tfoSubnetName,
    tfoStaticIPAddress: configuration.tfoAddress,
    tfoPublicIPAddressId: configuration.tfoPublicIpId,
    tfoLBBackendAddressPoolIds: configuration.tfoPoolIds,
  };
}
