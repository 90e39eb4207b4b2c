import { hyperVFields } from "../hyper-v/fabric-bodies.ts";
import type { Simulation } from "../simulation.ts";
import type { JsonObject } from "../state/json.ts";
import type { Fabric, Vault } from "../state/model.ts";
import { applianceSiteDetails } from "./appliance-bodies.ts";
import { configurationServerDetails } from "./configuration-server-body.ts";
import { applianceSiteOf, configurationServerOf } from "./find.ts";
import { registered, serverHealth } from "./heartbeat.ts";

/** What is particular about the fabric of an on-premises site; undefined for an Azure fabric. */
export function siteFields(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
): JsonObject | undefined {
  const server = configurationServerOf(vault, fabric.name);
  if (server) {
    const servers = [server, ...server.processServers, ...server.masterTargets];
    return {
      customDetails: configurationServerDetails(simulation, vault, server),
      ...healthFields(simulation, servers, server.name),
    };
  }
  const site = applianceSiteOf(vault, fabric.name);
  if (!site) return hyperVFields(simulation, vault, fabric);
  return {
    customDetails: applianceSiteDetails({ simulation, vault, site }),
    ...healthFields(simulation, site.appliances, site.appliances[0]?.name ?? ""),
  };
}

/** A fabric is as ill as its main server; another one makes it a warning. */
function healthFields(
  simulation: Simulation,
  servers: Parameters<typeof registered>[1],
  main: string,
): JsonObject {
  const ill = registered(simulation, servers).filter(
    (server) => serverHealth(simulation, server).health === "Critical",
  );
  const isMainIll = ill.some(({ name }) => name === main);
  const health = isMainIll ? "Critical" : "Warning";
  return {
    healthErrorDetails: ill.flatMap((server) => serverHealth(simulation, server).errors),
    health: ill.length === 0 ? "Normal" : health,
  };
}
