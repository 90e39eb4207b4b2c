import {
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
  | "networkMapping"
  | "networkMappingUpdate"
  | "alertSettings"
  | "vaultSettings"
  | "jobQuery"
  | "jobResume";

/** What the bodies of set-up objects, vaults and job lists must be; from the swagger's definitions, the A2A members of the unions. */
export const SETUP_BODIES: Readonly<Record<SetupBodyName, Fields>> = {
  vault: { location: neededText, sku: objectOf({ name: needed(oneOf("Standard", "RS0")) }) },
  fabric: properties({ customDetails: needed(unionOf({ Azure: { location: neededText } })) }),
  renewCertificate: { properties: objectOf({ renewCertificateType: text }) },
  reassociateGateway: {
    properties: objectOf({
      containerName: text,
      sourceProcessServerId: text,
      targetProcessServerId: text,
      vmsToMigrate: listOf(text),
      updateType: text,
    }),
  },
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
