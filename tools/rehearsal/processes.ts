import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** How a process ended: its exit code, or 128 and more when a signal ended it. */
export type ExitCode = number;

const running = new Set<ChildProcess>();

/** Starts a process that is ended, by its id, when this one exits in whatever way it still notices. */
export function startProcess(
  program: string,
  words: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  if (running.size === 0) process.once("exit", endAll);
  const child = spawn(program, words, options);
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/** Waits until a process has ended. Throws when it could not be started. */
export function ended(child: ChildProcess): Promise<ExitCode> {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  });
}

/** Ends one process that was started here and waits for it. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  child.kill("SIGTERM");
  await ended(child);
}

function endAll(): void {
  for (const child of running) child.kill("SIGTERM");
}
