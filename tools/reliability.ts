import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { table } from "./markdown-table.ts";
import { type CountingCommand, type RecordedCount, readCounts } from "./reliability/counts.ts";
import { proofs } from "./reliability/promises.ts";
import { requirementAreas } from "./requirements.ts";
import { readTitles, type TestTitle, trace } from "./trace.ts";

/** The page that this command writes. */
const file = join(resolve(import.meta.dirname, ".."), "docs/reliability.md");

const introduction = `# Reliability

<!-- Generated from tools/requirements.ts, tools/reliability and the titles of the tests by \`npm run reliability\`. Do not edit. -->

This program runs on the worst day of the year, over a bad connection, while somebody else clicks in the
portal. It does nothing twice, loses nothing that it began, and always says where everything stands. This
page says what that means, how each promise is tested, and what the last sweeps have counted.

What to do after an interruption: run \`pulumi up\` again. If the engine itself was killed, its lock is left:
\`pulumi cancel\` first. Nothing else is needed, and nothing is repeated.`;

/** What the figures of each command are, and which have to be 0. */
const commandWords: Readonly<Record<CountingCommand, { title: string; text: string }>> = {
  "crash-sweep": {
    title: "Interruptions",
    text: "`npm run crash-sweep -- --record`. All figures but the first and the last have to be 0. Each row is a story: every action of a kind of site, for one machine or for a recovery plan. At each point the run is struck, and the run after it is made with `--skip-preview`. Deeds are the requests that change something; a deed is struck `before` the service sees it, `between` its effect and the answer, or `after` the answer, and the request before it stands for the time in which nothing is sent.",
  },
  "fault-sweep": {
    title: "Faults of the service and of the connection",
    text: "`npm run fault-sweep -- --record`. All figures but the first and the last have to be 0.",
  },
  fuzz: {
    title: "Bad input",
    text: "`npm run fuzz -- --record`. Exceptions, hangs and wrong answers have to be 0.",
  },
};

/** The text of docs/reliability.md as requirements, tests and the last counts demand it. */
export function renderReliability(
  counts: readonly RecordedCount[] = readCounts(),
  titles: readonly TestTitle[] = readTitles(),
): string {
  const areas = requirementAreas.filter(({ letter }) => letter === "Q");
  const { tests } = trace(areas, titles);
  const promises = areas.flatMap(({ requirements }) =>
    requirements.flatMap(({ id, summary }) => [
      "",
      `### ${id}`,
      "",
      `**${summary}**`,
      "",
      proofs[id] ?? "",
      "",
      ...filesOf(tests.get(id) ?? []),
    ]),
  );
  const figures = (Object.keys(commandWords) as CountingCommand[]).flatMap((command) =>
    figuresOf(
      command,
      counts.filter((each) => each.command === command),
    ),
  );
  const lines = [introduction, "", "## Promises and proofs", ...promises, "", "## Last counts"];
  return `${[...lines, ...figures].join("\n")}\n`;
}

function filesOf(titles: readonly TestTitle[]): readonly string[] {
  const files = [...new Set(titles.map((each) => each.file))];
  return files.length === 0
    ? ["No test yet."]
    : [`Tests: ${files.map((each) => `[${each.replace(/^test\//, "")}](../${each})`).join(", ")}.`];
}

function figuresOf(command: CountingCommand, counts: readonly RecordedCount[]): readonly string[] {
  const { title, text } = commandWords[command];
  const names = [...new Set(counts.flatMap((each) => Object.keys(each.counts)))];
  const rows = counts.map((each) => [
    each.subject,
    each.scope,
    each.date,
    ...names.map((name) => String(each.counts[name] ?? "-")),
  ]);
  return [
    "",
    `### ${title}`,
    "",
    text,
    "",
    ...(rows.length === 0
      ? ["Not run yet."]
      : table(["what", "how much", "on", ...names], [...rows, totalOf(counts, names)])),
  ];
}

function totalOf(counts: readonly RecordedCount[], names: readonly string[]): readonly string[] {
  const sums = names.map((name) =>
    counts.reduce((sum, each) => sum + (each.counts[name] ?? 0), 0).toString(),
  );
  return ["**all**", "", "", ...sums];
}

/** The text of docs/reliability.md as it is. */
export function readReliability(): string {
  return readFileSync(file, "utf8");
}

/** Writes docs/reliability.md anew. */
export function writeReliability(): void {
  writeFileSync(file, renderReliability());
}

if (import.meta.main) {
  writeReliability();
  console.log("docs/reliability.md written.");
}
