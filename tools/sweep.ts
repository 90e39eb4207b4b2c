import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stories } from "./sweep/stories.ts";
import { sweep, type Trial } from "./sweep/sweep.ts";
import { countsOf, isBad, trialText } from "./sweep/tell.ts";

const { values } = parseArgs({
  options: {
    /** `kill` ends the provider at each request, `fault` disturbs each request. */
    trouble: { type: "string", default: "kill" },
    /** Only this site: `regions`, `vmware-modernized`, … */
    site: { type: "string" },
    /** Only `item` or `plan`. */
    carrier: { type: "string" },
    /** Only this step, such as `failover`; may be given again. */
    step: { type: "string", multiple: true },
    /** Strikes every so manieth reading request; those that ask for a deed are always struck. */
    every: { type: "string", default: "1" },
  },
});

const trouble = values.trouble === "fault" ? "fault" : "kill";
const folder = mkdtempSync(join(tmpdir(), "sweep-"));
const trials: Trial[] = [];
try {
  for (const story of stories) {
    if (values.site !== undefined && values.site !== story.site) continue;
    if (values.carrier !== undefined && values.carrier !== story.carrier) continue;
    const selection = {
      every: Number(values.every),
      ...(values.step === undefined ? {} : { steps: values.step }),
    };
    const place = join(folder, `${story.site}-${story.carrier}`);
    const made = await sweep(story, trouble, place, selection, (trial) =>
      console.log(trialText(trial)),
    );
    trials.push(...made);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const [name, count] of Object.entries(countsOf(trials))) console.log(`${name}: ${count}`);
if (trials.some(isBad)) process.exitCode = 1;
