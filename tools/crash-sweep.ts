import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stories } from "./crash-sweep/stories.ts";
import { sweep, type Trial } from "./crash-sweep/sweep.ts";

const { values } = parseArgs({
  options: {
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

const folder = mkdtempSync(join(tmpdir(), "crash-sweep-"));
const trials: Trial[] = [];
try {
  for (const story of stories) {
    if (values.site !== undefined && values.site !== story.site) continue;
    if (values.carrier !== undefined && values.carrier !== story.carrier) continue;
    const selection = {
      every: Number(values.every),
      ...(values.step === undefined ? {} : { steps: values.step }),
    };
    trials.push(...(await sweep(story, join(folder, story.site + story.carrier), selection, tell)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const count = (is: (trial: Trial) => boolean): number => trials.filter(is).length;
console.log(`interruption points tried: ${trials.length}`);
console.log(`actions started twice: ${count((each) => each.startedTwice.length > 0)}`);
console.log(`actions lost: ${count((each) => each.lost.length > 0)}`);
console.log(`runs that needed more than pulumi cancel: ${count((each) => each.stuck !== "")}`);
if (trials.some((each) => isBad(each))) process.exitCode = 1;

function isBad({ startedTwice, lost, stuck }: Trial): boolean {
  return startedTwice.length > 0 || lost.length > 0 || stuck !== "";
}

function tell(trial: Trial): void {
  const { site, carrier, step, request, moment, struck, startedTwice, lost, stuck } = trial;
  const last = struck.path.replace(/\?.*/, "").split("/").slice(-2).join("/");
  const where = `${site} ${carrier} ${step}: ${moment} request ${request} (${struck.method} ${last})`;
  if (!isBad(trial)) {
    console.log(`${where}: as undisturbed`);
    return;
  }
  const wrong = [
    ...startedTwice.map((each) => `${each} started twice`),
    ...lost.map((each) => `lost: ${each}`),
    ...(stuck === "" ? [] : [`stuck: ${stuck}`]),
  ];
  console.log(`${where}: ${wrong.join("; ")}`);
}
