import { buildMachine, DISK, ensureDisk, MACHINE, NIC, setPower } from "../azure/machines.ts";
import { buildNic, completeSubnets, NETWORK, subnetsOf } from "../azure/networks.ts";
import { ensureGroup, groupId } from "../azure/resource-groups.ts";
import { storeResource } from "../azure/resources.ts";
import {
  type ClockSetting,
  type ClockStart,
  STEPPED_START,
  type VirtualClock,
} from "../clock/virtual-clock.ts";
import { RuleError } from "../faults/rule-schema.ts";
import { addFault } from "../faults/strike.ts";
import { noteSources } from "../recovery/items/source.ts";
import { signInStateOf } from "../sign-in/sign-in-state.ts";
import { createSimulation, type Simulation } from "../simulation.ts";
import { idKey } from "../state/identifiers.ts";
import type { AzureResource, SimulatorState } from "../state/model.ts";
import { type TakenAddresses, takeAddress } from "./addresses.ts";
import { lookUp } from "./look-up.ts";
import { setOutage } from "./outage.ts";
import { type EstateNames, populateEstate } from "./populate-estate.ts";
import { populateGateways } from "./populate-gateways.ts";
import { populateVault } from "./populate-vault.ts";
import { type Locate, type ReadWorld, WorldError } from "./read-world.ts";
import type { WorldDocument, WorldMachine, WorldNic } from "./world-document.ts";

/** Resources of a world by their names, for references. */
export interface WorldNames {
  readonly groups: Map<string, AzureResource>;
  readonly networks: Map<string, AzureResource>;
  readonly storageAccounts: Map<string, AzureResource>;
  /** Addresses in use by the ids of their subnets, so that thousands of machines are quick to make. */
  readonly addresses: TakenAddresses;
  /** A machine with `count` stands for several. */
  readonly machines: Map<string, readonly AzureResource[]>;
  /** Machines of vCenters, and physical servers. */
  readonly estate: EstateNames;
}

/** Where the clock of a world starts. */
export function clockStartOf(document: WorldDocument, chosen?: ClockSetting): ClockStart {
  const setting = chosen ?? document.clock?.mode ?? "real";
  const start = document.clock?.start ?? (setting === "stepped" ? STEPPED_START : undefined);
  return { setting, startMs: start === undefined ? Date.now() : Date.parse(start) };
}

/** An empty state with the settings of a world. */
export function emptyState(document: WorldDocument, seed: string | undefined): SimulatorState {
  const chosenSeed = seed ?? String(document.seed ?? "world");
  const tenantId = document.tenant ?? "00000000-0000-0000-0000-00000000f00d";
  return {
    version: 3,
    seed: chosenSeed,
    tenantId,
    knobs: {
      originalMachineAtReprotect: "deleted",
      pageSize: 100,
      pollSeconds: 10,
      agentRegistersAfterMinutes: 5,
      ...document.knobs,
    },
    clockMs: 0,
    counter: 0,
    subscriptions: Object.fromEntries(
      document.subscriptions.map(({ id, name }) => [
        id.toLowerCase(),
        { subscriptionId: id, displayName: name ?? "Simulated subscription" },
      ]),
    ),
    resources: {},
    machines: {},
    estate: { vcenters: {}, machines: {} },
    vaults: {},
    unavailableRegions: [],
    schedule: [],
    faults: { rules: [], added: 0, stale: [] },
    signIn: signInStateOf(document.identities ?? [], tenantId, chosenSeed),
  };
}

/** Makes a running world out of a document. */
export function populate(world: ReadWorld, clock: VirtualClock, seed?: string): Simulation {
  const { document, locate } = world;
  const simulation = createSimulation(clock, emptyState(document, seed), clock.now());
  const names: WorldNames = {
    groups: new Map(),
    networks: new Map(),
    storageAccounts: new Map(),
    machines: new Map(),
    addresses: new Map(),
    estate: populateEstate(simulation, document, locate),
  };
  const firstSubscription = document.subscriptions[0]?.id ?? "";
  for (const { name, location, subscription } of document.resourceGroups ?? []) {
    names.groups.set(
      name.toLowerCase(),
      ensureGroup(simulation, groupId(subscription ?? firstSubscription, name), location),
    );
  }
  for (const [index, network] of (document.networks ?? []).entries()) {
    const group = lookUp(names.groups, network.resourceGroup, "resource group", locate, [
      "networks",
      index,
      "resourceGroup",
    ]);
    const id = `${group.id}/providers/${NETWORK}/${network.name}`;
    const subnets = Object.entries(network.subnets).map(([name, addressPrefix]) => ({
      name,
      properties: { addressPrefix },
    }));
    const properties = completeSubnets(id, {
      addressSpace: { addressPrefixes: Object.values(network.subnets) },
      subnets,
      provisioningState: "Succeeded",
    });
    names.networks.set(
      network.name.toLowerCase(),
      storeResource(simulation, {
        id,
        name: network.name,
        type: NETWORK,
        location: network.location ?? group.location,
        properties,
      }),
    );
  }
  populateGateways(simulation, names, locate, document.gateways ?? []);
  for (const [list, type] of PLAIN_LISTS) {
    for (const [index, { name, resourceGroup, location }] of (document[list] ?? []).entries()) {
      const group = lookUp(names.groups, resourceGroup, "resource group", locate, [
        list,
        index,
        "resourceGroup",
      ]);
      const id = `${group.id}/providers/${type}/${name}`;
      const resource = storeResource(simulation, {
        id,
        name,
        type,
        location: location ?? group.location,
        properties: { provisioningState: "Succeeded" },
      });
      if (list === "storageAccounts") names.storageAccounts.set(name.toLowerCase(), resource);
    }
  }
  for (const [index, machine] of (document.machines ?? []).entries()) {
    names.machines.set(
      machine.name.toLowerCase(),
      populateMachines(simulation, names, locate, machine, index),
    );
  }
  refuseUnknownVaults(document, locate);
  for (const [index, vault] of (document.vaults ?? []).entries()) {
    populateVault(simulation, names, world, vault, index);
  }
  for (const region of document.regions ?? []) {
    setOutage(simulation, region.name, region.unavailable === true);
  }
  noteSources(simulation);
  for (const [index, rule] of (document.faults ?? []).entries()) {
    try {
      addFault(simulation, rule);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      throw new WorldError(`${locate(["faults", index, ...error.path])} ${error.problem}`);
    }
  }
  return simulation;
}

/** On-premises servers register in a vault of the world: one that a program makes later they do not know. */
function refuseUnknownVaults(document: WorldDocument, locate: Locate): void {
  const vaults = new Map((document.vaults ?? []).map(({ name }) => [name.toLowerCase(), name]));
  for (const list of ["configurationServers", "appliances", "hyperVSites", "vmmServers"] as const) {
    for (const [index, { vault }] of (document[list] ?? []).entries())
      lookUp(vaults, vault, "vault", locate, [list, index, "vault"]);
  }
}

const PLAIN_LISTS = [
  ["storageAccounts", "Microsoft.Storage/storageAccounts"],
  ["availabilitySets", "Microsoft.Compute/availabilitySets"],
  ["networkSecurityGroups", "Microsoft.Network/networkSecurityGroups"],
] as const;

function populateMachines(
  simulation: Simulation,
  names: WorldNames,
  locate: Locate,
  machine: WorldMachine,
  index: number,
): readonly AzureResource[] {
  const count = machine.count ?? 1;
  const digits = String(count).length;
  return Array.from({ length: count }, (_, number) => {
    const suffix = machine.count === undefined ? "" : String(number + 1).padStart(digits, "0");
    return populateMachine(simulation, names, locate, machine, `${machine.name}${suffix}`, index);
  });
}

function populateMachine(
  simulation: Simulation,
  names: WorldNames,
  locate: Locate,
  machine: WorldMachine,
  name: string,
  index: number,
): AzureResource {
  const path = ["machines", index];
  const group = lookUp(names.groups, machine.resourceGroup, "resource group", locate, [
    ...path,
    "resourceGroup",
  ]);
  const location = machine.location ?? group.location;
  const osType = machine.os ?? "Linux";
  const { network, subnet, address } = machine;
  const single =
    network !== undefined && subnet !== undefined
      ? [{ network, subnet, ...(address !== undefined && { address }) }]
      : [];
  const nics: readonly WorldNic[] = machine.nics ?? single;
  if (nics.length === 0)
    throw new WorldError(`${locate(path)} needs 'network' and 'subnet', or 'nics'.`);
  const disks = [
    { ...machine.osDisk, isOsDisk: true },
    ...(machine.dataDisks ?? []).map((disk) => ({ ...disk, isOsDisk: false })),
  ];
  const diskIds = disks.map((disk, number) => {
    const diskName = disk.name ?? (disk.isOsDisk ? `${name}-os` : `${name}-data${number}`);
    const id = `${group.id}/providers/${DISK}/${diskName}`;
    ensureDisk(simulation, id, {
      location,
      sizeGiB: disk.sizeGiB ?? 128,
      accountType: disk.type ?? "Premium_LRS",
      ...(disk.isOsDisk && { osType }),
    });
    return { id, isOsDisk: disk.isOsDisk };
  });
  const nicIds = nics.map((nic, number) => {
    const home = lookUp(names.networks, nic.network, "network", locate, [
      ...path,
      machine.nics ? "nics" : "network",
    ]);
    const place = subnetsOf(home).find(
      (each) => each.name.toLowerCase() === nic.subnet.toLowerCase(),
    );
    if (!place)
      throw new WorldError(
        `${locate([...path, machine.nics ? "nics" : "subnet"])} refers to the subnet '${nic.subnet}', which network '${nic.network}' does not have.`,
      );
    if (home.location !== location)
      throw new WorldError(
        `${locate(path)} is in ${location}, and its network '${nic.network}' in ${home.location}.`,
      );
    return buildNic(simulation, {
      id: `${group.id}/providers/${NIC}/${nic.name ?? (number === 0 ? `${name}-nic` : `${name}-nic${number + 1}`)}`,
      location,
      configurations: [
        {
          name: "ipconfig1",
          subnet: place,
          isPrimary: true,
          address: takeAddress(simulation, names.addresses, place, nic.address),
          allocation: nic.address === undefined ? "Dynamic" : "Static",
          publicIpId: null,
        },
      ],
      securityGroupId: null,
      accelerated: false,
    }).id;
  });
  const built = buildMachine(simulation, {
    id: `${group.id}/providers/${MACHINE}/${name}`,
    location,
    size: machine.size ?? "Standard_D2s_v3",
    osType,
    disks: diskIds,
    nicIds,
    tags: machine.tags,
    zone: machine.zone,
  });
  setPower(simulation, built.id, machine.power ?? "running");
  simulation.state.machines[idKey(built.id)] = {
    power: machine.power ?? "running",
    sourceShutdown: machine.sourceShutdown ?? "works",
    ...(machine.agent !== undefined && { agent: machine.agent }),
    ...(machine.agentVersion !== undefined && { agentVersion: machine.agentVersion }),
    ...(machine.churnMiBPerSecond !== undefined && {
      churnMiBPerSecond: machine.churnMiBPerSecond,
    }),
  };
  return built;
}
