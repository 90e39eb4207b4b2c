import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ended, endProcess, startProcess } from "./processes.ts";

/** The folder of this repository. */
const repositoryFolder = join(import.meta.dirname, "../..");

/** How to start the bundled simulator as a process of its own. */
export interface SimulatorOptions {
  /** World file. */
  readonly world: string;
  /** Snapshot file; absent keeps nothing. */
  readonly state?: string;
  /** Journal file: one line of JSON per request; absent writes none. */
  readonly journal?: string;
  /** `real`, `stepped` or `accelerated:FACTOR`. */
  readonly clock: string;
}

/** A running simulator. */
export interface SimulatorProcess {
  /** Where it listens, on loopback. */
  readonly url: string;
  /** Ends it and waits until it has written its state. */
  stop(): Promise<void>;
}

/** Starts the simulator on a free port and waits until it is ready. Throws with its own words when it is not. */
export async function startSimulatorProcess(options: SimulatorOptions): Promise<SimulatorProcess> {
  const { world, state, journal, clock } = options;
  const words = [
    join(repositoryFolder, "simulator/main.ts"),
    ...["--world", world, "--port", "0", "--clock", clock],
    ...(state === undefined ? [] : ["--state", state]),
    ...(journal === undefined ? [] : ["--journal", journal]),
  ];
  // A process group of its own: ^C in a terminal reaches pulumi, which still needs the simulator.
  const child = startProcess(process.execPath, words, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { url: await readUrl(child), stop: () => endProcess(child) };
}

async function readUrl(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const gone = ended(child).then((code) => {
    throw new Error(`The simulator ended with exit code ${code}:\n${said.join("")}`);
  });
  const ready = new Promise<string>((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = urlIn(line);
      if (url !== undefined) resolve(url);
      else said.push(`${line}\n`);
    });
  });
  gone.catch(() => undefined);
  return await Promise.race([ready, gone]);
}

/** The address in the one line of JSON that says that the simulator is ready. */
function urlIn(line: string): string | undefined {
  if (!line.startsWith("{")) return undefined;
  const { url } = JSON.parse(line) as { readonly url?: string };
  return url;
}
