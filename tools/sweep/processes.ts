import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** A process as `/proc` shows it; Linux only. */
export interface ProcessEntry {
  readonly id: number;
  readonly parentId: number;
  /** When it started, in ticks since the machine did: tells it from a later process with the same id. */
  readonly startTicks: string;
  /** Its command line, with blanks between the words. */
  readonly command: string;
}

/** Lists what a process has started, and what those have, in any order; without itself. */
export function descendantsOf(id: number): readonly ProcessEntry[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => entryOf(Number(name)))
    .filter((entry) => entry !== undefined);
  const below = (parent: number): readonly ProcessEntry[] =>
    all.filter(({ parentId }) => parentId === parent).flatMap((each) => [each, ...below(each.id)]);
  return below(id);
}

/** True while this very process is there; one that has ended and was not collected is not. */
export function isRunning({ id, startTicks }: ProcessEntry): boolean {
  return entryOf(id)?.startTicks === startTicks;
}

/** How often a process is looked at, in milliseconds. */
const lookMilliseconds = 50;

/** Waits until these processes have ended by themselves, and tells which have not within the time. */
export async function outlive(
  processes: readonly ProcessEntry[],
  milliseconds: number,
): Promise<readonly ProcessEntry[]> {
  const end = Date.now() + milliseconds;
  let left = processes.filter(isRunning);
  while (left.length > 0 && Date.now() < end) {
    await setTimeout(lookMilliseconds);
    left = left.filter(isRunning);
  }
  return left;
}

/** Ends those of the processes that are still there. */
export function endAll(processes: readonly ProcessEntry[]): void {
  for (const each of processes.filter(isRunning)) {
    try {
      process.kill(each.id, "SIGKILL");
    } catch {
      // It has ended in this moment.
    }
  }
}

function entryOf(id: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    // The name in parentheses may hold anything, blanks and parentheses included.
    const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" || state === "X") return undefined;
    const command = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { id, parentId: Number(parent), startTicks: rest[17] ?? "", command };
  } catch {
    return undefined;
  }
}
