import {
  buildMachine,
  DISK,
  dismantle,
  ensureDisk,
  machineIdIn,
  NIC,
} from "../../azure/machines.ts";
import {
  buildNic,
  contains,
  findNetwork,
  freeAddress,
  type NicConfiguration,
  subnetsOf,
} from "../../azure/networks.ts";
import { ensureGroup } from "../../azure/resource-groups.ts";
import { findResource } from "../../azure/resources.ts";
import type { ServiceError } from "../../faults/fault-rule.ts";
import type { Simulation } from "../../simulation.ts";
import { nameOf, resourceGroupIdOf, sameId } from "../../state/identifiers.ts";
import type { Vault } from "../../state/model.ts";
import type { IpConfiguration, ProtectedItem, ProtectedNic } from "./item.ts";
import { recoveryLocationOf } from "./places.ts";

/** Which copy is made: the real one, or the isolated one of a test failover in a network of its own. */
export type CopyKind =
  | { readonly kind: "failover" }
  | { readonly kind: "test"; readonly networkId: string | null };

/** The machine that was made, or why it could not be. */
export type CopyResult =
  | { readonly machineId: string; readonly warning?: { code: string; message: string } }
  | { readonly failed: ServiceError };

/** Makes the machine of a failover or test failover out of the replicated disks. */
export function makeCopy(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  copy: CopyKind,
): CopyResult {
  const location = recoveryLocationOf(vault, item);
  if (simulation.state.unavailableRegions.includes(location))
    return { failed: regionLost(item, location) };
  const isTest = copy.kind === "test";
  const { recovery } = item;
  ensureGroup(simulation, recovery.resourceGroupId, location);
  const wantedName = isTest ? recovery.tfoVmName : recovery.vmName;
  const { id: machineId, warning } = freeMachineId(simulation, item, wantedName, isTest);
  const nics = item.nics.map((nic) => copyNic(simulation, item, nic, copy, location));
  const broken = nics.find((nic) => nic === undefined);
  if (broken === undefined && nics.includes(undefined)) return { failed: noNetwork(item) };
  const disks = item.disks.map((disk) => {
    const diskName = isTest ? disk.tfoDiskName : disk.failoverDiskName;
    const resource = ensureDisk(
      simulation,
      unattachedId(simulation, `${disk.recoveryResourceGroupId}/providers/${DISK}/${diskName}`),
      {
        location,
        sizeGiB: disk.sizeGiB,
        accountType: disk.targetAccountType,
        ...(disk.isOsDisk && { osType: item.osType }),
      },
    );
    if (!isTest) disk.targetDiskId = resource.id;
    return { id: resource.id, isOsDisk: disk.isOsDisk };
  });
  buildMachine(simulation, {
    id: machineId,
    location,
    size: recovery.vmSize,
    osType: item.osType,
    disks,
    nicIds: nics.flatMap((nic) => nic ?? []),
    tags: findResource(simulation, item.machineId)?.tags,
    zone: recovery.availabilityZone,
    availabilitySetId: recovery.availabilitySetId,
    proximityPlacementGroupId: recovery.proximityPlacementGroupId,
  });
  return warning ? { machineId, warning } : { machineId };
}

/** CH-VM-EXISTS: the own machine left behind by an earlier attempt gives way, a stranger does not. */
function freeMachineId(
  simulation: Simulation,
  item: ProtectedItem,
  wanted: string,
  isTest: boolean,
): { id: string; warning?: { code: string; message: string } } {
  const id = machineIdIn(item.recovery.resourceGroupId, wanted);
  if (!findResource(simulation, id)) return { id };
  const own = isTest ? [item.testMachineId] : [item.leftMachineId, item.recoveredMachineId];
  if (own.some((each) => sameId(each, id))) {
    dismantle(simulation, id, { nics: true });
    return { id };
  }
  return {
    id: machineIdIn(item.recovery.resourceGroupId, `${wanted}-asr`),
    warning: {
      code: "28175",
      message: `The virtual machine '${wanted}' was renamed to '${wanted}-asr' on failover because the name is in use.`,
    },
  };
}

function copyNic(
  simulation: Simulation,
  item: ProtectedItem,
  nic: ProtectedNic,
  copy: CopyKind,
  location: string,
): string | undefined {
  const networkId =
    copy.kind === "test"
      ? (nic.tfoNetworkId ?? copy.networkId ?? item.recovery.tfoNetworkId ?? nic.recoveryNetworkId)
      : (nic.recoveryNetworkId ?? item.recovery.networkId);
  const network = findNetwork(simulation, networkId);
  if (!network || network.location !== location) return undefined;
  const subnets = subnetsOf(network);
  const configurations = nic.ipConfigurations
    .filter((each) => each.selectedForFailover)
    .map((each): NicConfiguration | undefined => {
      const wanted =
        copy.kind === "test"
          ? (each.tfoSubnetName ?? each.recoverySubnetName)
          : each.recoverySubnetName;
      const subnet =
        subnets.find(({ name }) => name.toLowerCase() === wanted?.toLowerCase()) ?? subnets[0];
      if (!subnet) return undefined;
      const fixed = wantedAddress(each, copy.kind, subnet.prefix);
      return {
        name: each.name,
        subnet,
        isPrimary: each.isPrimary,
        address: freeAddress(simulation, subnet, fixed),
        allocation: fixed === null ? "Dynamic" : "Static",
        publicIpId: copy.kind === "test" ? each.tfoPublicIpId : each.recoveryPublicIpId,
      };
    });
  if (configurations.length === 0 || configurations.includes(undefined)) return undefined;
  const group = copy.kind === "test" ? nic.tfoNicResourceGroup : nic.recoveryNicResourceGroup;
  const name =
    copy.kind === "test"
      ? (nic.tfoNicName ?? `${nameOf(nic.sourceNicId)}-test`)
      : (nic.recoveryNicName ?? nic.targetNicName ?? nameOf(nic.sourceNicId));
  const groupId =
    group === null
      ? item.recovery.resourceGroupId
      : `${subscriptionOf(item.recovery.resourceGroupId)}/resourceGroups/${group}`;
  return buildNic(simulation, {
    id: unattachedId(simulation, `${groupId}/providers/${NIC}/${name}`),
    location,
    configurations: configurations.flatMap((each) => each ?? []),
    securityGroupId: copy.kind === "test" ? nic.tfoSecurityGroupId : nic.recoverySecurityGroupId,
    accelerated: nic.acceleratedOnRecovery,
  }).id;
}

/** A chosen address wins; else a static address of the source is tried where the subnet has it. */
function wantedAddress(
  configuration: IpConfiguration,
  kind: CopyKind["kind"],
  prefix: string,
): string | null {
  const chosen = kind === "test" ? configuration.tfoAddress : configuration.recoveryAddress;
  if (chosen) return chosen;
  const { address, addressType } = configuration;
  return addressType === "Static" && contains(prefix, address) ? address : null;
}

function subscriptionOf(groupId: string): string {
  return resourceGroupIdOf(`${groupId}/x`).split("/resourceGroups/")[0] ?? "";
}

/** A disk or network interface that belongs to a stranger's machine is not touched (CH-VM-EXISTS). */
function unattachedId(simulation: Simulation, id: string): string {
  const { managedBy, virtualMachine } = findResource(simulation, id)?.properties ?? {};
  return managedBy === undefined && virtualMachine === undefined ? id : `${id}-asr`;
}

function noNetwork(item: ProtectedItem): ServiceError {
  return {
    // CH-NO-NETWORK
    code: "28092",
    message: `Site Recovery was not able to create a network interface for the virtual machine '${item.friendlyName}'.`,
    possibleCauses:
      "No target network is selected, or the network, its subnet or its region is not what the failover needs.",
    recommendedAction:
      "Map the source network or select a target network for the protected item, and retry the failover.",
  };
}

function regionLost(item: ProtectedItem, location: string): ServiceError {
  return {
    code: "170010",
    message: `Site Recovery was not able to create a failed over virtual machine for '${item.friendlyName}' in ${location}.`,
    possibleCauses: `Region ${location} is not available.`,
    recommendedAction: "Wait until the region is available again and retry the failover.",
  };
}
