import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { startSimulator, type WorldDocument } from "../simulator/index.ts";
import { makeEngineFolder } from "../test/support/engine.ts";
import type { Subject } from "./bench/programs.ts";
import { commands, describeResults, type Result, resultOf } from "./bench/result.ts";
import { describeRules, measureRules, type RulesResult } from "./bench/rules.ts";
import { describeSimulator, measureSimulator, type SimulatorResult } from "./bench/simulator.ts";
import { type Cost, deploy } from "./bench/stack.ts";
import { benchmarkVCenter, vmwareWorld } from "./bench/vmware-world.ts";
import { benchmarkWorld } from "./bench/world.ts";

type Measured = Exclude<Subject, "nothing">;

/** The world of each stack. */
const worlds: Readonly<Record<Measured, (count: number) => WorldDocument>> = {
  "replicated items": benchmarkWorld,
  "vmware items": (count) => vmwareWorld(benchmarkVCenter(count)),
};

/**
 * Measures unchanged previews and refreshes of stacks with so many items, by turns with the same
 * stack of resources that do nothing, so that what else the computer does strikes both.
 */
async function measure(measured: Measured, count: number, rounds: number): Promise<Result> {
  const subjects: readonly Subject[] = [measured, "nothing"];
  const folder = makeEngineFolder("bench");
  const simulator = await startSimulator({ world: worlds[measured](count) });
  try {
    const costs = new Map(
      subjects.map((each) => [each, { preview: [] as Cost[], refresh: [] as Cost[] }]),
    );
    const stacks = [];
    for (const subject of subjects) {
      stacks.push([subject, await deploy(folder, simulator, subject, count)] as const);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const command of commands) {
        for (const [subject, stack] of stacks) {
          costs.get(subject)?.[command].push(await stack.measure(command));
        }
      }
    }
    const [ours, baseline] = subjects.map((each) => costs.get(each));
    if (ours === undefined || baseline === undefined) throw new Error("nothing was measured");
    const result = resultOf(count, ours, baseline);
    return measured === "vmware items" ? { scenario: "vmware", ...result } : result;
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    /** One JSON object per number of items instead of a table. */
    json: { type: "boolean", default: false },
    /** Numbers of items, with commas between. Default 20,200; of VMware machines 200, of rules 500, of the simulator 1000,5000. */
    items: { type: "string" },
    /** Measures VMware machines alone; without it they come after the others. */
    vmware: { type: "boolean", default: false },
    /** Measures the check of rules of VMware machines alone; without it that comes last. */
    rules: { type: "boolean", default: false },
    /** Measures the simulator by itself instead of stacks. */
    simulator: { type: "boolean", default: false },
    /** Measurements per command; the median counts. */
    rounds: { type: "string", default: "3" },
  },
});

/** Measures each number of items and tells about it, at once as JSON or in the end for people. */
async function report<T>(
  items: string,
  measureOne: (count: number) => Promise<T>,
  describe: (results: readonly T[]) => string,
): Promise<void> {
  const results: T[] = [];
  for (const count of items.split(",").map(Number)) {
    const result = await measureOne(count);
    results.push(result);
    if (values.json) console.log(JSON.stringify(result));
  }
  if (!values.json) console.log(describe(results));
}

if (values.simulator) {
  await report<SimulatorResult>(values.items ?? "1000,5000", measureSimulator, describeSimulator);
} else {
  const rounds = Number(values.rounds);
  const all = !values.vmware && !values.rules;
  const stacks = (measured: Measured, items: string): Promise<void> =>
    report<Result>(items, (count) => measure(measured, count, rounds), describeResults);
  if (all) await stacks("replicated items", values.items ?? "20,200");
  if (all || values.vmware) await stacks("vmware items", values.items ?? "200");
  if (all || values.rules) {
    await report<RulesResult>(values.items ?? "500", measureRules, describeRules);
  }
}
