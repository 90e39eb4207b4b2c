import type {
  A2AVmManagedDiskUpdateDetails,
  UpdateReplicationProtectedItemInput,
  VMNicInputDetails,
} from "@azure/arm-recoveryservices-siterecovery";
import { sameId } from "../../../recovery/identity.ts";
import { hyperVTarget } from "../facts/hyper-v-item.ts";
import { isNic, primaryIpConfig } from "../facts/network-interface.ts";
import { optional, textOf, textsOf, truthOf, type Wire, wireOf, wiresOf } from "../facts/wire.ts";
import type { ItemSettings, NicSettings } from "../specifications.ts";
import { hyperVUpdate } from "./hyper-v-item.ts";
import { classicUpdate, eitherOf, modernizedUpdate } from "./on-premises-item-update.ts";

/**
 * Body of PATCH item. The service takes a PATCH as the whole of the settings, so what is absent
 * is filled from the item as it was read just before.
 */
export function updateItemBody(
  item: Wire,
  settings: ItemSettings,
): UpdateReplicationProtectedItemInput {
  const now = wireOf(wireOf(item, "properties"), "providerSpecificDetails");
  const instanceType = textOf(now, "instanceType");
  if (hyperVTarget(instanceType) === "site") throw withoutSettings();
  const write = bodies[instanceType] ?? azureBody;
  return { properties: write(now, settings) };
}

type Properties = NonNullable<UpdateReplicationProtectedItemInput["properties"]>;

/** Kinds of item whose settings are written in another way than region to region. */
const bodies: Readonly<Record<string, (now: Wire, settings: ItemSettings) => Properties>> = {
  InMageRcm: (now, settings) => ({ providerSpecificDetails: modernizedUpdate(now, settings) }),
  InMageAzureV2: (now, settings) => ({
    ...commonSettings(now, settings),
    providerSpecificDetails: classicUpdate(now, settings),
  }),
  HyperVReplicaAzure: (now, settings) => ({
    ...commonSettings(now, settings),
    ...keptHyperVSettings(now),
    providerSpecificDetails: hyperVUpdate(now, settings),
  }),
};

function azureBody(now: Wire, settings: ItemSettings): Properties {
  const either = eitherOf(now);
  const disks = diskUpdates(now, settings.diskTypes ?? []);
  return {
    ...commonSettings(now, settings),
    providerSpecificDetails: {
      instanceType: "A2A",
      ...optional(
        "recoveryResourceGroupId",
        either(settings.resourceGroupId, "recoveryAzureResourceGroupId"),
      ),
      ...optional(
        "recoveryProximityPlacementGroupId",
        either(settings.proximityPlacementGroupId, "recoveryProximityPlacementGroupId"),
      ),
      ...optional(
        "recoveryBootDiagStorageAccountId",
        either(settings.bootDiagnosticsStorageAccountId, "recoveryBootDiagStorageAccountId"),
      ),
      ...optional("tfoAzureVMName", either(settings.testMachineName, "tfoAzureVMName")),
      ...(disks.length === 0 ? {} : { managedDiskUpdateDetails: disks }),
    },
  };
}

/** What every kind but the modernized one takes outside its own details. */
function commonSettings(now: Wire, settings: ItemSettings): Properties {
  const either = eitherOf(now);
  const nics = wiresOf(now, "vmNics").map((nic) => nicInput(nic, settingsOf(nic, settings.nics)));
  return {
    ...optional(
      "recoveryAzureVMName",
      either(settings.machineName, "recoveryAzureVMName", "recoveryAzureVmName"),
    ),
    ...optional("recoveryAzureVMSize", either(settings.machineSize, "recoveryAzureVMSize")),
    ...optional(
      "selectedRecoveryAzureNetworkId",
      either(settings.networkId, "selectedRecoveryAzureNetworkId"),
    ),
    ...optional(
      "selectedTfoAzureNetworkId",
      either(settings.testNetworkId, "selectedTfoAzureNetworkId"),
    ),
    ...optional(
      "recoveryAvailabilitySetId",
      either(settings.availabilitySetId, "recoveryAvailabilitySet", "recoveryAvailabilitySetId"),
    ),
    ...(nics.length === 0 ? {} : { vmNics: nics }),
  };
}

/** Settings of Hyper-V machines that nothing here changes and that a PATCH without them would take away. */
function keptHyperVSettings(now: Wire): Properties {
  const kept = (name: string): string | undefined => textOf(now, name) || undefined;
  return {
    ...optional("selectedSourceNicId", kept("selectedSourceNicId")),
    ...optional("enableRdpOnTargetOption", kept("enableRdpOnTargetOption")),
    ...optional("licenseType", kept("licenseType")),
  };
}

function withoutSettings(): Error {
  return new Error(
    "A machine between VMM sites has no settings: the second site takes it as it is.",
  );
}

function settingsOf(nic: Wire, nics: readonly NicSettings[] = []): NicSettings | undefined {
  return nics.find((each) => isNic(nic, each.nicId));
}

function nicInput(nic: Wire, settings: NicSettings | undefined): VMNicInputDetails {
  const primary = primaryIpConfig(nic);
  const shown = wiresOf(nic, "ipConfigs");
  // Interfaces of older items show none, and take their settings in one all the same.
  const configs = shown.length === 0 && settings !== undefined ? [primary] : shown;
  const keep = (name: string): string | undefined => textOf(nic, name) || undefined;
  return {
    ...optional("nicId", keep("nicId")),
    ipConfigs: configs.map((config) =>
      ipConfigInput(config, config === primary ? settings : undefined),
    ),
    ...optional("selectionType", keep("selectionType")),
    ...optional(
      "recoveryNetworkSecurityGroupId",
      settings?.recoveryNetworkSecurityGroupId ?? keep("recoveryNetworkSecurityGroupId"),
    ),
    enableAcceleratedNetworkingOnRecovery: truthOf(nic, "enableAcceleratedNetworkingOnRecovery"),
    ...optional("tfoNetworkSecurityGroupId", keep("tfoNetworkSecurityGroupId")),
    ...optional("recoveryNicName", keep("recoveryNicName")),
    ...optional("recoveryNicResourceGroupName", keep("recoveryNicResourceGroupName")),
    reuseExistingNic: truthOf(nic, "reuseExistingNic"),
  };
}

function ipConfigInput(
  config: Wire,
  settings: NicSettings | undefined,
): NonNullable<VMNicInputDetails["ipConfigs"]>[number] {
  const text = (wanted: string | undefined, name: string): string | undefined =>
    wanted ?? (textOf(config, name) || undefined);
  const pools = settings?.recoveryLoadBalancerBackendPoolIds;
  const keptPools = textsOf(config, "recoveryLBBackendAddressPoolIds");
  const testPools = textsOf(config, "tfoLBBackendAddressPoolIds");
  return {
    ...optional("ipConfigName", text(undefined, "name")),
    isPrimary: truthOf(config, "isPrimary"),
    // The service's own spelling.
    isSeletedForFailover: truthOf(config, "isSeletedForFailover"),
    ...optional("recoverySubnetName", text(settings?.recoverySubnetName, "recoverySubnetName")),
    ...optional(
      "recoveryStaticIPAddress",
      text(settings?.recoveryStaticAddress, "recoveryStaticIPAddress"),
    ),
    ...optional(
      "recoveryPublicIPAddressId",
      text(settings?.recoveryPublicAddressId, "recoveryPublicIPAddressId"),
    ),
    ...(pools === undefined && keptPools.length === 0
      ? {}
      : { recoveryLBBackendAddressPoolIds: [...(pools ?? keptPools)] }),
    ...optional("tfoSubnetName", text(settings?.testSubnetName, "tfoSubnetName")),
    ...optional("tfoStaticIPAddress", text(settings?.testStaticAddress, "tfoStaticIPAddress")),
    ...optional("tfoPublicIPAddressId", text(undefined, "tfoPublicIPAddressId")),
    ...(testPools.length === 0 ? {} : { tfoLBBackendAddressPoolIds: [...testPools] }),
  };
}

function diskUpdates(
  now: Wire,
  wanted: NonNullable<ItemSettings["diskTypes"]>,
): A2AVmManagedDiskUpdateDetails[] {
  const disks = wiresOf(now, "protectedManagedDisks");
  return wanted.map(({ diskId, targetDiskType }) => {
    const disk = disks.find((each) => sameId(textOf(each, "diskId"), diskId)) ?? {};
    const replica = textOf(disk, "recoveryReplicaDiskAccountType") || undefined;
    return {
      diskId: textOf(disk, "diskId") || diskId,
      recoveryTargetDiskAccountType: targetDiskType,
      ...optional("recoveryReplicaDiskAccountType", replica),
    };
  });
}
