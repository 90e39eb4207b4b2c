import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeEngineFolder, repositoryFolder } from "../test/support/engine.ts";
import { recordCounts } from "./reliability/counts.ts";
import { writeReliability } from "./reliability.ts";
import { directRunner } from "./sweep/direct-run.ts";
import { makeFolderInMemory } from "./sweep/folder-in-memory.ts";
import { killableRunner } from "./sweep/killable-run.ts";
import { stories } from "./sweep/stories.ts";
import { sweep } from "./sweep/sweep.ts";
import { countsByPart, countsOf, isBad, trialText } from "./sweep/tell.ts";
import type { Trial } from "./sweep/trial.ts";
import { type Trouble, troubles } from "./sweep/troubles.ts";

const { values } = parseArgs({
  options: {
    /** `kill` interrupts at each request, `fault` disturbs each request. */
    trouble: { type: "string", default: "kill" },
    /** Only whom an interruption hits: `provider`, `engine`, `terminal`; may be given again. */
    victim: { type: "string", multiple: true },
    /** Faults meet a provider in a process of its own, as with the engine, instead of one inside the sweep. */
    process: { type: "boolean", default: false },
    /** The provider is killed inside the sweep instead of in a process of its own: many times as fast. */
    inside: { type: "boolean", default: false },
    /** Only this site: `regions`, `vmware-modernized`, … */
    site: { type: "string" },
    /** Only `item` or `plan`. */
    carrier: { type: "string" },
    /** Only this step, such as `failover`; may be given again. */
    step: { type: "string", multiple: true },
    /** Only this disturbance, such as `throttled` or `lost`; may be given again. */
    disturbance: { type: "string", multiple: true },
    /** Strikes every so manieth reading request, and task of a job; those that ask for a deed are always struck. */
    every: { type: "string", default: "1" },
    /** Trials side by side; each takes about one processor. */
    "at-once": { type: "string", default: "1" },
    /** Keeps the figures for docs/reliability.md. */
    record: { type: "boolean", default: false },
  },
});

// A third of the time goes into starting processes, and half of that into reading the same sources again.
process.env.NODE_COMPILE_CACHE ??= join(repositoryFolder, ".tools/compile-cache");

function chosenTroubles(): readonly Trouble[] {
  if (values.trouble === "fault") {
    return [values.process ? troubles.fault : { ...troubles.fault, runner: directRunner }];
  }
  return Object.values(troubles)
    .filter(({ name }) => name !== "fault" && values.victim?.includes(name) !== false)
    .map((each) =>
      values.inside && each.name === "provider" ? { ...each, runner: killableRunner } : each,
    );
}

const inside = values.trouble === "fault" && !values.process;
const folder = inside ? makeFolderInMemory() : makeEngineFolder("sweep");
const trials: Trial[] = [];
try {
  for (const story of stories) {
    if (values.site !== undefined && values.site !== story.site) continue;
    if (values.carrier !== undefined && values.carrier !== story.carrier) continue;
    const selection = {
      every: Number(values.every),
      atOnce: Number(values["at-once"]),
      ...(values.step === undefined ? {} : { steps: values.step }),
      ...(values.disturbance === undefined ? {} : { disturbances: values.disturbance }),
    };
    for (const trouble of chosenTroubles()) {
      const place = join(folder, `${story.site}-${story.carrier}-${trouble.name}`);
      const made = await sweep(story, trouble, place, selection, (trial) =>
        console.log(trialText(trial)),
      );
      trials.push(...made);
      if (values.record) record(made);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const parts = countsByPart(trials);
for (const { trouble, site, carrier, counts } of parts) {
  const figures = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  console.log(`${trouble} ${site} ${carrier}: ${figures.join(", ")}`);
}
for (const [name, count] of Object.entries(countsOf(trials))) console.log(`${name}: ${count}`);
if (trials.some(isBad)) process.exitCode = 1;

/** Keeps the figures of one part, also where a later one is never reached. */
function record(made: readonly Trial[]): void {
  const command = values.trouble === "fault" ? "fault-sweep" : "crash-sweep";
  const reading =
    values.every === "1" ? "every request" : `deeds, ${readsWords(Number(values.every))}`;
  const place = inside || values.inside ? ["provider inside the sweep"] : [];
  const chosen = [...(values.step ?? []), ...(values.disturbance ?? [])];
  const scope = [reading, ...place, ...chosen].join(", ");
  const date = new Date().toISOString().slice(0, 10);
  recordCounts(
    countsByPart(made).map(({ trouble, site, carrier, counts }) => {
      const subject = `${trouble}: ${site}, ${carrier}`;
      return { command, subject, scope, date, counts };
    }),
  );
  writeReliability();
}

function readsWords(every: number): string {
  return every === 0 ? "the reads before them" : `one reading request of ${every}`;
}
