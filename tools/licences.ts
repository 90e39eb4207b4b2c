import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { table } from "./markdown-table.ts";

const repositoryFolder = resolve(import.meta.dirname, "..");

/** The page that this command writes. */
const file = join(repositoryFolder, "docs/licences.md");

/** What package-lock.json says of one installed package. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package of the lock file under the folder in which npm puts it. */
export interface PlacedPackage extends LockedPackage {
  /** Such as `node_modules/ajv`. */
  readonly path: string;
  readonly name: string;
}

/** The packages of package-lock.json by their folders; the published package itself is under the empty one. */
export type Lock = Readonly<Record<string, LockedPackage>>;

/**
 * Licences under which a run-time dependency may stand: they ask for nothing but their own notice, which
 * npm installs with the package, because none of them is packed into this one.
 */
export const allowedLicences: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
];

/** What packages run that are installed in a clone of this repository, and why that is allowed or not. */
const scriptReasons: Readonly<Record<string, string>> = {
  node: "puts the Node.js that runs everything here into its place",
  protobufjs: "only compares version numbers, and is not needed",
};

/** Reads package-lock.json. */
export function readLock(): Lock {
  const text = readFileSync(join(repositoryFolder, "package-lock.json"), "utf8");
  return (JSON.parse(text) as { readonly packages: Lock }).packages;
}

/**
 * Every package that npm installs with the published one: its dependencies and, found as Node.js finds
 * them, theirs; one that lies in two places is there twice. Sorted by name.
 *
 * Throws when the lock file lacks one.
 */
export function runtimePackages(lock: Lock): readonly PlacedPackage[] {
  const found = new Map<string, PlacedPackage>();
  const visit = (path: string): void => {
    const { dependencies, optionalDependencies } = lock[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(lock, path, name);
      if (found.has(place)) continue;
      found.set(place, { ...lock[place], path: place, name });
      visit(place);
    }
  };
  visit("");
  const key = ({ name, version, path }: PlacedPackage): string => `${name} ${version} ${path}`;
  return [...found.values()].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** Packages of the lock file that would run a script when a clone of this repository is set up. */
export function scriptedPackages(lock: Lock): readonly PlacedPackage[] {
  return Object.entries(lock)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path, each]) => ({ ...each, path, name: path.replace(/^.*node_modules\//, "") }));
}

/** In the folder of the package itself, else in the next one above it. */
function placeOf(lock: Lock, from: string, name: string): string {
  const place = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (lock[place] !== undefined) return place;
  if (from === "") throw new Error(`package-lock.json lacks ${name}.`);
  return placeOf(lock, from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))), name);
}

/** The page on licences, as package-lock.json and package.json have it. */
export function renderLicences(): string {
  const lock = readLock();
  const packages = once(runtimePackages(lock));
  const direct = Object.keys(lock[""]?.dependencies ?? {});
  return [
    "# Licences of dependencies",
    "",
    "<!-- Generated from package-lock.json by `npm run licences`. Do not edit. -->",
    "",
    `pulumi-asr stands under Apache-2.0 (\`LICENSE\`). It has ${direct.length} run-time dependencies, with which npm`,
    `installs ${packages.length} packages in all. None of them runs a script when it is installed, each is`,
    "checked against its hash, and none is packed into this package: each comes with its own licence.",
    "",
    ...table(["licence", "packages"], countsOf(packages)),
    "",
    "## Installed with pulumi-asr",
    "",
    "Versions are those that the tests ran with. Those in bold are asked for by pulumi-asr itself.",
    "",
    ...table(
      ["package", "version", "licence"],
      packages.map(({ name, version, license }) => [
        direct.includes(name) ? `**${name}**` : name,
        version ?? "",
        license ?? "unknown",
      ]),
    ),
    "",
    "## Brought by your program",
    "",
    "Peer dependencies: your program has them already, with dependencies of their own.",
    "",
    ...table(["package", "versions", "licence"], peersOf(lock)),
    "",
    "## Install scripts in a clone of this repository",
    "",
    "`npm ci` runs those that `allowScripts` in `package.json` allows, and no others.",
    "",
    ...table(["package", "its script", "runs"], scriptsOf(lock)),
    "",
  ].join("\n");
}

/** Each version of each package once. */
function once(packages: readonly PlacedPackage[]): readonly PlacedPackage[] {
  const byVersion = packages.map((each) => [`${each.name}@${each.version}`, each] as const);
  return [...new Map(byVersion).values()];
}

function countsOf(packages: readonly PlacedPackage[]): readonly (readonly string[])[] {
  const licences = [...new Set(packages.map(({ license }) => license ?? "unknown"))].sort();
  return licences.map((licence) => [
    licence,
    String(packages.filter(({ license }) => (license ?? "unknown") === licence).length),
  ]);
}

function peersOf(lock: Lock): readonly (readonly string[])[] {
  return Object.entries(lock[""]?.peerDependencies ?? {}).map(([name, range]) => [
    name,
    range,
    lock[`node_modules/${name}`]?.license ?? "unknown",
  ]);
}

function scriptsOf(lock: Lock): readonly (readonly string[])[] {
  const allowed = readAllowedScripts();
  return scriptedPackages(lock).map(({ name }) => [
    name,
    scriptReasons[name] ?? "unknown",
    allowed[name] === true ? "yes" : "no",
  ]);
}

/** Which install scripts package.json allows in a clone, by package. */
export function readAllowedScripts(): Readonly<Record<string, boolean>> {
  const text = readFileSync(join(repositoryFolder, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly allowScripts: Readonly<Record<string, boolean>> })
    .allowScripts;
}

/** The text of docs/licences.md as it is. */
export function readLicences(): string {
  return readFileSync(file, "utf8");
}

if (import.meta.main) {
  writeFileSync(file, renderLicences());
  console.log("docs/licences.md written.");
}
