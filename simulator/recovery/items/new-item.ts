import { guidOf, newGuid, type Simulation } from "../../simulation.ts";
import { type JsonObject, textAt } from "../../state/json.ts";
import type { AzureResource, Container, Vault } from "../../state/model.ts";
import { machineTraits, mappedNetwork, networkOfMachine, protectNics } from "./describe-machine.ts";
import {
  AGENT_CERTIFICATE_MS,
  type ProtectedDisk,
  type ProtectedItem,
  type Replication,
} from "./item.ts";

/** What protects a machine: the parts of the request, and of a world file's compact form. */
export interface EnableRequest {
  readonly name: string;
  readonly source: Container;
  readonly target: Container;
  readonly policyName: string;
  readonly machine: AzureResource;
  readonly input: JsonObject;
  readonly disks: ProtectedDisk[];
}

/** The replication of an item whose data is not copied yet. */
export function notReplicating(): Replication {
  return {
    startedAt: null,
    initialEndsAt: null,
    firstPointAt: null,
    stoppedAt: null,
    pauses: [],
    extraPoints: [],
    discarded: false,
    resyncRequired: false,
  };
}

/** What every item has that nothing has happened to yet. */
export const UNTOUCHED: Pick<
  ProtectedItem,
  | "protectionState"
  | "activeLocation"
  | "testFailoverState"
  | "scenario"
  | "lastFailoverAt"
  | "lastTestFailoverAt"
  | "testFailoverAdvisedAt"
  | "failoverPoint"
  | "failoverPointFabric"
  | "recoveredMachineId"
  | "testMachineId"
  | "leftMachineId"
> = {
  protectionState: "UnprotectedStatesBegin",
  activeLocation: "Primary",
  testFailoverState: "None",
  scenario: null,
  lastFailoverAt: null,
  lastTestFailoverAt: null,
  testFailoverAdvisedAt: null,
  failoverPoint: null,
  failoverPointFabric: null,
  recoveredMachineId: null,
  testMachineId: null,
  leftMachineId: null,
};

/** Makes the item, not yet replicating and not yet in the vault. */
export function newItem(
  simulation: Simulation,
  vault: Vault,
  request: EnableRequest,
): ProtectedItem {
  const { name, source, target, machine, input, disks } = request;
  const traits = machineTraits(machine);
  const location = (fabric: string) => vault.fabrics[fabric.toLowerCase()]?.location ?? "";
  const chosenNetwork = textAt(input, "recoveryAzureNetworkId") ?? null;
  const recoveryNetworkOf = (networkId: string) =>
    chosenNetwork ?? mappedNetwork(vault, source.fabricName, target.fabricName, networkId);
  const ownNetwork = networkOfMachine(simulation, machine);
  const lifecycleId = newGuid(simulation);
  return {
    name,
    kind: "A2A",
    lifecycleId,
    fabricName: source.fabricName,
    containerName: source.name,
    recoveryFabricName: target.fabricName,
    recoveryContainerName: target.name,
    policyName: request.policyName,
    friendlyName: machine.name,
    ...UNTOUCHED,
    replication: notReplicating(),
    eventCorrelationId: newGuid(simulation),
    machineId: machine.id,
    osType: traits.osType,
    generation: traits.generation,
    managementId: guidOf(simulation, "management", lifecycleId, machine.id),
    multiVmGroupId:
      textAt(input, "multiVmGroupId") ??
      groupIdOf(simulation, vault, textAt(input, "multiVmGroupName") ?? "", lifecycleId),
    multiVmGroupName: textAt(input, "multiVmGroupName") ?? "",
    initialPrimaryLocation: location(source.fabricName),
    initialPrimaryZone: machine.zones?.[0] ?? "",
    initialRecoveryLocation: location(target.fabricName),
    initialRecoveryZone: textAt(input, "recoveryAvailabilityZone") ?? "",
    primaryZone: machine.zones?.[0] ?? null,
    autoProtectionOfDataDisk: textAt(input, "autoProtectionOfDataDisk") ?? "Disabled",
    certificateExpiresAt: simulation.now + AGENT_CERTIFICATE_MS,
    disks,
    nics: protectNics(simulation, machine, recoveryNetworkOf, textAt(input, "recoverySubnetName")),
    recovery: {
      vmName: machine.name,
      vmSize: traits.size,
      resourceGroupId:
        textAt(input, "recoveryResourceGroupId") ?? disks[0]?.recoveryResourceGroupId ?? "",
      networkId: ownNetwork === null ? chosenNetwork : recoveryNetworkOf(ownNetwork),
      tfoNetworkId: null,
      tfoVmName: `${machine.name}-test`,
      cloudServiceId: textAt(input, "recoveryCloudServiceId") ?? null,
      availabilitySetId: textAt(input, "recoveryAvailabilitySetId") ?? null,
      availabilityZone: textAt(input, "recoveryAvailabilityZone") ?? null,
      proximityPlacementGroupId: textAt(input, "recoveryProximityPlacementGroupId") ?? null,
      scaleSetId: textAt(input, "recoveryVirtualMachineScaleSetId") ?? null,
      capacityReservationGroupId: textAt(input, "recoveryCapacityReservationGroupId") ?? null,
      bootDiagnosticsStorageAccountId: textAt(input, "recoveryBootDiagStorageAccountId") ?? null,
    },
  };
}

/** The id of a replication group: of its name, or of the item if it is alone. */
export function groupIdOf(
  simulation: Simulation,
  vault: Vault,
  groupName: string,
  lifecycleId: string,
): string {
  return groupName === ""
    ? guidOf(simulation, "group", lifecycleId)
    : guidOf(simulation, "group", vault.name, groupName);
}
