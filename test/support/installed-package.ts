import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { removeNeedlessDeclarations } from "../../tools/needless-declarations.ts";
import { repositoryFolder } from "./engine.ts";

const execute = promisify(execFile);

/** What `npm pack` says about the package it made. */
export interface PackedPackage {
  readonly filename: string;
  /** Bytes as it is sent. */
  readonly size: number;
  /** Bytes as it lies on the disk. */
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** The package as a user gets it. */
export interface InstalledPackage {
  readonly packed: PackedPackage;
  /** The project in which it is installed. */
  readonly project: string;
}

/** Files of the package besides the compiled sources. */
const packageFiles = ["package.json", "schema.json", "README.md", "LICENSE", "CHANGELOG.md"];

/**
 * Compiles, packs as `npm pack` does, and installs the package into an empty project below `folder`. It compiles into a
 * folder of its own, so that left-overs in dist/ can neither hide nor cause a failure.
 */
export async function installPackage(folder: string): Promise<InstalledPackage> {
  const staging = join(folder, "staging");
  const project = join(folder, "project");
  mkdirSync(staging);
  mkdirSync(project);
  for (const file of packageFiles) {
    const source = join(repositoryFolder, file);
    if (existsSync(source)) copyFileSync(source, join(staging, file));
  }
  const compiler = join(repositoryFolder, "node_modules/.bin/tsc");
  const settings = join(repositoryFolder, "tsconfig.build.json");
  await run(repositoryFolder, compiler, "-p", settings, "--outDir", join(staging, "dist"));
  removeNeedlessDeclarations(staging);

  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(await run(staging, "npm", ...pack)) as PackedPackage[];
  if (packed === undefined) throw new Error("npm pack made no package");

  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
  const install = ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  const companions = ["@pulumi/pulumi", "@types/node"].map((name) => `${name}@${installed(name)}`);
  await run(project, "npm", ...install, join(folder, packed.filename), ...companions);
  return { packed, project };
}

/** Runs a program in a folder with this repository's Node.js and returns what it printed. */
export async function run(folder: string, program: string, ...words: string[]): Promise<string> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle)_|^npm_config_local_prefix$|^NODE_OPTIONS$/.test(name),
  );
  const path = [join(repositoryFolder, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const env = { ...Object.fromEntries(inherited), PATH: path };
  try {
    const { stdout } = await execute(program, words, { cwd: folder, env, maxBuffer: 2 ** 24 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const command = [program, ...words].join(" ");
    throw new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** The version of a package in this repository's node_modules. */
function installed(name: string): string {
  const manifest = join(repositoryFolder, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
