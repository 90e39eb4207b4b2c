import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSource } from "../support/sources.ts";

/** What a package offers and asks for. */
export interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A compiled module: its code and its declarations, `dist/provider/index` for both. */
export interface PackedModule {
  readonly name: string;
  /** Names of modules of the package that it needs. */
  readonly modules: readonly string[];
  /** Packages that it loads when it runs. */
  readonly loads: readonly string[];
  /** Packages whose types its declarations speak of. */
  readonly mentions: readonly string[];
}

/** Text of every file of an installed package, by its path. */
export function readPackage(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith("node_modules/"));
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Reads the compiled modules among the files. */
export function readModules(files: ReadonlyMap<string, string>): ReadonlyMap<string, PackedModule> {
  const names = [...files.keys()].filter((path) => path.endsWith(".js")).map(moduleName);
  return new Map(
    names.map((name) => {
      const code = importsOf(`${name}.js`, files);
      const types = importsOf(`${name}.d.ts`, files);
      const isOwn = (target: string): boolean => target.startsWith("dist/");
      const packages = (imports: readonly string[]): readonly string[] =>
        imports.filter((each) => !isOwn(each) && !each.startsWith("node:")).map(packageOf);
      const modules = [...code, ...types].filter(isOwn).map(moduleName);
      return [name, { name, modules, loads: packages(code), mentions: packages(types) }];
    }),
  );
}

/** Names of all modules that can be reached from the exports and programs of the package. */
export function reachableModules(
  manifest: Manifest,
  modules: ReadonlyMap<string, PackedModule>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const next of modules.get(name)?.modules ?? []) visit(next);
  };
  for (const entry of entriesOf(manifest)) visit(moduleName(entry));
  return reached;
}

/** Files that the manifest names, without a leading `./`. */
export function entriesOf({ exports, bin }: Manifest): readonly string[] {
  const exported = Object.values(exports).flatMap((each) =>
    typeof each === "string" ? [each] : Object.values(each),
  );
  return [...exported, ...Object.values(bin)].map((path) => path.replace(/^\.\//, ""));
}

function importsOf(path: string, files: ReadonlyMap<string, string>): readonly string[] {
  const text = files.get(path) ?? "";
  // Besides imports: a file beside this one that a worker runs, and a package that is looked for from another.
  const beside = [...text.matchAll(/new URL\(`\.\/([\w-]+)\$\{extname/g)].map(([, name]) =>
    path.replace(/[^/]+$/, `${name}.js`),
  );
  return [...parseSource(path, text).imports, ...beside];
}

/** `@scope/name/deep/file.js` belongs to `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function moduleName(path: string): string {
  return path.replace(/\.(d\.ts|ts|js)$/, "");
}
