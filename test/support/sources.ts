import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { repositoryFolder } from "./engine.ts";

/** A source file of the product, with what it imports. */
export interface SourceFile {
  /** Path in the repository, with forward slashes: `provider/recovery/model.ts`. */
  readonly path: string;
  readonly text: string;
  /** Repository paths of relative imports, and the specifiers of all others. */
  readonly imports: readonly string[];
}

/** Reads every TypeScript file below the given folders of the repository. */
export function readSources(...folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: repositoryFolder }))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.includes("node_modules/"))
    .sort()
    .map((path) => parseSource(path, readFileSync(join(repositoryFolder, path), "utf8")));
}

/** Finds the imports of a file: import and export declarations, dynamic imports, types included. */
export function parseSource(path: string, text: string): SourceFile {
  const imports = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .map((name) => (name.startsWith(".") ? posix.join(dirname(path), name) : name));
  return { path, text, imports };
}

/** The file as it is published, without the imports that only bring types. */
export function withoutTypes({ path, text }: SourceFile): SourceFile {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  return parseSource(path, outputText);
}

/** Says where a file reads the clock, waits, or reaches out of the language: `line 4: Date.now`. */
export function findImpurities({ path, text }: Pick<SourceFile, "path" | "text">): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const impurity = impurityOf(node);
    if (impurity !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`line ${line + 1}: ${impurity}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const impureFunctions = new Set(["fetch", "setTimeout", "setInterval", "setImmediate", "require"]);
const impureObjects = new Set(["process", "globalThis", "console", "performance", "crypto"]);

function impurityOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, "Date")) {
    return node.arguments === undefined || node.arguments.length === 0 ? "new Date()" : undefined;
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const name = node.expression.text;
    return impureFunctions.has(name) || name === "Date" ? `${name}()` : undefined;
  }
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const whole = `${node.expression.text}.${node.name.text}`;
    if (whole === "Date.now" || whole === "Math.random") return whole;
    return impureObjects.has(node.expression.text) ? whole : undefined;
  }
  return undefined;
}

function isNamed(expression: ts.Expression, name: string): boolean {
  return ts.isIdentifier(expression) && expression.text === name;
}
