import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
  type WorldDocument,
} from "../../simulator/index.ts";

/** The subscription of the test world. */
export const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
/** The path of the test vault. */
export const VAULT: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-recovery/providers/Microsoft.RecoveryServices/vaults/shop-vault`;
/** The id of a resource of the test world. */
export function resource(group: string, type: string, name: string): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/${type}/${name}`;
}

/** The path of a container in the test vault. */
export function container(side: "ne" | "we"): string {
  return `${VAULT}/replicationFabrics/fabric-${side}/replicationProtectionContainers/container-${side}`;
}

/** The path of the item `web`, on the side it is protected from. */
export function webItem(side: "ne" | "we" = "ne"): string {
  return `${container(side)}/replicationProtectedItems/web`;
}

/** A world with one protected machine `shop-web`, its vault and what a failover needs. */
export const SHOP: WorldDocument = {
  seed: "shop",
  clock: { mode: "stepped" },
  subscriptions: [{ id: SUBSCRIPTION }],
  resourceGroups: [
    { name: "shop-ne", location: "northeurope" },
    { name: "shop-we", location: "westeurope" },
    { name: "shop-recovery", location: "westeurope" },
  ],
  networks: [
    { name: "vnet-ne", resourceGroup: "shop-ne", subnets: { web: "10.10.1.0/24" } },
    {
      name: "vnet-we",
      resourceGroup: "shop-we",
      subnets: { other: "10.20.9.0/24", web: "10.20.1.0/24" },
    },
    { name: "vnet-test", resourceGroup: "shop-we", subnets: { web: "10.30.1.0/24" } },
  ],
  storageAccounts: [
    { name: "cachene", resourceGroup: "shop-ne" },
    { name: "cachewe", resourceGroup: "shop-we" },
  ],
  machines: [
    {
      name: "shop-web",
      resourceGroup: "shop-ne",
      network: "vnet-ne",
      subnet: "web",
      os: "Windows",
      osDisk: { sizeGiB: 127 },
      tags: { tier: "web" },
    },
    { name: "shop-app", resourceGroup: "shop-ne", network: "vnet-ne", subnet: "web" },
  ],
  vaults: [
    {
      name: "shop-vault",
      resourceGroup: "shop-recovery",
      fabrics: [
        { name: "fabric-ne", location: "northeurope" },
        { name: "fabric-we", location: "westeurope" },
      ],
      containers: [
        { name: "container-ne", fabric: "fabric-ne" },
        { name: "container-we", fabric: "fabric-we" },
      ],
      policies: [{ name: "policy", recoveryPointHistoryMinutes: 1440, appConsistentMinutes: 60 }],
      mappings: [
        { name: "there", source: "container-ne", target: "container-we", policy: "policy" },
        { name: "back", source: "container-we", target: "container-ne", policy: "policy" },
      ],
      networkMappings: [
        { name: "there", primaryNetwork: "vnet-ne", recoveryNetwork: "vnet-we" },
        { name: "back", primaryNetwork: "vnet-we", recoveryNetwork: "vnet-ne" },
      ],
      items: [
        {
          name: "web",
          machine: "shop-web",
          container: "container-ne",
          recoveryContainer: "container-we",
          policy: "policy",
          recoveryResourceGroup: "shop-we",
          cacheStorageAccount: "cachene",
        },
      ],
    },
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: bodies of the service are read freely in tests
export type Body = any;

/** An answer of the simulator. */
export interface Reply {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** A running simulator with the calls tests make. */
export interface Shop {
  readonly simulator: Simulator;
  ask(method: string, path: string, body?: unknown): Promise<Reply>;
  get(path: string): Promise<Body>;
  /** Does a long-running write, lets virtual time pass until it is over, returns the final status. */
  run(method: string, path: string, body?: unknown): Promise<Body>;
  /** Lets virtual time pass until the item at the path is in the state. */
  until(path: string, protectionState: string): Promise<Body>;
}

/** Starts a simulator with a stepped clock; the test ends it. */
export async function openShop(
  t: { teardown(work: () => unknown): void },
  options: Partial<SimulatorOptions> = {},
): Promise<Shop> {
  const simulator = await startSimulator({ world: SHOP, clock: "stepped", ...options });
  let closed = false;
  t.teardown(() => (closed ? undefined : simulator.close()));
  const ask = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const address = new URL(path.startsWith("http") ? path : `${simulator.url}${path}`);
    if (!address.searchParams.has("api-version"))
      address.searchParams.set("api-version", "2023-06-01");
    const response = await fetch(address, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  };
  const get = async (path: string) => (await ask("GET", path)).body;
  return {
    simulator: {
      ...simulator,
      close: () => {
        closed = true;
        return simulator.close();
      },
    },
    ask,
    get,
    async run(method, path, body) {
      const reply = await ask(method, path, body);
      if (reply.status !== 202)
        throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
      const poll = reply.headers.get("azure-asyncoperation") ?? "";
      for (let round = 0; round < 200; round += 1) {
        const status = await get(poll);
        if (!["NotStarted", "InProgress"].includes(status.status)) return status;
        simulator.clock.advance(10_000);
      }
      throw new Error(`${method} ${path} does not end.`);
    },
    async until(path, protectionState) {
      for (let round = 0; round < 200; round += 1) {
        const item = await get(path);
        if (item?.properties?.protectionState === protectionState) return item;
        simulator.clock.advance(60_000);
      }
      throw new Error(`${path} does not become ${protectionState}.`);
    },
  };
}

/** Body of a failover. */
export const FAIL_OVER = {
  properties: {
    failoverDirection: "PrimaryToRecovery",
    sourceSiteOperations: "Required",
    providerSpecificDetails: { instanceType: "A2A" },
  },
} as const;

/** Body of a reprotect towards the container of a side. */
export function switchBody(back: "ne" | "we", disks: readonly unknown[] = []): unknown {
  return {
    properties: {
      replicationProtectedItemName: "web",
      providerSpecificDetails: {
        instanceType: "A2A",
        recoveryContainerId: container(back),
        recoveryResourceGroupId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-${back}`,
        policyId: `${VAULT}/replicationPolicies/policy`,
        vmManagedDisks: disks,
      },
    },
  };
}
