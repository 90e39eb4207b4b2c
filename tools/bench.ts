import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { startSimulator } from "../simulator/index.ts";
import { makeEngineFolder } from "../test/support/engine.ts";
import type { Subject } from "./bench/programs.ts";
import { commands, describeResults, type Result, resultOf } from "./bench/result.ts";
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
    /** Numbers of items, with commas between. */
    items: { type: "string", default: "20,200" },
    /** Measurements per command; the median counts. */
    rounds: { type: "string", default: "3" },
  },
});

const results: Result[] = [];
for (const count of values.items.split(",").map(Number)) {
  const result = await measure(count, Number(values.rounds));
  results.push(result);
  if (values.json) console.log(JSON.stringify(result));
}
if (!values.json) console.log(describeResults(results));
