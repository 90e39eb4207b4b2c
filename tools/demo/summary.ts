import type { ActionRecord } from "../../provider/actions/action-inputs.ts";

/** What the demo stack's outputs tell about one action. */
export type RecordedAction = Pick<ActionRecord, "status" | "startedAt" | "machines">;

/** The outputs of the demo stack. */
export interface DemoOutputs {
  /** What happened, by action, in order. */
  readonly history: Readonly<Record<string, RecordedAction>>;
}

/** The demo's last lines: what moved, when, how long it took, what was lost. */
export function summarize({ history }: DemoOutputs): readonly string[] {
  const rows = Object.entries(history).flatMap(([action, record]) =>
    [...record.machines]
      .sort((left, right) => left.machine.localeCompare(right.machine))
      .map((machine) => [
        action,
        machine.machine,
        `${machine.from} → ${machine.to}`,
        machine.status,
        record.startedAt.slice(11, 19),
        machine.recoveryTime || "-",
        machine.dataLoss || "-",
      ]),
  );
  const heading = [
    "action",
    "machine",
    "from → to",
    "status",
    "begun",
    "recovery time",
    "data loss",
  ];
  const all = [heading, ...rows];
  const widths = heading.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return lines;
}
