import type {
  EnableProtectionInput,
  InMageAzureV2EnableProtectionInput,
  InMageRcmEnableProtectionInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { optional } from "../facts/wire.ts";
import type {
  OnPremisesDiskSpecification,
  OnPremisesItemSpecification,
} from "../specifications.ts";

type Properties = NonNullable<EnableProtectionInput["properties"]>;

/** Body of PUT item for a machine of a VMware site or a physical server: protection begins with it. */
export function enableOnPremisesBody(
  specification: OnPremisesItemSpecification,
): EnableProtectionInput {
  const { policyId, machineId } = specification;
  const kinds: Readonly<Record<OnPremisesItemSpecification["scenario"], () => Properties>> = {
    VmwareToAzure: () => ({ policyId, providerSpecificDetails: modernized(specification) }),
    VmwareToAzureClassic: () => ({
      policyId,
      protectableItemId: machineId,
      providerSpecificDetails: classic(specification),
    }),
  };
  return { properties: kinds[specification.scenario]() };
}

function modernized(text: OnPremisesItemSpecification): InMageRcmEnableProtectionInput {
  const { disks } = text;
  return {
    instanceType: "InMageRcm",
    fabricDiscoveryMachineId: text.machineId,
    processServerId: text.processServerId,
    targetResourceGroupId: text.resourceGroupId,
    ...(disks === undefined
      ? { disksDefault: diskSettings(text) }
      : { disksToInclude: disks.map((disk) => ({ diskId: disk.diskId, ...diskSettings(disk) })) }),
    ...optional("runAsAccountId", text.runAsAccountId),
    ...optional("targetNetworkId", text.networkId),
    ...optional("targetSubnetName", text.subnetName),
    ...optional("testNetworkId", text.testNetworkId),
    ...optional("testSubnetName", text.testSubnetName),
    ...optional("targetVmName", text.machineName),
    ...optional("targetVmSize", text.machineSize),
    ...optional("targetAvailabilitySetId", text.availabilitySetId),
    ...optional("targetAvailabilityZone", text.availabilityZone),
    ...optional("targetProximityPlacementGroupId", text.proximityPlacementGroupId),
    ...optional("targetBootDiagnosticsStorageAccountId", text.bootDiagnosticsStorageAccountId),
    ...optional("multiVmGroupName", text.multiVmGroupName),
  };
}

/** The classic kind takes the subnet's name where its field says id. */
function classic(text: OnPremisesItemSpecification): InMageAzureV2EnableProtectionInput {
  const { disks } = text;
  return {
    instanceType: "InMageAzureV2",
    processServerId: text.processServerId,
    targetAzureV2ResourceGroupId: text.resourceGroupId,
    ...diskSettings(text),
    ...(disks === undefined
      ? {}
      : { disksToInclude: disks.map((disk) => ({ diskId: disk.diskId, ...diskSettings(disk) })) }),
    ...optional("runAsAccountId", text.runAsAccountId),
    ...optional("targetAzureNetworkId", text.networkId),
    ...optional("targetAzureSubnetId", text.subnetName),
    ...optional("targetAzureVmName", text.machineName),
    ...optional("targetVmSize", text.machineSize),
    ...optional("targetAvailabilitySetId", text.availabilitySetId),
    ...optional("targetAvailabilityZone", text.availabilityZone),
    ...optional("targetProximityPlacementGroupId", text.proximityPlacementGroupId),
    ...optional("multiVmGroupName", text.multiVmGroupName),
  };
}

function diskSettings(disk: Omit<OnPremisesDiskSpecification, "diskId">) {
  return {
    logStorageAccountId: disk.logStorageAccountId,
    diskType: disk.diskType,
    ...optional("diskEncryptionSetId", disk.diskEncryptionSetId),
  };
}
