import { hyperVProviders } from "../hyper-v/providers.ts";
import { guidOf, type Simulation } from "../simulation.ts";
import {
  type ApplianceSite,
  type ConfigurationServer,
  CURRENT_VERSION,
  type SiteServer,
} from "../state/estate-model.ts";
import type { JsonObject } from "../state/json.ts";
import type { Fabric, Vault } from "../state/model.ts";
import { NEVER_EXPIRES } from "../state/times.ts";
import { biosIdOf, identityDetails } from "./appliance-bodies.ts";
import { applianceSiteOf, configurationServerOf } from "./find.ts";
import { isServerConnected, registered, serverHealth, serverHeartbeat } from "./heartbeat.ts";

/** An agent of an on-premises fabric: its name, the id that items name it by, and what it is read as. */
export interface SiteProvider {
  readonly name: string;
  readonly identifier: string;
  readonly properties: JsonObject;
}

/** The agents of an on-premises fabric: the configuration server, or each appliance; undefined for an Azure fabric. */
export function siteProviders(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
): readonly SiteProvider[] | undefined {
  const server = configurationServerOf(vault, fabric.name);
  if (server) return [ofConfigurationServer(simulation, vault, server)];
  const site = applianceSiteOf(vault, fabric.name);
  if (!site) return hyperVProviders(simulation, vault, fabric);
  return registered(simulation, site.appliances).map((appliance) =>
    ofAppliance(simulation, vault, site, appliance),
  );
}

/** What agents of both generations are read with (form as recording V2A_RCMInMage.019). */
function common(
  simulation: Simulation,
  vault: Vault,
  server: SiteServer,
  fabric: { readonly type: string; readonly name: string },
  version: string,
): JsonObject {
  return {
    fabricType: fabric.type,
    friendlyName: server.name,
    providerVersion: version,
    serverVersion: "0.0",
    providerVersionState: "Latest",
    providerVersionExpiryDate: NEVER_EXPIRES,
    fabricFriendlyName: vault.fabrics[fabric.name.toLowerCase()]?.friendlyName ?? fabric.name,
    lastHeartBeat: serverHeartbeat(simulation, server),
    connectionStatus: isServerConnected(simulation, server) ? "Connected" : "Disconnected",
    protectedItemCount: Object.values(vault.items).filter((item) => item.fabricName === fabric.name)
      .length,
    allowedScenarios: ["Refresh"],
    healthErrorDetails: serverHealth(simulation, server).errors,
    draIdentifier: server.id,
    machineId: server.id,
    machineName: server.name,
    biosId: biosIdOf(simulation, server),
  };
}

function ofConfigurationServer(
  simulation: Simulation,
  vault: Vault,
  server: ConfigurationServer,
): SiteProvider {
  const version = server.version ?? CURRENT_VERSION;
  return {
    name: server.id,
    identifier: server.id,
    properties: {
      ...common(simulation, vault, server, { type: "VMware", name: server.fabricName }, version),
      authenticationIdentityDetails: null,
      resourceAccessIdentityDetails: null,
      dataPlaneAuthenticationIdentityDetails: null,
      providerVersionDetails: { version, expiryDate: NEVER_EXPIRES, status: "Supported" },
    },
  };
}

function ofAppliance(
  simulation: Simulation,
  vault: Vault,
  site: ApplianceSite,
  appliance: SiteServer,
): SiteProvider {
  const version = "5.23.720.4";
  const mark = guidOf(simulation, "provider", appliance.id).slice(0, 4);
  return {
    name: `${appliance.name}${mark}dra`,
    identifier: appliance.id,
    properties: {
      ...common(
        simulation,
        vault,
        appliance,
        { type: "InMageRcm", name: site.fabricName },
        version,
      ),
      authenticationIdentityDetails: identityDetails(simulation, site, "agentauthaadapp"),
      resourceAccessIdentityDetails: identityDetails(simulation, site, "failbackagentauthaadapp"),
      dataPlaneAuthenticationIdentityDetails: identityDetails(simulation, site, "dataplane"),
      providerVersionDetails: { version, expiryDate: NEVER_EXPIRES, status: "Supported" },
    },
  };
}
