import { mkdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { story } from "./demo/story.ts";
import { actionsOf, summarize } from "./demo/summary.ts";
import { ask, CommandError, heading, run, type Terminal } from "./demo/terminal.ts";
import { rehearsalEnvironment } from "./rehearsal/engine-environment.ts";
import { InterruptedError, passOnTermination } from "./rehearsal/processes.ts";
import { type SimulatorProcess, startSimulatorProcess } from "./rehearsal/simulator-process.ts";

/** The folder of this repository. */
const repositoryFolder = resolve(import.meta.dirname, "..");

const { values } = parseArgs({
  options: {
    /** Folder of the Pulumi project that is played; everything the demo makes goes to `.demo` in it. */
    project: { type: "string", default: repositoryFolder },
  },
});

/** Virtual seconds per second: what takes the service ten minutes takes two seconds. */
const accelerationFactor = 300;

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
    console.log(`A simulator of Azure Site Recovery listens at ${simulator.url};`);
    console.log(`its time runs ${accelerationFactor} times as fast as that of the real service.`);
    const terminal: Terminal = { folder: project, environment: rehearsalEnvironment(folder) };
    for (const { title, text, commands } of story(settings(simulator.url))) {
      heading(title, text);
      for (const words of commands) await run(terminal, ["pulumi", ...words]);
    }
    const exported = await ask(terminal, ["pulumi", "stack", "export"]);
    heading("Summary", "Measured by the service's times; `begun` is this computer's time in UTC.");
    for (const line of summarize(actionsOf(exported))) console.log(line);
    console.log(`\nEvery request that Azure would have seen: ${relative(process.cwd(), journal)}`);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof InterruptedError)) throw error;
    console.error(`\nThe demo stopped: ${error.message}`);
    return error instanceof CommandError ? error.exitCode : 1;
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

const interrupted = passOnTermination();
const exitCode = await play(resolve(values.project));
process.exitCode = interrupted() ?? exitCode;
