import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { repositoryFolder } from "../support/engine.ts";
import { type InstalledPackage, installPackage, run } from "../support/installed-package.ts";

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

test("the package holds compiled sources, schema and documents, and nothing else", (t) => {
  const paths = fresh.packed.files.map(({ path }) => path);
  const documents = ["CHANGELOG.md", "LICENSE", "README.md", "package.json", "schema.json"];
  const compiled = /^dist\/(provider|components|simulator)\/.*\.(js|d\.ts)$/;
  t.deepEqual(paths.filter((path) => !compiled.test(path)).sort(), documents);
  t.deepEqual(
    paths.filter((path) => /\.test\.|(^|\/)test\//.test(path)),
    [],
  );
  t.true(fresh.packed.unpackedSize < 3_500_000, `unpacked: ${fresh.packed.unpackedSize} bytes`);
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

test("no runtime dependency runs a script when it is installed", (t) => {
  const lockText = readFileSync(join(repositoryFolder, "package-lock.json"), "utf8");
  const lock = JSON.parse(lockText) as {
    packages: Record<string, { dev?: boolean; hasInstallScript?: boolean }>;
  };
  const scripted = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== "" && dev !== true)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path);
  t.deepEqual(scripted, []);
});

test("the lock file names no registry, so that every clone uses its own", (t) => {
  const lockText = readFileSync(join(repositoryFolder, "package-lock.json"), "utf8");
  t.notRegex(lockText, /"resolved"/);
});
