import type {
  InMageAzureV2UpdateReplicationProtectedItemInput,
  InMageRcmNicInput,
  InMageRcmUpdateReplicationProtectedItemInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { isNic } from "../facts/network-interface.ts";
import { optional, textOf, truthOf, type Wire, wiresOf } from "../facts/wire.ts";
import type { ItemSettings } from "../specifications.ts";

/** The wanted value, or else the first of the named ones that the item has. */
export function eitherOf(
  now: Wire,
): (wanted: string | undefined, ...names: readonly string[]) => string | undefined {
  return (wanted, ...names) => wanted ?? (textOf(now, ...names) || undefined);
}

/** Details of PATCH item for a machine of a modernized site: all of its settings. */
export function modernizedUpdate(
  now: Wire,
  settings: ItemSettings,
): InMageRcmUpdateReplicationProtectedItemInput {
  const either = eitherOf(now);
  const values: Readonly<
    Record<
      Exclude<
        keyof InMageRcmUpdateReplicationProtectedItemInput,
        "instanceType" | "vmNics" | "licenseType"
      >,
      string | undefined
    >
  > = {
    targetVmName: settings.machineName,
    targetVmSize: settings.machineSize,
    targetResourceGroupId: settings.resourceGroupId,
    targetAvailabilitySetId: settings.availabilitySetId,
    targetAvailabilityZone: undefined,
    targetProximityPlacementGroupId: settings.proximityPlacementGroupId,
    targetBootDiagnosticsStorageAccountId: settings.bootDiagnosticsStorageAccountId,
    targetNetworkId: settings.networkId,
    testNetworkId: settings.testNetworkId,
  };
  const nics = wiresOf(now, "vmNics").map((nic) => modernizedNic(nic, settings));
  return {
    instanceType: "InMageRcm",
    ...Object.fromEntries(
      Object.entries(values)
        .map(([name, wanted]) => [name, either(wanted, name)] as const)
        .filter(([, value]) => value !== undefined),
    ),
    ...optional("licenseType", textOf(now, "licenseType") || undefined),
    ...(nics.length === 0 ? {} : { vmNics: nics }),
  };
}

/** Interfaces of this kind have no id but their hardware address, and truths are texts. */
function modernizedNic(nic: Wire, settings: ItemSettings): InMageRcmNicInput {
  const wanted = settings.nics?.find((each) => isNic(nic, each.nicId));
  const either = eitherOf(nic);
  return {
    nicId: textOf(nic, "nicId"),
    isPrimaryNic: String(truthOf(nic, "isPrimaryNic")),
    isSelectedForFailover: String(truthOf(nic, "isSelectedForFailover")),
    ...optional("targetSubnetName", either(wanted?.recoverySubnetName, "targetSubnetName")),
    ...optional("targetStaticIPAddress", either(wanted?.recoveryStaticAddress, "targetIPAddress")),
    ...optional("testSubnetName", either(wanted?.testSubnetName, "testSubnetName")),
    ...optional("testStaticIPAddress", either(wanted?.testStaticAddress, "testIPAddress")),
  };
}

/** Details of PATCH item for a machine of a classic site; the rest of its settings stands outside them. */
export function classicUpdate(
  now: Wire,
  settings: ItemSettings,
): InMageAzureV2UpdateReplicationProtectedItemInput {
  const either = eitherOf(now);
  return {
    instanceType: "InMageAzureV2",
    ...optional(
      "recoveryAzureV2ResourceGroupId",
      either(settings.resourceGroupId, "recoveryAzureResourceGroupId"),
    ),
    ...optional(
      "targetProximityPlacementGroupId",
      either(settings.proximityPlacementGroupId, "targetProximityPlacementGroupId"),
    ),
    ...optional("targetAvailabilityZone", either(undefined, "targetAvailabilityZone")),
    ...optional("useManagedDisks", either(undefined, "useManagedDisks")),
  };
}
