import {
  type BodyRule,
  DIRECTION,
  EXTENDED_LOCATION,
  type Fields,
  flag,
  listOf,
  needed,
  neededText,
  objectOf,
  oneOf,
  properties,
  SITE_OPERATIONS,
  text,
  unionOf,
} from "./body-rule.ts";
import {
  HYPER_V_ENABLE,
  HYPER_V_PLANNED_FAILOVER,
  HYPER_V_RECOVERY_POINT,
  HYPER_V_REPROTECT,
  HYPER_V_TEST_FAILOVER,
  HYPER_V_UNPLANNED_FAILOVER,
  HYPER_V_UPDATE,
} from "./hyper-v-bodies.ts";
import {
  SITE_ENABLE,
  SITE_PLANNED_FAILOVER,
  SITE_RECOVERY_POINT,
  SITE_REPROTECT,
  SITE_TEST_FAILOVER,
  SITE_UNPLANNED_FAILOVER,
  SITE_UPDATE,
} from "./site-bodies.ts";

import {
  VMM_ENABLE,
  VMM_PLANNED_FAILOVER,
  VMM_RECOVERY_POINT,
  VMM_REPROTECT,
  VMM_TEST_FAILOVER,
  VMM_UNPLANNED_FAILOVER,
} from "./vmm-bodies.ts";

/** How the disks of a machine are encrypted. */
export const ENCRYPTION: BodyRule = objectOf({
  diskEncryptionKeyInfo: objectOf({ secretIdentifier: text, keyVaultResourceArmId: text }),
  keyEncryptionKeyInfo: objectOf({ keyIdentifier: text, keyVaultResourceArmId: text }),
});

const UNMANAGED_DISK = objectOf({
  diskUri: neededText,
  recoveryAzureStorageAccountId: neededText,
  primaryStagingAzureStorageAccountId: neededText,
});

const MANAGED_DISK = objectOf({
  diskId: neededText,
  primaryStagingAzureStorageAccountId: neededText,
  recoveryResourceGroupId: neededText,
  recoveryReplicaDiskAccountType: text,
  recoveryTargetDiskAccountType: text,
  recoveryDiskEncryptionSetId: text,
  diskEncryptionInfo: ENCRYPTION,
});

const TARGET: Fields = {
  recoveryResourceGroupId: text,
  recoveryCloudServiceId: text,
  recoveryAvailabilitySetId: text,
  recoveryProximityPlacementGroupId: text,
  recoveryVirtualMachineScaleSetId: text,
  recoveryCapacityReservationGroupId: text,
  recoveryBootDiagStorageAccountId: text,
};

const NIC = objectOf({
  nicId: text,
  selectionType: text,
  ipConfigs: listOf(
    objectOf({
      ipConfigName: text,
      isPrimary: flag,
      isSeletedForFailover: flag,
      recoverySubnetName: text,
      recoveryStaticIPAddress: text,
      recoveryPublicIPAddressId: text,
      recoveryLBBackendAddressPoolIds: listOf(text),
      tfoSubnetName: text,
      tfoStaticIPAddress: text,
      tfoPublicIPAddressId: text,
      tfoLBBackendAddressPoolIds: listOf(text),
    }),
  ),
  recoveryNetworkSecurityGroupId: text,
  enableAcceleratedNetworkingOnRecovery: flag,
  tfoNetworkSecurityGroupId: text,
  enableAcceleratedNetworkingOnTfo: flag,
  recoveryNicName: text,
  recoveryNicResourceGroupName: text,
  reuseExistingNic: flag,
  tfoNicName: text,
  tfoNicResourceGroupName: text,
  tfoReuseExistingNic: flag,
  targetNicName: text,
});

/** Names of the request bodies of protected items and their verbs. */
export type ItemBodyName =
  | "item"
  | "itemUpdate"
  | "testFailover"
  | "unplannedFailover"
  | "plannedFailover"
  | "updateMobilityService"
  | "applyRecoveryPoint"
  | "switchProtection"
  | "reprotect"
  | "addDisks"
  | "removeDisks"
  | "removeItem"
  | "testFailoverCleanup"
  | "resolveHealthErrors";

/** What the bodies of protected items and their verbs must be; from the swagger's definitions, the members of the unions that are simulated. */
export const ITEM_BODIES: Readonly<Record<ItemBodyName, Fields>> = {
  item: properties({
    policyId: neededText,
    protectableItemId: text,
    providerSpecificDetails: needed(
      unionOf({
        A2A: {
          ...TARGET,
          fabricObjectId: neededText,
          recoveryContainerId: neededText,
          vmDisks: listOf(UNMANAGED_DISK),
          vmManagedDisks: listOf(MANAGED_DISK),
          diskEncryptionInfo: ENCRYPTION,
          protectionClusterId: text,
          recoveryExtendedLocation: EXTENDED_LOCATION,
          multiVmGroupName: text,
          multiVmGroupId: text,
          recoveryAvailabilityZone: text,
          recoveryAzureNetworkId: text,
          recoverySubnetName: text,
          autoProtectionOfDataDisk: oneOf("Enabled", "Disabled"),
        },
        ...SITE_ENABLE,
        ...HYPER_V_ENABLE,
        ...VMM_ENABLE,
      }),
    ),
  }),
  itemUpdate: properties({
    recoveryAzureVMName: text,
    recoveryAzureVMSize: text,
    selectedRecoveryAzureNetworkId: text,
    selectedTfoAzureNetworkId: text,
    selectedSourceNicId: text,
    enableRdpOnTargetOption: text,
    licenseType: oneOf("NotSpecified", "NoLicenseType", "WindowsServer"),
    vmNics: listOf(NIC),
    recoveryAvailabilitySetId: text,
    providerSpecificDetails: unionOf({
      A2A: {
        ...TARGET,
        tfoAzureVMName: text,
        diskEncryptionInfo: ENCRYPTION,
        managedDiskUpdateDetails: listOf(
          objectOf({
            diskId: text,
            recoveryTargetDiskAccountType: text,
            recoveryReplicaDiskAccountType: text,
            failoverDiskName: text,
            tfoDiskName: text,
            diskEncryptionInfo: ENCRYPTION,
          }),
        ),
      },
      ...SITE_UPDATE,
      ...HYPER_V_UPDATE,
    }),
  }),
  testFailover: properties({
    failoverDirection: DIRECTION,
    networkType: text,
    networkId: text,
    providerSpecificDetails: unionOf({
      A2A: { recoveryPointId: text, cloudServiceCreationOption: text },
      ...SITE_TEST_FAILOVER,
      ...HYPER_V_TEST_FAILOVER,
      ...VMM_TEST_FAILOVER,
    }),
  }),
  unplannedFailover: properties({
    failoverDirection: DIRECTION,
    sourceSiteOperations: SITE_OPERATIONS,
    providerSpecificDetails: unionOf({
      A2A: { recoveryPointId: text, cloudServiceCreationOption: text },
      ...SITE_UNPLANNED_FAILOVER,
      ...HYPER_V_UNPLANNED_FAILOVER,
      ...VMM_UNPLANNED_FAILOVER,
    }),
  }),
  plannedFailover: properties({
    failoverDirection: DIRECTION,
    providerSpecificDetails: unionOf({
      ...SITE_PLANNED_FAILOVER,
      ...HYPER_V_PLANNED_FAILOVER,
      ...VMM_PLANNED_FAILOVER,
      A2A: {},
    }),
  }),
  updateMobilityService: properties({ runAsAccountId: text }),
  applyRecoveryPoint: properties({
    recoveryPointId: text,
    providerSpecificDetails: needed(
      unionOf({
        A2A: {},
        ...SITE_RECOVERY_POINT,
        ...HYPER_V_RECOVERY_POINT,
        ...VMM_RECOVERY_POINT,
      }),
    ),
  }),
  switchProtection: properties({
    replicationProtectedItemName: neededText,
    providerSpecificDetails: needed(
      unionOf({
        A2A: {
          ...TARGET,
          recoveryContainerId: neededText,
          vmDisks: listOf(UNMANAGED_DISK),
          vmManagedDisks: listOf(MANAGED_DISK),
          diskEncryptionInfo: ENCRYPTION,
          policyId: text,
          recoveryAvailabilityZone: text,
        },
      }),
    ),
  }),
  reprotect: properties({
    failoverDirection: DIRECTION,
    providerSpecificDetails: needed(
      unionOf({
        A2A: {
          ...TARGET,
          recoveryContainerId: text,
          vmDisks: listOf(UNMANAGED_DISK),
          policyId: text,
        },
        ...SITE_REPROTECT,
        ...HYPER_V_REPROTECT,
        ...VMM_REPROTECT,
      }),
    ),
  }),
  addDisks: properties({
    providerSpecificDetails: needed(
      unionOf({
        A2A: { vmDisks: listOf(UNMANAGED_DISK), vmManagedDisks: listOf(MANAGED_DISK) },
      }),
    ),
  }),
  removeDisks: properties({
    providerSpecificDetails: needed(
      unionOf({ A2A: { vmManagedDisksIds: listOf(text), vmDisksUris: listOf(text) } }),
    ),
  }),
  // The published union has no member for region to region: what stands there is ignored.
  removeItem: properties({
    disableProtectionReason: oneOf("NotSpecified", "MigrationComplete"),
    replicationProviderInput: objectOf({}),
  }),
  testFailoverCleanup: properties({ comments: text }),
  resolveHealthErrors: properties({
    healthErrors: listOf(objectOf({ healthErrorId: neededText })),
  }),
};
