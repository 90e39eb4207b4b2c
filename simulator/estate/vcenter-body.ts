import type { Simulation } from "../simulation.ts";
import type { DiscoveredVCenter, EstateVCenter } from "../state/estate-model.ts";
import { recoveryId, recoveryType } from "../state/identifiers.ts";
import type { JsonObject } from "../state/json.ts";
import type { Vault } from "../state/model.ts";
import { formatTime } from "../state/times.ts";
import { configurationServerOf } from "./find.ts";
import { isServerConnected, serverHeartbeat } from "./heartbeat.ts";

/** The vCenter of the world that has an address; undefined if nothing answers there. */
export function vcenterAt(simulation: Simulation, address: string): EstateVCenter | undefined {
  return Object.values(simulation.state.estate.vcenters).find(
    (each) => each.address.toLowerCase() === address.toLowerCase(),
  );
}

/** A discovered vCenter as it is read (swagger; `Pending` is its example's word, the others are ours: CH-VCENTER). */
export function vcenterBody(
  simulation: Simulation,
  vault: Vault,
  vcenter: DiscoveredVCenter,
): JsonObject {
  const server = configurationServerOf(vault, vcenter.fabricName);
  const place = ["replicationFabrics", vcenter.fabricName, "replicationvCenters", vcenter.name];
  const found = vcenterAt(simulation, vcenter.address);
  const isUp = server !== undefined && isServerConnected(simulation, server);
  const status = simulation.now < vcenter.discoveredAt ? "Pending" : "Completed";
  return {
    name: vcenter.name,
    type: recoveryType("replicationFabrics", "replicationvCenters"),
    id: recoveryId(vault, ...place),
    properties: {
      friendlyName: vcenter.friendlyName,
      internalId: vcenter.internalId,
      lastHeartbeat:
        found && server && status === "Completed" ? serverHeartbeat(simulation, server) : null,
      discoveryStatus: found && isUp ? status : "Failed",
      processServerId: vcenter.processServerId,
      ipAddress: vcenter.address,
      infrastructureId: vcenter.infrastructureId,
      port: vcenter.port,
      runAsAccountId: vcenter.runAsAccountId,
      fabricArmResourceName: vcenter.fabricName,
      healthErrors: found ? [] : [unreachable(simulation, vcenter)],
    },
  };
}

function unreachable(simulation: Simulation, vcenter: DiscoveredVCenter): JsonObject {
  return {
    innerHealthErrors: [],
    errorSource: "Infrastructure",
    errorType: "SIM-VCENTER-UNREACHABLE",
    errorLevel: "Critical",
    errorCategory: "FabricInfrastructure",
    errorCode: "SIM-VCENTER-UNREACHABLE",
    summaryMessage: "",
    errorMessage: `The vCenter server '${vcenter.friendlyName}' does not answer at ${vcenter.address}:${vcenter.port}.`,
    possibleCauses: "The address is wrong, or the server is turned off.",
    recommendedAction: "Correct the address, or start the server.",
    creationTimeUtc: formatTime(simulation.now),
    recoveryProviderErrorMessage: null,
    entityId: vcenter.internalId,
    errorId: "SIM-VCENTER-UNREACHABLE",
    customerResolvability: "NotAllowed",
  };
}
