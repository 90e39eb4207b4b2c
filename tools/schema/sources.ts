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
const handlerFolders: readonly string[] = [
  "resources",
  "resources/on-premises",
  "resources/hyper-v",
  "actions",
];

/**
 * Finds every resource in the handler folders of `<providerFolder>`: a file that exports a handler
 * and the interfaces of the same name, such as `fabricHandler`, `FabricInputs` and `FabricState`. Its
 * token is `asr:index:Fabric`.
 *
 * @throws Error that names the file and the interface that is missing.
 */
export function readSources(providerFolder: string): Sources {
  const files = handlerFolders
    .flatMap((folder) => globSync(`${folder}/*.ts`, { cwd: providerFolder }))
    .map((file) => join(providerFolder, file));
  const program = ts.createProgram(files, compilerOptions, localHost());
  const checker = program.getTypeChecker();
  const resources = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const exported = module === undefined ? [] : checker.getExportsOfModule(module);
    const origin = (symbol: ts.Symbol): ts.Symbol =>
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return resourcesOf(file, new Map(exported.map((symbol) => [symbol.name, origin(symbol)])));
  });
  return { checker, resources: resources.sort((left, right) => (left.name < right.name ? -1 : 1)) };
}

function resourcesOf(
  file: string,
  exported: ReadonlyMap<string, ts.Symbol>,
): readonly ResourceSource[] {
  const handlers = [...exported.values()].filter(
    (symbol) => symbol.flags & ts.SymbolFlags.Variable && symbol.name.endsWith("Handler"),
  );
  return handlers.map((handler) => {
    const stem = handler.name.slice(0, -"Handler".length);
    const name = stem.slice(0, 1).toUpperCase() + stem.slice(1);
    const find = (interfaceName: string): ts.Symbol => {
      const symbol = exported.get(interfaceName);
      if (symbol !== undefined) return symbol;
      throw new Error(`${file} exports ${handler.name}, but no interface ${interfaceName}.`);
    };
    const token = `asr:index:${name}`;
    return { name, token, inputs: find(`${name}Inputs`), state: find(`${name}State`) };
  });
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
