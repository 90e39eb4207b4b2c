import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** How a process ended: its exit code, or 128 and more when a signal ended it. */
export type ExitCode = number;

/** What was started here and still runs; those with a process group of their own outlive a signal. */
const running = new Map<ChildProcess, { readonly detached: boolean }>();

/** The signal that asked this process to end. */
let askedBy: "SIGINT" | "SIGTERM" | undefined;

/** Nothing more is started, because a signal asked this process to end. */
export class InterruptedError extends Error {
  static {
    InterruptedError.prototype.name = "InterruptedError";
  }

  constructor(signal: string) {
    super(`interrupted by ${signal}.`);
  }
}

/**
 * Starts a process that is ended, by its id, when this one exits in whatever way it still notices.
 *
 * @throws InterruptedError after a signal.
 */
export function startProcess(
  program: string,
  words: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  if (askedBy !== undefined) throw new InterruptedError(askedBy);
  if (process.listenerCount("exit", endAll) === 0) process.once("exit", endAll);
  const child = spawn(program, words, options);
  running.set(child, { detached: options.detached === true });
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/** Waits until a process has ended. Rejects when it could not be started. */
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

/**
 * From now on a signal does not end this process at once: what it started ends first and saves what
 * it has begun, and nothing more is started. Answers a function that tells the exit code for the
 * signal that came, undefined when none did. ^C reaches the children by the terminal and is not sent
 * on, because `pulumi` takes a second one as an order to stop without saving.
 */
export function passOnTermination(): () => ExitCode | undefined {
  const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
  process.on("SIGINT", () => {
    askedBy ??= "SIGINT";
  });
  process.on("SIGTERM", () => {
    askedBy ??= "SIGTERM";
    for (const [child, { detached }] of running) if (!detached) child.kill("SIGTERM");
  });
  return () => (askedBy === undefined ? undefined : exitCodes[askedBy]);
}

function endAll(): void {
  for (const child of running.keys()) child.kill("SIGTERM");
}
