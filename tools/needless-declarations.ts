import { globSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import ts from "typescript";

/** What a package says of itself, as far as it is about types. */
interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types?: string }>>;
}

/**
 * Type declarations of a compiled package that no program can come to see: those that the `types` of its
 * exports lead to neither directly nor by others. Paths below the folder of the package.
 */
export function needlessDeclarations(folder: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const needed = new Set<string>();
  const visit = (path: string): void => {
    if (needed.has(path)) return;
    needed.add(path);
    for (const next of declarationsIn(folder, path)) visit(next);
  };
  for (const entry of Object.values(manifest.exports)) {
    if (typeof entry !== "string" && entry.types !== undefined) visit(posix.normalize(entry.types));
  }
  return globSync("dist/**/*.d.ts", { cwd: folder }).filter((path) => !needed.has(path));
}

/** Declarations that one refers to, by import or by the type of an import. */
function declarationsIn(folder: string, path: string): readonly string[] {
  const text = readFileSync(join(folder, path), "utf8");
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => posix.join(dirname(path), name.replace(/\.(ts|js)$/, ".d.ts")));
}

/**
 * Takes them away, with the empty code of modules that hold nothing else, so that the package is smaller.
 * Answers how many they were.
 */
export function removeNeedlessDeclarations(folder: string): number {
  const needless = needlessDeclarations(folder);
  for (const path of needless) {
    rmSync(join(folder, path));
    const code = join(folder, path.replace(/\.d\.ts$/, ".js"));
    if (isEmpty(readFileSync(code, "utf8"))) rmSync(code);
  }
  return needless.length;
}

/** True for the code of a module that has types alone. */
function isEmpty(code: string): boolean {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").trim() === "export {};";
}

if (import.meta.main) {
  const count = removeNeedlessDeclarations(resolve(import.meta.dirname, ".."));
  console.log(`${count} declarations that nobody can see were left out.`);
}
