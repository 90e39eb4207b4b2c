import {
  DIRECTION,
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

const MANAGED_DISK = objectOf({
  diskId: neededText,
  primaryStagingAzureStorageAccountId: neededText,
  recoveryResourceGroupId: neededText,
  recoveryReplicaDiskAccountType: text,
  recoveryTargetDiskAccountType: text,
  recoveryDiskEncryptionSetId: text,
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
});

/** Names of the request bodies of protected items and their verbs. */
export type ItemBodyName =
  | "item"
  | "itemUpdate"
  | "testFailover"
  | "unplannedFailover"
  | "applyRecoveryPoint"
  | "switchProtection"
  | "reprotect"
  | "addDisks"
  | "removeDisks"
  | "removeItem"
  | "resolveHealthErrors";

/** What the bodies of protected items and their verbs must be; from the swagger's definitions, the A2A members of the unions. */
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
          vmManagedDisks: listOf(MANAGED_DISK),
          multiVmGroupName: text,
          multiVmGroupId: text,
          recoveryAvailabilityZone: text,
          recoveryAzureNetworkId: text,
          recoverySubnetName: text,
          autoProtectionOfDataDisk: oneOf("Enabled", "Disabled"),
        },
      }),
    ),
  }),
  itemUpdate: properties({
    recoveryAzureVMName: text,
    recoveryAzureVMSize: text,
    selectedRecoveryAzureNetworkId: text,
    selectedTfoAzureNetworkId: text,
    vmNics: listOf(NIC),
    recoveryAvailabilitySetId: text,
    providerSpecificDetails: unionOf({
      A2A: {
        ...TARGET,
        tfoAzureVMName: text,
        managedDiskUpdateDetails: listOf(
          objectOf({
            diskId: text,
            recoveryTargetDiskAccountType: text,
            recoveryReplicaDiskAccountType: text,
            failoverDiskName: text,
            tfoDiskName: text,
          }),
        ),
      },
    }),
  }),
  testFailover: properties({
    failoverDirection: DIRECTION,
    networkType: text,
    networkId: text,
    providerSpecificDetails: unionOf({
      A2A: { recoveryPointId: text, cloudServiceCreationOption: text },
    }),
  }),
  unplannedFailover: properties({
    failoverDirection: DIRECTION,
    sourceSiteOperations: SITE_OPERATIONS,
    providerSpecificDetails: unionOf({
      A2A: { recoveryPointId: text, cloudServiceCreationOption: text },
    }),
  }),
  applyRecoveryPoint: properties({
    recoveryPointId: text,
    providerSpecificDetails: needed(unionOf({ A2A: {} })),
  }),
  switchProtection: properties({
    replicationProtectedItemName: neededText,
    providerSpecificDetails: needed(
      unionOf({
        A2A: {
          ...TARGET,
          recoveryContainerId: neededText,
          vmManagedDisks: listOf(MANAGED_DISK),
          policyId: text,
          recoveryAvailabilityZone: text,
        },
      }),
    ),
  }),
  reprotect: properties({
    failoverDirection: DIRECTION,
    providerSpecificDetails: needed(
      unionOf({ A2A: { ...TARGET, recoveryContainerId: text, policyId: text } }),
    ),
  }),
  addDisks: properties({
    providerSpecificDetails: needed(unionOf({ A2A: { vmManagedDisks: listOf(MANAGED_DISK) } })),
  }),
  removeDisks: properties({
    providerSpecificDetails: needed(
      unionOf({ A2A: { vmManagedDisksIds: listOf(text), vmDisksUris: listOf(text) } }),
    ),
  }),
  removeItem: {
    properties: objectOf({ disableProtectionReason: oneOf("NotSpecified", "MigrationComplete") }),
  },
  resolveHealthErrors: properties({
    healthErrors: listOf(objectOf({ healthErrorId: neededText })),
  }),
};
