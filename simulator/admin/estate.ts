import {
  applianceSiteOf,
  configurationServerOf,
  estateMachinesNamed,
  estateVCenter,
} from "../estate/find.ts";
import { setEstatePower } from "../estate/power.ts";
import { type Answer, ok } from "../http/answer.ts";
import { noteSources } from "../recovery/items/source.ts";
import type { Simulation } from "../simulation.ts";
import type { EstateMachine, MasterTarget, SiteServer } from "../state/estate-model.ts";
import { type Json, type JsonObject, numberAt, objectAt, textAt } from "../state/json.ts";
import { MINUTE } from "../state/times.ts";
import { flagAt, missing, oneOf, refused } from "./admin-input.ts";
import { hyperVServers } from "./hyper-v.ts";

/** Everything that stands on premises, and what it is to the vaults. */
export function showEstate({ state }: Simulation): Answer {
  const { vcenters, machines } = state.estate;
  const sites = Object.values(state.vaults).flatMap((vault) => [
    ...Object.values(vault.configurationServers).map((each) => ({ vault: vault.name, ...each })),
    ...Object.values(vault.applianceSites).map((each) => ({ vault: vault.name, ...each })),
  ]);
  return ok({
    vcenters: Object.values(vcenters),
    machines: Object.values(machines),
    sites,
  } as unknown as Json);
}

/** Changes an on-premises machine as a person would: power, agent, VMware Tools, place; or deletes it. */
export function setEstateMachine(simulation: Simulation, body: JsonObject): Answer {
  const machine = machineOf(simulation, textAt(body, "name") ?? "");
  const agent = oneOf(body, "agent", ["reports", "silent"]);
  if (agent !== undefined) machine.agent.condition = agent;
  const delay = numberAt(body, "agentRegistersAfterMinutes");
  if (delay !== undefined) machine.agent.registersAfterMinutes = delay;
  if (textAt(body, "agentRegistersAfterMinutes") === "never")
    machine.agent.registersAfterMinutes = "never";
  machine.toolsRunning = flagAt(body, "toolsRunning") ?? machine.toolsRunning;
  machine.deleted = flagAt(body, "deleted") ?? machine.deleted;
  machine.discoverable = flagAt(body, "discoverable") ?? machine.discoverable;
  machine.churnMiBPerSecond = numberAt(body, "churnMiBPerSecond") ?? machine.churnMiBPerSecond;
  move(simulation, machine, body);
  const power = oneOf(body, "power", ["on", "off"]);
  if (power !== undefined) setEstatePower(simulation, machine, power);
  simulation.changed = true;
  noteSources(simulation);
  return ok({ ...machine } as unknown as Json);
}

function machineOf(simulation: Simulation, name: string): EstateMachine {
  const byKey = simulation.state.estate.machines[name.toLowerCase()];
  const found = byKey ? [byKey] : estateMachinesNamed(simulation, name);
  const [first, second] = found;
  if (!first) throw missing(`There is no on-premises machine '${name}'.`);
  if (second)
    throw refused(`'${name}' is ${found.map(({ key }) => key).join(" and ")}: say which.`);
  return first;
}

/** As Storage vMotion or vMotion does. */
function move(simulation: Simulation, machine: EstateMachine, body: JsonObject): void {
  const vcenter = estateVCenter(simulation, machine.vcenter);
  for (const field of ["datastore", "host"] as const) {
    const name = textAt(body, field);
    if (name === undefined) continue;
    const known = field === "host" ? vcenter?.hosts : vcenter?.datastores;
    if (!known?.some((each) => each.name === name))
      throw missing(`The vCenter of '${machine.name}' has no ${field} '${name}'.`);
    machine[field] = name;
  }
}

/** Changes what Azure's account may do in a vCenter. */
export function setVCenter(simulation: Simulation, body: JsonObject): Answer {
  const name = textAt(body, "name") ?? "";
  const vcenter = estateVCenter(simulation, name);
  if (!vcenter) throw missing(`There is no vCenter '${name}'.`);
  vcenter.account = oneOf(body, "account", ["readWrite", "readOnly"]) ?? vcenter.account;
  simulation.changed = true;
  return ok({ ...vcenter } as unknown as Json);
}

/** Silences a configuration server, process server, master target or appliance, or adds a retention volume. */
export function setSiteServer(simulation: Simulation, body: JsonObject): Answer {
  const name = textAt(body, "name") ?? "";
  const servers = serversNamed(simulation, name);
  if (servers.length === 0) throw missing(`There is no server '${name}' at any site.`);
  const heartbeat = oneOf(body, "heartbeat", ["reports", "silent"]);
  for (const server of servers) {
    if (heartbeat === "reports") server.silentSince = null;
    if (heartbeat === "silent") server.silentSince ??= simulation.now;
  }
  const volume = objectAt(body, "retentionVolume");
  if (volume) addRetentionVolume(simulation, servers, volume);
  simulation.changed = true;
  noteSources(simulation);
  return ok({ value: servers } as unknown as Json);
}

/** A configuration server and its own process server have one name: they are one computer. */
function serversNamed(simulation: Simulation, name: string): readonly SiteServer[] {
  return Object.values(simulation.state.vaults)
    .flatMap((vault) =>
      Object.keys(vault.fabrics).flatMap((fabric): readonly SiteServer[] => {
        const server = configurationServerOf(vault, fabric);
        const own = server ? [server, ...server.processServers, ...server.masterTargets] : [];
        return [...own, ...(applianceSiteOf(vault, fabric)?.appliances ?? [])];
      }),
    )
    .concat(hyperVServers(simulation))
    .filter((server) => server.name.toLowerCase() === name.toLowerCase());
}

/** A volume that was formatted just now; Azure lists it after up to 15 minutes. */
function addRetentionVolume(
  simulation: Simulation,
  servers: readonly SiteServer[],
  volume: JsonObject,
): void {
  const target = servers.find((server): server is MasterTarget => "retentionVolumes" in server);
  const name = textAt(volume, "name");
  if (!target) throw refused("Only master targets have retention volumes.");
  if (name === undefined) throw refused("retentionVolume.name is needed.");
  const capacityGiB = numberAt(volume, "capacityGiB") ?? 1024;
  const delay = numberAt(volume, "listedAfterMinutes") ?? 15;
  target.retentionVolumes.push({
    name,
    capacityGiB,
    freeGiB: capacityGiB,
    listedAt: simulation.now + delay * MINUTE,
  });
}
