import type {
  OnPremisesDiskSpecification,
  OnPremisesItemSpecification,
} from "../../sites/azure/specifications.ts";
import type { ReplicatedDisk, ReplicatedItemInputs } from "../replicated-item.ts";
import type { Route } from "./route.ts";
import type { SiteMachine } from "./site-machine.ts";

/** What was found and chosen for a machine of a site. */
export interface SiteChoice {
  readonly scenario: OnPremisesItemSpecification["scenario"];
  readonly route: Route;
  readonly machine: SiteMachine;
  readonly processServerId: string;
  readonly runAsAccountId?: string;
}

/** What protection of a machine of a site begins with. */
export function siteSpecification(
  inputs: ReplicatedItemInputs,
  choice: SiteChoice,
): OnPremisesItemSpecification {
  const { target, disks } = inputs;
  const [firstNic] = inputs.nics ?? [];
  const optional = {
    runAsAccountId: choice.runAsAccountId,
    networkId: target?.network,
    subnetName: target?.subnet,
    testNetworkId: target?.testNetwork,
    testSubnetName: firstNic?.testSubnet,
    machineName: target?.machineName ?? choice.machine.name,
    machineSize: target?.size,
    availabilitySetId: target?.availabilitySet,
    availabilityZone: target?.zone,
    proximityPlacementGroupId: target?.proximityPlacementGroup,
    bootDiagnosticsStorageAccountId: target?.bootDiagnosticsStorageAccount,
    multiVmGroupName: inputs.multiVmGroup,
  };
  return {
    scenario: choice.scenario,
    machineId: choice.machine.id,
    policyId: choice.route.policyId,
    processServerId: choice.processServerId,
    resourceGroupId: target?.resourceGroup ?? "",
    logStorageAccountId: inputs.cacheStorageAccount ?? "",
    diskType: inputs.diskType ?? "Premium_LRS",
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined && value !== ""),
    ) as Partial<OnPremisesItemSpecification>),
    ...(disks === undefined ? {} : { disks: disks.map((disk) => siteDisk(inputs, disk)) }),
  };
}

function siteDisk(inputs: ReplicatedItemInputs, disk: ReplicatedDisk): OnPremisesDiskSpecification {
  return {
    diskId: disk.disk,
    logStorageAccountId: disk.cacheStorageAccount || inputs.cacheStorageAccount || "",
    diskType: disk.targetDiskType ?? inputs.diskType ?? "Premium_LRS",
    ...(disk.diskEncryptionSet ? { diskEncryptionSetId: disk.diskEncryptionSet } : {}),
  };
}
