import { newEstateMachine } from "../estate/new-machine.ts";
import { guidOf, type Simulation } from "../simulation.ts";
import type { EstateMachine, EstateVCenter } from "../state/estate-model.ts";
import type { WorldEstateMachine, WorldPhysicalServer, WorldVCenter } from "./estate-document.ts";
import { lookUp } from "./look-up.ts";
import { type Locate, WorldError } from "./read-world.ts";
import type { WorldDocument } from "./world-document.ts";

/** Machines of the estate by the names of the document; one with `count` stands for several. */
export type EstateNames = Map<string, readonly EstateMachine[]>;

/** Makes the vCenters and machines of a world; what reports to Azure comes with the vaults. */
export function populateEstate(
  simulation: Simulation,
  document: WorldDocument,
  locate: Locate,
): EstateNames {
  const names: EstateNames = new Map();
  for (const [index, vcenter] of (document.vcenters ?? []).entries()) {
    const made = populateVCenter(simulation, vcenter, locate, index);
    for (const [number, machine] of (vcenter.machines ?? []).entries()) {
      const path = ["vcenters", index, "machines", number];
      remember(names, machine.name, populateMachines(simulation, made, machine, locate, path));
    }
  }
  for (const server of document.physicalServers ?? []) {
    remember(names, server.name, [physicalServer(simulation, server)]);
  }
  return names;
}

/** A name that two vCenters have stands for both; `vcenter/machine` says which. */
function remember(names: EstateNames, name: string, made: readonly EstateMachine[]): void {
  const key = name.toLowerCase();
  names.set(key, [...(names.get(key) ?? []), ...made]);
  const vcenter = made[0]?.vcenter;
  if (vcenter) names.set(`${vcenter}/${name}`.toLowerCase(), made);
}

function populateVCenter(
  simulation: Simulation,
  world: WorldVCenter,
  locate: Locate,
  index: number,
): EstateVCenter {
  const datastores = (world.datastores ?? []).map(
    ({ name, type = "VMFS", capacityGiB = 2048, freeGiB = capacityGiB }) => ({
      name,
      uuid: guidOf(simulation, "datastore", world.name, name),
      type,
      capacityGiB,
      freeGiB,
    }),
  );
  const known = new Map(datastores.map((each) => [each.name.toLowerCase(), each.name]));
  const hosts = (world.hosts ?? []).map((host, number) => ({
    name: host.name,
    ...(host.memoryMiB !== undefined && { memoryMiB: host.memoryMiB }),
    datastores: (host.datastores ?? []).map((name) =>
      lookUp(known, name, "datastore", locate, ["vcenters", index, "hosts", number, "datastores"]),
    ),
  }));
  const vcenter: EstateVCenter = {
    name: world.name,
    address: world.address,
    port: world.port ?? 443,
    control: world.control ?? null,
    account: world.account ?? "readWrite",
    datastores,
    hosts,
  };
  simulation.state.estate.vcenters[world.name.toLowerCase()] = vcenter;
  return vcenter;
}

function populateMachines(
  simulation: Simulation,
  vcenter: EstateVCenter,
  world: WorldEstateMachine,
  locate: Locate,
  path: readonly (string | number)[],
): readonly EstateMachine[] {
  const hosts = new Map(vcenter.hosts.map((host) => [host.name.toLowerCase(), host]));
  const host =
    world.host === undefined
      ? vcenter.hosts[0]
      : lookUp(hosts, world.host, "host", locate, [...path, "host"]);
  const datastores = new Map(vcenter.datastores.map((each) => [each.name.toLowerCase(), each]));
  const datastore =
    world.datastore === undefined
      ? host?.datastores[0]
      : lookUp(datastores, world.datastore, "datastore", locate, [...path, "datastore"]).name;
  if (world.count !== undefined && (world.biosId ?? world.instanceUuid) !== undefined)
    throw new WorldError(
      `${locate([...path, "count"])} goes with neither biosId nor instanceUuid.`,
    );
  const digits = String(world.count ?? 1).length;
  const first = firstAddress(simulation, world);
  return Array.from({ length: world.count ?? 1 }, (_, number) => {
    const suffix = world.count === undefined ? "" : String(number + 1).padStart(digits, "0");
    return newEstateMachine(simulation, {
      ...computer(world),
      name: `${world.name}${suffix}`,
      address: addressText(first + number),
      vcenter: vcenter.name,
      host: host?.name ?? null,
      datastore: datastore ?? null,
      toolsRunning: world.toolsRunning ?? true,
      discoverable: true,
      biosId: world.biosId,
      instanceUuid: world.instanceUuid,
    });
  });
}

/** The given address, or the next of a range that nobody else uses; those of further machines follow it. */
function firstAddress({ state }: Simulation, { address }: WorldEstateMachine): number {
  return address === undefined
    ? FIRST_ADDRESS + Object.keys(state.estate.machines).length
    : address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function addressText(next: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(next / 2 ** shift) % 256).join(".");
}

/** 10.254.0.10 */
const FIRST_ADDRESS = 10 * 2 ** 24 + 254 * 2 ** 16 + 10;

function physicalServer(simulation: Simulation, world: WorldPhysicalServer): EstateMachine {
  return newEstateMachine(simulation, {
    ...computer(world),
    name: world.name,
    address: world.address,
    vcenter: null,
    host: null,
    datastore: null,
    toolsRunning: false,
    discoverable: world.discoverable ?? true,
    ...(world.discoveryType !== undefined && { discoveryType: world.discoveryType }),
    biosId: undefined,
    instanceUuid: undefined,
  });
}

function computer(world: WorldEstateMachine | WorldPhysicalServer) {
  return {
    osType: world.os ?? "Linux",
    osVersion: world.osVersion,
    memoryMiB: world.memoryMiB ?? 4096,
    processors: world.processors ?? 2,
    diskSizesGiB: (world.disks ?? [{ sizeGiB: 64 }]).map(({ sizeGiB }) => sizeGiB),
    power: world.power ?? "on",
    churnMiBPerSecond: world.churnMiBPerSecond ?? 0,
    agent: {
      installed: false,
      condition: world.agent ?? "reports",
      ...(world.agentRegistersAfterMinutes !== undefined && {
        registersAfterMinutes: world.agentRegistersAfterMinutes,
      }),
    },
  } as const;
}
