import {
  type BodyRule,
  type Fields,
  listOf,
  needed,
  neededText,
  number,
  objectOf,
  oneOf,
  properties,
  text,
  unionOf,
} from "./body-rule.ts";

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

const POLICY_CLASSIC_BACK: Fields = {
  multiVmSyncStatus: { is: "text", needed: true, oneOf: ["Enable", "Disable"] },
  recoveryPointThresholdInMinutes: { is: "number", from: 0, to: 1440 },
  recoveryPointHistory: { is: "number", from: 0, to: 4320 },
  appConsistentFrequencyInMinutes: { is: "number", from: 0, to: 720 },
};

const POLICY_CLASSIC: Fields = {
  ...POLICY_CLASSIC_BACK,
  crashConsistentFrequencyInMinutes: { is: "number", from: 5, to: 60 },
};

const POLICY_MODERNIZED_BACK: Fields = {
  crashConsistentFrequencyInMinutes: { is: "number", from: 5, to: 60 },
  appConsistentFrequencyInMinutes: { is: "number", from: 0, to: 720 },
};

const POLICY_MODERNIZED: Fields = {
  ...POLICY_MODERNIZED_BACK,
  recoveryPointHistoryInMinutes: { is: "number", from: 0, to: 21_600 },
  enableMultiVmSync: oneOf("true", "false"),
};

const POLICY_HYPER_V: Fields = {
  applicationConsistentSnapshotFrequencyInHours: { is: "number", from: 0, to: 12 },
  onlineReplicationStartTime: text,
};

const POLICY_HYPER_V_AZURE: Fields = {
  ...POLICY_HYPER_V,
  recoveryPointHistoryDuration: { is: "number", from: 0, to: 24 },
  // The allowed ones are few: policy-kinds.ts.
  replicationInterval: number,
  storageAccounts: listOf(text),
};

const POLICY_HYPER_V_2012: Fields = {
  ...POLICY_HYPER_V,
  recoveryPoints: { is: "number", from: 0, to: 24 },
  compression: oneOf("Enable", "Disable", "Enabled", "Disabled"),
  initialReplicationMethod: oneOf("OverNetwork", "Offline"),
  offlineReplicationImportPath: text,
  offlineReplicationExportPath: text,
  replicationPort: { is: "number", from: 1, to: 65_535 },
  allowedAuthenticationType: { is: "number", from: 1, to: 2 },
  // The published values, and those that stock clients send.
  replicaDeletion: oneOf("", "None", "OnRecoveryCloud", "Required", "NotRequired"),
};

const POLICIES: BodyRule = unionOf({
  A2A: POLICY_A2A,
  InMageRcm: POLICY_MODERNIZED,
  InMageRcmFailback: POLICY_MODERNIZED_BACK,
  InMageAzureV2: POLICY_CLASSIC,
  InMage: POLICY_CLASSIC_BACK,
  HyperVReplicaAzure: POLICY_HYPER_V_AZURE,
  HyperVReplica2012: POLICY_HYPER_V_2012,
  HyperVReplica2012R2: { ...POLICY_HYPER_V_2012, replicationFrequencyInSeconds: number },
});

const VCENTER: Fields = {
  friendlyName: text,
  ipAddress: text,
  processServerId: text,
  port: text,
  runAsAccountId: text,
};

/** Names of the request bodies of set-up objects, vaults and job lists. */
export type SetupBodyName =
  | "vault"
  | "fabric"
  | "renewCertificate"
  | "reassociateGateway"
  | "container"
  | "mapping"
  | "mappingUpdate"
  | "policy"
  | "policyUpdate"
  | "vcenter"
  | "discover"
  | "updateAppliance"
  | "networkMapping"
  | "networkMappingUpdate"
  | "storageMapping"
  | "alertSettings"
  | "vaultSettings"
  | "jobQuery"
  | "jobResume";

/** What the bodies of set-up objects, vaults and job lists must be; from the swagger's definitions, the members of the unions that are played. */
export const SETUP_BODIES: Readonly<Record<SetupBodyName, Fields>> = {
  vault: { location: neededText, sku: objectOf({ name: needed(oneOf("Standard", "RS0")) }) },
  fabric: properties({
    customDetails: needed(
      unionOf({
        Azure: { location: neededText },
        // In no published union, and sent by all clients: the base type's name of old, or the bare kind.
        HyperVSite: {},
        FabricSpecificCreationInput: {},
      }),
    ),
  }),
  renewCertificate: { properties: objectOf({ renewCertificateType: text }) },
  reassociateGateway: {
    properties: objectOf({
      containerName: text,
      sourceProcessServerId: text,
      targetProcessServerId: text,
      vmsToMigrate: listOf(text),
      updateType: oneOf("ServerLevel", "SystemLevel"),
    }),
  },
  container: { properties: objectOf({ providerSpecificInput: listOf(unionOf({ A2A: {} })) }) },
  mapping: properties({
    targetProtectionContainerId: neededText,
    policyId: neededText,
    // Recorded with InMageRcm, which no published model has at creation.
    providerSpecificInput: unionOf({
      A2A: MAPPING_A2A,
      InMageRcm: { enableAgentAutoUpgrade: oneOf("true", "false") },
      InMageAzureV2: {},
      InMage: {},
      HyperVReplicaAzure: {},
      HyperVReplica2012: {},
      HyperVReplica2012R2: {},
      // The base type's name, which the published example sends for Hyper-V.
      ReplicationProviderSpecificContainerMappingInput: {},
    }),
  }),
  mappingUpdate: properties({
    providerSpecificInput: needed(
      unionOf({
        A2A: MAPPING_A2A,
        InMageRcm: { enableAgentAutoUpgrade: needed(oneOf("true", "false")) },
      }),
    ),
  }),
  policy: properties({ providerSpecificInput: needed(POLICIES) }),
  policyUpdate: properties({ replicationProviderSettings: needed(POLICIES) }),
  vcenter: properties(VCENTER),
  discover: properties({
    friendlyName: neededText,
    ipAddress: neededText,
    osType: needed(oneOf("Windows", "Linux")),
  }),
  updateAppliance: properties({
    targetApplianceId: neededText,
    providerSpecificDetails: needed(unionOf({ InMageRcm: { runAsAccountId: text } })),
  }),
  networkMapping: properties({
    recoveryNetworkId: neededText,
    recoveryFabricName: text,
    fabricSpecificDetails: needed(
      unionOf({ AzureToAzure: { primaryNetworkId: neededText }, VmmToAzure: {}, VmmToVmm: {} }),
    ),
  }),
  networkMappingUpdate: properties({
    recoveryNetworkId: text,
    recoveryFabricName: text,
    fabricSpecificDetails: unionOf({
      AzureToAzure: { primaryNetworkId: text },
      VmmToAzure: {},
      VmmToVmm: {},
    }),
  }),
  storageMapping: properties({ targetStorageClassificationId: neededText }),
  alertSettings: properties({
    sendToOwners: text,
    customEmailAddresses: listOf(text),
    locale: text,
  }),
  vaultSettings: properties({ migrationSolutionId: text, vmwareToAzureProviderType: text }),
  // The one body that is not wrapped in properties.
  jobQuery: {
    startTime: text,
    endTime: text,
    fabricId: text,
    affectedObjectTypes: text,
    jobStatus: text,
    jobOutputType: oneOf("Json", "Xml", "Excel"),
    jobName: text,
    timezoneOffset: number,
  },
  jobResume: { properties: objectOf({ comments: text }) },
};
