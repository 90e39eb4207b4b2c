import { estateVCenter } from "../estate/find.ts";
import { registerSite } from "../estate/register.ts";
import { containerKey, fabricId } from "../recovery/vault/find.ts";
import { guidOf, type Simulation, schedule } from "../simulation.ts";
import type {
  ApplianceSite,
  ConfigurationServer,
  DiscoveredVCenter,
  MasterTarget,
  SiteServer,
} from "../state/estate-model.ts";
import type { Container, Fabric, Vault } from "../state/model.ts";
import { HOUR, MINUTE } from "../state/times.ts";
import type {
  WorldAppliance,
  WorldConfigurationServer,
  WorldMasterTarget,
  WorldSiteServer,
} from "./estate-document.ts";
import { lookUp } from "./look-up.ts";
import type { EstateNames } from "./populate-estate.ts";
import type { Locate } from "./read-world.ts";
import type { WorldDocument } from "./world-document.ts";

/** What the sites of a vault are made in. */
export interface Surroundings {
  readonly simulation: Simulation;
  readonly vault: Vault;
  readonly document: WorldDocument;
  readonly machines: EstateNames;
  readonly locate: Locate;
}

/** Containers of on-premises sites by all names that an item of the document may call them. */
export type SiteContainers = Map<string, Container>;

/** Makes the configuration servers and appliances that belong to a vault, and lets them register themselves. */
export function populateSites(around: Surroundings): SiteContainers {
  const { document, vault } = around;
  const containers: SiteContainers = new Map();
  for (const [index, world] of (document.configurationServers ?? []).entries()) {
    if (world.vault.toLowerCase() !== vault.name.toLowerCase()) continue;
    const container = populateConfigurationServer(around, world, index);
    for (const name of [world.name, container.fabricName, container.name])
      containers.set(name.toLowerCase(), container);
  }
  for (const [index, world] of (document.appliances ?? []).entries()) {
    if (world.vault.toLowerCase() !== vault.name.toLowerCase()) continue;
    const container = populateAppliance(around, world, index);
    for (const name of [world.name, container.fabricName, container.name])
      containers.set(name.toLowerCase(), container);
  }
  return containers;
}

function populateConfigurationServer(
  around: Surroundings,
  world: WorldConfigurationServer,
  index: number,
): Container {
  const { simulation, vault, locate } = around;
  const path = ["configurationServers", index];
  const fabric = newFabric(around, world.fabric ?? world.name, "VMware", world.name);
  const own = siteServer(around, world, path);
  const server: ConfigurationServer = {
    ...own,
    fabricName: fabric.name,
    runAsAccounts: (world.runAsAccounts ?? []).map(({ name }, number) => ({
      id: String(number + 1),
      name,
    })),
    processServers: (world.processServers ?? [world]).map((each, number) => ({
      ...siteServer(around, each, [...path, "processServers", number]),
      // The configuration server's own process server is the same computer.
      ...(each.name === world.name && { address: own.address, machine: own.machine }),
    })),
    masterTargets: (world.masterTargets ?? []).map((each, number) =>
      masterTarget(around, each, [...path, "masterTargets", number]),
    ),
    discovered: (around.document.physicalServers ?? [])
      .filter((each) => each.discovered === true)
      .map((each) => `physical/${each.name}`.toLowerCase()),
    certificateFrom: simulation.now,
  };
  vault.configurationServers[fabric.name.toLowerCase()] = server;
  for (const [number, name] of (world.vcenters ?? []).entries()) {
    const known = new Map(Object.entries(simulation.state.estate.vcenters));
    const vcenter = lookUp(known, name, "vCenter", locate, [...path, "vcenters", number]);
    const discovered: DiscoveredVCenter = {
      name: vcenter.name,
      fabricName: fabric.name,
      friendlyName: vcenter.name,
      address: vcenter.address,
      port: String(vcenter.port),
      processServerId: server.processServers[0]?.id ?? "",
      runAsAccountId: server.runAsAccounts[0]?.id ?? "",
      infrastructureId: guidOf(simulation, "infrastructure", vcenter.address),
      internalId: guidOf(simulation, "vcenter", fabric.name, vcenter.name),
      discoveredAt: simulation.now,
    };
    vault.vcenters[`${fabric.name}/${vcenter.name}`.toLowerCase()] = discovered;
  }
  return appear(around, fabric, world.container ?? `cloud_${fabric.internalIdentifier}`, own);
}

function populateAppliance(around: Surroundings, world: WorldAppliance, index: number): Container {
  const { simulation, vault, locate } = around;
  const path = ["appliances", index];
  const fabric = newFabric(around, world.fabric ?? `${vault.name}-vmwarefabric`, "InMageRcm");
  const key = fabric.name.toLowerCase();
  for (const [number, name] of (world.vcenters ?? []).entries()) {
    const known = new Map(Object.entries(simulation.state.estate.vcenters));
    lookUp(known, name, "vCenter", locate, [...path, "vcenters", number]);
  }
  const before = vault.applianceSites[key];
  const offAzure = `/subscriptions/${vault.subscriptionId}/resourceGroups/${vault.resourceGroup}/providers/Microsoft.OffAzure`;
  const siteName = world.site ?? `${vault.name}vmwaresite`;
  const vmwareSiteId = before?.vmwareSiteId ?? `${offAzure}/VMwareSites/${siteName}`;
  const accounts = (world.runAsAccounts ?? []).map(({ name }) => ({
    id: `${vmwareSiteId}/runasaccounts/${guidOf(simulation, "account", vmwareSiteId, name)}`,
    name,
  }));
  const appliance = siteServer(around, world, path);
  const site: ApplianceSite = {
    fabricName: fabric.name,
    vmwareSiteId,
    physicalSiteId:
      before?.physicalSiteId ??
      `${offAzure}/ServerSites/${siteName.replace(/vmwaresite$/i, "")}physicalsite`,
    vcenters: [...new Set([...(before?.vcenters ?? []), ...(world.vcenters ?? [])])].map(
      (name) => estateVCenter(simulation, name)?.name ?? name,
    ),
    physicalServers: (around.document.physicalServers ?? [])
      .filter((each) => each.discovered === true)
      .map((each) => `physical/${each.name}`.toLowerCase()),
    runAsAccounts: [
      ...(before?.runAsAccounts ?? []),
      ...accounts.filter((each) => !before?.runAsAccounts.some(({ id }) => id === each.id)),
    ],
    appliances: [...(before?.appliances ?? []), appliance],
  };
  vault.applianceSites[key] = site;
  return appear(around, fabric, world.container ?? `${vault.name}replicationcontainer`, appliance);
}

/** The fabric and its container come into the vault when the server registers. */
function appear(
  { simulation, vault }: Surroundings,
  fabric: Fabric,
  containerName: string,
  server: SiteServer,
): Container {
  const existing = Object.values(vault.containers).find(
    (each) => each.fabricName.toLowerCase() === fabric.name.toLowerCase(),
  );
  const container = existing ?? { name: containerName, fabricName: fabric.name };
  if (existing) return existing;
  const waitMs = server.registersAt - simulation.now;
  if (waitMs <= 0) registerSite(simulation, vault, fabric, container);
  else
    schedule(simulation, vault, "siteRegisters", fabric.name, waitMs, {
      fabric: { ...fabric },
      container: { ...container },
    });
  return vault.containers[containerKey(fabric.name, container.name)] ?? container;
}

function newFabric(
  { simulation, vault }: Surroundings,
  name: string,
  instanceType: string,
  friendlyName: string = name,
): Fabric {
  const internalIdentifier = guidOf(simulation, "fabric", fabricId(vault, name));
  return { name, instanceType, location: "", internalIdentifier, friendlyName };
}

/** A server of a site as the document describes it. */
export function siteServer(
  { simulation, vault, machines, locate }: Surroundings,
  world: WorldSiteServer,
  path: readonly (string | number)[],
): SiteServer {
  const machine =
    world.machine === undefined
      ? machines.get(world.name.toLowerCase())?.[0]
      : lookUp(machines, world.machine, "machine", locate, [...path, "machine"])[0];
  return {
    id: guidOf(simulation, "server", vault.name, path.join("/"), world.name),
    name: world.name,
    address: world.address ?? machine?.address ?? "",
    machine: machine?.key ?? null,
    registersAt: simulation.now + (world.registersAfterMinutes ?? 0) * MINUTE,
    silentSince: world.heartbeat === "silent" ? simulation.now - HOUR : null,
    ...(world.version !== undefined && { version: world.version }),
  };
}

function masterTarget(
  around: Surroundings,
  world: WorldMasterTarget,
  path: readonly (string | number)[],
): MasterTarget {
  const osType = world.os ?? "Linux";
  return {
    ...siteServer(around, world, path),
    osType,
    extraDisks: world.extraDisks ?? 0,
    osVersion: world.osVersion ?? (osType === "Windows" ? "Windows Server 2019" : "Ubuntu 20.04"),
    retentionVolumes: (world.retentionVolumes ?? []).map(
      ({ name, capacityGiB = 1024, listedAfterMinutes = 0 }) => ({
        name,
        capacityGiB,
        freeGiB: capacityGiB - 1,
        listedAt: around.simulation.now + listedAfterMinutes * MINUTE,
      }),
    ),
  };
}
