import type {
  AddVCenterRequest,
  DiscoverProtectableItemRequest,
  FailoverProcessServerRequest,
} from "@azure/arm-recoveryservices-siterecovery";
import type { OnPremisesVaultSite, VCenterSpecification } from "../on-premises-site.ts";

/** Body of PUT and PATCH vCenter. */
export function vcenterBody(specification: VCenterSpecification): AddVCenterRequest {
  return {
    properties: {
      friendlyName: specification.friendlyName,
      ipAddress: specification.address,
      port: specification.port,
      processServerId: specification.processServerId,
      runAsAccountId: specification.runAsAccountId,
    },
  };
}

/** Body of POST discoverProtectableItem. */
export function discoverMachineBody(
  machine: Parameters<OnPremisesVaultSite["discoverMachine"]>[2],
): DiscoverProtectableItemRequest {
  return {
    properties: {
      friendlyName: machine.friendlyName,
      ipAddress: machine.address,
      osType: machine.osType,
    },
  };
}

/** Body of POST reassociateGateway: the server's machines, or some of them. */
export function moveMachinesBody(
  move: Parameters<OnPremisesVaultSite["moveMachines"]>[2],
): FailoverProcessServerRequest {
  return {
    properties: {
      containerName: move.containerName,
      sourceProcessServerId: move.sourceProcessServerId,
      targetProcessServerId: move.targetProcessServerId,
      ...(move.machineIds === undefined ? {} : { vmsToMigrate: [...move.machineIds] }),
      updateType: move.machineIds === undefined ? "SystemLevel" : "ServerLevel",
    },
  };
}
