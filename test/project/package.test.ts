import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { needlessDeclarations } from "../../tools/needless-declarations.ts";
import { repositoryFolder } from "../support/engine.ts";
import { type InstalledPackage, installPackage, run } from "../support/installed-package.ts";
import {
  entriesOf,
  type Manifest,
  type PackedModule,
  reachableModules,
  readModules,
  readPackage,
} from "./package-modules.ts";

/** The classes that programs find in the package. */
const classes = [
  ...["Vault", "AlertSetting", "Fabric", "ProtectionContainer", "ReplicationPolicy"],
  ...["ProtectionContainerMapping", "NetworkMapping", "ReplicatedItem", "RecoveryPlan"],
  ...["TestFailover", "Failover", "Reprotect", "Failback"],
];

const folder = mkdtempSync(join(tmpdir(), "pulumi-asr-package-"));
let fresh: InstalledPackage;

test.before("install the package into an empty project", async (t) => {
  t.timeout(170_000);
  fresh = await installPackage(folder);
});

test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test("Q-13 the package holds compiled sources, schema and documents, and nothing else", (t) => {
  const paths = fresh.packed.files.map(({ path }) => path);
  const documents = ["CHANGELOG.md", "LICENSE", "README.md", "package.json", "schema.json"];
  const compiled = /^dist\/(provider|components|simulator)\/.*\.(js|d\.ts)$/;
  t.deepEqual(paths.filter((path) => !compiled.test(path)).sort(), documents);
  t.deepEqual(
    paths.filter((path) => /\.test\.|(^|\/)(test|fixtures?|tools|demo|recordings?)\//.test(path)),
    [],
  );
  // What an install writes to the disk: small beside the 49 MB of what it depends on.
  t.true(fresh.packed.unpackedSize < 3_300_000, `unpacked: ${fresh.packed.unpackedSize} bytes`);
  // What somebody on a bad connection waits for: about ten seconds at 1 Mbit/s.
  t.true(fresh.packed.size < 1_000_000, `packed: ${fresh.packed.size} bytes`);
});

test("Q-13 every module of the package can be reached from its exports and programs", (t) => {
  const { manifest, modules, files } = readInstalled();
  const reached = reachableModules(manifest, modules);
  t.deepEqual(
    [...modules.keys()].filter((name) => !reached.has(name)),
    [],
  );
  t.deepEqual(
    [...reached].filter((name) => name.startsWith("dist/") && !modules.has(name)),
    [],
  );
  t.deepEqual(
    entriesOf(manifest).filter((path) => !files.has(path)),
    [],
  );
});

test("Q-13 the package holds the types that programs can see, and no others", (t) => {
  const folder = join(fresh.project, "node_modules/pulumi-asr");
  t.deepEqual(needlessDeclarations(folder), []);
  const types = [...readInstalled().files.keys()].filter((path) => path.endsWith(".d.ts"));
  t.true(types.length > 50, `${types.length} declarations`);
});

test("Q-13 the package loads what it declares and declares what it loads", (t) => {
  const { manifest, modules } = readInstalled();
  const all = [...modules.values()];
  const declared = new Set([manifest.dependencies, manifest.peerDependencies].flatMap(Object.keys));
  const foreign = (names: readonly string[]): readonly string[] =>
    names.filter((name) => name !== manifest.name && !declared.has(name));
  t.deepEqual(
    all.flatMap(({ name, loads, mentions }) =>
      [...foreign(loads), ...foreign(mentions)].map((each) => `${name} -> ${each}`),
    ),
    [],
  );
  const loaded = new Set(all.flatMap(({ loads }) => loads));
  t.deepEqual(
    Object.keys(manifest.dependencies).filter((name) => !loaded.has(name)),
    [],
    "a dependency that nothing loads is too much",
  );
  // Programs hand its resources to components, which look at their ids alone.
  const optional = Object.keys(manifest.peerDependencies).filter((name) => !loaded.has(name));
  t.deepEqual(optional, ["@pulumi/azure-native"]);
  t.true(manifest.peerDependenciesMeta["@pulumi/azure-native"]?.optional);
});

test("Q-13 the package tells nothing of the machine it was made on, and holds no key and no source map", (t) => {
  const { files } = readInstalled();
  const strange: readonly (readonly [what: string, pattern: RegExp])[] = [
    ["a path of a machine", /["'`(\s](\/(work|home|root|tmp|Users|var\/folders)\/|[A-Z]:\\Users)/],
    ["a registry's address", /registry\.npm|npmjs|_authToken|\/artifactory\//],
    ["a source map", /sourceMappingURL/],
    ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----\\?n?\s*[A-Za-z0-9+/]{16}/],
  ];
  const found = [...files].flatMap(([path, text]) =>
    strange.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${path}: ${what}`),
  );
  const own = [...files].filter(([, text]) => text.includes(repositoryFolder));
  t.deepEqual(
    own.map(([path]) => path),
    [],
  );
  t.true(files.size > 500);
  t.deepEqual(found, []);
});

test("a JavaScript program in an empty project finds every class", async (t) => {
  const program = [
    'import * as asr from "pulumi-asr";',
    'import * as components from "pulumi-asr/components";',
    'import * as simulator from "pulumi-asr/simulator";',
    'import schema from "pulumi-asr/schema.json" with { type: "json" };',
    'await import("pulumi-asr/dynamic-host");',
    "const classes = Object.keys({ ...asr, ...components });",
    "console.log(JSON.stringify({ classes, simulator: Object.keys(simulator), name: schema.name }));",
  ];
  writeFileSync(join(fresh.project, "program.js"), program.join("\n"));

  const printed = JSON.parse(await run(fresh.project, "node", "program.js"));

  for (const name of [...classes, "RegionPair"]) t.true(printed.classes.includes(name), name);
  t.true(printed.simulator.length > 0);
  t.is(printed.name, "asr");
});

test("a TypeScript program in an empty project is checked against the package's types", async (t) => {
  const program = [
    'import type * as pulumi from "@pulumi/pulumi";',
    `import { ${classes.join(", ")} } from "pulumi-asr";`,
    `import type { ${classes.map((name) => `${name}Args`).join(", ")} } from "pulumi-asr";`,
    'import { RegionPair } from "pulumi-asr/components";',
    "type IsAny<T> = 0 extends 1 & T ? true : false;",
    ...[...classes, "RegionPair"].map(
      (name) => `export const is${name}Any: IsAny<${name}> = false;`,
    ),
    ...classes.map(
      (name) =>
        `export const make${name} = (args: ${name}Args): pulumi.Output<string> => new ${name}("x", args).id;`,
    ),
    "// @ts-expect-error: the id of a resource is no number, so these types are real",
    "export const wrong = (vault: Vault): number => vault.id;",
  ];
  const compilerOptions = {
    ...{ target: "es2023", lib: ["es2024"], module: "nodenext", strict: true, noEmit: true },
    ...{ types: ["node"], skipLibCheck: false },
  };
  writeFileSync(join(fresh.project, "program.ts"), program.join("\n"));
  writeFileSync(
    join(fresh.project, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["program.ts"] }),
  );

  await t.notThrowsAsync(
    run(fresh.project, join(repositoryFolder, "node_modules/.bin/tsc6"), "-p", "."),
  );
});

test("the simulator's command runs from the installed package", async (t) => {
  const help = await run(fresh.project, "node_modules/.bin/asr-simulator", "--help");
  t.regex(help, /--world/);
  t.regex(help, /--port/);
});

test("the lock file names no registry, so that every clone uses its own", (t) => {
  const lockText = readFileSync(join(repositoryFolder, "package-lock.json"), "utf8");
  t.notRegex(lockText, /"resolved"/);
});

/** The package as it lies in the project that has installed it. */
function readInstalled(): {
  readonly files: ReadonlyMap<string, string>;
  readonly manifest: Manifest;
  readonly modules: ReadonlyMap<string, PackedModule>;
} {
  const files = readPackage(join(fresh.project, "node_modules/pulumi-asr"));
  const manifest = JSON.parse(files.get("package.json") ?? "") as Manifest;
  return { files, manifest, modules: readModules(files) };
}
