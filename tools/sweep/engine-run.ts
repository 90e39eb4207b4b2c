import { descendantsOf, endAll, outlive, type ProcessEntry } from "./processes.ts";
import { declaredAt, writeProject } from "./program.ts";
import { isLocked, type PulumiCommand, runPulumi, startPulumi } from "./pulumi.ts";
import type { Finish, Run, Runner, Work } from "./runner.ts";

/** Longest that processes may live on after their engine, or an engine after ^C, in milliseconds. */
const afterlifeMilliseconds = 30_000;

const stack = ["--stack", "test"] as const;
const up = ["up", "--yes", "--skip-preview", ...stack] as const;

/** Runs steps by the real engine; `deed` is what happens to it. */
function createEngineRunner(deed: (command: PulumiCommand) => Promise<void>): Runner {
  return {
    async start(work) {
      await prepare(work);
      const command = startPulumi(work.folder, work.url, up);
      return follow(command, deed);
    },
    async finish(work) {
      return await finish(work);
    },
  };
}

/** The engine dies as by `kill -9`. */
export const killedEngineRunner: Runner = createEngineRunner(async (command) => {
  command.signal("SIGKILL");
  await command.ended;
});

/** A person presses ^C once, which in a terminal reaches only the engine. */
export const interruptedEngineRunner: Runner = createEngineRunner(async (command) => {
  command.signal("SIGINT");
  await command.printed("^C received");
});

async function prepare({ story, index, folder, url }: Work): Promise<void> {
  const isNew = writeProject(folder, declaredAt(story, index));
  if (isNew) await runPulumi(folder, url, ["stack", "init", "test"]);
}

function follow(command: PulumiCommand, deed: (command: PulumiCommand) => Promise<void>): Run {
  let started: readonly ProcessEntry[] = [];
  let survivors: readonly ProcessEntry[] = [];
  let interrupted = false;
  const end = async (): Promise<string> => {
    const code = await command.ended;
    if (interrupted) {
      // Language host and program only compute; the provider is who could do something.
      const providers = started.filter(isProvider);
      survivors = await outlive(providers, afterlifeMilliseconds);
    }
    endAll(started);
    return code === 0 ? "" : failureIn(command.output());
  };
  return {
    ended: end(),
    async interrupt() {
      started = descendantsOf(command.processId);
      interrupted = true;
      await deed(command);
    },
    survivors: () => survivors.map((each) => each.command),
  };
}

const isProvider = ({ command }: ProcessEntry): boolean =>
  /dynamic-provider|resource-pulumi-nodejs/.test(command);

/** Does what a person does: unlocks the stack where the engine asks for it, and runs it again. */
async function finish(work: Work): Promise<Finish> {
  const commands: string[] = [];
  if (isLocked(work.folder)) {
    commands.push("pulumi cancel");
    await runPulumi(work.folder, work.url, ["cancel", "--yes", "test"]);
  }
  const again = startPulumi(work.folder, work.url, up);
  const stuck = (await again.ended) === 0 ? "" : failureIn(again.output());
  return { stuck, commands };
}

/** What a failed run says of itself. */
function failureIn(output: string): string {
  const lines = output.split("\n").filter((line) => /error|warning/i.test(line));
  return lines.map((line) => line.trim()).join("\n") || output || "it ended without a word";
}
