import {
  isServerConnected,
  registered,
  serverHealth,
  serverHeartbeat,
} from "../estate/heartbeat.ts";
import type { SiteProvider } from "../estate/providers.ts";
import type { Simulation } from "../simulation.ts";
import type { SiteServer } from "../state/estate-model.ts";
import type { JsonObject } from "../state/json.ts";
import type { Fabric, Vault } from "../state/model.ts";
import { NEVER_EXPIRES } from "../state/times.ts";
import { HYPER_V_SITE, VMM } from "./fabric-kinds.ts";
import { agentOfHyperVMachine, hyperVAgents, hyperVMachine, vmmServerOf } from "./find.ts";

/** Version of the provider on hosts and VMM servers that are up to date. */
const PROVIDER_VERSION = "5.23.720.4";
/** What runs there: VMM 2019, or Hyper-V of Windows Server 2019. */
const SERVER_VERSION = { [VMM]: "10.19.1013.0", [HYPER_V_SITE]: "10.0.17763.0" } as const;

/** The agents of a Hyper-V site, one for each host that has registered, or of a VMM server; undefined for another fabric. */
export function hyperVProviders(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
): readonly SiteProvider[] | undefined {
  const isSite = fabric.instanceType === HYPER_V_SITE;
  if (!isSite && !vmmServerOf(simulation, vault, fabric.name)) return undefined;
  return registered(simulation, hyperVAgents(simulation, vault, fabric.name)).map((server) => ({
    name: server.id,
    identifier: server.id,
    properties: propertiesOf(simulation, vault, fabric, server),
  }));
}

/** Form as recording V2A_RCMInMage.019, values of Hyper-V as the published example (CH-HV-SITE-BODY). */
function propertiesOf(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
  server: SiteServer,
): JsonObject {
  const version = server.version ?? PROVIDER_VERSION;
  const fabricType = fabric.instanceType === VMM ? VMM : HYPER_V_SITE;
  return {
    fabricType,
    friendlyName: server.name,
    providerVersion: version,
    serverVersion: SERVER_VERSION[fabricType],
    providerVersionState: "Latest",
    providerVersionExpiryDate: NEVER_EXPIRES,
    fabricFriendlyName: fabric.friendlyName ?? fabric.name,
    lastHeartBeat: serverHeartbeat(simulation, server),
    connectionStatus: isServerConnected(simulation, server) ? "Connected" : "Disconnected",
    protectedItemCount: itemsThrough(simulation, vault, fabric.name, server.id).length,
    allowedScenarios: ["Refresh"],
    healthErrorDetails: serverHealth(simulation, server).errors,
    draIdentifier: server.id,
    machineId: server.id,
    machineName: server.name,
    biosId: null,
    authenticationIdentityDetails: null,
    resourceAccessIdentityDetails: null,
    dataPlaneAuthenticationIdentityDetails: null,
    providerVersionDetails: { version, expiryDate: NEVER_EXPIRES, status: "Supported" },
  };
}

/** Names of the items whose machines an agent speaks for. */
export function itemsThrough(
  simulation: Simulation,
  vault: Vault,
  fabricName: string,
  serverId: string | undefined,
): readonly string[] {
  return Object.values(vault.items)
    .filter(({ hyperV }) =>
      [hyperV?.machine, hyperV?.replica].some((key) => {
        const machine = hyperVMachine(simulation, key);
        if (machine?.fabricName.toLowerCase() !== fabricName.toLowerCase()) return false;
        const agent = agentOfHyperVMachine(simulation, vault, machine);
        return serverId === undefined || agent?.id === serverId;
      }),
    )
    .map(({ name }) => name);
}
