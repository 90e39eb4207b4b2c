import type { ServiceError } from "../faults/fault-rule.ts";
import type { Call } from "../http/route.ts";
import {
  hyperVServerInUse,
  removeHyperVAgent,
  removeHyperVServers,
} from "../hyper-v/remove-servers.ts";
import { providerBodyNamed } from "../recovery/setup/provider-bodies.ts";
import { stillInUse } from "../recovery/setup/setup-job.ts";
import { param, vaultOf } from "../recovery/vault/find.ts";
import type { Simulation } from "../simulation.ts";
import { type JsonObject, textAt } from "../state/json.ts";
import type { Fabric, Vault } from "../state/model.ts";
import { applianceSiteOf, configurationServerOf } from "./find.ts";

/** Which server of a site is to go: the one whose agent the path names, or all of them. */
export function removal(call: Call, fabric: Fabric): JsonObject {
  const body = providerBodyNamed(
    call.simulation,
    vaultOf(call),
    fabric,
    call.params.provider === undefined ? "" : param(call, "provider"),
  );
  return { server: textAt(body, "properties", "draIdentifier") ?? null };
}

/** A server that machines replicate through stays (CH-IN-USE). */
export function serverInUse(call: Call, fabric: Fabric): ServiceError | undefined {
  const vault = vaultOf(call);
  const server = textAt(removal(call, fabric), "server");
  const isClassic = configurationServerOf(vault, fabric.name) !== undefined;
  const users = Object.values(vault.items).filter(({ fabricName, onPremises }) => {
    if (fabricName !== fabric.name || !onPremises) return false;
    const through = [onPremises.processServerId, onPremises.reprotectAgentId];
    return isClassic || server === undefined || through.includes(server);
  });
  if (users.length === 0) return hyperVServerInUse(call.simulation, vault, fabric, server);
  return stillInUse(
    "server",
    server ?? fabric.name,
    users.map(({ name }) => `protected item ${name}`),
  );
}

/** Takes a server out of its site: an appliance or Hyper-V host, or the configuration or VMM server with its fabric (CH-REMOVE-SERVER). */
export function removeServer(simulation: Simulation, vault: Vault, input: JsonObject): void {
  const fabricName = textAt(input, "fabricName") ?? "";
  const server = textAt(input, "server");
  const site = applianceSiteOf(vault, fabricName);
  if (site) {
    site.appliances = site.appliances.filter(({ id }) => server !== undefined && id !== server);
    return;
  }
  const isFabric =
    configurationServerOf(vault, fabricName) !== undefined ||
    removeHyperVAgent(simulation, vault, fabricName, server) === "server";
  if (!isFabric) return;
  delete vault.fabrics[fabricName.toLowerCase()];
  removeSite(simulation, vault, fabricName.toLowerCase());
}

/** With the fabric of a site go its containers, its servers and what they discovered. */
export function removeSite(simulation: Simulation, vault: Vault, key: string): void {
  removeHyperVServers(simulation, vault, key);
  delete vault.configurationServers[key];
  delete vault.applianceSites[key];
  for (const objects of [vault.containers, vault.vcenters]) {
    for (const [each, { fabricName }] of Object.entries(objects))
      if (fabricName.toLowerCase() === key) delete objects[each];
  }
}
