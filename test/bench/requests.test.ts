import { rmSync } from "node:fs";
import test from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { deploy } from "../../tools/bench/stack.ts";
import { benchmarkVCenter, vmwareWorld } from "../../tools/bench/vmware-world.ts";
import { benchmarkWorld } from "../../tools/bench/world.ts";
import { makeEngineFolder } from "../support/engine.ts";

/** Objects per page of the service's lists. */
const pageSize = 100;

const stacks = [
  { subject: "replicated items", count: 20, world: benchmarkWorld(20) },
  { subject: "replicated items", count: 120, world: benchmarkWorld(120) },
  { subject: "vmware items", count: 20, world: vmwareWorld(benchmarkVCenter(20)) },
] as const;

for (const { subject, count, world } of stacks) {
  test.serial(
    `a stack of ${count} ${subject} costs no request at an unchanged preview, and one per page at a refresh`,
    async (t) => {
      t.timeout(300_000);
      const folder = makeEngineFolder("bench");
      const simulator = await startSimulator({ world });
      t.teardown(async () => {
        await simulator.close();
        rmSync(folder, { recursive: true, force: true });
      });
      const stack = await deploy(folder, simulator, subject, count);

      const preview = await stack.measure("preview");
      const refresh = await stack.measure("refresh");

      t.is(preview.requests, 0);
      // The subscription is greeted once, so that wrong settings show before anything else.
      t.is(refresh.requests, 1 + Math.ceil(count / pageSize));
      t.deepEqual(simulator.journal({ writesOnly: true }), []);
    },
  );
}
