import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeEngineFolder } from "../test/support/engine.ts";
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
  },
});

function chosenTroubles(): readonly Trouble[] {
  if (values.trouble === "fault") return [troubles.fault];
  return Object.values(troubles).filter(
    ({ name }) => name !== "fault" && values.victim?.includes(name) !== false,
  );
}

const folder = makeEngineFolder("sweep");
const trials: Trial[] = [];
try {
  for (const story of stories) {
    if (values.site !== undefined && values.site !== story.site) continue;
    if (values.carrier !== undefined && values.carrier !== story.carrier) continue;
    const selection = {
      every: Number(values.every),
      ...(values.step === undefined ? {} : { steps: values.step }),
      ...(values.disturbance === undefined ? {} : { disturbances: values.disturbance }),
    };
    for (const trouble of chosenTroubles()) {
      const place = join(folder, `${story.site}-${story.carrier}-${trouble.name}`);
      const made = await sweep(story, trouble, place, selection, (trial) =>
        console.log(trialText(trial)),
      );
      trials.push(...made);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const { trouble, site, carrier, counts } of countsByPart(trials)) {
  const figures = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  console.log(`${trouble} ${site} ${carrier}: ${figures.join(", ")}`);
}
for (const [name, count] of Object.entries(countsOf(trials))) console.log(`${name}: ${count}`);
if (trials.some(isBad)) process.exitCode = 1;
