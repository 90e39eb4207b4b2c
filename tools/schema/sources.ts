import { globSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

/** The interfaces of one resource, found in the sources. */
export interface ResourceSource {
  /** Such as `Failover`. */
  readonly name: string;
  /** Such as `asr:index:Failover`. */
  readonly token: string;
  readonly inputs: ts.Symbol;
  readonly state: ts.Symbol;
}

/** The sources of all resources, with the checker that knows their types. */
export interface Sources {
  readonly checker: ts.TypeChecker;
  /** In alphabetical order of their tokens. */
  readonly resources: readonly ResourceSource[];
}

/** Where handlers live, seen from the folder that holds the provider. */
export const handlerFolders: readonly string[] = ["resources", "actions"];

const tokenPattern = /^asr:index:([A-Z]\w*)$/;

/**
 * Finds every resource below `<providerFolder>/resources` and `<providerFolder>/actions`: a file
 * that names the token `asr:index:<Name>` as a string, and exported interfaces `<Name>Inputs` and
 * `<Name>State`, in that file or beside it.
 *
 * @throws Error that names the token whose interfaces are missing.
 */
export function readSources(providerFolder: string): Sources {
  const files = handlerFolders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: providerFolder }))
    .map((file) => join(providerFolder, file));
  const program = ts.createProgram(files, compilerOptions, localHost());
  const checker = program.getTypeChecker();
  const tokens = new Set<string>();
  const exported = new Map<string, ts.Symbol>();
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (source === undefined) continue;
    collectTokens(source, tokens);
    const symbol = checker.getSymbolAtLocation(source);
    for (const each of symbol === undefined ? [] : checker.getExportsOfModule(symbol)) {
      exported.set(each.name, each);
    }
  }
  const resources = [...tokens].sort().map((token) => resourceSource(token, exported, checker));
  return { checker, resources };
}

function resourceSource(
  token: string,
  exported: ReadonlyMap<string, ts.Symbol>,
  checker: ts.TypeChecker,
): ResourceSource {
  const name = tokenPattern.exec(token)?.[1] ?? "";
  const find = (interfaceName: string): ts.Symbol => {
    const symbol = exported.get(interfaceName);
    if (symbol === undefined) {
      throw new Error(
        `${token} needs an exported interface ${interfaceName} in one of the folders ${handlerFolders.join(", ")}.`,
      );
    }
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  };
  return { name, token, inputs: find(`${name}Inputs`), state: find(`${name}State`) };
}

function collectTokens(node: ts.Node, tokens: Set<string>): void {
  if (ts.isStringLiteralLike(node) && tokenPattern.test(node.text)) tokens.add(node.text);
  ts.forEachChild(node, (child) => collectTokens(child, tokens));
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  allowImportingTsExtensions: true,
};

/** Follows relative imports only: interfaces are written in our own files, and packages are slow to read. */
function localHost(): ts.CompilerHost {
  const host = ts.createCompilerHost(compilerOptions);
  host.resolveModuleNameLiterals = (literals, containingFile) =>
    literals.map(({ text }) => ({
      resolvedModule: text.startsWith(".")
        ? {
            resolvedFileName: resolve(dirname(containingFile), text),
            extension: ts.Extension.Ts,
            isExternalLibraryImport: false,
          }
        : undefined,
    }));
  return host;
}
