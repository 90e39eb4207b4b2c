import { type Answer, ok } from "../http/answer.ts";
import { hyperVMachine, hyperVMachinesNamed } from "../hyper-v/find.ts";
import { setHyperVPower } from "../hyper-v/power.ts";
import { noteSources } from "../recovery/items/source.ts";
import { madeMachines } from "../recovery/items/vmm/replica.ts";
import type { Simulation } from "../simulation.ts";
import type { SiteServer } from "../state/estate-model.ts";
import type { HyperVMachine } from "../state/hyper-v-model.ts";
import { type Json, type JsonObject, numberAt, objectAt, valueAt } from "../state/json.ts";
import { flagAt, missing, oneOf, refused } from "./admin-input.ts";

/** Everything that runs on Hyper-V: machines, Hyper-V sites and VMM servers. */
export function showHyperV({ state }: Simulation): Answer {
  const { machines = {}, sites = {}, vmmServers = {} } = state.hyperV ?? {};
  return ok({
    machines: Object.values(machines),
    sites: Object.values(sites),
    vmmServers: Object.values(vmmServers),
  } as unknown as Json);
}

/**
 * Changes a Hyper-V machine as a person would, or as its host behaves: power, shutdown, deletion, what it writes,
 * an error of its replication (`replicationError`: an object with `kind`, or null). Its name, or its key where
 * several have the name.
 */
function setHyperVMachine(simulation: Simulation, name: string, body: JsonObject): Answer {
  const machine = machineOf(simulation, name);
  // What it has done until now counts as it was.
  noteSources(simulation);
  machine.shutdown = oneOf(body, "shutdown", ["works", "fails"]) ?? machine.shutdown;
  machine.deleted = flagAt(body, "deleted") ?? machine.deleted;
  const churn = numberAt(body, "churnMiBPerSecond");
  if (churn !== undefined && churn < 0) throw refused("churnMiBPerSecond must not be below 0.");
  machine.churnMiBPerSecond = churn ?? machine.churnMiBPerSecond;
  setError(simulation, machine, body);
  const power = oneOf(body, "power", ["on", "off"]);
  if (power !== undefined) setHyperVPower(simulation, machine, power);
  simulation.changed = true;
  noteSources(simulation);
  return ok({ ...machine } as unknown as Json);
}

const ERRORS = [
  "network",
  "diskSpace",
  "memory",
  "authentication",
  "authorization",
  "invalidReplica",
] as const;

function setError(simulation: Simulation, machine: HyperVMachine, body: JsonObject): void {
  if (valueAt(body, "replicationError") === null) delete machine.replicationError;
  const given = objectAt(body, "replicationError");
  if (!given) return;
  const kind = oneOf(given, "kind", ERRORS);
  if (kind === undefined) throw refused(`kind must be one of ${ERRORS.join(", ")}.`);
  machine.replicationError = { kind, since: simulation.now };
}

function machineOf(simulation: Simulation, name: string): HyperVMachine {
  const byKey = hyperVMachine(simulation, name.toLowerCase());
  const named = byKey ? [byKey] : hyperVMachinesNamed(simulation, name);
  // A replica bears the name of its machine, which is the one that is meant.
  const found = named.length === 1 ? named : named.filter(({ key }) => !isMade(simulation, key));
  const [first, second] = found;
  if (!first) throw missing(`There is no Hyper-V machine '${name}'.`);
  if (second)
    throw refused(`'${name}' is ${found.map(({ key }) => key).join(" and ")}: say which.`);
  return first;
}

function isMade({ state }: Simulation, key: string): boolean {
  return Object.values(state.vaults).some((vault) => madeMachines(vault).has(key));
}

/** Silences a Hyper-V host or a VMM server, or lets it speak again. */
function setHyperVServer(simulation: Simulation, name: string, body: JsonObject): Answer {
  const servers = hyperVServers(simulation).filter(
    (server) => server.name.toLowerCase() === name.toLowerCase(),
  );
  if (servers.length === 0) throw missing(`There is no Hyper-V host or VMM server '${name}'.`);
  noteSources(simulation);
  const heartbeat = oneOf(body, "heartbeat", ["reports", "silent"]);
  for (const server of servers) {
    if (heartbeat === "reports") server.silentSince = null;
    if (heartbeat === "silent") server.silentSince ??= simulation.now;
  }
  simulation.changed = true;
  noteSources(simulation);
  return ok({ value: servers } as unknown as Json);
}

/** All Hyper-V hosts and VMM servers of the world. */
export function hyperVServers({ state }: Simulation): readonly SiteServer[] {
  const { sites = {}, vmmServers = {} } = state.hyperV ?? {};
  return [
    ...Object.values(sites).flatMap(({ hosts }) => hosts),
    ...Object.values(vmmServers).flatMap((server) => [server, ...server.hosts]),
  ];
}

type Change = (simulation: Simulation, name: string, body: JsonObject) => Answer;

const CHANGES: Readonly<Record<string, Change>> = {
  machines: setHyperVMachine,
  servers: setHyperVServer,
};

/** Paths of {@link changeHyperV}, for messages. */
export const HYPER_V_CHANGES: readonly string[] = Object.keys(CHANGES).map(
  (what) => `PATCH /_simulator/hyper-v/${what}/{name}`,
);

/** Answers `PATCH /_simulator/hyper-v/machines/{name}` and `…/servers/{name}`; undefined for another request. */
export function changeHyperV(
  simulation: Simulation,
  { method, path, body }: { method: string; path: string; body: JsonObject },
): Answer | undefined {
  const [, what = "", name = ""] = /^\/_simulator\/hyper-v\/([a-z]+)\/(.+)$/i.exec(path) ?? [];
  const change = CHANGES[what.toLowerCase()];
  return method === "PATCH" && change ? change(simulation, decoded(name), body) : undefined;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw refused(`'${name}' is not a name as addresses have it.`);
  }
}
