import { DISK } from "../../../azure/machines.ts";
import { findResource } from "../../../azure/resources.ts";
import { MACHINE_SIZES } from "../../../azure/sizes.ts";
import { guidOf, type Simulation } from "../../../simulation.ts";
import type { EstateDisk, EstateMachine } from "../../../state/estate-model.ts";
import { UNNAMED_NIC } from "../describe-machine.ts";
import type { IpConfiguration, ProtectedDisk, ProtectedNic } from "../item.ts";

/** Where the data of a disk on premises goes, as a request says it. */
export interface SiteDiskTarget {
  readonly logStorageAccountId: string;
  readonly diskType: string;
  readonly encryptionSetId: string | null;
  readonly resourceGroupId: string;
}

/** The protected form of a disk on premises; its disks in Azure are named as recorded. */
export function protectSiteDisk(
  simulation: Simulation,
  machine: EstateMachine,
  disk: EstateDisk,
  target: SiteDiskTarget,
): ProtectedDisk {
  const word = (text: string) => (text.split(/[\\/]/).at(-1) ?? "").replace(/\W/g, "_");
  const [machineName, device] = [word(machine.name), word(disk.name)];
  const guid = (use: string) => guidOf(simulation, use, machine.key, disk.id, simulation.now);
  const nameInAzure = `${device}-${machineName}-${guid("target")}`;
  return {
    diskId: disk.id,
    diskName: disk.name,
    isOsDisk: disk.isOsDisk,
    sizeGiB: disk.sizeGiB,
    stagingStorageAccountId: target.logStorageAccountId,
    recoveryResourceGroupId: target.resourceGroupId,
    replicaAccountType: target.diskType,
    targetAccountType: target.diskType,
    recoveryDiskEncryptionSetId: target.encryptionSetId,
    replicaDiskId: `${target.resourceGroupId}/providers/${DISK}/asrseeddisk-${machineName.slice(0, 8)}-${device.slice(0, 8)}-${guid("seed")}`,
    targetDiskId: null,
    originalTargetDiskId: null,
    failoverDiskName: nameInAzure,
    tfoDiskName: `${nameInAzure}-test`,
    uuid: disk.uuid,
  };
}

/** The protected form of the only network interface of a machine on premises. */
export function protectSiteNic(
  source: Pick<ProtectedNic, "nicId" | "networkId"> &
    Pick<IpConfiguration, "address" | "addressType">,
  target: {
    readonly vmName: string;
    readonly networkId: string | null;
    readonly subnetName: string | null;
    readonly testNetworkId: string | null;
    readonly testSubnetName: string | null;
  },
): ProtectedNic {
  return {
    nicId: source.nicId,
    sourceNicId: `nic-${target.vmName}-00`,
    networkId: source.networkId,
    recoveryNetworkId: target.networkId,
    ipConfigurations: [
      {
        name: "ipConfig-00",
        isPrimary: true,
        subnetName: "",
        address: source.address,
        addressType: source.addressType,
        selectedForFailover: true,
        recoverySubnetName: target.subnetName,
        recoveryAddress: "",
        recoveryPublicIpId: null,
        recoveryPoolIds: null,
        tfoSubnetName: target.testSubnetName,
        tfoAddress: null,
        tfoPublicIpId: null,
        tfoPoolIds: null,
      },
    ],
    selectionType: "SelectedByDefault",
    recoverySecurityGroupId: null,
    acceleratedOnRecovery: false,
    tfoNetworkId: target.testNetworkId,
    tfoSecurityGroupId: null,
    acceleratedOnTfo: null,
    ...UNNAMED_NIC,
  };
}

/** The size a machine gets in Azure if none is asked for: the smallest that has its processors and memory (CH-SITE-SIZE). */
export function sizeFor(machine: Pick<EstateMachine, "processors" | "memoryMiB">): string {
  const fitting = MACHINE_SIZES.filter(
    (size) =>
      size.name.startsWith("Standard_") &&
      size.cores >= machine.processors &&
      size.memoryGiB * 1024 >= machine.memoryMiB,
  );
  const best = fitting.toSorted(
    (first, second) => first.cores - second.cores || first.memoryGiB - second.memoryGiB,
  )[0];
  return best?.name ?? "Standard_F4s_v2";
}

/** The region that an item goes to: of the first of these resources that exists, as CH-SITE-REGION orders them; empty if none does. */
export function firstLocationOf(simulation: Simulation, ids: readonly (string | null)[]): string {
  return ids.map((id) => findResource(simulation, id)?.location).find(Boolean) ?? "";
}
