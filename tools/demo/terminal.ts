import { ended, startProcess } from "../rehearsal/processes.ts";

/** Where the demo's commands run. */
export interface Terminal {
  /** Folder of the Pulumi project. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A command of the demo that did not end as it has to. */
export class CommandError extends Error {
  static {
    CommandError.prototype.name = "CommandError";
  }
  readonly exitCode: number;

  constructor(command: string, exitCode: number) {
    super(`\`${command}\` ended with exit code ${exitCode}.`);
    this.exitCode = exitCode;
  }
}

/** Prints a heading with what happens next. */
export function heading(title: string, text: string): void {
  console.log(`\n━━ ${title} ${"━".repeat(Math.max(0, 92 - title.length))}\n${text}\n`);
}

/**
 * Prints a command as a user would type it and runs it; its output goes straight to the terminal.
 *
 * @throws CommandError when it fails.
 */
export async function run(terminal: Terminal, words: readonly string[]): Promise<void> {
  const command = words.map(quoted).join(" ");
  console.log(`$ ${command}`);
  const [program = "", ...rest] = words;
  const child = startProcess(program, rest, {
    cwd: terminal.folder,
    env: terminal.environment,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exitCode = await ended(child);
  if (exitCode !== 0) throw new CommandError(command, exitCode);
  console.log();
}

/**
 * Runs a command that has to be refused, and says that it was.
 *
 * @throws CommandError when it succeeds.
 */
export async function runRefused(terminal: Terminal, words: readonly string[]): Promise<void> {
  try {
    await run(terminal, words);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.log(`(refused with exit code ${error.exitCode}; nothing was touched)\n`);
    return;
  }
  throw new CommandError(words.map(quoted).join(" "), 0);
}

/** Runs a command without showing it and answers what it printed. Throws CommandError when it fails. */
export async function ask(terminal: Terminal, words: readonly string[]): Promise<string> {
  const [program = "", ...rest] = words;
  const child = startProcess(program, rest, {
    cwd: terminal.folder,
    env: terminal.environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const texts: string[] = [];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => texts.push(text));
  const exitCode = await ended(child);
  if (exitCode !== 0) throw new CommandError(words.join(" "), exitCode);
  return texts.join("");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`;
}
