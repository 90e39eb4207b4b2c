import type { Cost } from "./stack.ts";

/** The commands that are measured. */
export const commands = ["preview", "refresh"] as const;

/** A figure for each command. */
export type PerCommand = Readonly<Record<(typeof commands)[number], number>>;

/** What the benchmark tells about one number of resources: medians over all rounds. */
export interface Result {
  /** Absent for Azure VMs between regions. */
  readonly scenario?: "vmware";
  /** Number of replicated items. */
  readonly n: number;
  /** Requests to Resource Manager. */
  readonly requests: PerCommand;
  readonly wallSeconds: PerCommand;
  /** The same for resources that do nothing. */
  readonly baselineWallSeconds: PerCommand;
  /** Ours in relation to nothing. */
  readonly ratio: PerCommand;
}

/** The costs of every round. */
export type Rounds = Readonly<Record<(typeof commands)[number], readonly Cost[]>>;

/** Puts the rounds of both stacks together. */
export function resultOf(n: number, ours: Rounds, baseline: Rounds): Result {
  const wallSeconds = perCommand((each) => median(ours[each].map((cost) => cost.wallSeconds)));
  const baselineWallSeconds = perCommand((each) =>
    median(baseline[each].map((cost) => cost.wallSeconds)),
  );
  return {
    n,
    requests: perCommand((each) => median(ours[each].map((cost) => cost.requests))),
    wallSeconds: rounded(wallSeconds),
    baselineWallSeconds: rounded(baselineWallSeconds),
    ratio: rounded(perCommand((each) => wallSeconds[each] / baselineWallSeconds[each])),
  };
}

/** The results as a table for people. */
export function describeResults(results: readonly Result[]): string {
  const rows = results.flatMap((result) =>
    commands.map((command) => [
      result.scenario === undefined ? String(result.n) : `${result.n} ${result.scenario}`,
      command,
      String(result.requests[command]),
      `${result.wallSeconds[command].toFixed(2)} s`,
      `${result.baselineWallSeconds[command].toFixed(2)} s`,
      result.ratio[command].toFixed(2),
    ]),
  );
  const all = [["items", "command", "requests", "wall time", "doing nothing", "ratio"], ...rows];
  const widths = all[0]?.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all
    .map((row) => row.map((cell, column) => cell.padStart(widths?.[column] ?? 0)).join("  "))
    .join("\n");
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

function perCommand(figure: (command: (typeof commands)[number]) => number): PerCommand {
  return { preview: figure("preview"), refresh: figure("refresh") };
}

function rounded({ preview, refresh }: PerCommand): PerCommand {
  return { preview: Number(preview.toFixed(2)), refresh: Number(refresh.toFixed(2)) };
}
