import type { ProtectedItem } from "../recovery/items/item.ts";
import type { Simulation } from "../simulation.ts";
import type { ConfigurationServer, MasterTarget, SiteServer } from "../state/estate-model.ts";
import type { JsonObject } from "../state/json.ts";
import type { Vault } from "../state/model.ts";
import { DAY, formatTime } from "../state/times.ts";
import { visibleDatastores } from "./datastores.ts";
import { estateMachine } from "./find.ts";
import { isServerConnected, registered, serverHealth, serverHeartbeat } from "./heartbeat.ts";
import { versionFields } from "./version-details.ts";

const GIB = 2 ** 30;
/** How long the certificates between a configuration server and Azure are good. */
const CERTIFICATE_MS = 3 * 365 * DAY;

/** What a server tells of itself: a quiet one of 16 GiB memory and 600 GiB disk. */
const LOAD: JsonObject = {
  systemLoad: "0",
  systemLoadStatus: "Healthy",
  cpuLoad: "1",
  cpuLoadStatus: "Healthy",
  totalMemoryInBytes: 16 * GIB,
  availableMemoryInBytes: 12 * GIB,
  memoryUsageStatus: "Healthy",
  totalSpaceInBytes: 600 * GIB,
  availableSpaceInBytes: 550 * GIB,
  spaceUsageStatus: "Healthy",
};

/** `customDetails` of the fabric that a configuration server is (fields of the swagger, never recorded: CH-CLASSIC-FABRIC). */
export function configurationServerDetails(
  simulation: Simulation,
  vault: Vault,
  server: ConfigurationServer,
): JsonObject {
  const items = Object.values(vault.items).filter((item) => item.fabricName === server.fabricName);
  const isUp = isServerConnected(simulation, server);
  const processServers = registered(simulation, server.processServers);
  return {
    instanceType: "VMware",
    processServers: processServers.map((each) =>
      processServerBody(simulation, server, each, items),
    ),
    masterTargetServers: registered(simulation, server.masterTargets).map((each) =>
      masterTargetBody(simulation, each, items),
    ),
    runAsAccounts: server.runAsAccounts.map(({ id, name }) => ({
      accountId: id,
      accountName: name,
    })),
    replicationPairCount: String(items.reduce((sum, item) => sum + item.disks.length, 0)),
    processServerCount: String(processServers.length),
    agentCount: String(items.length),
    protectedServers: String(items.length),
    ...LOAD,
    webLoad: "0",
    webLoadStatus: "Healthy",
    databaseServerLoad: "0",
    databaseServerLoadStatus: "Healthy",
    csServiceStatus: isUp ? "Running" : "Stopped",
    ipAddress: server.address,
    hostName: server.name,
    lastHeartbeat: serverHeartbeat(simulation, server),
    versionStatus: "UpToDate",
    ...certificate(simulation, server),
    psTemplateVersion: "",
    ...versionFields(server),
    switchProviderBlockingErrorDetails: [],
  };
}

function certificate(simulation: Simulation, { certificateFrom }: ConfigurationServer): JsonObject {
  const expires = certificateFrom + CERTIFICATE_MS;
  return {
    sslCertExpiryDate: formatTime(expires),
    sslCertExpiryRemainingDays: Math.floor((expires - simulation.now) / DAY),
  };
}

function processServerBody(
  simulation: Simulation,
  configurationServer: ConfigurationServer,
  server: SiteServer,
  items: readonly ProtectedItem[],
): JsonObject {
  const { health, errors } = serverHealth(simulation, server);
  const own = items.filter((item) => item.onPremises?.processServerId === server.id);
  const isUp = isServerConnected(simulation, server);
  return {
    friendlyName: server.name,
    id: server.id,
    ipAddress: server.address,
    osType: "Windows",
    lastHeartbeat: serverHeartbeat(simulation, server),
    versionStatus: "UpToDate",
    mobilityServiceUpdates: [],
    hostId: server.id,
    machineCount: String(own.length),
    replicationPairCount: String(own.reduce((sum, item) => sum + item.disks.length, 0)),
    ...LOAD,
    psServiceStatus: isUp ? "Running" : "Stopped",
    ...certificate(simulation, configurationServer),
    osVersion: "Microsoft Windows Server 2016",
    healthErrors: errors,
    ...versionFields(server),
    health,
    psStatsRefreshTime: serverHeartbeat(simulation, server),
    throughputUploadPendingDataInBytes: 0,
    throughputInMBps: 0,
    throughputInBytes: 0,
    throughputStatus: "Healthy",
    marsCommunicationStatus: "Healthy",
    marsRegistrationStatus: "Healthy",
  };
}

function masterTargetBody(
  simulation: Simulation,
  server: MasterTarget,
  items: readonly ProtectedItem[],
): JsonObject {
  const machine = estateMachine(simulation, server.machine);
  // Disks of machines that replicate through it to the site hang on it.
  const carried = items
    .filter((item) => item.kind === "InMage" && item.onPremises?.masterTargetId === server.id)
    .reduce((sum, item) => sum + item.disks.length, 0);
  const version = versionFields(server);
  return {
    id: server.id,
    ipAddress: server.address,
    name: server.name,
    osType: server.osType,
    lastHeartbeat: serverHeartbeat(simulation, server),
    versionStatus: "UpToDate",
    retentionVolumes: server.retentionVolumes
      .filter(({ listedAt }) => listedAt <= simulation.now)
      .map(({ name, capacityGiB, freeGiB }) => ({
        volumeName: name,
        capacityInBytes: capacityGiB * GIB,
        freeSpaceInBytes: freeGiB * GIB,
        thresholdPercentage: 20,
      })),
    dataStores: visibleDatastores(simulation, server).map((each) => ({
      symbolicName: each.name,
      uuid: each.uuid,
      capacity: String(each.capacityGiB),
      freeSpace: String(each.freeGiB),
      type: each.type,
    })),
    validationErrors: [],
    healthErrors: serverHealth(simulation, server).errors,
    diskCount: (machine?.disks.length ?? 1) + server.extraDisks + carried,
    osVersion: server.osVersion,
    ...version,
    marsAgentVersion: "2.0.9261.0",
    marsAgentExpiryDate: version.agentExpiryDate,
    marsAgentVersionDetails: version.agentVersionDetails,
  };
}
