import { recoveryId, recoveryType } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime } from "../../state/times.ts";
import type { ProtectedItem } from "../items/item.ts";

/** The wish that a machine be protected, and the job that fulfils it. */
export interface ProtectionIntent {
  readonly name: string;
  readonly createdAt: number;
  /** `providerSpecificDetails` of the request. */
  readonly input: JsonObject;
  readonly job: string;
}

/** The collection of intents. */
export const INTENTS = "replicationProtectionIntents";

/** The item an intent has led to, while it exists. */
export function itemOfIntent(vault: Vault, intent: ProtectionIntent): ProtectedItem | undefined {
  const subject = vault.jobs[intent.job]?.subject;
  if (subject?.kind !== "item") return undefined;
  return Object.values(vault.items).find((item) => item.lifecycleId === subject.lifecycleId);
}

/** An intent as it is read (swagger, ReplicationProtectionIntents_Get). */
export function intentBody(vault: Vault, intent: ProtectionIntent): JsonObject {
  const { input } = intent;
  const asked = (field: string) => input[field] ?? null;
  return {
    id: recoveryId(vault, INTENTS, intent.name),
    name: intent.name,
    type: recoveryType(INTENTS),
    properties: {
      friendlyName: intent.name,
      jobId: recoveryId(vault, "replicationJobs", intent.job),
      jobState: vault.jobs[intent.job]?.state ?? "Succeeded",
      isActive: itemOfIntent(vault, intent) !== undefined,
      creationTimeUTC: formatTime(intent.createdAt),
      providerSpecificDetails: {
        instanceType: "A2A",
        fabricObjectId: asked("fabricObjectId"),
        primaryLocation: asked("primaryLocation"),
        recoveryLocation: asked("recoveryLocation"),
        recoverySubscriptionId: asked("recoverySubscriptionId"),
        vmDisks: asked("vmDisks"),
        vmManagedDisks: asked("vmManagedDisks"),
        recoveryResourceGroupId: asked("recoveryResourceGroupId"),
        protectionProfile: asked("protectionProfileCustomInput"),
        primaryStagingStorageAccount: asked("primaryStagingStorageAccountCustomInput"),
        recoveryAvailabilitySet: asked("recoveryAvailabilitySetCustomInput"),
        recoveryVirtualNetwork: asked("recoveryVirtualNetworkCustomInput"),
        recoveryProximityPlacementGroup: asked("recoveryProximityPlacementGroupCustomInput"),
        autoProtectionOfDataDisk: asked("autoProtectionOfDataDisk"),
        multiVmGroupName: asked("multiVmGroupName"),
        multiVmGroupId: asked("multiVmGroupId"),
        recoveryBootDiagStorageAccount: asked("recoveryBootDiagStorageAccount"),
        diskEncryptionInfo: asked("diskEncryptionInfo"),
        recoveryAvailabilityZone: asked("recoveryAvailabilityZone"),
        recoveryAvailabilityType: asked("recoveryAvailabilityType"),
        agentAutoUpdateStatus: asked("agentAutoUpdateStatus"),
        automationAccountArmId: asked("automationAccountArmId"),
        automationAccountAuthenticationType: asked("automationAccountAuthenticationType"),
      },
    },
  };
}
