import { type MachineDisk, nicsOf } from "../../azure/machines.ts";
import { findNetwork, networkOfSubnet, subnetsOf } from "../../azure/networks.ts";
import { guidOf, type Simulation } from "../../simulation.ts";
import { nameOf, sameId } from "../../state/identifiers.ts";
import { listAt, numberAt, textAt, valueAt } from "../../state/json.ts";
import type { AzureResource, Vault } from "../../state/model.ts";
import type { IpConfiguration, ProtectedDisk, ProtectedNic } from "./item.ts";

/** Where a disk is to go, as a request says it. */
export interface DiskTarget {
  readonly stagingStorageAccountId: string;
  readonly recoveryResourceGroupId: string;
  readonly replicaAccountType?: string | undefined;
  readonly targetAccountType?: string | undefined;
  readonly encryptionSetId?: string | undefined;
}

/** The protected form of a machine's disk. `diskName` keeps the case Compute has. */
export function protectDisk(
  disk: MachineDisk,
  target: DiskTarget,
  nameForReplica?: string,
): ProtectedDisk {
  const { resource } = disk;
  const accountType = textAt(resource.sku, "name") ?? "Premium_LRS";
  const targetAccountType = target.targetAccountType ?? accountType;
  return {
    diskId: resource.id,
    diskName: resource.name,
    isOsDisk: disk.isOsDisk,
    sizeGiB: numberAt(resource.properties, "diskSizeGB") ?? 128,
    stagingStorageAccountId: target.stagingStorageAccountId,
    recoveryResourceGroupId: target.recoveryResourceGroupId,
    replicaAccountType: target.replicaAccountType ?? targetAccountType,
    targetAccountType,
    recoveryDiskEncryptionSetId: target.encryptionSetId ?? null,
    replicaDiskId: `${target.recoveryResourceGroupId}/providers/Microsoft.Compute/disks/${nameForReplica ?? resource.name}-ASRReplica`,
    targetDiskId: null,
    originalTargetDiskId: null,
    failoverDiskName: resource.name,
    tfoDiskName: `${resource.name}-ASRtest`,
  };
}

/** The network a source network is mapped to, from the mappings of the source fabric. */
export function mappedNetwork(
  vault: Vault,
  fabric: string,
  recoveryFabric: string,
  networkId: string,
): string | null {
  const mapping = Object.values(vault.networkMappings).find(
    (each) =>
      each.fabricName.toLowerCase() === fabric.toLowerCase() &&
      each.recoveryFabricName.toLowerCase() === recoveryFabric.toLowerCase() &&
      sameId(each.primaryNetworkId, networkId),
  );
  return mapping?.recoveryNetworkId ?? null;
}

/** The network a machine's first interface lies in. */
export function networkOfMachine(simulation: Simulation, machine: AzureResource): string | null {
  const first = nicsOf(simulation, machine)[0];
  const subnetId = textAt(
    listAt(first?.properties, "ipConfigurations")[0],
    "properties",
    "subnet",
    "id",
  );
  return subnetId === undefined ? null : networkOfSubnet(subnetId);
}

/** The name of the subnet that stands for another one: of the same name, else the first. */
export function counterpartSubnet(
  simulation: Simulation,
  networkId: string | null,
  subnetName: string,
): string | null {
  const network = findNetwork(simulation, networkId);
  if (!network) return null;
  const subnets = subnetsOf(network);
  const same = subnets.find((subnet) => subnet.name.toLowerCase() === subnetName.toLowerCase());
  return (same ?? subnets[0])?.name ?? null;
}

/** A network interface that is made anew, under a name that the service chooses. */
export const UNNAMED_NIC: Pick<
  ProtectedNic,
  | "recoveryNicName"
  | "recoveryNicResourceGroup"
  | "reuseExistingNic"
  | "tfoNicName"
  | "tfoNicResourceGroup"
  | "tfoReuseExistingNic"
  | "targetNicName"
> = {
  recoveryNicName: null,
  recoveryNicResourceGroup: null,
  reuseExistingNic: false,
  tfoNicName: null,
  tfoNicResourceGroup: null,
  tfoReuseExistingNic: false,
  targetNicName: null,
};

/** The protected form of a machine's network interfaces. */
export function protectNics(
  simulation: Simulation,
  machine: AzureResource,
  recoveryNetworkOf: (networkId: string) => string | null,
  recoverySubnetName?: string,
): ProtectedNic[] {
  return nicsOf(simulation, machine).map((nic) => {
    const configurations = listAt(nic.properties, "ipConfigurations");
    const subnetId = textAt(configurations[0], "properties", "subnet", "id") ?? "";
    const networkId = networkOfSubnet(subnetId);
    const recoveryNetworkId = recoveryNetworkOf(networkId);
    return {
      nicId: guidOf(simulation, "nic", nic.id),
      sourceNicId: nic.id,
      networkId,
      recoveryNetworkId,
      ipConfigurations: configurations.map((each, index) =>
        ipConfiguration(simulation, each, index, recoveryNetworkId, recoverySubnetName),
      ),
      selectionType: "SelectedByUserOverride",
      recoverySecurityGroupId: null,
      acceleratedOnRecovery: valueAt(nic.properties, "enableAcceleratedNetworking") === true,
      tfoNetworkId: null,
      tfoSecurityGroupId: null,
      acceleratedOnTfo: null,
      ...UNNAMED_NIC,
    };
  });
}

function ipConfiguration(
  simulation: Simulation,
  configuration: unknown,
  index: number,
  recoveryNetworkId: string | null,
  recoverySubnetName?: string,
): IpConfiguration {
  const subnetName = nameOf(textAt(configuration, "properties", "subnet", "id") ?? "");
  return {
    name: textAt(configuration, "name") ?? `ipconfig${index + 1}`,
    isPrimary: valueAt(configuration, "properties", "primary") === true || index === 0,
    subnetName,
    address: textAt(configuration, "properties", "privateIPAddress") ?? "",
    addressType:
      textAt(configuration, "properties", "privateIPAllocationMethod") === "Static"
        ? "Static"
        : "Dynamic",
    selectedForFailover: true,
    recoverySubnetName:
      recoverySubnetName ?? counterpartSubnet(simulation, recoveryNetworkId, subnetName),
    recoveryAddress: "",
    recoveryPublicIpId: null,
    recoveryPoolIds: null,
    tfoSubnetName: null,
    tfoAddress: null,
    tfoPublicIpId: null,
    tfoPoolIds: null,
  };
}

/** A machine's size, operating system and generation. */
export function machineTraits(machine: AzureResource): {
  size: string;
  osType: string;
  generation: string;
} {
  return {
    size: textAt(machine.properties, "hardwareProfile", "vmSize") ?? "Standard_DS1_v2",
    osType: textAt(machine.properties, "storageProfile", "osDisk", "osType") ?? "Linux",
    generation: textAt(machine.properties, "hyperVGeneration") ?? "V1",
  };
}
