import type { ExecutionContext } from "ava";
import { readConfiguration } from "../../../provider/configuration.ts";
import type { Clock, Context } from "../../../provider/context.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import type { VaultSite } from "../../../provider/sites/azure/site.ts";
import { createSiteRegistry } from "../../../provider/sites/create-registry.ts";
import { type Simulator, startSimulator, type WorldDocument } from "../../../simulator/index.ts";

const subscription = "11111111-2222-3333-4444-555555555555";
const group = (name: string): string => `/subscriptions/${subscription}/resourceGroups/${name}`;

/** Ids that the tests speak of. */
export const ids: {
  readonly vault: string;
  readonly testNetwork: string;
  readonly productionNetwork: string;
  readonly cacheWest: string;
  readonly cacheNorth: string;
  item(name: string): string;
} = {
  vault: `${group("dr")}/providers/Microsoft.RecoveryServices/vaults/orders`,
  testNetwork: `${group("we")}/providers/Microsoft.Network/virtualNetworks/we-test`,
  productionNetwork: `${group("we")}/providers/Microsoft.Network/virtualNetworks/we-vnet`,
  cacheWest: `${group("we")}/providers/Microsoft.Storage/storageAccounts/cachewe`,
  cacheNorth: `${group("ne")}/providers/Microsoft.Storage/storageAccounts/cachene`,
  item: (name: string): string =>
    `${group("dr")}/providers/Microsoft.RecoveryServices/vaults/orders/items/${name}`.toLowerCase(),
};

const machine = (name: string): object => ({
  name,
  resourceGroup: "ne",
  size: "Standard_D2s_v3",
  network: "ne-vnet",
  subnet: "apps",
  osDisk: { sizeGiB: 30 },
});

const item = (name: string, changes: object): object => ({
  machine: name,
  container: "container-ne",
  recoveryContainer: "container-we",
  policy: "daily",
  recoveryResourceGroup: "we",
  cacheStorageAccount: "cachene",
  ...changes,
});

/** Three protected machines in northeurope with their way to westeurope and back. */
export function orders(
  changes: { item?: object; world?: object; vault?: object } = {},
): WorldDocument {
  const world = {
    seed: "orders",
    clock: { mode: "stepped" },
    subscriptions: [{ id: subscription, name: "Orders" }],
    resourceGroups: [
      { name: "dr", location: "westeurope" },
      { name: "ne", location: "northeurope" },
      { name: "we", location: "westeurope" },
    ],
    networks: [
      { name: "ne-vnet", resourceGroup: "ne", subnets: { apps: "10.1.0.0/24" } },
      { name: "we-vnet", resourceGroup: "we", subnets: { apps: "10.2.0.0/24" } },
      { name: "we-test", resourceGroup: "we", subnets: { apps: "10.3.0.0/24" } },
    ],
    storageAccounts: [
      { name: "cachene", resourceGroup: "ne" },
      { name: "cachewe", resourceGroup: "we" },
    ],
    machines: ["web", "app", "database"].map(machine),
    vaults: [
      {
        name: "orders",
        resourceGroup: "dr",
        fabrics: [
          { name: "ne", location: "northeurope" },
          { name: "we", location: "westeurope" },
        ],
        containers: [
          { name: "container-ne", fabric: "ne" },
          { name: "container-we", fabric: "we" },
        ],
        policies: [{ name: "daily", appConsistentMinutes: 240 }],
        mappings: [
          { name: "there", source: "container-ne", target: "container-we", policy: "daily" },
          { name: "back", source: "container-we", target: "container-ne", policy: "daily" },
        ],
        networkMappings: [
          { name: "there", primaryNetwork: "ne-vnet", recoveryNetwork: "we-vnet" },
          { name: "back", primaryNetwork: "we-vnet", recoveryNetwork: "ne-vnet" },
        ],
        items: ["web", "app", "database"].map((name) =>
          item(name, { drilled: true, ...changes.item }),
        ),
        ...changes.vault,
      },
    ],
    ...changes.world,
  };
  return world as unknown as WorldDocument;
}

/** What handlers said while a test ran. */
export interface Told {
  readonly info: string[];
  readonly warnings: string[];
  readonly progress: string[];
}

/** A simulator with the real adapter before it, on a clock that sleeping moves. */
export interface TestBed {
  readonly simulator: Simulator;
  readonly told: Told;
  /** A context of a new provider process: its own caches. */
  context(changes?: Partial<Context>): Context;
  vault(): Promise<VaultSite>;
  /** The item as the service shows it now. */
  item(name: string): Promise<ItemFacts>;
  /** Writes that the service was asked for, as `POST unplannedFailover`. */
  writes(): readonly string[];
}

/** Starts a test bed that ends with the test; no sleep of its clock is shorter than `leastSleepMilliseconds`. */
export async function startTestBed(
  t: ExecutionContext,
  world: WorldDocument = orders(),
  settings: Readonly<Record<string, string>> = {},
  leastSleepMilliseconds = 0,
): Promise<TestBed> {
  const simulator = await startSimulator({ world });
  t.teardown(() => simulator.close());
  const told: Told = { info: [], warnings: [], progress: [] };
  const clock: Clock = {
    now: () => new Date(simulator.clock.now()),
    sleep: async (milliseconds, signal) => {
      // A turn of the event loop, so that requests under way are answered in between.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      simulator.clock.advance(Math.max(milliseconds, leastSleepMilliseconds));
    },
  };
  const configuration = readConfiguration(
    (key) =>
      ({
        subscriptionId: subscription,
        resourceGroup: "dr",
        vault: "orders",
        endpoint: simulator.url,
        ...settings,
      })[key],
    {},
  );
  const context = (changes: Partial<Context> = {}): Context => ({
    preview: false,
    signal: new AbortController().signal,
    clock,
    log: {
      info: (text) => told.info.push(text),
      warn: (text) => told.warnings.push(text),
      progress: (text) => told.progress.push(text),
    },
    configuration,
    sites: createSiteRegistry(configuration),
    declared: new Set(),
    ...changes,
  });
  const observer = context();
  const vault = async (): Promise<VaultSite> => {
    const site = (await observer.sites.azure(observer)).vault(ids.vault);
    site.forget();
    return site;
  };
  return {
    simulator,
    told,
    context,
    vault,
    item: async (name) => {
      const items = await (await vault()).items(observer);
      const found = items.find((each) => each.name === name);
      if (found === undefined) throw new Error(`no item ${name}`);
      return found;
    },
    writes: () =>
      simulator
        .journal({ writesOnly: true })
        .map((entry) => `${entry.method} ${entry.path.slice(entry.path.lastIndexOf("/") + 1)}`),
  };
}
