import type { ActionInputs } from "../../provider/actions/action-inputs.ts";
import { failbackHandler } from "../../provider/actions/failback.ts";
import { failoverHandler } from "../../provider/actions/failover.ts";
import { reprotectHandler } from "../../provider/actions/reprotect.ts";
import { readConfiguration } from "../../provider/configuration.ts";
import type { Context } from "../../provider/context.ts";
import { createSiteRegistry } from "../../provider/sites/create-registry.ts";
import { type Simulator, startSimulator } from "../../simulator/index.ts";
import { startVCenterProcess, type VCenterProcess } from "../rehearsal/vcenter-process.ts";
import { scenarioOfWorld } from "../vcenter/world-to-scenario.ts";
import { failOver, reprotect } from "./site-moves.ts";
import { benchmarkVCenter, seed, vmwareWorld } from "./vmware-world.ts";
import { machineNames, subscriptionId, vaultId } from "./world.ts";

const actions = ["failover", "reprotect", "failback"] as const;
type Action = (typeof actions)[number];
type PerAction = Readonly<Record<Action, number>>;

interface Cost {
  readonly vcenterCalls: number;
  readonly requests: number;
  readonly wallSeconds: number;
}

/** What it costs to check the rules of all machines of an action at preview. */
export interface RulesResult {
  readonly scenario: "vmware rules";
  /** Number of machines of the action. */
  readonly n: number;
  /** Calls to the vCenter, pages included, of an action that is previewed by itself. */
  readonly vcenterCalls: PerAction;
  /** As many as are allowed: 20, and a page for each 100 machines. */
  readonly allowedCalls: number;
  /** Requests to Resource Manager. */
  readonly requests: PerAction;
  readonly wallSeconds: PerAction;
}

/**
 * Previews failover, reprotect and failback of so many machines, each by a provider of its own, and moves
 * them in between: what is previewed from a plan alone is not judged. The simulator's clock does not wait.
 */
export async function measureRules(count: number): Promise<RulesResult> {
  const site = benchmarkVCenter(count);
  const vcenter = await startVCenterProcess({ scenario: scenarioOfWorld(site, { seed }) });
  const world = { ...vmwareWorld(site), clock: { mode: "stepped" } } as const;
  const simulator = await startSimulator({ world });
  try {
    const items = machineNames(count).map((name) => `${vaultId}/items/${name}`.toLowerCase());
    const costs = new Map<Action, Cost>();
    for (const action of actions) {
      await fetch(`${vcenter.control}/bench/calls`, { method: "DELETE" });
      const before = simulator.journal().length;
      const start = performance.now();
      await check[action](contextOf(simulator, vcenter), items);
      costs.set(action, {
        vcenterCalls: await callsOf(vcenter),
        requests: simulator.journal().length - before,
        wallSeconds: Number(((performance.now() - start) / 1000).toFixed(2)),
      });
      await perform[action](simulator, machineNames(count));
    }
    const figure = (name: keyof Cost): PerAction => ({
      failover: costs.get("failover")?.[name] ?? 0,
      reprotect: costs.get("reprotect")?.[name] ?? 0,
      failback: costs.get("failback")?.[name] ?? 0,
    });
    return {
      ...{ scenario: "vmware rules", n: count },
      allowedCalls: 20 + Math.ceil(count / 100),
      vcenterCalls: figure("vcenterCalls"),
      requests: figure("requests"),
      wallSeconds: figure("wallSeconds"),
    };
  } finally {
    await simulator.close();
    await vcenter.stop();
  }
}

type Work = (context: Context, items: readonly string[]) => Promise<void>;

const commit = "automatic";

/** So many machines need several appliances, and nobody turns them off in the vCenter; to look at them costs the same. */
const waive = ["AP-DISKS", "VM-OFF"];

/** Throws when a machine was not looked at, or something is in the way: then the figures mean nothing. */
const check: Readonly<Record<Action, Work>> = {
  failover: async (context, items) =>
    expectPlan(items, (await failoverHandler.check(context, { items, commit, waive })).inputs),
  reprotect: async (context, items) =>
    expectPlan(items, (await reprotectHandler.check(context, { items, waive })).inputs),
  failback: async (context, items) =>
    expectPlan(items, (await failbackHandler.check(context, { items, commit, waive })).inputs),
};

const perform: Readonly<
  Record<Action, (simulator: Simulator, names: readonly string[]) => Promise<void>>
> = { failover: failOver, reprotect, failback: async () => undefined };

function expectPlan(
  items: readonly string[],
  { plan, findings = [] }: Pick<ActionInputs, "plan" | "findings">,
): void {
  const blockers = findings.filter((each) => each.severity === "block");
  if (blockers.length > 0) throw new Error(blockers.map((each) => each.text).join("\n"));
  if (plan?.machines.length === items.length) return;
  throw new Error(`${plan?.machines.length} of ${items.length} machines were looked at.`);
}

/** A provider of its own, whose waiting moves the simulator's clock. */
function contextOf(simulator: Simulator, { url, thumbprint }: VCenterProcess): Context {
  const access = { url, thumbprint, username: "bench", password: "bench" };
  const settings: Readonly<Record<string, string>> = {
    subscriptionId,
    endpoint: simulator.url,
    pollingInterval: "PT1M",
    vcenters: JSON.stringify({ "vcenter-one": access }),
  };
  const configuration = readConfiguration((key) => settings[key], {});
  const quiet = (): void => undefined;
  return {
    preview: true,
    signal: new AbortController().signal,
    clock: {
      now: () => new Date(simulator.clock.now()),
      async sleep(milliseconds) {
        // A turn of the event loop, so that requests under way are answered in between.
        await new Promise((resolve) => setImmediate(resolve));
        simulator.clock.advance(milliseconds);
      },
    },
    log: { info: quiet, warn: quiet, progress: quiet },
    configuration,
    sites: createSiteRegistry(configuration),
    declared: new Set(),
  };
}

async function callsOf({ control }: VCenterProcess): Promise<number> {
  const answer = await fetch(`${control}/bench/calls`);
  const calls = (await answer.json()) as Readonly<Record<string, number>>;
  return Object.values(calls).reduce((sum, each) => sum + each, 0);
}

/** The results as a table for people. */
export function describeRules(results: readonly RulesResult[]): string {
  const rows = results.flatMap((result) =>
    actions.map((action) => [
      String(result.n),
      action,
      `${result.vcenterCalls[action]} of ${result.allowedCalls}`,
      String(result.requests[action]),
      `${result.wallSeconds[action].toFixed(2)} s`,
    ]),
  );
  const all = [["machines", "preview of", "vCenter calls", "requests", "wall time"], ...rows];
  const widths = all[0]?.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all
    .map((row) => row.map((cell, column) => cell.padStart(widths?.[column] ?? 0)).join("  "))
    .join("\n");
}
