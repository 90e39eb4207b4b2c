import { HYPER_V_SITE, VMM } from "../hyper-v/fabric-kinds.ts";
import { hyperVEstate, hyperVKey } from "../hyper-v/find.ts";
import {
  hyperVContainerName,
  newHyperVFabric,
  putHyperVSite,
  putVmmServer,
  unregisteredHost,
} from "../hyper-v/register.ts";
import { guidOf, schedule } from "../simulation.ts";
import type { HyperVHost, HyperVMachine, VmmServer } from "../state/hyper-v-model.ts";
import type { Container } from "../state/model.ts";
import { MINUTE } from "../state/times.ts";
import type { WorldHyperVSite, WorldVmmServer } from "./hyper-v-document.ts";
import { lookUp } from "./look-up.ts";
import { type HyperVHome, populateHyperVMachines } from "./populate-hyper-v-machines.ts";
import { type SiteContainers, type Surroundings, siteServer } from "./populate-sites.ts";
import { WorldError } from "./read-world.ts";

/** Machines of Hyper-V sites and clouds by `fabric/container/name`, and `fabric/container/host/name`, in lower case. */
export type HyperVNames = Map<string, readonly HyperVMachine[]>;

/** What a vault's Hyper-V sections have made. */
export interface HyperVPlaces {
  /** By all names that items and mappings of the document may call them; a name that two servers have goes with the server's. */
  readonly containers: SiteContainers;
  readonly machines: HyperVNames;
}

/** Makes the Hyper-V sites and VMM servers that belong to a vault, and lets them register themselves. */
export function populateHyperV(around: Surroundings): HyperVPlaces {
  const { document, vault } = around;
  const places: HyperVPlaces = { containers: new Map(), machines: new Map() };
  const isHere = (name: string) => name.toLowerCase() === vault.name.toLowerCase();
  const sites = (document.hyperVSites ?? []).entries();
  for (const [index, world] of sites)
    if (isHere(world.vault)) populateSite(around, places, world, index);
  const servers = [...(document.vmmServers ?? []).entries()].filter(([, world]) =>
    isHere(world.vault),
  );
  const shared = new Set(
    servers
      .flatMap(([, world]) => (world.clouds ?? []).map(({ name }) => name.toLowerCase()))
      .filter((name, index, all) => all.indexOf(name) !== index),
  );
  for (const [index, world] of servers) populateServer(around, places, world, { index, shared });
  return places;
}

function populateSite(
  around: Surroundings,
  places: HyperVPlaces,
  world: WorldHyperVSite,
  index: number,
): void {
  const { simulation, vault, locate } = around;
  const path = ["hyperVSites", index];
  const fabric = newHyperVFabric(simulation, vault, world.fabric, HYPER_V_SITE);
  const name = hyperVContainerName(fabric);
  const { sites } = hyperVEstate(simulation);
  const key = hyperVKey(vault.name, fabric.name);
  if (sites[key]) throw new WorldError(`${locate(path)} is there a second time.`);
  if (!world.hosts?.length && world.machines?.length)
    throw new WorldError(`${locate(path)} lacks the field 'hosts', which its machines need.`);
  const hosts = (world.hosts ?? []).map(
    (host, number): HyperVHost =>
      unregisteredHost({
        ...siteServer(around, host, [...path, "hosts", number]),
        fabricName: fabric.name,
        registersAfterMs: (host.registersAfterMinutes ?? 0) * MINUTE,
      }),
  );
  sites[key] = { fabricName: fabric.name, vault: vault.name, hosts };
  const container: Container = { name, fabricName: fabric.name, friendlyName: fabric.name };
  for (const each of [fabric.name, name]) places.containers.set(each.toLowerCase(), container);
  const home: HyperVHome = { container, hosts, networks: undefined, classifications: undefined };
  populateHyperVMachines(around, places.machines, world.machines ?? [], home, path);
  if (world.made !== false) putHyperVSite(simulation, vault, fabric, { isStart: true });
}

function populateServer(
  around: Surroundings,
  places: HyperVPlaces,
  world: WorldVmmServer,
  { index, shared }: { readonly index: number; readonly shared: ReadonlySet<string> },
): void {
  const { simulation, vault, locate } = around;
  const path = ["vmmServers", index];
  const fabricName = world.fabric ?? world.name;
  const fabric = newHyperVFabric(simulation, vault, fabricName, VMM, world.name);
  const guid = (kind: string, name: string) =>
    guidOf(simulation, kind, vault.name, fabricName, name);
  const server: VmmServer = {
    ...siteServer(around, world, path),
    // As recorded, its agent goes by the fabric's own identifier.
    id: fabric.internalIdentifier,
    fabricName,
    vault: vault.name,
    hosts: (world.hosts ?? []).map((host, number) =>
      siteServer(around, host, [...path, "hosts", number]),
    ),
    clouds: (world.clouds ?? []).map(({ name }) => ({ id: guid("cloud", name), name })),
    networks: (world.networks ?? []).map(({ name, subnets = [] }) => ({
      id: guid("VM network", name),
      name,
      subnets: subnets.map((each) => ({ name: each.name, addresses: each.addresses ?? [] })),
    })),
    storageClassifications: (world.storageClassifications ?? []).map(({ name }) => ({
      id: guid("storage classification", name),
      name,
    })),
  };
  const { vmmServers } = hyperVEstate(simulation);
  const key = hyperVKey(vault.name, fabricName);
  if (vmmServers[key]) throw new WorldError(`${locate(path)} is there a second time.`);
  vmmServers[key] = server;
  const clouds = new Map(server.clouds.map((cloud) => [cloud.name.toLowerCase(), cloud]));
  for (const [number, cloud] of (world.clouds ?? []).entries()) {
    const at = [...path, "clouds", number];
    const { id, name } = lookUp(clouds, cloud.name, "cloud", locate, at);
    const container: Container = { name: id, fabricName, friendlyName: name };
    const names = [id, `${world.name}/${name}`, `${fabricName}/${name}`];
    if (!shared.has(name.toLowerCase())) names.push(name);
    for (const each of names) places.containers.set(each.toLowerCase(), container);
    const { hosts, networks, storageClassifications: classifications } = server;
    const home = { container, hosts, networks, classifications };
    populateHyperVMachines(around, places.machines, cloud.machines ?? [], home, at);
  }
  const waitMs = server.registersAt - simulation.now;
  if (waitMs <= 0) putVmmServer(simulation, vault, server);
  else schedule(simulation, vault, "hyperVRegisters", fabricName, waitMs, { server: server.id });
}
