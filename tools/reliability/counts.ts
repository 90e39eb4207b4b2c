import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The commands whose figures docs/reliability.md shows. */
export type CountingCommand = "crash-sweep" | "fault-sweep" | "fuzz";

/** What one part of a command's last run has counted. */
export interface RecordedCount {
  readonly command: CountingCommand;
  /** What was swept or fed, such as `engine, regions, item`. */
  readonly subject: string;
  /** How much of it, such as `every request`. */
  readonly scope: string;
  /** Day of the run, `YYYY-MM-DD`. */
  readonly date: string;
  /** Figures by their names, in the order in which they are shown. */
  readonly counts: Readonly<Record<string, number>>;
}

const file = join(import.meta.dirname, "counts.json");

/** The figures of the last runs, in the order of commands and subjects. */
export function readCounts(): readonly RecordedCount[] {
  return JSON.parse(readFileSync(file, "utf8")) as RecordedCount[];
}

/** Keeps the figures of a run; they take the place of those of the same command and subject. */
export function recordCounts(fresh: readonly RecordedCount[]): void {
  const isAgain = (old: RecordedCount): boolean =>
    fresh.some(({ command, subject }) => command === old.command && subject === old.subject);
  const all = [...readCounts().filter((old) => !isAgain(old)), ...fresh];
  writeFileSync(file, `${JSON.stringify(all.toSorted(byCommandAndSubject), null, 2)}\n`);
}

const byCommandAndSubject = (left: RecordedCount, right: RecordedCount): number =>
  `${left.command} ${left.subject}`.localeCompare(`${right.command} ${right.subject}`, "en");
