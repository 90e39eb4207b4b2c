import type { ItemFacts } from "../../recovery/model.ts";
import type { ReprotectSettings } from "../reprotect.ts";
import type { AnyActionInputs } from "../settings.ts";

/** Where a failed-over machine will be replicated to, as far as inputs and item tell. */
export interface ReprotectTarget {
  /** ARM id of the machine that runs now, which becomes the source. */
  readonly runningMachineId: string;
  /** Resource group for the machine at the other side. */
  readonly resourceGroupId: string;
  readonly cacheStorageAccountId?: string;
  readonly policyId?: string;
  readonly availabilitySetId?: string;
  readonly availabilityZone?: string;
  readonly proximityPlacementGroupId?: string;
}

/** Where a reprotect between regions takes one machine: what its settings say, else what the item implies. */
export function reprotectTarget(item: ItemFacts, inputs: AnyActionInputs): ReprotectTarget {
  const own = reprotectSettings(item, inputs);
  return {
    runningMachineId:
      item.recoveredMachineId ??
      `${item.target.resourceGroupId}/providers/Microsoft.Compute/virtualMachines/${item.target.machineName}`,
    resourceGroupId: own.resourceGroup ?? resourceGroupId(item.machineId),
    ...(own.cacheStorageAccount === undefined
      ? {}
      : { cacheStorageAccountId: own.cacheStorageAccount }),
    ...(own.policy === undefined ? {} : { policyId: own.policy }),
    ...(own.availabilitySet === undefined ? {} : { availabilitySetId: own.availabilitySet }),
    ...(own.availabilityZone === undefined ? {} : { availabilityZone: own.availabilityZone }),
    ...(own.proximityPlacementGroup === undefined
      ? {}
      : { proximityPlacementGroupId: own.proximityPlacementGroup }),
  };
}

/** The reprotect's settings for one machine: its own, else the action's. */
export function reprotectSettings(item: ItemFacts, inputs: AnyActionInputs): ReprotectSettings {
  const entries = Object.entries(inputs.machineSettings ?? {});
  const name = item.name.toLowerCase();
  const own =
    entries.find(([key]) => key.toLowerCase() === name) ??
    entries.find(([key]) => key.toLowerCase() === item.friendlyName.toLowerCase());
  return { ...inputs, ...own?.[1] };
}

/** The resource group part of an ARM id; the group that the machine came from. */
export function resourceGroupId(armId: string): string {
  return /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)/i.exec(armId)?.[1] ?? "";
}
