import { fileURLToPath } from "node:url";
import type { ExecutionContext } from "ava";
import type { Configuration } from "../../../provider/configuration.ts";
import type { Context } from "../../../provider/context.ts";
import type { AnyHandler, CheckFailure } from "../../../provider/handler.ts";
import { handlers } from "../../../provider/handlers.ts";
import { createSiteRegistry } from "../../../provider/sites/create-registry.ts";
import { type Simulator, startSimulator, type WorldDocument } from "../../../simulator/index.ts";

/** The subscription of the world that tests run in. */
export const subscriptionId = "11111111-2222-3333-4444-555555555555";

/** The world that a bench is started with when a test has none of its own. */
const threeTier: string = fileURLToPath(
  import.meta.resolve("../../../simulator/worlds/three-tier.yaml"),
);

/** ARM ids of the world's things. */
export const groupId = (name: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
export const machineId = (name: string): string =>
  `${groupId("shop-ne")}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const networkId = (name: string, group = "shop-we"): string =>
  `${groupId(group)}/providers/Microsoft.Network/virtualNetworks/${name}`;
export const storageId = (name: string, group = "shop-ne"): string =>
  `${groupId(group)}/providers/Microsoft.Storage/storageAccounts/${name}`;
export const vaultId = (name: string): string =>
  `${groupId("shop-recovery")}/providers/Microsoft.RecoveryServices/vaults/${name}`;

/** A line that a handler logged. */
export interface LogLine {
  readonly level: "info" | "warn" | "progress";
  readonly text: string;
}

/** A simulator whose clock stands still until a handler waits, and handlers that talk to it. */
export interface Bench {
  readonly simulator: Simulator;
  readonly log: readonly LogLine[];
  readonly context: Context;
  /** A context like that of another run: nothing is declared, nothing is cached. */
  anotherRun(changes?: Partial<Context>): Context;
  /** Checks and creates, as the engine does; fails the test when the check fails. */
  create(name: string, token: string, inputs: object, context?: Context): Promise<Made>;
  /** What the check says against the inputs. */
  failuresOf(token: string, inputs: object, name?: string): Promise<readonly CheckFailure[]>;
}

/** All that handlers of the bench have warned of so far, a line each. */
export function warningsOf({ log }: Pick<Bench, "log">): string {
  return log
    .filter(({ level }) => level === "warn")
    .map(({ text }) => text)
    .join("\n");
}

/** A resource that a bench has made. */
export interface Made {
  readonly handler: AnyHandler;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly state: Record<string, unknown>;
}

/** The handler of a resource, such as `Fabric`. */
export function handlerOf(type: string): AnyHandler {
  const handler = handlers.get(`asr:index:${type}`);
  if (handler === undefined) throw new Error(`There is no handler of ${type}.`);
  return handler;
}

/** Starts a simulator of its own for a test and ends it with the test. */
export async function startBench(
  t: ExecutionContext,
  world: string | WorldDocument = threeTier,
): Promise<Bench> {
  const simulator = await startSimulator({ world, clock: "stepped" });
  t.teardown(() => simulator.close());
  const configuration: Configuration = {
    subscriptionId,
    resourceGroup: "shop-recovery",
    vault: "shop",
    endpoint: simulator.url,
    environment: "public",
    useOidc: false,
    pollingIntervalMilliseconds: 60_000,
  };
  const log: LogLine[] = [];
  const write = (level: LogLine["level"]) => (text: string) => void log.push({ level, text });
  const anotherRun = (changes: Partial<Context> = {}): Context => ({
    signal: new AbortController().signal,
    clock: {
      now: () => new Date(simulator.clock.now()),
      sleep: async (milliseconds, signal) => {
        signal?.throwIfAborted();
        simulator.clock.advance(milliseconds);
      },
    },
    log: { info: write("info"), warn: write("warn"), progress: write("progress") },
    preview: false,
    configuration,
    sites: createSiteRegistry(configuration),
    declared: new Set(),
    ...changes,
  });
  const context = anotherRun();
  return {
    simulator,
    log,
    context,
    anotherRun,
    async create(name, type, inputs, given = context) {
      const handler = handlerOf(type);
      const named = { ...given, name };
      const checked = await handler.check(named, { ...inputs });
      t.deepEqual(checked.failures, [], `the inputs of ${name} are in order`);
      const made = await handler.create(named, checked.inputs);
      return { handler, inputs: checked.inputs, ...made };
    },
    async failuresOf(type, inputs, name = "thing") {
      const run = anotherRun({ name, preview: true });
      return (await handlerOf(type).check(run, { ...inputs })).failures;
    },
  };
}

/** The pair of regions that items need: vault, fabrics, containers, policy and mappings in both directions. */
export interface Pair {
  readonly vault: Made;
  readonly outward: Made;
  readonly back: Made;
  readonly policy: Made;
  readonly primary: Made;
  readonly recovery: Made;
  readonly source: Made;
  readonly target: Made;
}

/** Makes the pair between North Europe, where the machines are, and West Europe. */
export async function makePair(bench: Bench): Promise<Pair> {
  const vault = await bench.create("shop", "Vault", { location: "westeurope" });
  const primary = await bench.create("ne", "Fabric", { location: "northeurope" });
  const recovery = await bench.create("we", "Fabric", { location: "West Europe" });
  const container = (name: string, fabric: Made): Promise<Made> =>
    bench.create(name, "ProtectionContainer", { fabric: fabric.state.fabricId });
  const source = await container("ne", primary);
  const target = await container("we", recovery);
  const policy = await bench.create("daily", "ReplicationPolicy", {});
  const mapping = (name: string, from: Made, to: Made): Promise<Made> =>
    bench.create(name, "ProtectionContainerMapping", {
      sourceContainer: from.state.containerId,
      targetContainer: to.state.containerId,
      policy: policy.state.policyId,
    });
  const outward = await mapping("outward", source, target);
  const back = await mapping("back", target, source);
  await bench.create("network", "NetworkMapping", {
    primaryFabric: primary.state.fabricId,
    recoveryFabric: recovery.state.fabricId,
    primaryNetwork: networkId("shop-ne-vnet", "shop-ne"),
    recoveryNetwork: networkId("shop-we-vnet"),
  });
  return { vault, outward, back, policy, primary, recovery, source, target };
}

/** Inputs of an item for a machine of the world, on the pair's way out. */
export function itemInputs(pair: Pair, machine: string, more: object = {}): object {
  return {
    machine: machineId(machine),
    container: pair.outward.inputs.sourceContainer,
    recoveryContainer: pair.outward.inputs.targetContainer,
    policy: pair.outward.inputs.policy,
    cacheStorageAccount: storageId("shopcachene"),
    target: {
      resourceGroup: "shop-recovery",
      network: networkId("shop-we-vnet"),
      subnet: "web",
      testNetwork: networkId("shop-we-test-vnet"),
    },
    ...more,
  };
}
