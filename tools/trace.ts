import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { actionRules } from "../provider/recovery/rules/plan-rules.ts";
import type { Rule } from "../provider/recovery/rules/rule.ts";
import { machineRules } from "../provider/recovery/rules/rules.ts";
import { type RequirementArea, requirementAreas } from "./requirements.ts";

/** A test, or a row of a table of tests, by its title. */
export interface TestTitle {
  readonly file: string;
  readonly line: number;
  readonly title: string;
}

/** Which tests name which requirement. */
export interface Trace {
  /** For every id of every area, the tests that name it. */
  readonly tests: ReadonlyMap<string, readonly TestTitle[]>;
  /** Ids of finished areas which no test names. */
  readonly untested: readonly string[];
  /** Ids that tests name and no area has: slips of the pen. */
  readonly unknown: readonly { readonly id: string; readonly title: TestTitle }[];
}

const idPattern = /(?<![\w-])[A-Z]-\d{2}(?![\w-])/g;
const startsWithId = /^(?:[A-Z]-\d{2}|[A-Z][A-Z0-9]-[A-Z0-9]+(?:-[A-Z]+)*|[A-Z]{3}-[A-Z]+)[ ,:]/;
const notRun = new Set(["skip", "todo", "failing"]);

/**
 * Finds the titles in the text of a test file: the first argument of `test(...)`, and strings that
 * begin with the id of a requirement or a rule, because tables of tests keep their titles there. Tests that are
 * skipped, still to be written or expected to fail prove nothing and are left out.
 */
export function findTitles(file: string, text: string): TestTitle[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const titles: TestTitle[] = [];
  const add = (node: ts.Node, title: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    titles.push({ file, line: line + 1, title });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTestFunction(node.expression)) {
      if (
        node.expression
          .getText(source)
          .split(".")
          .some((name) => notRun.has(name))
      )
        return;
      const [first, ...others] = node.arguments;
      const title = first && textOf(first, source);
      if (first && title !== undefined) {
        add(first, title);
        others.forEach(visit);
        return;
      }
    }
    const title = textOf(node, source);
    if (title !== undefined && startsWithId.test(title)) add(node, title);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

/** Reads the titles of all tests of this repository. */
export function readTitles(): TestTitle[] {
  const root = join(import.meta.dirname, "..");
  return globSync("test/**/*.test.ts", { cwd: root })
    .sort()
    .flatMap((file) => findTitles(file, readFileSync(join(root, file), "utf8")));
}

/** Holds the titles against the areas. */
export function trace(areas: readonly RequirementArea[], titles: readonly TestTitle[]): Trace {
  const tests = new Map<string, TestTitle[]>();
  for (const { id } of areas.flatMap((area) => area.requirements)) tests.set(id, []);
  const unknown: { id: string; title: TestTitle }[] = [];
  const letters = new Set(areas.map((area) => area.letter));
  for (const title of titles) {
    for (const id of new Set(title.title.match(idPattern) ?? [])) {
      const known = tests.get(id);
      if (known) known.push(title);
      else if (letters.has(id.slice(0, 1))) unknown.push({ id, title });
    }
  }
  const untested = areas
    .filter((area) => area.done)
    .flatMap((area) => area.requirements)
    .filter(({ id }) => tests.get(id)?.length === 0)
    .map(({ id }) => id);
  return { tests, untested, unknown };
}

/** Every rule, in the order in which findings are told: each is to be tested by its id. */
export const tracedRules: readonly Pick<Rule, "id" | "summary">[] = [
  ...machineRules,
  ...actionRules,
];

/** For every rule the tests that name its id. */
export function traceRules(
  rules: readonly Pick<Rule, "id">[],
  titles: readonly TestTitle[],
): ReadonlyMap<string, readonly TestTitle[]> {
  return new Map(
    rules.map(({ id }) => {
      const named = new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
      return [id, titles.filter(({ title }) => named.test(title))];
    }),
  );
}

/** Prints the rules as text for people: every id, what must hold, and the tests that name it. */
export function describeRules(
  rules: readonly Pick<Rule, "id" | "summary">[],
  found: ReadonlyMap<string, readonly TestTitle[]>,
): string {
  const lines = ["Rules"];
  for (const { id, summary } of rules) {
    const tests = found.get(id) ?? [];
    lines.push(`  ${id} ${summary}${tests.length > 0 ? "" : "  <- NO TEST"}`);
    for (const { file, line, title } of tests) lines.push(`      ${file}:${line}  ${title}`);
  }
  return lines.join("\n");
}

/** Prints a trace as text for people: every id, what it demands, and the tests that name it. */
export function describeTrace(areas: readonly RequirementArea[], found: Trace): string {
  const lines: string[] = [];
  for (const area of areas) {
    lines.push(`${area.letter}. ${area.title}${area.done ? "" : " (not finished)"}`);
    for (const { id, summary } of area.requirements) {
      const tests = found.tests.get(id) ?? [];
      const mark = tests.length > 0 ? "" : area.done ? "  <- NO TEST" : "  (no test yet)";
      lines.push(`  ${id} ${summary}${mark}`);
      for (const { file, line, title } of tests) lines.push(`      ${file}:${line}  ${title}`);
    }
  }
  for (const { id, title } of found.unknown) {
    lines.push(`${title.file}:${title.line} names ${id}, which is no requirement: ${title.title}`);
  }
  const count = found.untested.length;
  lines.push(
    count === 0 ? "Every finished area is tested." : `Without a test: ${found.untested.join(", ")}`,
  );
  return lines.join("\n");
}

function isTestFunction(expression: ts.Expression): boolean {
  if (ts.isIdentifier(expression)) return expression.text === "test";
  return ts.isPropertyAccessExpression(expression) && isTestFunction(expression.expression);
}

/** The text of a string or template; a template's placeholders stay as written. */
function textOf(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.getText(source).slice(1, -1);
  return undefined;
}

if (import.meta.main) {
  const titles = readTitles();
  const found = trace(requirementAreas, titles);
  const rules = traceRules(tracedRules, titles);
  console.log(describeRules(tracedRules, rules));
  console.log(describeTrace(requirementAreas, found));
  const untested = [...rules.values()].some((tests) => tests.length === 0);
  if (found.untested.length > 0 || found.unknown.length > 0 || untested) process.exitCode = 1;
}
