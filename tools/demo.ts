import { mkdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Chapter, Deed } from "./demo/chapter.ts";
import { type JointWorld, startJointWorld } from "./demo/joint-world.ts";
import { type Scenario, scenarios } from "./demo/scenarios.ts";
import { actionsOf, summarize } from "./demo/summary.ts";
import { ask, CommandError, heading, run, runRefused, type Terminal } from "./demo/terminal.ts";
import { rehearsalEnvironment } from "./rehearsal/engine-environment.ts";
import { InterruptedError, passOnTermination } from "./rehearsal/processes.ts";
import { type SimulatorProcess, startSimulatorProcess } from "./rehearsal/simulator-process.ts";

/** The folder of this repository. */
const repositoryFolder = resolve(import.meta.dirname, "..");

const { values } = parseArgs({
  options: {
    /** What is played: `regions`, `vmware`, `vmware-classic` or `hyperv`. */
    scenario: { type: "string", default: "regions" },
    /** Folder of the Pulumi project that is played; everything the demo makes goes to `.demo` in it. Default: the scenario's. */
    project: { type: "string" },
  },
});

/** Virtual seconds per second: what takes the service ten minutes takes two seconds. */
const accelerationFactor = 300;

/** Plays the whole story; answers the exit code. */
async function play(scenario: Scenario, project: string): Promise<number> {
  const folder = join(project, ".demo");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const journal = join(folder, "journal.jsonl");
  let joint: JointWorld | undefined;
  let simulator: SimulatorProcess | undefined;
  try {
    const world = join(repositoryFolder, scenario.world);
    if (scenario.vcenter !== undefined) {
      const additions = join(repositoryFolder, scenario.vcenter);
      joint = await startJointWorld(world, additions, join(folder, "world.json"));
      console.log(`A vCenter for tests listens at ${joint.vcenter.url};`);
    }
    simulator = await startSimulatorProcess({
      world: joint?.world ?? world,
      state: join(folder, "simulator.json"),
      journal,
      clock: `accelerated:${accelerationFactor}`,
    });
    console.log(`A simulator of Azure Site Recovery listens at ${simulator.url};`);
    console.log(`its time runs ${accelerationFactor} times as fast as that of the real service.`);
    const terminal: Terminal = { folder: project, environment: rehearsalEnvironment(folder) };
    const values = { ...settings(simulator.url), ...scenario.settings };
    const vcenters = joint === undefined ? {} : { "asr:vcenters": joint.setting };
    const behind: World = { joint, simulatorUrl: simulator.url };
    for (const chapter of scenario.story({ ...values, ...vcenters })) {
      await playChapter(terminal, chapter, behind);
    }
    const exported = await ask(terminal, ["pulumi", "stack", "export"]);
    heading("Summary", "Measured by the service's times; `begun` is this computer's time in UTC.");
    for (const line of summarize(actionsOf(exported))) console.log(line);
    console.log(`\nEvery request that Azure would have seen: ${relative(process.cwd(), journal)}`);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof InterruptedError)) throw error;
    console.error(`\nThe demo stopped: ${error.message}`);
    return error instanceof CommandError ? error.exitCode || 1 : 1;
  } finally {
    await simulator?.stop();
    await joint?.vcenter.stop();
  }
}

async function playChapter(
  terminal: Terminal,
  { title, text, deed, commands, refused }: Chapter,
  world: World,
): Promise<void> {
  heading(title, text);
  if (deed !== undefined) {
    await perform(deed, world);
    console.log(`(${deed.text})\n`);
  }
  for (const [index, words] of commands.entries()) {
    const command = ["pulumi", ...words];
    if (refused !== true || index < commands.length - 1) await run(terminal, command);
    else await runRefused(terminal, command);
  }
}

/** Where deeds are done. */
interface World {
  readonly joint: JointWorld | undefined;
  readonly simulatorUrl: string;
}

/** Does what somebody does behind the stack's back. */
async function perform(deed: Deed, { joint, simulatorUrl }: World): Promise<void> {
  if (deed.at === "vcenter") {
    await joint?.change(deed.machine, deed.change);
    return;
  }
  const address = `${simulatorUrl}/_simulator/hyper-v/servers/${encodeURIComponent(deed.machine)}`;
  const answer = await fetch(address, { method: "PATCH", body: JSON.stringify(deed.change) });
  if (!answer.ok) throw new Error(`${deed.machine}: ${await answer.text()}`);
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
const scenario = scenarios[values.scenario];
if (scenario === undefined) {
  const known = Object.keys(scenarios).join(", ");
  console.error(`There is no demo "${values.scenario}". SCENARIO is one of ${known}.`);
  process.exitCode = 1;
} else {
  const project = values.project ?? join(repositoryFolder, scenario.project);
  const exitCode = await play(scenario, resolve(project));
  process.exitCode = interrupted() ?? exitCode;
}
