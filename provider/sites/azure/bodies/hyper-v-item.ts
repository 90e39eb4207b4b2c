import type {
  EnableProtectionInput,
  EnableProtectionProviderSpecificInputUnion,
  HyperVReplicaAzureEnableProtectionInput,
  HyperVReplicaAzureUpdateReplicationProtectedItemInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { optional, textOf, type Wire, wireOf, wiresOf } from "../facts/wire.ts";
import type {
  HyperVItemSpecification,
  HyperVTargetSpecification,
  ItemSettings,
} from "../specifications.ts";
import { eitherOf } from "./on-premises-item-update.ts";

/** Body of PUT item for a Hyper-V machine: protection begins with it. */
export function enableHyperVBody(specification: HyperVItemSpecification): EnableProtectionInput {
  const { policyId, protectableItemId, toAzure } = specification;
  return {
    properties: {
      policyId,
      protectableItemId,
      providerSpecificDetails: toAzure === undefined ? betweenSites : azureDetails(toAzure),
    },
  };
}

/** Between VMM sites the machine is taken as it is: recorded with nothing but the kind, which the SDK's union lacks. */
const betweenSites = {
  instanceType: "HyperVReplica2012R2",
} as unknown as EnableProtectionProviderSpecificInputUnion;

/** The service takes the subnet's name where its field says id, and truths as texts. */
function azureDetails(text: HyperVTargetSpecification): HyperVReplicaAzureEnableProtectionInput {
  return {
    instanceType: "HyperVReplicaAzure",
    hvHostVmId: text.machineGuid,
    vmName: text.sourceName,
    osType: text.osType,
    vhdId: text.osDiskId,
    ...(text.diskType === "" ? accountDisks(text) : managedDisks(text)),
    targetAzureV2ResourceGroupId: text.resourceGroupId,
    ...optional("targetAzureNetworkId", text.networkId),
    ...optional("targetAzureSubnetId", text.subnetName),
    ...optional("targetAzureVmName", text.machineName),
    ...optional("targetVmSize", text.machineSize),
    ...optional("targetAvailabilitySetId", text.availabilitySetId),
    ...optional("targetAvailabilityZone", text.availabilityZone),
    ...optional("targetProximityPlacementGroupId", text.proximityPlacementGroupId),
  };
}

type Disks = Partial<HyperVReplicaAzureEnableProtectionInput>;

/** Replicated to managed disks; the account takes the logs. */
function managedDisks(text: HyperVTargetSpecification): Disks {
  const settings = {
    logStorageAccountId: text.storageAccountId,
    diskType: text.diskType,
    ...optional("diskEncryptionSetId", text.diskEncryptionSetId),
  };
  return {
    ...settings,
    useManagedDisks: "true",
    useManagedDisksForReplication: "true",
    disksToIncludeForManagedDisks: text.diskIds.map((diskId) => ({ diskId, ...settings })),
  };
}

/** Replicated to the account itself. */
function accountDisks(text: HyperVTargetSpecification): Disks {
  return {
    targetStorageAccountId: text.storageAccountId,
    useManagedDisks: "false",
    disksToInclude: [...text.diskIds],
  };
}

/** Details of PATCH item for a Hyper-V machine; the rest of its settings stands outside them. */
export function hyperVUpdate(
  now: Wire,
  settings: ItemSettings,
): HyperVReplicaAzureUpdateReplicationProtectedItemInput {
  const either = eitherOf(now);
  const encryption = encryptionSets(now);
  return {
    instanceType: "HyperVReplicaAzure",
    ...optional(
      "recoveryAzureV2ResourceGroupId",
      either(settings.resourceGroupId, "recoveryAzureResourceGroupId"),
    ),
    ...optional("useManagedDisks", either(undefined, "useManagedDisks")),
    ...optional(
      "targetProximityPlacementGroupId",
      either(settings.proximityPlacementGroupId, "targetProximityPlacementGroupId"),
    ),
    ...optional("targetAvailabilityZone", either(undefined, "targetAvailabilityZone")),
    ...optional("sqlServerLicenseType", either(undefined, "sqlServerLicenseType")),
    ...(Object.keys(encryption).length === 0 ? {} : { diskIdToDiskEncryptionMap: encryption }),
    ...tags(now),
  };
}

function encryptionSets(now: Wire): { [diskId: string]: string } {
  const disks = [...wiresOf(now, "azureVmDiskDetails"), ...wiresOf(now, "protectedManagedDisks")];
  return Object.fromEntries(
    disks
      .map((disk) => [textOf(disk, "diskId"), textOf(disk, "diskEncryptionSetId")] as const)
      .filter(([diskId, set]) => diskId !== "" && set !== ""),
  );
}

/** A PATCH without the tags would take them off. */
function tags(now: Wire): Partial<HyperVReplicaAzureUpdateReplicationProtectedItemInput> {
  const kept = (["targetVmTags", "targetManagedDiskTags", "targetNicTags"] as const)
    .map((name) => [name, wireOf(now, name)] as const)
    .filter(([, values]) => Object.keys(values).length > 0);
  return Object.fromEntries(kept);
}
