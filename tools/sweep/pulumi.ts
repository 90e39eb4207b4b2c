import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { engineEnvironment, pulumiProgram } from "../../test/support/engine.ts";

/** A `pulumi` that runs. */
export interface PulumiCommand {
  readonly processId: number;
  /** Everything printed so far. */
  output(): string;
  /** Resolves when this text was printed, or the command has ended. */
  printed(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process has ended, with its exit code: null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Starts `pulumi` on the project in a folder, with a service at `url`. */
export function startPulumi(folder: string, url: string, words: readonly string[]): PulumiCommand {
  const child = spawn(pulumiProgram(), [...words, "--non-interactive"], {
    cwd: folder,
    env: {
      ...engineEnvironment(folder),
      ARM_SUBSCRIPTION_ID: "11111111-2222-3333-4444-555555555555",
      ARM_ENDPOINT: url,
      ASR_RESOURCE_GROUP: "dr",
      ASR_VAULT: "orders",
      ASR_POLLING_INTERVAL: "PT0.05S",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid === undefined) throw new Error("pulumi could not be started.");
  let text = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      text += String(data);
      for (const listener of listeners) listener();
    });
  }
  // Not "close": what an orphan inherits stays open as long as it lives.
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    processId: child.pid,
    output: () => text,
    async printed(wanted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if (text.includes(wanted)) resolve();
      };
      listeners.add(look);
      look();
      await Promise.race([promise, ended]);
      listeners.delete(look);
    },
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** Runs `pulumi` to its end. Throws with what it printed when it fails. */
export async function runPulumi(
  folder: string,
  url: string,
  words: readonly string[],
): Promise<void> {
  const command = startPulumi(folder, url, words);
  const code = await command.ended;
  if (code !== 0)
    throw new Error(`pulumi ${words.join(" ")} ended with ${code}:\n${command.output()}`);
}

/** True when the engine would refuse to touch the stack before `pulumi cancel`. */
export function isLocked(folder: string): boolean {
  const locks = readdirSync(join(folder, "state/.pulumi"), { recursive: true, encoding: "utf8" });
  return locks.some((path) => /^locks[\\/].*\.json$/.test(path));
}
