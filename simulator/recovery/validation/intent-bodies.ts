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
import { ENCRYPTION } from "./item-bodies.ts";

/** Something that exists, or is to be made: `resourceType` says which. */
function custom(existing: Fields, made?: Fields): BodyRule {
  return unionOf(made ? { Existing: existing, New: made } : { Existing: existing }, "resourceType");
}

const STORAGE = custom({ azureStorageAccountId: neededText });

/** The name of the request body of protection intents. */
export type IntentBodyName = "intent";

/** What the body of a protection intent must be; from the swagger's definitions, the A2A members of the unions. */
export const INTENT_BODIES: Readonly<Record<IntentBodyName, Fields>> = {
  intent: properties({
    providerSpecificDetails: needed(
      unionOf({
        A2A: {
          fabricObjectId: neededText,
          primaryLocation: neededText,
          recoveryLocation: neededText,
          recoverySubscriptionId: neededText,
          recoveryAvailabilityType: needed(oneOf("Single", "AvailabilitySet", "AvailabilityZone")),
          protectionProfileCustomInput: custom(
            { protectionProfileId: neededText },
            {
              policyName: neededText,
              recoveryPointHistory: { is: "number", from: 0, to: 21_600 },
              crashConsistentFrequencyInMinutes: number,
              appConsistentFrequencyInMinutes: { is: "number", from: 0, to: 720 },
              multiVmSyncStatus: needed(oneOf("Enable", "Disable")),
            },
          ),
          recoveryResourceGroupId: neededText,
          primaryStagingStorageAccountCustomInput: STORAGE,
          recoveryAvailabilitySetCustomInput: custom({ recoveryAvailabilitySetId: text }),
          recoveryVirtualNetworkCustomInput: custom(
            { recoveryVirtualNetworkId: neededText, recoverySubnetName: text },
            { recoveryVirtualNetworkResourceGroupName: text, recoveryVirtualNetworkName: text },
          ),
          recoveryProximityPlacementGroupCustomInput: custom({
            recoveryProximityPlacementGroupId: text,
          }),
          autoProtectionOfDataDisk: oneOf("Enabled", "Disabled"),
          vmDisks: listOf(
            objectOf({
              diskUri: neededText,
              recoveryAzureStorageAccountCustomInput: STORAGE,
              primaryStagingStorageAccountCustomInput: STORAGE,
            }),
          ),
          vmManagedDisks: listOf(
            objectOf({
              diskId: neededText,
              primaryStagingStorageAccountCustomInput: STORAGE,
              recoveryResourceGroupCustomInput: custom({ recoveryResourceGroupId: text }),
              recoveryReplicaDiskAccountType: text,
              recoveryTargetDiskAccountType: text,
              recoveryDiskEncryptionSetId: text,
              diskEncryptionInfo: ENCRYPTION,
            }),
          ),
          multiVmGroupName: text,
          multiVmGroupId: text,
          recoveryBootDiagStorageAccount: STORAGE,
          diskEncryptionInfo: ENCRYPTION,
          recoveryAvailabilityZone: text,
          agentAutoUpdateStatus: oneOf("Enabled", "Disabled"),
          automationAccountAuthenticationType: oneOf("RunAsAccount", "SystemAssignedIdentity"),
          automationAccountArmId: text,
        },
      }),
    ),
  }),
};
