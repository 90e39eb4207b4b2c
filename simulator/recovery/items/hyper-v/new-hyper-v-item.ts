import { DISK } from "../../../azure/machines.ts";
import { guidOf, newGuid, type Simulation } from "../../../simulation.ts";
import type { HyperVMachine, VirtualHardDisk } from "../../../state/hyper-v-model.ts";
import type { Container, Vault } from "../../../state/model.ts";
import { MICROSOFT_AZURE } from "../../vault/find.ts";
import type { ProtectedDisk, ProtectedItem, ProtectedNic } from "../item.ts";
import { groupIdOf, notReplicating, UNTOUCHED } from "../new-item.ts";
import { firstLocationOf, protectSiteNic, sizeFor } from "../on-premises/describe-site-machine.ts";
import { newHyperVPart } from "./hyper-v-part.ts";

/** What protects a Hyper-V machine in Azure: the parts of a request, and of a world file. */
export interface HyperVEnableRequest {
  readonly name: string;
  readonly source: Container;
  readonly policyName: string;
  readonly machine: HyperVMachine;
  /** Absent = as the world says. */
  readonly osType?: string | undefined;
  /** Where the data, or with managed disks their changes, are kept. */
  readonly storageAccountId: string;
  readonly logStorageAccountId: string | null;
  readonly useManagedDisks: boolean;
  /** Disks by their ids with where they go; others of the machine are not replicated. */
  readonly disks: ReadonlyMap<string, HyperVDiskTarget>;
  readonly resourceGroupId: string;
  readonly networkId: string | null;
  readonly subnetName: string | null;
  readonly vmName: string;
  readonly vmSize: string | null;
  readonly availabilitySetId: string | null;
  readonly availabilityZone: string | null;
  readonly proximityPlacementGroupId: string | null;
  readonly licenseType: string;
  readonly enableRdpOnTargetOption: string;
}

/** Where the data of a virtual hard disk go. */
export interface HyperVDiskTarget {
  readonly diskType: string;
  readonly encryptionSetId: string | null;
}

/** Makes the item of a Hyper-V machine that is protected in Azure, not yet replicating and not yet in the vault. */
export function newHyperVItem(
  simulation: Simulation,
  vault: Vault,
  request: HyperVEnableRequest,
): ProtectedItem {
  const { machine, source, vmName } = request;
  const lifecycleId = newGuid(simulation);
  return {
    name: request.name,
    kind: "HyperVReplicaAzure",
    lifecycleId,
    fabricName: source.fabricName,
    containerName: source.name,
    recoveryFabricName: MICROSOFT_AZURE,
    recoveryContainerName: MICROSOFT_AZURE,
    policyName: request.policyName,
    friendlyName: machine.name,
    ...UNTOUCHED,
    replication: notReplicating(),
    eventCorrelationId: newGuid(simulation),
    machineId: machine.id,
    osType: request.osType ?? machine.osType,
    generation: `V${machine.generation}`,
    managementId: guidOf(simulation, "management", lifecycleId, machine.key),
    multiVmGroupId: groupIdOf(simulation, vault, "", lifecycleId),
    multiVmGroupName: "",
    initialPrimaryLocation: "",
    initialPrimaryZone: "",
    initialRecoveryLocation: firstLocationOf(simulation, [
      request.networkId,
      request.storageAccountId,
      request.resourceGroupId,
    ]),
    initialRecoveryZone: request.availabilityZone ?? "",
    primaryZone: null,
    autoProtectionOfDataDisk: "Disabled",
    // No agent inside the machine.
    certificateExpiresAt: 0,
    disks: machine.disks.flatMap((disk) => {
      const target = request.disks.get(disk.id);
      return target ? [protectedDisk(simulation, request, disk, target)] : [];
    }),
    nics: [protectedNic(simulation, request)],
    recovery: {
      vmName,
      vmSize: request.vmSize ?? sizeFor(machine),
      resourceGroupId: request.resourceGroupId,
      networkId: request.networkId,
      tfoNetworkId: null,
      tfoVmName: `${vmName}-test`,
      cloudServiceId: null,
      availabilitySetId: request.availabilitySetId,
      availabilityZone: request.availabilityZone,
      proximityPlacementGroupId: request.proximityPlacementGroupId,
      scaleSetId: null,
      capacityReservationGroupId: null,
      bootDiagnosticsStorageAccountId: null,
    },
    hyperV: newHyperVPart(machine, {
      storageAccountId: request.storageAccountId,
      logStorageAccountId: request.logStorageAccountId,
      useManagedDisks: String(request.useManagedDisks),
      licenseType: request.licenseType,
      enableRdpOnTargetOption: request.enableRdpOnTargetOption,
    }),
  };
}

/** In Azure the machine gets managed disks, however its data were kept before (CH-HV-DISKS). */
function protectedDisk(
  simulation: Simulation,
  { machine, vmName, resourceGroupId, storageAccountId }: HyperVEnableRequest,
  disk: VirtualHardDisk,
  { diskType, encryptionSetId }: HyperVDiskTarget,
): ProtectedDisk {
  const guid = (use: string) => guidOf(simulation, use, machine.key, disk.id, simulation.now);
  const word = disk.name.replace(/\W/g, "_");
  const nameInAzure = `${vmName}-${word}-${guid("target").slice(0, 8)}`;
  return {
    diskId: disk.id,
    diskName: disk.name,
    isOsDisk: disk.isOsDisk,
    sizeGiB: disk.sizeMiB / 1024,
    stagingStorageAccountId: storageAccountId,
    recoveryResourceGroupId: resourceGroupId,
    replicaAccountType: diskType,
    targetAccountType: diskType,
    recoveryDiskEncryptionSetId: encryptionSetId,
    replicaDiskId: `${resourceGroupId}/providers/${DISK}/asrseeddisk-${word.slice(0, 16)}-${guid("seed")}`,
    targetDiskId: null,
    originalTargetDiskId: null,
    failoverDiskName: nameInAzure,
    tfoDiskName: `${nameInAzure}-test`,
  };
}

function protectedNic(simulation: Simulation, request: HyperVEnableRequest): ProtectedNic {
  const { machine, vmName } = request;
  const nic = protectSiteNic(
    {
      nicId: guidOf(simulation, "nic", machine.key),
      networkId: machine.network,
      address: machine.address,
      addressType: machine.address === "" ? "Dynamic" : "Static",
    },
    { ...request, testNetworkId: null, testSubnetName: null },
  );
  const targetNicName = `nic-${vmName}-00-${guidOf(simulation, "target nic", machine.key)}`;
  return { ...nic, targetNicName };
}
