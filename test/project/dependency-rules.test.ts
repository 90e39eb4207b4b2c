import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { repositoryFolder } from "../support/engine.ts";
import {
  findImpurities,
  parseSource,
  readSources,
  type SourceFile,
  withoutTypes,
} from "../support/sources.ts";

/** What the files of one layer may import. Patterns match repository paths or package names. */
interface DependencyRule {
  readonly sentence: string;
  /** The files that the rule is about. */
  readonly files: RegExp;
  /** When given, every import must match. */
  readonly only?: RegExp;
  /** When given, no import may match. */
  readonly never?: RegExp;
}

const rules: readonly DependencyRule[] = [
  {
    sentence: "recovery imports nothing but itself",
    files: /^provider\/recovery\//,
    only: /^provider\/recovery\//,
  },
  {
    sentence: "sites never import Pulumi, nor the layers above them",
    files: /^provider\/sites\//,
    never: /^(@pulumi\/|provider\/(resources|actions|hosts|index\.ts)|components\/)/,
  },
  {
    sentence: "resources and actions never import Pulumi, nor the hosts that serve them",
    files: /^provider\/(resources|actions)\//,
    never: /^(@pulumi\/|provider\/(hosts\/|index\.ts)|components\/)/,
  },
  {
    sentence: "in the provider only hosts and index.ts import Pulumi",
    files: /^provider\/(?!hosts\/|index\.ts$)/,
    never: /^@pulumi\//,
  },
  {
    sentence: "the simulator imports nothing of provider and components, and no Pulumi",
    files: /^simulator\//,
    never: /^(provider\/|components\/|pulumi-asr|@pulumi\/)/,
  },
  {
    sentence: "the provider imports nothing of simulator and components",
    files: /^provider\//,
    never: /^(simulator\/|components\/|pulumi-asr\/(simulator|components))/,
  },
  {
    sentence: "components enter the provider by its public door only",
    files: /^components\//,
    only: /^(components\/|provider\/index\.ts$|@pulumi\/|node:)/,
  },
  {
    sentence: "published code imports nothing of tests, tools and examples",
    files: /^(provider|components|simulator)\//,
    never: /^(test|tools|examples)\//,
  },
];

const sources = readSources("provider", "components", "simulator");

/** Lists the imports which break a rule, as `file -> import`. */
function violations(rule: DependencyRule, files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => rule.files.test(path))
    .flatMap(({ path, imports }) => imports.map((target) => ({ path, target })))
    .filter(({ target }) => rule.never?.test(target) || (rule.only && !rule.only.test(target)))
    .map(({ path, target }) => `${path} -> ${target}`);
}

for (const rule of rules) {
  test(rule.sentence, (t) => {
    t.true(
      sources.some(({ path }) => rule.files.test(path)),
      "no file is under this rule: has its folder moved?",
    );
    t.deepEqual(violations(rule, sources), []);
  });
}

test("a rule sees every form of import", (t) => {
  const text = [
    'import { a } from "../sites/registry.ts";',
    'import type { b } from "@pulumi/pulumi";',
    'export * from "node:fs";',
    'const c = await import("ajv");',
    'import "./model.ts";',
  ].join("\n");
  const rule = { sentence: "", files: /^provider\/recovery\//, only: /^provider\/recovery\// };
  t.deepEqual(violations(rule, [parseSource("provider/recovery/plan.ts", text)]), [
    "provider/recovery/plan.ts -> provider/sites/registry.ts",
    "provider/recovery/plan.ts -> @pulumi/pulumi",
    "provider/recovery/plan.ts -> node:fs",
    "provider/recovery/plan.ts -> ajv",
  ]);
});

test("published code loads only packages that the package declares", (t) => {
  const manifest = JSON.parse(readFileSync(join(repositoryFolder, "package.json"), "utf8"));
  const declared = new Set([
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.peerDependencies),
  ]);
  const undeclared = sources.map(withoutTypes).flatMap(({ path, imports }) =>
    imports
      .filter((target) => !/^(provider|components|simulator)\/|^node:|^pulumi-asr\b/.test(target))
      .filter((target) => !declared.has(packageName(target)))
      .map((target) => `${path} -> ${target}`),
  );
  t.deepEqual(undeclared, []);
});

/** The package of a specifier: `@scope/name/deep/file.js` belongs to `@scope/name`. */
function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

test("recovery reads no clock, waits for nothing and does no input or output", (t) => {
  const found = sources
    .filter(({ path }) => path.startsWith("provider/recovery/"))
    .flatMap((file) => findImpurities(file).map((impurity) => `${file.path} ${impurity}`));
  t.deepEqual(found, [], "pass the time and the facts in");
});

test("impurities are told from what merely looks like them", (t) => {
  const impure = [
    "Date.now()",
    "new Date()",
    "new Date",
    "setTimeout(f, 1)",
    "process.env.X",
    "fetch(u)",
  ];
  for (const text of impure) t.is(findImpurities({ path: "a.ts", text }).length, 1, text);
  const pure = [
    "new Date(0)",
    "item.process",
    "site.fetch(u)",
    "Date.parse(s)",
    "const process = 1",
    "x.Date.now",
  ];
  for (const text of pure) t.deepEqual(findImpurities({ path: "a.ts", text }), [], text);
});

test("no source file is longer than 400 lines", (t) => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ lines }) => lines > 400);
  t.deepEqual(long, [], "split it by what its parts are about");
});

test("no file or folder is named utils: a name says what is inside", (t) => {
  const vague = [...sources, ...readSources("test", "examples")]
    .map(({ path }) => path)
    .filter((path) => /(^|[/.-])(utils?|helpers?|misc)([/.-]|$)/i.test(path));
  t.deepEqual(vague, []);
});
