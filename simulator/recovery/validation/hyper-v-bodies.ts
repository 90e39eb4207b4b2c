import { type Fields, listOf, objectOf, oneOf, text } from "./body-rule.ts";
import { DISK_TYPE, LICENSE, SECURITY_PROFILE, SQL_LICENSE, TAG_MAPS } from "./site-bodies.ts";

/** Members of a union of request bodies, by instance type. */
type Members = Readonly<Record<string, Fields>>;

const KEYS: Fields = { primaryKekCertificatePfx: text, secondaryKekCertificatePfx: text };

/** Details of a PUT that protects a Hyper-V machine; of the kinds between VMM sites no more than the name is published. */
export const HYPER_V_ENABLE: Members = {
  HyperVReplicaAzure: {
    hvHostVmId: text,
    vmName: text,
    osType: text,
    vhdId: text,
    targetStorageAccountId: text,
    targetAzureNetworkId: text,
    targetAzureSubnetId: text,
    enableRdpOnTargetOption: text,
    targetAzureVmName: text,
    logStorageAccountId: text,
    disksToInclude: listOf(text),
    targetAzureV1ResourceGroupId: text,
    targetAzureV2ResourceGroupId: text,
    useManagedDisks: text,
    targetAvailabilitySetId: text,
    targetAvailabilityZone: text,
    licenseType: LICENSE,
    sqlServerLicenseType: SQL_LICENSE,
    targetVmSize: text,
    targetProximityPlacementGroupId: text,
    useManagedDisksForReplication: text,
    diskType: DISK_TYPE,
    disksToIncludeForManagedDisks: listOf(
      objectOf({
        diskId: text,
        diskType: DISK_TYPE,
        logStorageAccountId: text,
        diskEncryptionSetId: text,
        sectorSizeInBytes: { is: "number" },
      }),
    ),
    diskEncryptionSetId: text,
    userSelectedOSName: text,
    targetVmSecurityProfile: SECURITY_PROFILE,
    ...TAG_MAPS,
    seedManagedDiskTags: objectOf({}),
  },
};

/** Details of a PATCH of such an item. */
export const HYPER_V_UPDATE: Members = {
  HyperVReplicaAzure: {
    recoveryAzureV1ResourceGroupId: text,
    recoveryAzureV2ResourceGroupId: text,
    useManagedDisks: text,
    diskIdToDiskEncryptionMap: objectOf({}),
    targetProximityPlacementGroupId: text,
    targetAvailabilityZone: text,
    ...TAG_MAPS,
    sqlServerLicenseType: SQL_LICENSE,
    vmDisks: listOf(objectOf({ diskId: { ...text, needed: true }, targetDiskName: text })),
  },
};

/** Details of a test failover to Azure. */
export const HYPER_V_TEST_FAILOVER: Members = {
  HyperVReplicaAzure: { ...KEYS, recoveryPointId: text, osUpgradeVersion: text },
};

/** Details of an unplanned failover to Azure. */
export const HYPER_V_UNPLANNED_FAILOVER: Members = {
  HyperVReplicaAzure: { ...KEYS, recoveryPointId: text },
};

/** Details of a planned failover: to Azure, and back to the site. */
export const HYPER_V_PLANNED_FAILOVER: Members = {
  HyperVReplicaAzure: { ...KEYS, recoveryPointId: text, osUpgradeVersion: text },
  HyperVReplicaAzureFailback: {
    dataSyncOption: oneOf("ForDownTime", "ForSynchronization"),
    recoveryVmCreationOption: oneOf("CreateVmIfNotFound", "NoAction"),
    providerIdForAlternateRecovery: text,
  },
};

/** Details of a change of the recovery point. */
export const HYPER_V_RECOVERY_POINT: Members = { HyperVReplicaAzure: KEYS };

/** Details of a reverse replication after a failback from Azure. */
export const HYPER_V_REPROTECT: Members = {
  HyperVReplicaAzure: {
    hvHostVmId: text,
    vmName: text,
    osType: text,
    vHDId: text,
    storageAccountId: text,
    logStorageAccountId: text,
  },
};
