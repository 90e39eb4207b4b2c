import {
  type BodyRule,
  type Fields,
  listOf,
  needed,
  neededText,
  objectOf,
  oneOf,
  text,
} from "./body-rule.ts";

/** Types of disks in Azure. */
export const DISK_TYPE: BodyRule = oneOf(
  "Standard_LRS",
  "Premium_LRS",
  "StandardSSD_LRS",
  "PremiumV2_LRS",
  "UltraSSD_LRS",
  "StandardSSD_ZRS",
  "Premium_ZRS",
);
/** Licences of Windows. */
export const LICENSE: BodyRule = oneOf("NotSpecified", "NoLicenseType", "WindowsServer");
const SWITCH: BodyRule = oneOf("Disabled", "Enabled");
/** Licences of SQL Server. */
export const SQL_LICENSE: BodyRule = oneOf("NotSpecified", "NoLicenseType", "PAYG", "AHUB");
/** How a machine in Azure is secured from its start. */
export const SECURITY_PROFILE: BodyRule = objectOf({
  targetVmSecurityType: oneOf("None", "TrustedLaunch", "ConfidentialVM"),
  targetVmSecureBoot: SWITCH,
  targetVmTpm: SWITCH,
  targetVmMonitoring: SWITCH,
  targetVmConfidentialEncryption: SWITCH,
});
/** Tags by name. */
export const TAG_MAPS: Fields = {
  targetVmTags: objectOf({}),
  targetManagedDiskTags: objectOf({}),
  targetNicTags: objectOf({}),
};
const TAG_LIST: BodyRule = listOf(objectOf({ tagName: text, tagValue: text }));
const TAG_LISTS: Fields = {
  targetVmTags: TAG_LIST,
  targetManagedDiskTags: TAG_LIST,
  targetNicTags: TAG_LIST,
};
const PLACES: Fields = {
  targetAvailabilitySetId: text,
  targetAvailabilityZone: text,
  targetProximityPlacementGroupId: text,
};
const RCM_DISK: Fields = {
  logStorageAccountId: neededText,
  diskType: needed(DISK_TYPE),
  diskEncryptionSetId: text,
  sectorSizeInBytes: { is: "number" },
};
const EXCLUSION: BodyRule = objectOf({
  volumeOptions: listOf(objectOf({ volumeLabel: text, onlyExcludeIfSingleVolume: text })),
  diskSignatureOptions: listOf(objectOf({ diskSignature: text })),
});
const INMAGE_POINT: BodyRule = oneOf("LatestTime", "LatestTag", "Custom");
const PLAN_POINT: BodyRule = oneOf(
  "Latest",
  "LatestApplicationConsistent",
  "LatestCrashConsistent",
  "LatestProcessed",
);
const FAILBACK_POINT: BodyRule = oneOf("ApplicationConsistent", "CrashConsistent");

/** Members of a union of request bodies, by instance type. */
type Members = Readonly<Record<string, Fields>>;

/** Details of a PUT that protects a machine of a site. */
export const SITE_ENABLE: Members = {
  InMageRcm: {
    fabricDiscoveryMachineId: neededText,
    disksToInclude: listOf(objectOf({ diskId: neededText, ...RCM_DISK })),
    disksDefault: objectOf(RCM_DISK),
    targetResourceGroupId: neededText,
    targetNetworkId: text,
    testNetworkId: text,
    targetSubnetName: text,
    testSubnetName: text,
    targetVmName: text,
    targetVmSize: text,
    licenseType: LICENSE,
    sqlServerLicenseType: SQL_LICENSE,
    ...PLACES,
    targetBootDiagnosticsStorageAccountId: text,
    runAsAccountId: text,
    processServerId: neededText,
    multiVmGroupName: text,
    ...TAG_LISTS,
    seedManagedDiskTags: TAG_LIST,
    userSelectedOSName: text,
    targetVmSecurityProfile: SECURITY_PROFILE,
  },
  InMageAzureV2: {
    masterTargetId: text,
    processServerId: text,
    storageAccountId: text,
    runAsAccountId: text,
    multiVmGroupId: text,
    multiVmGroupName: text,
    disksToInclude: listOf(
      objectOf({
        diskId: text,
        logStorageAccountId: text,
        diskType: DISK_TYPE,
        diskEncryptionSetId: text,
      }),
    ),
    targetAzureNetworkId: text,
    targetAzureSubnetId: text,
    enableRdpOnTargetOption: text,
    targetAzureVmName: text,
    logStorageAccountId: text,
    targetAzureV1ResourceGroupId: text,
    targetAzureV2ResourceGroupId: text,
    diskType: DISK_TYPE,
    ...PLACES,
    licenseType: LICENSE,
    sqlServerLicenseType: SQL_LICENSE,
    targetVmSize: text,
    diskEncryptionSetId: text,
    ...TAG_MAPS,
    seedManagedDiskTags: objectOf({}),
  },
};

/** Details of a PATCH of such an item. */
export const SITE_UPDATE: Members = {
  InMageRcm: {
    targetVmName: text,
    targetVmSize: text,
    targetResourceGroupId: text,
    ...PLACES,
    targetBootDiagnosticsStorageAccountId: text,
    targetNetworkId: text,
    testNetworkId: text,
    vmNics: listOf(
      objectOf({
        nicId: neededText,
        isPrimaryNic: neededText,
        isSelectedForFailover: text,
        targetSubnetName: text,
        targetStaticIPAddress: text,
        testSubnetName: text,
        testStaticIPAddress: text,
        targetNicName: text,
      }),
    ),
    licenseType: LICENSE,
    sqlServerLicenseType: SQL_LICENSE,
    ...TAG_LISTS,
  },
  InMageAzureV2: {
    recoveryAzureV1ResourceGroupId: text,
    recoveryAzureV2ResourceGroupId: text,
    useManagedDisks: text,
    targetProximityPlacementGroupId: text,
    targetAvailabilityZone: text,
    ...TAG_MAPS,
    sqlServerLicenseType: SQL_LICENSE,
    vmDisks: listOf(objectOf({ diskId: neededText, targetDiskName: text })),
  },
};

/** Details of a test failover. */
export const SITE_TEST_FAILOVER: Members = {
  InMageRcm: { networkId: text, recoveryPointId: text, osUpgradeVersion: text },
  InMageAzureV2: { recoveryPointId: text, osUpgradeVersion: text },
  InMage: { recoveryPointType: INMAGE_POINT, recoveryPointId: text },
};

/** Details of an unplanned failover: to Azure, or back to a classic site. */
export const SITE_UNPLANNED_FAILOVER: Members = {
  InMageRcm: { performShutdown: neededText, recoveryPointId: text, osUpgradeVersion: text },
  InMageAzureV2: { recoveryPointId: text, osUpgradeVersion: text },
  InMage: { recoveryPointType: INMAGE_POINT, recoveryPointId: text },
};

/** Details of a planned failover: back to a modernized site. */
export const SITE_PLANNED_FAILOVER: Members = {
  InMageRcmFailback: { recoveryPointType: needed(FAILBACK_POINT) },
};

/** Details of a change of the recovery point. */
export const SITE_RECOVERY_POINT: Members = {
  InMageRcm: { recoveryPointId: neededText },
  InMageAzureV2: {},
};

/** Details of a reprotect, to the site and to Azure. */
export const SITE_REPROTECT: Members = {
  InMageRcm: {
    reprotectAgentId: neededText,
    datastoreName: neededText,
    logStorageAccountId: neededText,
    policyId: text,
  },
  InMageRcmFailback: { processServerId: neededText, runAsAccountId: text, policyId: neededText },
  InMageAzureV2: {
    masterTargetId: text,
    processServerId: text,
    storageAccountId: text,
    runAsAccountId: text,
    policyId: text,
    logStorageAccountId: text,
    disksToInclude: listOf(text),
  },
  InMage: {
    masterTargetId: neededText,
    processServerId: neededText,
    retentionDrive: neededText,
    runAsAccountId: text,
    datastoreName: text,
    diskExclusionInput: EXCLUSION,
    profileId: neededText,
    disksToInclude: listOf(text),
  },
};

/** Details of a plan's failovers. */
export const SITE_PLAN_FAILOVER: Members = {
  InMageRcm: { recoveryPointType: needed(PLAN_POINT), useMultiVmSyncPoint: text },
  InMageAzureV2: { recoveryPointType: needed(PLAN_POINT), useMultiVmSyncPoint: text },
  InMageRcmFailback: { recoveryPointType: needed(FAILBACK_POINT), useMultiVmSyncPoint: text },
  InMage: { recoveryPointType: needed(INMAGE_POINT) },
};
