import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { startSimulator } from "../simulator/index.ts";
import { makeEngineFolder } from "../test/support/engine.ts";
import type { Subject } from "./bench/programs.ts";
import { commands, describeResults, type Result, resultOf } from "./bench/result.ts";
import { describeSimulator, measureSimulator, type SimulatorResult } from "./bench/simulator.ts";
import { type Cost, deploy } from "./bench/stack.ts";
import { benchmarkWorld } from "./bench/world.ts";

const subjects: readonly Subject[] = ["replicated items", "nothing"];

/**
 * Measures unchanged previews and refreshes of stacks with so many items, by turns with the same
 * stack of resources that do nothing, so that what else the computer does strikes both.
 */
async function measure(count: number, rounds: number): Promise<Result> {
  const folder = makeEngineFolder("bench");
  const simulator = await startSimulator({ world: benchmarkWorld(count) });
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
    return resultOf(count, ours, baseline);
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    /** One JSON object per number of items instead of a table. */
    json: { type: "boolean", default: false },
    /** Numbers of items, with commas between. Default 20,200; of the simulator 1000,5000. */
    items: { type: "string" },
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
  await report<Result>(
    values.items ?? "20,200",
    (count) => measure(count, rounds),
    describeResults,
  );
}
