import type { ServiceError } from "../faults/fault-rule.ts";
import type { Call } from "../http/route.ts";
import { providerBodyNamed } from "../recovery/setup/provider-bodies.ts";
import { stillInUse } from "../recovery/setup/setup-job.ts";
import { param, vaultOf } from "../recovery/vault/find.ts";
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
  if (users.length === 0) return undefined;
  return stillInUse(
    "server",
    server ?? fabric.name,
    users.map(({ name }) => `protected item ${name}`),
  );
}

/** Takes a server out of its site: an appliance, or the configuration server with its fabric (CH-REMOVE-SERVER). */
export function removeServer(vault: Vault, input: JsonObject): void {
  const fabricName = textAt(input, "fabricName") ?? "";
  const server = textAt(input, "server");
  const site = applianceSiteOf(vault, fabricName);
  if (site) {
    site.appliances = site.appliances.filter(({ id }) => server !== undefined && id !== server);
    return;
  }
  if (configurationServerOf(vault, fabricName)) {
    delete vault.fabrics[fabricName.toLowerCase()];
    removeSite(vault, fabricName.toLowerCase());
  }
}

/** With the fabric of a site go its container, its servers and what they discovered. */
export function removeSite(vault: Vault, key: string): void {
  delete vault.configurationServers[key];
  delete vault.applianceSites[key];
  for (const objects of [vault.containers, vault.vcenters]) {
    for (const [each, { fabricName }] of Object.entries(objects))
      if (fabricName.toLowerCase() === key) delete objects[each];
  }
}
