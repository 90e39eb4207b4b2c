import { spawn } from "node:child_process";
import { descendantsOf, endAll } from "../../tools/sweep/processes.ts";
import { pulumiProgram } from "../support/engine.ts";
import type { Place } from "./marks.ts";

/** A command that has ended; what it printed is its text. */
export interface Played extends Place {
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** The Pulumi CLI in one folder. */
export interface CommandLine {
  /** Runs `pulumi` to its end; `variables` go over those of the command line. */
  pulumi(words: readonly string[], variables?: Readonly<Record<string, string>>): Promise<Played>;
  /** The commands that have ended, in order. */
  readonly played: readonly Played[];
  /** Kills the providers of the command that runs, by their process ids; answers how many. */
  killProviders(): number;
}

/** Words longer than this are values, and may be secret. */
const longestShown = 40;

/** Opens a command line in a folder. */
export function openCommandLine(
  folder: string,
  environment: Readonly<Record<string, string>>,
): CommandLine {
  const played: Played[] = [];
  let running: number | undefined;
  return {
    played,
    async pulumi(words, variables = {}) {
      const command = words[0] === "stack" ? words : [...words, "--stack", "test"];
      const child = spawn(pulumiProgram(), [...command, "--non-interactive"], {
        cwd: folder,
        env: { ...environment, ...variables },
        stdio: ["ignore", "pipe", "pipe"],
      });
      running = child.pid;
      let stdout = "";
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (data: string) => {
        stdout += data;
        text += data;
      });
      child.stderr.setEncoding("utf8").on("data", (data: string) => {
        text += data;
      });
      const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
      running = undefined;
      const shown = words.map((word) => (word.length > longestShown ? "…" : word)).join(" ");
      const ended = { name: `pulumi ${shown} (command ${played.length})`, text, stdout, exitCode };
      played.push(ended);
      return ended;
    },
    killProviders() {
      const below = running === undefined ? [] : descendantsOf(running);
      const victims = below.filter(({ command }) => command.includes("dynamic-provider"));
      endAll(victims);
      return victims.length;
    },
  };
}
