import type { ServiceError } from "../faults/fault-rule.ts";
import { stillInUse } from "../recovery/setup/setup-job.ts";
import type { Simulation } from "../simulation.ts";
import type { Fabric, Vault } from "../state/model.ts";
import { hyperVEstate, hyperVKey, hyperVSiteOf, vmmServerOf } from "./find.ts";
import { itemsThrough } from "./providers.ts";
import { unregisteredHost } from "./register.ts";

/** An agent through which machines replicate stays (CH-IN-USE); undefined also for a fabric of another kind. */
export function hyperVServerInUse(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
  serverId: string | undefined,
): ServiceError | undefined {
  const users = itemsThrough(simulation, vault, fabric.name, serverId);
  if (users.length === 0) return undefined;
  return stillInUse(
    "server",
    serverId ?? fabric.name,
    users.map((name) => `protected item ${name}`),
  );
}

/**
 * Takes a host out of its Hyper-V site when its agent is removed; tells what was found: the `host`, or a VMM
 * `server`, which goes away with its fabric (CH-REMOVE-SERVER).
 */
export function removeHyperVAgent(
  simulation: Simulation,
  vault: Vault,
  fabricName: string,
  serverId: string | undefined,
): "host" | "server" | undefined {
  const site = hyperVSiteOf(simulation, vault, fabricName);
  if (site) {
    site.hosts = site.hosts.filter(({ id }) => serverId !== undefined && id !== serverId);
    return "host";
  }
  return vmmServerOf(simulation, vault, fabricName) ? "server" : undefined;
}

/** What becomes of the servers when their fabric is removed: hosts wait for the site to be made again, a VMM server is gone. */
export function removeHyperVServers(
  simulation: Simulation,
  vault: Vault,
  fabricName: string,
): void {
  const site = hyperVSiteOf(simulation, vault, fabricName);
  if (site) site.hosts = site.hosts.map(unregisteredHost);
  if (!vmmServerOf(simulation, vault, fabricName)) return;
  delete hyperVEstate(simulation).vmmServers[hyperVKey(vault.name, fabricName)];
  for (const [key, mapping] of Object.entries(vault.storageClassificationMappings ?? {})) {
    const ends = [mapping.fabricName, mapping.targetFabricName].map((each) => each.toLowerCase());
    if (ends.includes(fabricName.toLowerCase())) delete vault.storageClassificationMappings?.[key];
  }
}
