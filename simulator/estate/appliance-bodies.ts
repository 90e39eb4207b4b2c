import { guidOf, type Simulation } from "../simulation.ts";
import { type ApplianceSite, CURRENT_VERSION, type SiteServer } from "../state/estate-model.ts";
import type { JsonObject } from "../state/json.ts";
import type { Vault } from "../state/model.ts";
import { visibleDatastores } from "./datastores.ts";
import { discoveryIdOf, estateMachine } from "./find.ts";
import { registered, serverHealth, serverHeartbeat } from "./heartbeat.ts";

type PartBody = (place: AppliancePlace, appliance: SiteServer) => JsonObject;

/** The parts of an appliance, by their names in the fabric's lists and in the list of appliances. */
export const APPLIANCE_PARTS: readonly (readonly [list: string, part: string, bodyOf: PartBody])[] =
  [
    ["processServers", "processServer", processServer],
    ["rcmProxies", "rcmProxy", rcmProxy],
    ["pushInstallers", "pushInstaller", plainPart("1.39.8785.21742")],
    ["replicationAgents", "replicationAgent", plainPart("1.38.8707.13595")],
    ["reprotectAgents", "reprotectAgent", reprotectAgent],
    ["marsAgents", "marsAgent", plainPart("2.0.9261.0")],
    ["dras", "dra", dra],
  ];

/** What a part of an appliance is described from. */
export interface AppliancePlace {
  readonly simulation: Simulation;
  readonly vault: Vault;
  readonly site: ApplianceSite;
}

/** `customDetails` of the fabric of appliances (recording V2A_RCMInMage.020): one appliance has the same id in every list. */
export function applianceSiteDetails(place: AppliancePlace): JsonObject {
  const { simulation, site } = place;
  const appliances = registered(simulation, site.appliances);
  const number = (word: string) =>
    String(Number.parseInt(guidOf(simulation, word, site.vmwareSiteId).slice(0, 12), 16));
  return {
    instanceType: "InMageRcm",
    vmwareSiteId: site.vmwareSiteId,
    physicalSiteId: site.physicalSiteId,
    serviceEndpoint: "https://pod01-srs1.simulated.hypervrecoverymanager.windowsazure.com",
    serviceResourceId: number("resource"),
    serviceContainerId: number("container"),
    dataPlaneUri: "https://pod01-prot2.simulated.backup.windowsazure.com",
    controlPlaneUri: "https://pod01-rcm1.simulated.hypervrecoverymanager.windowsazure.com",
    sourceAgentIdentityDetails: identityDetails(simulation, site, "failbackagentauthaadapp"),
    ...Object.fromEntries(
      APPLIANCE_PARTS.map(([list, , bodyOf]) => [
        list,
        appliances.map((appliance) => bodyOf(place, appliance)),
      ]),
    ),
    agentDetails: [],
  };
}

/** The application in Entra ID with which an appliance proves itself. */
export function identityDetails(
  simulation: Simulation,
  site: ApplianceSite,
  application: string,
): JsonObject {
  const { tenantId } = simulation.state;
  return {
    tenantId,
    applicationId: guidOf(simulation, "application", site.vmwareSiteId, application),
    objectId: guidOf(simulation, "principal", site.vmwareSiteId, application),
    audience: `api://${tenantId}/${site.fabricName}${application}`,
    aadAuthority: `https://login.microsoftonline.com/${tenantId}`,
  };
}

/** GUID of an appliance's firmware, by which its machine is found in the vCenter. */
export function biosIdOf(simulation: Simulation, appliance: SiteServer): string {
  return (
    estateMachine(simulation, appliance.machine)?.biosId ??
    guidOf(simulation, "bios", appliance.id).toUpperCase()
  );
}

function identity({ simulation, site }: AppliancePlace, appliance: SiteServer): JsonObject {
  const machine = estateMachine(simulation, appliance.machine);
  return {
    id: appliance.id,
    name: appliance.name,
    biosId: biosIdOf(simulation, appliance),
    fabricObjectId: machine ? discoveryIdOf(simulation, site, machine) : null,
    fqdn: appliance.name,
  };
}

function state({ simulation }: AppliancePlace, appliance: SiteServer): JsonObject {
  const { health, errors } = serverHealth(simulation, appliance);
  return {
    lastHeartbeatUtc: serverHeartbeat(simulation, appliance),
    health,
    healthErrors: errors,
  };
}

function plainPart(version: string): PartBody {
  return (place, appliance) => ({
    ...identity(place, appliance),
    version,
    ...state(place, appliance),
  });
}

function processServer(place: AppliancePlace, appliance: SiteServer): JsonObject {
  return {
    ...identity(place, appliance),
    ipAddresses: [appliance.address],
    version: appliance.version ?? CURRENT_VERSION,
    totalMemoryInBytes: 39_459_405_824,
    availableMemoryInBytes: 35_525_303_063,
    usedMemoryInBytes: 3_934_102_761,
    memoryUsagePercentage: 9.97,
    totalSpaceInBytes: 665_717_829_632,
    availableSpaceInBytes: 660_626_316_629,
    usedSpaceInBytes: 5_091_513_003,
    freeSpacePercentage: 99.235,
    throughputUploadPendingDataInBytes: 0,
    throughputInBytes: 0,
    processorUsagePercentage: 1,
    throughputStatus: "Healthy",
    systemLoad: 0,
    systemLoadStatus: "Healthy",
    diskUsageStatus: "Healthy",
    memoryUsageStatus: "Healthy",
    processorUsageStatus: "Healthy",
    ...state(place, appliance),
    protectedItemCount: itemsThrough(place, ({ processServerId }) => processServerId, appliance),
    historicHealth: "Normal",
  };
}

function rcmProxy(place: AppliancePlace, appliance: SiteServer): JsonObject {
  return {
    ...identity(place, appliance),
    clientAuthenticationType: "Certificate",
    version: "1.38.8708.11966",
    ...state(place, appliance),
  };
}

function reprotectAgent(place: AppliancePlace, appliance: SiteServer): JsonObject {
  const { simulation, site } = place;
  const vcenter = estateMachine(simulation, appliance.machine)?.vcenter ?? site.vcenters[0];
  return {
    ...plainPart("1.40.8771.15612")(place, appliance),
    protectedItemCount: itemsThrough(place, ({ reprotectAgentId }) => reprotectAgentId, appliance),
    accessibleDatastores: visibleDatastores(simulation, appliance).map(({ name }) => name),
    vcenterId: vcenter ? vcenterIdOf(site, vcenter) : null,
    lastDiscoveryInUtc: serverHeartbeat(simulation, appliance),
  };
}

/** The ARM id under which a site's appliances show a vCenter. */
export function vcenterIdOf(site: ApplianceSite, vcenter: string): string {
  return `${site.vmwareSiteId}/vcenters/${vcenter.toLowerCase()}`;
}

function dra(place: AppliancePlace, appliance: SiteServer): JsonObject {
  const { fqdn: _fqdn, fabricObjectId: _object, ...who } = identity(place, appliance);
  return { ...who, version: "5.23.720.4", ...state(place, appliance) };
}

/** How many items replicate through an appliance in one of its roles. */
function itemsThrough(
  { vault }: AppliancePlace,
  roleOf: (part: {
    readonly processServerId: string;
    readonly reprotectAgentId: string | null;
  }) => string | null,
  appliance: SiteServer,
): number {
  return Object.values(vault.items).filter(
    ({ onPremises }) => onPremises && roleOf(onPremises) === appliance.id,
  ).length;
}
