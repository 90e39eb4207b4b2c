import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "../../simulator/index.ts";
import { rehearsalEnvironment } from "../rehearsal/engine-environment.ts";
import { ended, startProcess } from "../rehearsal/processes.ts";
import { programText, type Subject } from "./programs.ts";
import { subscriptionId } from "./world.ts";

/** What one command cost. */
export interface Cost {
  /** Requests that the simulator answered. */
  readonly requests: number;
  readonly wallSeconds: number;
}

/** A stack that is deployed and can be asked what a command on it costs. */
export interface MeasuredStack {
  /** Throws with the command's output when it fails or finds a change. */
  measure(command: "preview" | "refresh"): Promise<Cost>;
}

/** Deploys a stack of so many resources below `folder`, by the real CLI. */
export async function deploy(
  folder: string,
  simulator: Simulator,
  subject: Subject,
  count: number,
): Promise<MeasuredStack> {
  const project = join(folder, subject.replaceAll(" ", "-"));
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "Pulumi.yaml"), projectText);
  writeFileSync(join(project, "index.js"), programText(subject, count));
  const environment = {
    ...rehearsalEnvironment(project),
    ARM_ENDPOINT: simulator.url,
    ARM_SUBSCRIPTION_ID: subscriptionId,
    ASR_POLLING_INTERVAL: "PT0.05S",
  };
  const pulumi = (...words: readonly string[]): Promise<void> =>
    runQuietly(project, environment, words);
  await pulumi("stack", "init", "bench");
  await pulumi("up", "--yes", "--skip-preview");
  return {
    async measure(command) {
      const before = simulator.journal().length;
      const start = performance.now();
      await (command === "preview"
        ? pulumi("preview", "--expect-no-changes")
        : pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes"));
      const wallSeconds = (performance.now() - start) / 1000;
      return { requests: simulator.journal().length - before, wallSeconds };
    },
  };
}

const projectText = `name: bench
runtime:
  name: nodejs
  options:
    typescript: false
main: index.js
`;

async function runQuietly(
  folder: string,
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<void> {
  const child = startProcess("pulumi", words, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => said.push(text));
  }
  const exitCode = await ended(child);
  if (exitCode === 0) return;
  throw new Error(`\`pulumi ${words.join(" ")}\` ended with ${exitCode}:\n${said.join("")}`);
}
