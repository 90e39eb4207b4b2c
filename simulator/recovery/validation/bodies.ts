import {
  type BodyRule,
  type Fields,
  flag,
  listOf,
  needed,
  neededText,
  number,
  objectOf,
  oneOf,
  text,
  unionOf,
} from "./body-rule.ts";

const DIRECTION = oneOf("PrimaryToRecovery", "RecoveryToPrimary");
const SITE_OPERATIONS = oneOf("Required", "NotRequired");

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

const MAPPING_A2A: Fields = {
  agentAutoUpdateStatus: oneOf("Enabled", "Disabled"),
  automationAccountArmId: text,
  automationAccountAuthenticationType: oneOf("RunAsAccount", "SystemAssignedIdentity"),
};

const POLICY_A2A: Fields = {
  multiVmSyncStatus: { is: "text", needed: true, oneOf: ["Enable", "Disable"] },
  recoveryPointHistory: { is: "number", from: 0, to: 21_600 },
  crashConsistentFrequencyInMinutes: { is: "number", from: 5, to: 5 },
  appConsistentFrequencyInMinutes: { is: "number", from: 0, to: 720 },
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

const FAILOVER_TYPE = oneOf(
  "ReverseReplicate",
  "Commit",
  "PlannedFailover",
  "UnplannedFailover",
  "DisableProtection",
  "TestFailover",
  "TestFailoverCleanup",
  "Failback",
  "FinalizeFailback",
  "CancelFailover",
  "ChangePit",
  "RepairReplication",
  "SwitchProtection",
  "CompleteMigration",
);

const ACTION = objectOf({
  actionName: neededText,
  failoverTypes: needed(listOf(FAILOVER_TYPE)),
  failoverDirections: needed(listOf(DIRECTION)),
  customDetails: needed(
    unionOf({
      AutomationRunbookActionDetails: {
        runbookId: text,
        timeout: text,
        fabricLocation: needed(oneOf("Primary", "Recovery")),
      },
      ManualActionDetails: { description: text },
      ScriptActionDetails: {
        path: neededText,
        timeout: text,
        fabricLocation: needed(oneOf("Primary", "Recovery")),
      },
    }),
  ),
});

const GROUPS: BodyRule = {
  is: "list",
  most: 9,
  of: objectOf({
    groupType: needed(oneOf("Shutdown", "Boot", "Failover")),
    replicationProtectedItems: listOf(objectOf({ id: text, virtualMachineId: text })),
    startGroupActions: listOf(ACTION),
    endGroupActions: listOf(ACTION),
  }),
};

const PLAN_POINT: Fields = {
  recoveryPointType: needed(
    oneOf("Latest", "LatestApplicationConsistent", "LatestCrashConsistent", "LatestProcessed"),
  ),
  cloudServiceCreationOption: text,
  multiVmSyncPointOption: oneOf("UseMultiVmSyncRecoveryPoint", "UsePerVmRecoveryPoint"),
};

const properties = (fields: Fields): Fields => ({ properties: needed(objectOf(fields)) });

/** Names of request bodies. */
export type BodyName =
  | "vault"
  | "fabric"
  | "container"
  | "mapping"
  | "mappingUpdate"
  | "policy"
  | "policyUpdate"
  | "networkMapping"
  | "networkMappingUpdate"
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
  | "resolveHealthErrors"
  | "plan"
  | "planUpdate"
  | "planTestFailover"
  | "planUnplannedFailover"
  | "alertSettings"
  | "jobQuery";

/**
 * What each body must be, by verb; from the swagger's definitions, the A2A members of the unions.
 * Other scenarios add their members here.
 */
export const BODIES: Readonly<Record<BodyName, Fields>> = {
  vault: { location: neededText, sku: objectOf({ name: needed(oneOf("Standard", "RS0")) }) },
  fabric: properties({ customDetails: needed(unionOf({ Azure: { location: neededText } })) }),
  container: { properties: objectOf({ providerSpecificInput: listOf(unionOf({ A2A: {} })) }) },
  mapping: properties({
    targetProtectionContainerId: neededText,
    policyId: neededText,
    providerSpecificInput: unionOf({ A2A: MAPPING_A2A }),
  }),
  mappingUpdate: properties({ providerSpecificInput: needed(unionOf({ A2A: MAPPING_A2A })) }),
  policy: properties({ providerSpecificInput: needed(unionOf({ A2A: POLICY_A2A })) }),
  policyUpdate: properties({ replicationProviderSettings: needed(unionOf({ A2A: POLICY_A2A })) }),
  networkMapping: properties({
    recoveryNetworkId: neededText,
    recoveryFabricName: text,
    fabricSpecificDetails: needed(unionOf({ AzureToAzure: { primaryNetworkId: neededText } })),
  }),
  networkMappingUpdate: properties({
    recoveryNetworkId: text,
    recoveryFabricName: text,
    fabricSpecificDetails: unionOf({ AzureToAzure: { primaryNetworkId: text } }),
  }),
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
  plan: properties({
    primaryFabricId: neededText,
    recoveryFabricId: neededText,
    failoverDeploymentModel: oneOf("NotApplicable", "Classic", "ResourceManager"),
    groups: needed(GROUPS),
    providerSpecificInput: listOf(unionOf({ A2A: { primaryZone: text, recoveryZone: text } })),
  }),
  planUpdate: properties({ groups: GROUPS }),
  planTestFailover: properties({
    failoverDirection: needed(DIRECTION),
    networkType: neededText,
    networkId: text,
    providerSpecificDetails: listOf(unionOf({ A2A: PLAN_POINT })),
  }),
  planUnplannedFailover: properties({
    failoverDirection: needed(DIRECTION),
    sourceSiteOperations: needed(SITE_OPERATIONS),
    providerSpecificDetails: listOf(unionOf({ A2A: PLAN_POINT })),
  }),
  alertSettings: properties({
    sendToOwners: text,
    customEmailAddresses: listOf(text),
    locale: text,
  }),
  jobQuery: {
    properties: objectOf({
      startTime: text,
      endTime: text,
      jobStatus: text,
      timezoneOffset: number,
    }),
  },
};
