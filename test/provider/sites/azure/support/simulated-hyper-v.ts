import type { ExecutionContext } from "ava";
import type { ItemFacts } from "../../../../../provider/recovery/model.ts";
import type {
  HyperVItemSpecification,
  HyperVTargetSpecification,
} from "../../../../../provider/sites/azure/specifications.ts";
import type {
  ReverseReplication,
  VerbRequest,
} from "../../../../../provider/sites/azure/verb-request.ts";
import type { WorldDocument } from "../../../../../simulator/index.ts";
import { loopbackConfiguration } from "./run.ts";
import { type SimulatedAzure, startAzure } from "./simulated-azure.ts";

const subscriptionId = loopbackConfiguration("http://localhost").subscriptionId;
const groups = `/subscriptions/${subscriptionId}/resourceGroups`;

/** ARM ids of the simulated world. */
export const hyperVIds: {
  readonly vault: string;
  readonly group: string;
  readonly network: string;
  readonly testNetwork: string;
  readonly account: string;
} = {
  vault: `${groups}/dr/providers/Microsoft.RecoveryServices/vaults/plant`,
  group: `${groups}/dr`,
  network: `${groups}/dr/providers/Microsoft.Network/virtualNetworks/net`,
  testNetwork: `${groups}/dr/providers/Microsoft.Network/virtualNetworks/test-net`,
  account: `${groups}/dr/providers/Microsoft.Storage/storageAccounts/logs`,
};

const azure: WorldDocument = {
  seed: "hyper-v",
  clock: { mode: "stepped" },
  subscriptions: [{ id: subscriptionId }],
  resourceGroups: [{ name: "dr", location: "westeurope" }],
  networks: [
    { name: "net", resourceGroup: "dr", subnets: { servers: "10.20.0.0/24" } },
    { name: "test-net", resourceGroup: "dr", subnets: { servers: "10.30.0.0/24" } },
  ],
  storageAccounts: [{ name: "logs", resourceGroup: "dr" }],
  vaults: [{ name: "plant", resourceGroup: "dr" }],
};

/** A Hyper-V site that nobody has made yet, with two hosts. */
export const siteWorld: WorldDocument = {
  ...azure,
  knobs: { failbackWaitsForUser: true },
  hyperVSites: [
    {
      vault: "plant",
      fabric: "site",
      made: false,
      hosts: [
        { name: "hv-1.example", registersAfterMinutes: 10 },
        { name: "hv-2.example", registersAfterMinutes: 15 },
      ],
      machines: [
        {
          name: "web",
          host: "hv-1.example",
          os: "Linux",
          disks: [{ sizeGiB: 32 }, { sizeGiB: 8, name: "data" }],
        },
      ],
    },
  ],
};

/** A Hyper-V site with two machines that are protected already, one of them due to be resynchronized. */
export const protectedWorld: WorldDocument = {
  ...azure,
  knobs: { failbackWaitsForUser: true },
  hyperVSites: [
    {
      vault: "plant",
      fabric: "site",
      hosts: [{ name: "hv-1.example" }],
      machines: [{ name: "web" }, { name: "behind" }],
    },
  ],
  vaults: [
    {
      name: "plant",
      resourceGroup: "dr",
      policies: [{ name: "p", kind: "HyperVReplicaAzure", storageAccount: "logs" }],
      mappings: [{ name: "m", source: "site", target: "Microsoft Azure", policy: "p" }],
      items: ["web", "behind"].map((machine) => ({
        machine,
        container: "site",
        policy: "p",
        recoveryResourceGroup: "dr",
        cacheStorageAccount: "logs",
        network: "net",
        resyncRequired: machine === "behind",
      })),
    },
  ],
};

/** Two VMM servers, each with a cloud. */
export const vmmWorld: WorldDocument = {
  ...azure,
  vmmServers: [
    {
      vault: "plant",
      name: "vmm-1.example",
      fabric: "vmm1",
      hosts: [{ name: "hv-1.example" }],
      clouds: [{ name: "Gold", machines: [{ name: "orders", disks: [{ sizeGiB: 16 }] }] }],
      networks: [{ name: "corp" }],
      storageClassifications: [{ name: "fast" }],
    },
    {
      vault: "plant",
      name: "vmm-2.example",
      fabric: "vmm2",
      hosts: [{ name: "hv-9.example" }],
      clouds: [{ name: "Silver" }],
      networks: [{ name: "corp-2" }],
      storageClassifications: [{ name: "slow" }],
    },
  ],
};

/** A simulated Azure with sites of Hyper-V. */
export interface HyperVWorld extends SimulatedAzure {
  /** An item as it is now; the only one when no name is given. */
  item(name?: string): Promise<ItemFacts>;
  /** Asks every minute, for five hours at most, until there is an answer. */
  until<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer>;
  /** The item once it offers an operation. */
  untilOffered(operation: string, name?: string): Promise<ItemFacts>;
}

/** Starts a world with a stepped clock and ends it with the test. */
export async function startHyperV(t: ExecutionContext, world: WorldDocument): Promise<HyperVWorld> {
  const azureSide = await startAzure(t, world, hyperVIds.vault);
  const { run, vault } = azureSide;
  const { context } = run;
  const item = async (name?: string): Promise<ItemFacts> => {
    vault.forget();
    const found = (await vault.items(context)).find(
      ({ friendlyName }) => name === undefined || friendlyName === name,
    );
    if (found === undefined) throw new Error("the vault has no item");
    return found;
  };
  const until: HyperVWorld["until"] = async (what, ask) => {
    for (let minutes = 0; minutes < 300; minutes += 1) {
      vault.forget();
      const answer = await ask();
      if (answer !== undefined) return answer;
      await run.clock.sleep(60_000);
    }
    throw new Error(`${what} did not come within five hours`);
  };
  return {
    ...azureSide,
    item,
    until,
    untilOffered: (operation, name) =>
      until(`the offer of ${operation}`, async () => {
        const found = await item(name);
        return found.allowedOperations.includes(operation) ? found : undefined;
      }),
  };
}

/** What protection of a discovered machine towards Azure begins with: all its disks, managed. */
export async function toAzureSpecification(
  { vault, run }: HyperVWorld,
  containerId: string,
  policyId: string,
  target: Partial<HyperVTargetSpecification> = {},
): Promise<HyperVItemSpecification> {
  const [machine] = await vault.onPremises.protectableItems(run.context, containerId);
  if (machine === undefined) throw new Error("nothing was discovered");
  const [osDisk] = machine.disks;
  return {
    scenario: "HyperVToAzure",
    protectableItemId: machine.id,
    policyId,
    toAzure: {
      machineGuid: machine.name,
      sourceName: machine.friendlyName,
      osType: machine.osType,
      osDiskId: machine.hyperV?.osDiskId ?? osDisk?.id ?? "",
      diskIds: machine.disks.map((disk) => disk.id),
      storageAccountId: hyperVIds.account,
      diskType: "Premium_LRS",
      resourceGroupId: hyperVIds.group,
      ...target,
    },
  };
}

/** Settings that every policy of the tests has. */
export const policySettings = {
  recoveryPointHistoryMinutes: 120,
  applicationConsistentFrequencyMinutes: 60,
  crashConsistentFrequencyMinutes: 0,
  multiVmSync: false,
} as const;

/** The point that most verbs go to. */
export const latest = { kind: "Latest" } as const;

/** An item as the target of a verb. */
export function of(item: ItemFacts): { readonly kind: "item"; readonly item: ItemFacts } {
  return { kind: "item", item };
}

/** Performs a verb and says why when it fails; answers the item behind it. */
export async function done(
  t: ExecutionContext,
  world: HyperVWorld,
  request: VerbRequest,
  attend?: Parameters<HyperVWorld["perform"]>[1],
): Promise<ItemFacts> {
  const outcome = await world.perform(request, attend);
  t.true(outcome.succeeded, `${request.verb}: ${outcome.failure}`);
  return world.item(request.target.kind === "item" ? request.target.item.friendlyName : undefined);
}

/** A reprotect that turns the replication around. */
export function reversed(item: ItemFacts, direction: ReverseReplication["direction"]): VerbRequest {
  return { verb: "reprotect", way: "reverse", target: of(item), direction };
}
