import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import type { ExecutionContext } from "ava";
import { type Simulator, startSimulator, type WorldDocument } from "../../../../simulator/index.ts";
import {
  createInlineStack,
  engineEnvironment,
  makeEngineFolder,
  pulumiProgram,
} from "../../../support/engine.ts";

/** The real engine on one side, the simulator on the other, and a folder for the stack. */
export interface Rehearsal {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Verbs that the service was asked for, such as `unplannedFailover`, in order. */
  verbs(): readonly string[];
  /** A stack of a program inside this process. */
  stack(program: PulumiFn): Promise<Stack>;
  /** Runs `pulumi` on a program in a process of its own. */
  pulumi(...words: readonly string[]): Command;
}

/** A running or ended `pulumi`. */
export interface Command {
  readonly process: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Resolves when the text is printed; rejects when the command ends without it. */
  printed(text: string | RegExp): Promise<void>;
  /** Resolves with the exit code; null after a signal. */
  readonly ended: Promise<number | null>;
}

const subscription = "11111111-2222-3333-4444-555555555555";

/** Where the provider finds the simulator, as environment variables. */
function settingsOf(simulator: Simulator): Record<string, string> {
  return {
    ARM_SUBSCRIPTION_ID: subscription,
    ARM_ENDPOINT: simulator.url,
    ASR_RESOURCE_GROUP: "dr",
    ASR_VAULT: "orders",
    ASR_POLLING_INTERVAL: "PT0.05S",
  };
}

/** Starts a simulator of this world and makes the folder; both go with the test. */
export async function startRehearsal(
  t: ExecutionContext,
  world: WorldDocument,
  settings: (simulator: Simulator) => Record<string, string> = settingsOf,
): Promise<Rehearsal> {
  const simulator = await startSimulator({ world });
  const folder = makeEngineFolder("rehearsal");
  t.teardown(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const environment = settings(simulator);
  return {
    simulator,
    folder,
    environment,
    verbs: () =>
      simulator
        .journal({ method: "POST" })
        .map(({ path }) => path.slice(path.lastIndexOf("/") + 1)),
    stack: (program) => createInlineStack({ folder, program, environment }),
    pulumi: (...words) =>
      command(spawnPulumi(folder, words, { ...engineEnvironment(folder), ...environment })),
  };
}

/** Writes a project with this program. It finds the package by its name, because it lies inside of it. */
export function writeProgram(rehearsal: Rehearsal, text: string): void {
  const runtime = "runtime: { name: nodejs, options: { typescript: false } }";
  writeFileSync(
    join(rehearsal.folder, "Pulumi.yaml"),
    `name: rehearsal\n${runtime}\nmain: index.js\n`,
  );
  writeFileSync(
    join(rehearsal.folder, "index.js"),
    `import * as asr from "pulumi-asr";\n${text}\n`,
  );
}

function spawnPulumi(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const program = words[0] === "stack" ? words : [...words, "--stack", "test"];
  return spawn(pulumiProgram(), [...program, "--non-interactive"], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function command(child: ChildProcess): Command {
  let text = "";
  const listeners = new Set<() => void>();
  const hear = (data: unknown): void => {
    text += String(data);
    for (const listener of listeners) listener();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const has = (wanted: string | RegExp): boolean =>
    typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
  return {
    process: child,
    output: () => text,
    ended,
    printed: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (has(wanted)) resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`pulumi ended without "${wanted}":\n${text}`)));
      }),
  };
}
