import test, { type Macro } from "ava";
import { type Bench, makePair, type Pair, startBench } from "./bench.ts";

/** The inputs that are given, of a pair of regions that is set up. */
export type Given = (pair: Pair, bench: Bench) => object;

/** A resource that preview refuses at a path and for a reason, without a write. */
export const refused: Macro<[type: string, given: Given, path: string, reason: RegExp]> =
  test.macro({
    exec: async (t, type: string, given: Given, path: string, reason: RegExp) => {
      const bench = await startBench(t);
      const pair = await makePair(bench);
      bench.simulator.clearJournal();
      const failures = await bench.failuresOf(type, given(pair, bench));
      const failure = failures.find((each) => each.path === path);
      t.regex(failure?.reason ?? JSON.stringify(failures), reason);
      t.is(bench.simulator.journal({ writesOnly: true }).length, 0);
    },
    title: (name, type: string) => `${type} is refused at preview: ${name}`,
  });
