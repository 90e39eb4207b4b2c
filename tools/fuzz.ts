import { parseArgs } from "node:util";
import { feedTarget } from "./fuzz/feed.ts";
import type { TargetCounts, Trouble } from "./fuzz/target.ts";
import { targets } from "./fuzz/targets.ts";
import { type RecordedCount, recordCounts } from "./reliability/counts.ts";
import { writeReliability } from "./reliability.ts";

const { values } = parseArgs({
  options: {
    /** Inputs per target. */
    runs: { type: "string", default: "1000" },
    /** Only this target; may be given again. */
    target: { type: "string", multiple: true },
    /** The same seed gives the same inputs. */
    seed: { type: "string" },
    /** With one target and the seed that a trouble was told with: only its input, to see it again. */
    path: { type: "string" },
    /** Prints the counts as JSON, without words. */
    json: { type: "boolean", default: false },
    /** Keeps the counts for docs/reliability.md. */
    record: { type: "boolean", default: false },
  },
});

const names = values.target ?? Object.keys(targets);
const unknown = names.filter((name) => !(name in targets));
if (unknown.length > 0) {
  console.error(`There is no target ${unknown.join(", ")}: ${Object.keys(targets).join(", ")}.`);
  process.exit(2);
}
const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
const all: TargetCounts[] = [];
for (const target of names) {
  const { path } = values;
  const counts = await feedTarget({
    ...{ target, seed, runs: path === undefined ? Number(values.runs) : 1 },
    ...(path === undefined ? {} : { path }),
  });
  all.push(counts);
  if (values.json) continue;
  const { runs, failures, results, exceptions, hangs, wrong } = counts;
  console.log(
    `${target}: ${runs} inputs, ${failures} refused, ${results} taken, ${exceptions} exceptions, ${hangs} hangs, ${wrong} wrong answers (seed ${counts.seed})`,
  );
  for (const trouble of counts.troubles) console.log(textOf(target, trouble));
}
if (values.json) console.log(JSON.stringify(all, null, 2));
if (values.record) {
  recordCounts(all.map(recorded));
  writeReliability();
}
if (all.some(({ troubles }) => troubles.length > 0)) process.exitCode = 1;

/** The counts as the page on reliability shows them. */
function recorded(counts: TargetCounts): RecordedCount {
  const { target, runs, failures, results, exceptions, hangs, wrong } = counts;
  return {
    ...{ command: "fuzz", subject: target, scope: `${runs} inputs` },
    date: new Date().toISOString().slice(0, 10),
    counts: { refused: failures, taken: results, exceptions, hangs, "wrong answers": wrong },
  };
}

function textOf(target: string, { kind, text, input, seed, path }: Trouble): string {
  return `  ${kind}: ${text}\n    input ${input}\n    again: npm run fuzz -- --target ${target} --seed ${seed} --path ${path}`;
}
