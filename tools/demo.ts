import { mkdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { story } from "./demo/story.ts";
import { type DemoOutputs, summarize } from "./demo/summary.ts";
import { ask, CommandError, heading, run, type Terminal } from "./demo/terminal.ts";
import { rehearsalEnvironment } from "./rehearsal/engine-environment.ts";
import { type SimulatorProcess, startSimulatorProcess } from "./rehearsal/simulator-process.ts";

/** The folder of this repository. */
const repositoryFolder = resolve(import.meta.dirname, "..");

const { values } = parseArgs({
  options: {
    /** Folder of the Pulumi project that is played; everything the demo makes goes to `.demo` in it. */
    project: { type: "string", default: repositoryFolder },
  },
});

/** Virtual seconds per second: a failover of a quarter of an hour takes seconds. */
const accelerationFactor = 120;

const signals = { SIGINT: 130, SIGTERM: 143 } as const;

/** Plays the whole story; answers the exit code. */
async function play(project: string): Promise<number> {
  const folder = join(project, ".demo");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const journal = join(folder, "journal.jsonl");
  let simulator: SimulatorProcess | undefined;
  try {
    simulator = await startSimulatorProcess({
      world: join(repositoryFolder, "simulator/worlds/three-tier.yaml"),
      state: join(folder, "simulator.json"),
      journal,
      clock: `accelerated:${accelerationFactor}`,
    });
    const terminal: Terminal = { folder: project, environment: rehearsalEnvironment(folder) };
    console.log(`The simulator of Azure Site Recovery listens at ${simulator.url}`);
    console.log(`and runs ${accelerationFactor} times as fast as the real service.`);
    for (const { title, text, commands } of story(settings(simulator.url))) {
      heading(title, text);
      for (const words of commands) await run(terminal, ["pulumi", ...words]);
    }
    const outputs = await ask(terminal, ["pulumi", "stack", "output", "--json"]);
    heading("Summary", "By the service's own times:");
    for (const line of summarize(JSON.parse(outputs) as DemoOutputs)) console.log(line);
    console.log(`Every request that Azure would have seen: ${relative(process.cwd(), journal)}`);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`\nThe demo stopped: ${error.message}`);
    return error.exitCode;
  } finally {
    await simulator?.stop();
  }
}

/** The stack's configuration beyond the step. */
function settings(url: string): Readonly<Record<string, string>> {
  return {
    "asr:endpoint": url,
    "asr:subscriptionId": "11111111-2222-3333-4444-555555555555",
    "asr:pollingInterval": "PT0.2S",
  };
}

/** ^C reaches pulumi by the terminal: it saves what it has begun and ends, and the demo after it. */
let interruptedBy: number | undefined;
for (const [signal, code] of Object.entries(signals)) {
  process.on(signal, () => {
    interruptedBy = code;
  });
}

const exitCode = await play(resolve(values.project));
process.exitCode = interruptedBy ?? exitCode;
