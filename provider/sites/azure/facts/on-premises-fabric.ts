import type {
  ApplianceFacts,
  ListedDatastoreFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
  ProcessServerFacts,
} from "../../../recovery/on-premises.ts";
import { healthError, healthOf } from "./health.ts";
import { numberOf, optional, textOf, textsOf, timeOf, type Wire, wiresOf } from "./wire.ts";

const gibibyte = 2 ** 30;

/** The servers of a VMware site from its fabric's details (reference, 4.5); undefined for every other fabric. */
export function onPremisesFabricFacts(details: Wire): OnPremisesFabricFacts | undefined {
  const instanceType = textOf(details, "instanceType");
  if (instanceType === "VMware") return classicFabric(details);
  return instanceType === "InMageRcm" ? modernizedFabric(details) : undefined;
}

function classicFabric(details: Wire): OnPremisesFabricFacts {
  return {
    generation: "classic",
    address: textOf(details, "ipAddress"),
    hostName: textOf(details, "hostName"),
    agentVersion: textOf(details, "agentVersion"),
    ...heartbeat(details),
    serviceStatus: textOf(details, "csServiceStatus"),
    processServers: wiresOf(details, "processServers").map(processServer),
    masterTargets: wiresOf(details, "masterTargetServers").map(masterTarget),
    appliances: [],
    runAsAccounts: wiresOf(details, "runAsAccounts").map((account) => ({
      id: textOf(account, "accountId"),
      name: textOf(account, "accountName"),
    })),
  };
}

function modernizedFabric(details: Wire): OnPremisesFabricFacts {
  const appliances = wiresOf(details, "reprotectAgents").map(appliance);
  return {
    generation: "modernized",
    address: "",
    hostName: "",
    agentVersion: "",
    serviceStatus: "",
    processServers: wiresOf(details, "processServers").map(processServer),
    masterTargets: [],
    appliances,
    runAsAccounts: [],
    discoverySiteIds: ["vmwareSiteId", "physicalSiteId"]
      .map((name) => textOf(details, name))
      .filter((id) => id !== ""),
  };
}

/** Both generations have process servers and call their parts differently. */
function processServer(wire: Wire): ProcessServerFacts {
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "friendlyName", "name"),
    address: textOf(wire, "ipAddress") || (textsOf(wire, "ipAddresses")[0] ?? ""),
    agentVersion: textOf(wire, "agentVersion", "version"),
    ...heartbeat(wire),
    health: healthOf(wire, "health"),
    healthErrors: wiresOf(wire, "healthErrors").map(healthError),
    serviceStatus: textOf(wire, "psServiceStatus"),
    machineCount: numberOf(wire, "machineCount", "protectedItemCount") ?? 0,
  };
}

function masterTarget(wire: Wire): MasterTargetFacts {
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    address: textOf(wire, "ipAddress"),
    osType: textOf(wire, "osType"),
    osVersion: textOf(wire, "osVersion"),
    agentVersion: textOf(wire, "agentVersion"),
    ...heartbeat(wire),
    diskCount: numberOf(wire, "diskCount") ?? 0,
    retentionVolumes: wiresOf(wire, "retentionVolumes").map((volume) => ({
      name: textOf(volume, "volumeName"),
      capacityBytes: numberOf(volume, "capacityInBytes") ?? 0,
      freeBytes: numberOf(volume, "freeSpaceInBytes") ?? 0,
    })),
    datastores: wiresOf(wire, "dataStores").map(datastore),
    healthErrors: wiresOf(wire, "healthErrors").map(healthError),
    validationErrors: wiresOf(wire, "validationErrors").map(healthError),
  };
}

/** Sizes of datastores come in gigabytes, as text. */
function datastore(wire: Wire): ListedDatastoreFacts {
  return {
    name: textOf(wire, "symbolicName"),
    uuid: textOf(wire, "uuid"),
    capacityBytes: (numberOf(wire, "capacity") ?? 0) * gibibyte,
    freeBytes: (numberOf(wire, "freeSpace") ?? 0) * gibibyte,
    type: textOf(wire, "type"),
  };
}

function appliance(wire: Wire): ApplianceFacts {
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    biosId: textOf(wire, "biosId"),
    fqdn: textOf(wire, "fqdn"),
    version: textOf(wire, "version"),
    ...heartbeat(wire),
    health: healthOf(wire, "health"),
    healthErrors: wiresOf(wire, "healthErrors").map(healthError),
    protectedItemCount: numberOf(wire, "protectedItemCount") ?? 0,
    accessibleDatastores: textsOf(wire, "accessibleDatastores"),
    vcenterId: textOf(wire, "vcenterId"),
  };
}

function heartbeat(wire: Wire): { readonly lastHeartbeat?: string } {
  return optional("lastHeartbeat", timeOf(wire, "lastHeartbeat", "lastHeartbeatUtc"));
}
