import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import type { InlineProgramArgs, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";

/**
 * The real Pulumi engine for tests and the demo: which one, and the environment it runs in.
 * `make tools` (tools/engine.sh) chooses or builds the engine; this file only reads its choice.
 */

/** The folder of this repository. */
export const repositoryFolder: string = resolve(import.meta.dirname, "../..");

/** File in which `make tools` wrote the folder of the engine. */
const choiceFile = join(repositoryFolder, ".tools/engine");

/** Programs that must lie in the engine's folder or on PATH, with the reason shown to people. */
const parts: readonly { readonly program: string; readonly purpose: string }[] = [
  { program: "pulumi", purpose: "the Pulumi CLI" },
  { program: "pulumi-language-nodejs", purpose: "runs Node.js programs" },
  { program: "pulumi-resource-pulumi-nodejs", purpose: "hosts dynamic resources" },
];

/** Says which part of the engine is missing and names the command that installs it. */
export class MissingEngineError extends Error {
  static {
    MissingEngineError.prototype.name = "MissingEngineError";
  }

  constructor(missing: string) {
    super(`The Pulumi engine is not ready: ${missing}. To install it, run \`make tools\`.`);
  }
}

/**
 * Resolves the folder of the engine that `make tools` set up.
 *
 * @throws MissingEngineError when it was never set up or a part of it has gone.
 */
export function engineFolder(choice: string = choiceFile): string {
  if (!existsSync(choice)) throw new MissingEngineError("it was not set up yet");
  const folder = readFileSync(choice, "utf8").trim();
  const searched = [folder, ...(process.env.PATH ?? "").split(delimiter)];
  for (const { program, purpose } of parts) {
    if (!searched.some((each) => isExecutable(join(each, program)))) {
      throw new MissingEngineError(`\`${program}\` (${purpose}) was not found in ${folder}`);
    }
  }
  return folder;
}

/**
 * Resolves the path of the `pulumi` program.
 *
 * @throws MissingEngineError when it was never set up or a part of it has gone.
 */
export function pulumiProgram(): string {
  const program = join(engineFolder(), "pulumi");
  if (!isExecutable(program)) throw new MissingEngineError(`${program} does not exist`);
  return program;
}

/** Reads the version of the `pulumi` program, without a leading v. */
export function pulumiVersion(): string {
  const options = {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
  } as const;
  return execFileSync(pulumiProgram(), ["version"], options).trim().replace(/^v/, "");
}

/**
 * Builds the whole environment for a `pulumi` process which keeps everything in `folder`: state,
 * settings, plugins. Nothing of the user's own Pulumi, neither files nor variables, is seen or
 * touched; and nothing is downloaded.
 */
export function engineEnvironment(folder: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("PULUMI_"),
  );
  const stateFolder = join(folder, "state");
  const homeFolder = join(folder, "home");
  mkdirSync(stateFolder, { recursive: true });
  mkdirSync(homeFolder, { recursive: true });
  const ownPrograms = [join(repositoryFolder, "node_modules/.bin"), engineFolder()];
  return {
    ...Object.fromEntries(inherited),
    PATH: [...ownPrograms, process.env.PATH ?? ""].join(delimiter),
    PULUMI_BACKEND_URL: `file://${stateFolder}`,
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_HOME: homeFolder,
    PULUMI_SKIP_UPDATE_CHECK: "1",
  };
}

/**
 * Makes an empty folder for one run of the engine. It lies inside the repository, because the
 * engine starts its hosts there and they look for `@pulumi/pulumi` and `pulumi-asr` from it.
 */
export function makeEngineFolder(purpose: string): string {
  const parent = join(repositoryFolder, ".tools/runs");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${purpose}-`));
}

/** What {@link createInlineStack} needs to know. */
export interface InlineStackOptions {
  /** Folder of {@link makeEngineFolder}; stacks in the same folder share their state backend. */
  readonly folder: string;
  readonly program: PulumiFn;
  /** @defaultValue "rehearsal" */
  readonly projectName?: string;
  /** @defaultValue "test" */
  readonly stackName?: string;
  /** Variables on top of {@link engineEnvironment}, such as the address of a simulator. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Creates or selects a stack of an inline program on the real engine. */
export async function createInlineStack(options: InlineStackOptions): Promise<Stack> {
  const environment = { ...engineEnvironment(options.folder), ...options.environment };
  const work: InlineProgramArgs = {
    projectName: options.projectName ?? "rehearsal",
    stackName: options.stackName ?? "test",
    program: options.program,
  };
  return await LocalWorkspace.createOrSelectStack(work, {
    workDir: options.folder,
    envVars: environment,
    pulumiHome: join(options.folder, "home"),
    pulumiCommand: await automationCommand(),
    projectSettings: { name: work.projectName, runtime: "nodejs", main: options.folder },
  });
}

/** Hands the engine to the Automation API, which takes a root holding `bin/pulumi`, or PATH. */
async function automationCommand(): Promise<PulumiCommand> {
  const folder = dirname(pulumiProgram());
  return await PulumiCommand.get(basename(folder) === "bin" ? { root: dirname(folder) } : {});
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
