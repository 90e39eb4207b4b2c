import { registered, serverSilentSince } from "../estate/heartbeat.ts";
import { containerId, containerKey, fabricId } from "../recovery/vault/find.ts";
import type { Simulation, World } from "../simulation.ts";
import type { SiteServer } from "../state/estate-model.ts";
import type { HyperVEstate, HyperVMachine, HyperVSite, VmmServer } from "../state/hyper-v-model.ts";
import { nameOf, sameId } from "../state/identifiers.ts";
import type { Container, Vault } from "../state/model.ts";

/** What runs on Hyper-V in this world; an empty one is made where there was none. */
export function hyperVEstate(world: World): HyperVEstate {
  world.state.hyperV ??= { machines: {}, sites: {}, vmmServers: {} };
  return world.state.hyperV;
}

/** The key of a Hyper-V site or of a VMM server in the world. */
export function hyperVKey(vaultName: string, fabricName: string): string {
  return `${vaultName}/${fabricName}`.toLowerCase();
}

/** The Hyper-V site of that fabric, also while nobody has made the fabric; undefined for a fabric of another kind. */
export function hyperVSiteOf(
  world: World,
  vault: Vault,
  fabricName: string,
): HyperVSite | undefined {
  return world.state.hyperV?.sites[hyperVKey(vault.name, fabricName)];
}

/** The VMM server that a fabric is; undefined for a fabric of another kind. */
export function vmmServerOf(world: World, vault: Vault, fabricName: string): VmmServer | undefined {
  return world.state.hyperV?.vmmServers[hyperVKey(vault.name, fabricName)];
}

/** The machine with that key, if there is one; deleted ones too. */
export function hyperVMachine(
  world: World,
  key: string | null | undefined,
): HyperVMachine | undefined {
  return key ? world.state.hyperV?.machines[key] : undefined;
}

/** The machine with that key; undefined once it is deleted at its site. */
export function existingHyperVMachine(
  world: World,
  key: string | null | undefined,
): HyperVMachine | undefined {
  const machine = hyperVMachine(world, key);
  return machine?.deleted ? undefined : machine;
}

/** The machines of that name, of all sites and clouds. */
export function hyperVMachinesNamed(world: World, name: string): readonly HyperVMachine[] {
  return Object.values(world.state.hyperV?.machines ?? {}).filter(
    (machine) => machine.name.toLowerCase() === name.toLowerCase(),
  );
}

/** The servers of a fabric that have agents, whether or not they have registered: hosts of a Hyper-V site, or the VMM server. */
export function hyperVAgents(
  world: World,
  vault: Vault,
  fabricName: string,
): readonly SiteServer[] {
  const server = vmmServerOf(world, vault, fabricName);
  return server ? [server] : (hyperVSiteOf(world, vault, fabricName)?.hosts ?? []);
}

/** The agent that speaks for a machine: its VMM server, or its Hyper-V host. */
export function agentOfHyperVMachine(
  world: World,
  vault: Vault,
  machine: HyperVMachine,
): SiteServer | undefined {
  const server = vmmServerOf(world, vault, machine.fabricName);
  if (server) return server;
  const hosts = hyperVSiteOf(world, vault, machine.fabricName)?.hosts ?? [];
  return hosts.find((host) => host.name.toLowerCase() === machine.host?.toLowerCase());
}

/** The Hyper-V host that a machine lies on, of a site or of a VMM server. */
export function hostOfHyperVMachine(
  world: World,
  vault: Vault,
  machine: HyperVMachine,
): SiteServer | undefined {
  const hosts =
    vmmServerOf(world, vault, machine.fabricName)?.hosts ??
    hyperVSiteOf(world, vault, machine.fabricName)?.hosts ??
    [];
  return hosts.find((host) => host.name.toLowerCase() === machine.host?.toLowerCase());
}

/** The registered agent of a fabric with that id, whether a GUID, a name or an ARM id. */
export function hyperVAgentNamed(
  simulation: Simulation,
  vault: Vault,
  fabricName: string,
  id: string,
): SiteServer | undefined {
  const wanted = nameOf(id).toLowerCase();
  return registered(simulation, hyperVAgents(simulation, vault, fabricName)).find(
    (server) => server.id.toLowerCase() === wanted || server.name.toLowerCase() === wanted,
  );
}

/** Whether Azure hears of a machine: its agent has registered and sends heartbeats, its host does not lie silent. */
export function isHyperVMachineHeard(
  simulation: Simulation,
  vault: Vault,
  machine: HyperVMachine,
): boolean {
  const servers = [
    agentOfHyperVMachine(simulation, vault, machine),
    hostOfHyperVMachine(simulation, vault, machine),
  ];
  const [agent] = servers;
  if (!agent || agent.registersAt > simulation.now) return false;
  return servers.every((each) => !each || serverSilentSince(simulation, each) === undefined);
}

/** The ARM id of the agent that speaks for a machine; its last segment is the agent's GUID. */
export function hyperVProviderId(world: World, vault: Vault, machine: HyperVMachine): string {
  const agent = agentOfHyperVMachine(world, vault, machine);
  return `${fabricId(vault, machine.fabricName)}/replicationRecoveryServicesProviders/${agent?.id ?? ""}`;
}

/** The machines that Azure shows in a container: there, not deleted, and of an agent that has registered. */
export function machinesOfHyperVContainer(
  simulation: Simulation,
  vault: Vault,
  container: Container,
): readonly HyperVMachine[] {
  return Object.values(simulation.state.hyperV?.machines ?? {}).filter((machine) => {
    const isHere = machine.vault.toLowerCase() === vault.name.toLowerCase();
    if (machine.deleted || !isHere || !liesIn(machine, container)) return false;
    const agent = agentOfHyperVMachine(simulation, vault, machine);
    return agent !== undefined && agent.registersAt <= simulation.now;
  });
}

/** Whether a machine lies in a container of its own vault: that of its Hyper-V site, or its cloud. */
export function liesIn(
  { fabricName, containerName }: HyperVMachine,
  container: Container,
): boolean {
  return (
    containerKey(fabricName, containerName) === containerKey(container.fabricName, container.name)
  );
}

/** The ARM id of the protectable item that a machine is. */
export function hyperVProtectableItemId(vault: Vault, machine: HyperVMachine): string {
  const container = containerId(vault, machine.fabricName, machine.containerName);
  return `${container}/replicationProtectableItems/${machine.id}`;
}

/** The machine that the ARM id of a protectable item of this vault leads to; undefined if Azure shows none there. */
export function hyperVMachineByProtectableItem(
  simulation: Simulation,
  vault: Vault,
  id: string,
): HyperVMachine | undefined {
  const guid = nameOf(id).toLowerCase();
  const machine = Object.values(simulation.state.hyperV?.machines ?? {}).find(
    (each) =>
      each.id === guid &&
      each.vault.toLowerCase() === vault.name.toLowerCase() &&
      sameId(hyperVProtectableItemId(vault, each), id),
  );
  if (!machine || machine.deleted) return undefined;
  const agent = agentOfHyperVMachine(simulation, vault, machine);
  return agent && agent.registersAt <= simulation.now ? machine : undefined;
}
