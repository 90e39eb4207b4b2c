import { type Answer, missingObject, ok } from "../../http/answer.ts";
import { applyFilter } from "../../http/filter.ts";
import { pagedListOf } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { guidOf, newGuid, type Simulation } from "../../simulation.ts";
import { recoveryId, recoveryType } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type { RecoveryEvent, Vault } from "../../state/model.ts";
import { formatTime } from "../../state/times.ts";
import type { ProtectedItem } from "../items/item.ts";
import { containerFriendlyName, fabricFriendlyName } from "../setup/bodies.ts";
import { fabricId, param, vaultOf } from "./find.ts";

/** Events of a vault. Paths are relative to the vault. */
export const EVENT_ROUTES: readonly Route[] = [
  ["GET", "replicationEvents", listEvents],
  ["GET", "replicationEvents/{event}", getEvent],
];

/** Notes something that happened to an item. */
export function noteEvent(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  event: { eventType: "VmHealth" | "JobStatus"; description: string; severity: string },
): void {
  const kind = event.eventType === "JobStatus" ? "JobStatusMonitoringEvent" : "VmMonitoringEvent";
  // The service orders events by a number that falls with time, at the front of their names.
  const falling = 9_092_000_000_000_000_000n - BigInt(simulation.now) * 10_000n;
  vault.events.unshift({
    ...event,
    name: `${kind};${falling}_${newGuid(simulation)}`,
    eventCode: guidOf(simulation, "event", event.eventType, event.description),
    at: simulation.now,
    fabricName: item.fabricName,
    itemName: item.name,
    itemKind: item.kind,
    affectedObjectFriendlyName: item.friendlyName,
    correlationId: item.eventCorrelationId,
    ...(item.hyperV && { way: wayOf(vault, item) }),
  });
}

function wayOf(vault: Vault, item: ProtectedItem): NonNullable<RecoveryEvent["way"]> {
  const { fabricName, containerName, recoveryFabricName, recoveryContainerName } = item;
  return {
    containerName: containerFriendlyName(vault, fabricName, containerName),
    fabricName: fabricFriendlyName(vault, fabricName),
    remoteContainerName: containerFriendlyName(vault, recoveryFabricName, recoveryContainerName),
    remoteFabricName: fabricFriendlyName(vault, recoveryFabricName),
  };
}

function eventBody(vault: Vault, event: RecoveryEvent): JsonObject {
  return {
    type: recoveryType("replicationEvents"),
    id: recoveryId(vault, "replicationEvents", event.name),
    name: event.name,
    properties: {
      eventCode: event.eventCode,
      description: event.description,
      eventType: event.eventType,
      affectedObjectFriendlyName: event.affectedObjectFriendlyName,
      affectedObjectCorrelationId: event.correlationId,
      severity: event.severity,
      timeOfOccurrence: formatTime(event.at),
      fabricId: fabricId(vault, event.fabricName),
      providerSpecificDetails: itemDetails(event),
      eventSpecificDetails: event.eventType === "JobStatus" ? { instanceType: "JobStatus" } : null,
      healthErrors: [],
    },
  };
}

/** Details by the kind of item, as published; those of classic items tell of summaries instead of names. */
function itemDetails({ itemKind, itemName, ...event }: RecoveryEvent): JsonObject {
  if (event.way) {
    const { remoteFabricName, ...way } = event.way;
    const isToAzure = itemKind === "HyperVReplicaAzure";
    return { instanceType: itemKind, ...way, ...(!isToAzure && { remoteFabricName }) };
  }
  switch (itemKind) {
    case "InMageAzureV2":
    case "InMage":
      return {
        instanceType: "InMageAzureV2",
        eventType: event.eventType,
        category: "Replication",
        component: "Site Recovery",
        correctiveAction: "",
        details: event.description,
        summary: event.description,
        siteName: event.fabricName,
      };
    case "InMageRcm":
      return {
        instanceType: itemKind,
        protectedItemName: itemName,
        vmName: event.affectedObjectFriendlyName,
        latestAgentVersion: null,
        jobId: null,
        fabricName: event.fabricName,
        applianceName: null,
        serverType: null,
        componentDisplayName: null,
      };
    case "InMageRcmFailback":
      return {
        instanceType: itemKind,
        protectedItemName: itemName,
        vmName: event.affectedObjectFriendlyName,
        applianceName: null,
        serverType: null,
        componentDisplayName: null,
      };
    default:
      return { instanceType: "A2A", protectedItemName: itemName, fabricName: event.fabricName };
  }
}

function listEvents(call: Call): Answer {
  const vault = vaultOf(call);
  const found = applyFilter(vault.events, call.query.get("$filter"), {
    Severity: (event) => event.severity,
    EventCode: (event) => event.eventCode,
    EventType: (event) => event.eventType,
    FabricName: (event) => [event.fabricName, fabricId(vault, event.fabricName)],
    AffectedObjectFriendlyName: (event) => event.affectedObjectFriendlyName,
    AffectedObjectCorrelationId: (event) => event.correlationId,
    StartTime: (event) => ({ from: formatTime(event.at) }),
    EndTime: (event) => ({ until: formatTime(event.at) }),
  });
  return pagedListOf(call, found, (event) => eventBody(vault, event));
}

function getEvent(call: Call): Answer {
  const vault = vaultOf(call);
  const event = vault.events.find(
    (each) => each.name.toLowerCase() === param(call, "event").toLowerCase(),
  );
  if (!event) throw missingObject(param(call, "event"));
  return ok(eventBody(vault, event));
}
